"""The nbgrader course: one folder in the workspace, configured here and nowhere else."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tomli_w
from filelock import FileLock, Timeout
from traitlets.config import Config

from autograde.paths import solutions
from worktest import paths
from worktest.errors import UserError
from worktest.units import read_toml
from worktest.workspace import disk_problem

COURSE = "course"
SHARED = "exchange.toml"
"""In a course on a hub: its name there, and the exchange that it shares with its learners.

``exchange`` is a folder, or with ``kind = "ngshare"`` the address of that service.
"""
LEARNER = "learner"
"""The student id of a person who works alone."""

RELEASED_FILES = (
    "unit.toml",
    "world.py",
    "visible.py",
    "hints.toml",
    "prompts.toml",
    "claims.toml",
    "interview.yaml",
    "exit.toml",
)
KEPT_BACK = {
    "claims.toml": ("claim", ("truth", "source", "section", "explanation")),
    "prompts.toml": ("prompt", ("scores", "reasons", "level")),
}
"""Of these files the release lacks some keys of each entry: what a claim is in truth, how the samples were scored."""
RELEASED_GLOBS = ("visible_*.py",)
RELEASED_FOLDERS = ("weights", "data", "img")
"""All that may leave a unit's folder in ``solutions/`` beside its notebooks. Anything else stays; a test holds this."""

_RELEASE_STEPS = (
    "IncludeHeaderFooter",
    "LockCells",
    "ClearSolutions",
    "ClearOutput",
    "CheckCellMetadata",
    "ComputeChecksums",
    "SaveCells",
    "ClearHiddenTests",
    "ClearMarkScheme",
    "ComputeChecksums",
    "CheckCellMetadata",
)
"""nbgrader's own steps of a release, in its own order."""

_FULL = (os.strerror(errno.ENOSPC), "database or disk is full")
_KIND = re.compile(r"^[\w.]+(?:Error|Exception): ")
"""What Python writes before an error's own words."""
_CONFIG_FILE = '''"""nbgrader's settings for this workspace, made by worktest: formgrader and nbgrader read them."""

from autograde.course import configure

configure(get_config(), {root!r})  # noqa: F821
'''


def config_file(root: Path) -> str:
    """The text of an ``nbgrader_config.py`` for the course in ``root``."""
    return _CONFIG_FILE.format(root=str(root))


def root_of(workspace: Path) -> Path:
    """The course folder of a workspace."""
    return workspace / COURSE


def settings(root: Path) -> Config:
    """nbgrader's settings for the course in ``root``."""
    config = Config()
    configure(config, str(root))
    return config


