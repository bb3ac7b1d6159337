"""A course's exchange: what is released to learners, and what comes back from them.

nbgrader's own exchange, with one part made careful. What lies in its inbound folder was put there by learners, under
names that they chose, and nbgrader follows links in it with the grader's rights. Here a submission is copied only if
all of it belongs to the account whose name it bears, as plain files, and is whole; anything else stays where it is,
and is named. What was collected before goes only when the newer copy is there, on a full disk as well.
"""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import stat
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.auth.jupyterhub import JupyterhubApiError
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from traitlets.config import Config

from autograde import course, inbound
from autograde.hand_in import MOST_FILES, MOST_IN_ALL
from worktest.errors import UserError
from worktest.workspace import disk_problem

REFUSED = "not collected, "
"""Begins the log's line about a submission that is not taken."""
_MOST_REASONS = 3
_LITTLE = 1 << 16
"""Bytes that are too few for a database to go on."""


class Refused(Exception):
    """A submission that is not taken, with the reason."""


def configure(config: Config, told: dict[str, Any]) -> None:
    """Write into ``config`` which course on which exchange this is, as a course's ``exchange.toml`` told.

    Raises UserError where it is an ngshare, and what speaks to one is not installed.
    """
    config.CourseDirectory.course_id = told["course"]
    config.Exchange.path_includes_course = True
    if told.get("kind") == "ngshare":
        try:
            from autograde import ngshare
        except ModuleNotFoundError as missing:
            if missing.name != "ngshare_exchange":
                raise
            raise UserError(
                "this course's exchange is ngshare, and the package ngshare_exchange is not installed here: "
                "the image that `autograde hub k8s` describes has it"
            ) from None
        ngshare.configure(config, told["exchange"])
        return
    config.Exchange.root = told["exchange"]
    if "JUPYTERHUB_API_TOKEN" in os.environ:  # elsewhere, as in a nightly job, there is no hub to ask
        config.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"
    config.ExchangeFactory.collect = "autograde.exchange.CarefulCollect"


class CarefulCollect(ExchangeCollect):
    """nbgrader's collect, for an inbound folder in which anybody may write, and on a disk that can be full."""

    def init_src(self) -> None:
        """Of each learner the newest submission that is their own and whole; what is newer and isn't is named."""
        self.inbound_path = os.path.join(self.root, self.coursedir.course_id, "inbound")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"the course {self.coursedir.course_id!r} has no exchange yet: release a unit first")
        unit = self.coursedir.assignment_id
        due = self._due() if self.before_duedate else None
        self.src_records: list[dict[str, Any]] = []
        for student, found in sorted(inbound.submissions(Path(self.inbound_path), unit, self._who()).items()):
            if due is not None:
                found = [one for one in found if one.time <= due] or found
            taken, refused = _newest(student, found)
            for why in refused:
                self._name(student, f"{why}{'; an earlier one counts' if taken else ''}")
            if taken:  # in nbgrader's own form
                record = {"username": student, "filename": taken.path.name, "timestamp": taken.time}
                self.src_records.append(record)

    def _who(self) -> str:
        return self.coursedir.student_id or "*"

    def _due(self) -> Any:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
            try:
                return book.find_assignment(self.coursedir.assignment_id).duedate
            except MissingEntry:
                return None

    def copy_files(self) -> None:
        """Copy each that is newer than what was collected: aside first, and then in its place."""
        for record in self.src_records:
            student = record["username"]
            source = os.path.join(self.inbound_path, record["filename"])
            place = self.coursedir.format_path(
                self.coursedir.submitted_directory, student, self.coursedir.assignment_id
            )
            target = Path(place)
            try:
                inbound.mend(target)
                if target.is_dir() and not self._is_newer(record["timestamp"], place):
                    continue
                self.do_copy(source, place)
            except (Refused, OSError) as problem:
                self._name(student, why_not(problem, target))

    def _is_newer(self, time: Any, place: str) -> bool:
        try:
            kept = self.coursedir.get_existing_timestamp(place)
        except ExchangeError:
            kept = None
        return bool(kept is None or (self.update and time > kept) or (self.before_duedate and time != kept))

    def _name(self, student: str, why: str) -> None:
        self.log.error("%s", f"{REFUSED}{student}: {why}")

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy plain files only, each opened without following a link, whatever changed since it was looked at."""
        uid = os.stat(src, follow_symlinks=False).st_uid
        inbound.put(Path(dest), lambda fresh: copy(src, str(fresh), uid))


def _newest(student: str, found: list[inbound.Submission]) -> tuple[inbound.Submission | None, list[str]]:
    """The newest that can be taken, None where none can; and why those that are newer can't, each reason once."""
    refused: dict[str, int] = {}
    one: inbound.Submission | None = None
    for one in found:
        try:
            _look(str(one.path), owner_of(student))
            if missing := inbound.what_is_missing(one):
                raise Refused(missing)
        except (Refused, OSError) as problem:
            why = str(problem) if isinstance(problem, Refused) else f"it can't be read ({problem.strerror})"
            refused[why] = refused.get(why, 0) + 1
        else:
            break
    else:
        one = None
    lines = [f"{why} ({times} times)" if times > 1 else why for why, times in refused.items()]
    return one, [*lines[:_MOST_REASONS], *(["and more like these"] if lines[_MOST_REASONS:] else [])]