def configure(config: Config, root: str) -> None:
    """Write the settings into ``config``; the workspace's ``nbgrader_config.py`` calls this."""
    config.CourseDirectory.root = root
    config.CourseDirectory.course_id = "worktest"
    # a minute of patience: formgrader and a batch may write at the same time
    config.CourseDirectory.db_url = f"sqlite:///{Path(root) / 'gradebook.db'}?timeout=60"
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "curriculum"
    config.CourseDirectory.ignore = [
        "hidden.py",
        "hidden_*.py",
        "answers",
        "*.nb.py",
        "make_*.py",
        "scenario_*.py",
        "reference.json",
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "secret",
    ]
    config.Autograde.sanitize_preprocessors = [
        "autograde.examiner.steps.Restore",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.DeduplicateIds",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.Autograde.autograde_preprocessors = [
        "autograde.examiner.steps.Examine",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.Examine.secret_path = str(Path(root) / "secret")
    config.GenerateAssignment.preprocessors = [
        "autograde.build.steps.ReleaseAs",  # first: the others see the cells as they are released
        *(f"nbgrader.preprocessors.{name}" for name in _RELEASE_STEPS),
    ]
    config.Exchange.root = str(Path(root) / "exchange")
    config.OverwriteCells.add_missing_cells = True
    config.OverwriteCells.missing_cell_notification = "This cell ({cell_id}) was missing; it was put back.\n\n"
    config.ClearSolutions.code_stub = {"python": "# Your code here\nraise NotImplementedError()"}
    config.ClearSolutions.text_stub = "Your answer here."
    config.HTMLExporter.filters = {"markdown2html": "autograde.pages.safe_markdown"}
    config.GenerateFeedback.exporter_class = "autograde.feedback.exporter.FeedbackExporter"
    config.GenerateFeedback.preprocessors = ["autograde.feedback.grades.ReadGrades"]
    config.NbGraderAPI.timezone = "UTC"
    if (shared := Path(root) / SHARED).is_file():
        from autograde import exchange

        exchange.configure(config, read_toml(shared))


def api(root: Path) -> Any:
    """nbgrader's own interface to the course in ``root``."""
    import nbgrader.api
    from nbgrader.apps import NbGraderAPI
    from sqlalchemy.exc import SAWarning

    # nbgrader starts `alembic` by its bare name: the programs beside our Python must be found, activated or not
    own_programs = os.path.dirname(sys.executable)
    if own_programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([own_programs, os.environ.get("PATH", os.defpath)])

    # nbgrader 0.9.6 on SQLAlchemy 2.1 warns about its own flushes; harmless, and nothing a grader can mend
    warnings.filterwarnings("ignore", category=SAWarning)
    nbgrader.api.get_alembic_version = _schema_version
    return NbGraderAPI(config=settings(root))


@contextlib.contextmanager
def gradebook(root: Path) -> Iterator[Any]:
    """nbgrader's gradebook of the course in ``root``, made where there is none.

    Under the course's own id: nbgrader enters any other one into it as a further course, even where one only reads.
    """
    from nbgrader.api import Gradebook

    about = settings(root).CourseDirectory
    with Gradebook(about.db_url, about.course_id) as book:
        yield book


@functools.cache
def _schema_version() -> str:
    """The version of nbgrader's database schema, which it notes in a new gradebook.

    nbgrader asks the ``alembic`` command for it. That takes seconds, and fails where the environment's commands are
    not on the search path (``.venv/bin/worktest grade 00``).
    """
    import nbgrader
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_current_head()
    assert head is not None
    return head


@contextlib.contextmanager
def one_at_a_time(workspace: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the workspace's course alone: two gradings at once would take the files from under each other.

    Raises UserError when another process holds it for ten minutes.
    """
    root = root_of(workspace)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_problem(error, root) from None
    lock = FileLock(root / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting("waiting for another grading in this workspace")
        try:
            lock.acquire(timeout=600)
        except Timeout:
            raise UserError(f"another grading has held {root} for ten minutes; end it and try again") from None
    try:
        yield
    finally:
        lock.release()


def prepare(workspace: Path, units: list[str] | None = None) -> Path:
    """Make or refresh the course of ``workspace`` with these units (default: all there are); gives its root.

    Only what nbgrader needs is copied: the worked notebook and the released files, never hidden checks or answers.
    Raises UserError when it can't be written.
    """
    root = root_of(workspace)
    if odd := sorted(set("[]{}*?") & set(str(root))):
        raise UserError(
            f"nbgrader can't work in a folder with {' or '.join(odd)} in its path ({root}): "
            "rename it, or choose another one with --workspace"
        )
    names = units if units is not None else paths.units_in(solutions())
    try:
        (root / "exchange").mkdir(parents=True, exist_ok=True)
        (workspace / "nbgrader_config.py").write_text(config_file(root), encoding="utf-8")
        changed = [name for name in names if _copy_unit(name, root)]
        for name in changed:
            _generate(name, root)
            _stamp(name, root).write_text(_digest(name), encoding="ascii")
    except OSError as error:
        raise disk_problem(error, root) from None
    return root


def released_paths(unit_folder: Path) -> list[Path]:
    """The files of a worked unit that may be released beside its notebooks, relative to its folder."""
    found = [Path(name) for name in RELEASED_FILES if (unit_folder / name).is_file()]
    for pattern in RELEASED_GLOBS:
        found += sorted(p.relative_to(unit_folder) for p in unit_folder.glob(pattern))
    for folder in RELEASED_FOLDERS:
        found += sorted(
            p.relative_to(unit_folder)
            for p in (unit_folder / folder).rglob("*")
            if p.is_file() and "__pycache__" not in p.parts
        )
    return found


def released_bytes(unit_folder: Path, path: Path) -> bytes:
    """What is released of the file at ``path`` (relative): all of it, or what is left without the grader's part."""
    keep = KEPT_BACK.get(path.as_posix())
    if keep is None:
        return (unit_folder / path).read_bytes()
    table, secrets = keep
    data = read_toml(unit_folder / path)
    for entry in data.get(table, []):
        for part in [entry, *entry.get("sample", [])]:
            for key in secrets:
                part.pop(key, None)
    return tomli_w.dumps(data, multiline_strings=True).encode()


def _unit_files(unit: str) -> list[Path]:
    folder = solutions() / unit
    return [p.relative_to(folder) for p in sorted(folder.glob("*.ipynb"))] + released_paths(folder)


def _digest(unit: str) -> str:
    digest = hashlib.sha256()
    for path in _unit_files(unit):
        digest.update(path.as_posix().encode() + b"\0" + (solutions() / unit / path).read_bytes() + b"\0")
    return digest.hexdigest()


def _stamp(unit: str, root: Path) -> Path:
    """Where it is noted which state of ``unit`` the course holds; written last, so a half-made copy is made again."""
    path = root / "synced" / f"{unit}.txt"
    path.parent.mkdir(exist_ok=True)
    return path


def _copy_unit(unit: str, root: Path) -> bool:
    """Copy ``unit`` into the course's source folder; gives whether anything was to do."""
    target = root / "solutions" / unit
    stamp = _stamp(unit, root)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == _digest(unit):
        return False
    shutil.rmtree(target, ignore_errors=True)
    for path in _unit_files(unit):
        destination = target / path
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_bytes(
            released_bytes(solutions() / unit, path)
            if path.suffix != ".ipynb"
            else (solutions() / unit / path).read_bytes()
        )
    return True


def _generate(unit: str, root: Path) -> None:
    """Let nbgrader make the release of ``unit`` and enter it into the gradebook."""
    result = api(root).generate_assignment(unit, force=True, create=True)
    if not result["success"]:
        raise UserError(f"nbgrader could not prepare {unit}: {last_line(result)}; see {write_log(root, unit, result)}")


def last_line(result: dict[str, object]) -> str:
    """The last telling line of what nbgrader said; a full disk comes first, which it names in the middle of its log."""
    if any(sign in f"{result.get('log')}{result.get('error')}" for sign in _FULL):
        return "no space left on the disk: free some and run the same command again"
    text = str(result.get("error") or result.get("log") or "no reason given").strip()
    return _KIND.sub("", text.splitlines()[-1])[:300] if text else "no reason given"


def write_log(root: Path, name: str, result: dict[str, object]) -> Path:
    """Keep nbgrader's whole log beside the course."""
    path = root / "logs" / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{result.get('log') or ''}\n{result.get('error') or ''}\n", encoding="utf-8")
    return path