def why_not(problem: Refused | OSError, target: Path) -> str:
    """What a learner's line says of a hand-in that was refused, or could not be written to ``target``."""
    if isinstance(problem, Refused):
        return str(problem)
    what = "no space left on the disk" if problem.errno == errno.ENOSPC else f"{problem.strerror or problem}"
    kept = "what was collected before is as it was" if target.is_dir() else "it waits in the exchange"
    return f"{what}; {kept}: mend that and collect again"


def owner_of(name: str) -> int:
    """The id of the account ``name``. Raises Refused when there is none."""
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise Refused("there is no account of that name") from None


def _look(path: str, uid: int) -> None:
    """Raise Refused unless everything in the folder belongs to ``uid`` and is a plain file or a folder."""
    files = size = 0
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise Refused("what was handed in is no folder")
    for place, folders, names, at in os.fwalk(path, follow_symlinks=False):
        if os.fstat(at).st_uid != uid:
            raise Refused("it was put there by another account")
        for name in (*folders, *names):
            about = os.stat(name, dir_fd=at, follow_symlinks=False)
            shown = os.path.relpath(os.path.join(place, name), path)
            if about.st_uid != uid:
                raise Refused(f"{shown!r} belongs to another account")
            if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)) or (
                stat.S_ISREG(about.st_mode) and about.st_nlink > 1
            ):
                raise Refused(f"{shown!r} is a link, or no file at all")
            files, size = files + 1, size + about.st_size
            if files > MOST_FILES or size > MOST_IN_ALL:
                raise Refused(f"it is more than {MOST_FILES:,} files or {MOST_IN_ALL // 10**6} MB")


def copy(source: str, target: str, uid: int) -> None:
    """Copy a folder of ``uid`` as plain files; what is a link, belongs to another, or goes over the limit ends it."""
    left = MOST_IN_ALL
    for place, folders, names, at in os.fwalk(source, follow_symlinks=False):
        there = Path(target, os.path.relpath(place, source))
        there.mkdir(parents=True, exist_ok=True)
        folders[:] = [name for name in folders if name not in (".ipynb_checkpoints", "__pycache__")]
        for name in names:
            handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
            with os.fdopen(handle, "rb") as file:
                about = os.fstat(handle)
                if not stat.S_ISREG(about.st_mode) or about.st_uid != uid or about.st_nlink > 1:
                    raise Refused(f"{name!r} changed while it was collected")
                data = file.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Refused(f"it is more than {MOST_IN_ALL // 10**6} MB")
            (there / name).write_bytes(data)


def release(unit: str, workspace: Path) -> str:
    """Put ``unit`` where the course's learners can fetch it, in place of an earlier release; gives where that is.

    Raises UserError when nbgrader can't.
    """
    root = course.prepare(workspace, [unit])
    api = course.api(root)
    from nbgrader.utils import capture_log, temp_attrs

    with temp_attrs(api.coursedir, assignment_id=unit):
        app = api.exchange.ReleaseAssignment(coursedir=api.coursedir, authenticator=api.authenticator, parent=api)
        app.force = True
        _held(capture_log(app), root, unit)
    return f"{app.dest_path}"


def collect(unit: str, workspace: Path) -> tuple[list[str], list[str]]:
    """Take what was handed in into ``course/submitted``; gives who is there now, and one line for each not taken.

    Raises UserError when nbgrader can't.
    """
    root = course.root_of(workspace)
    try:
        result = course.api(root).collect(unit, update=True)
    except JupyterhubApiError as error:
        if shutil.disk_usage(root).free < _LITTLE:  # nor can the hub's database be written then
            raise disk_problem(OSError(errno.ENOSPC, ""), root) from None
        raise UserError(f"the hub did not answer ({error}): is it up? Then run the same command again") from None
    _held(result, root, unit)
    log = str(result.get("log") or "")
    refused = [line.partition(REFUSED)[2].strip() for line in log.splitlines() if REFUSED in line]
    there = sorted(path.parent.name for path in (root / "submitted").glob(f"*/{unit}") if path.is_dir())
    return there, refused


def release_feedback(unit: str, students: list[str], root: Path) -> None:
    """Put the pages of these students where only they find them. Raises UserError when nbgrader can't."""
    for student in students:
        _held(course.api(root).release_feedback(unit, student), root, unit)


def _held(result: dict[str, object], root: Path, unit: str) -> None:
    if not result["success"]:
        raise UserError(f"{unit}: {course.last_line(result)}; see {course.write_log(root, unit, result)}")
