"""A course's exchange over ngshare, for a hub whose servers share no folder (Kubernetes).

ngshare's own classes, with two parts made careful. Its release replaces a unit by deleting it first, and ngshare
deletes what was handed in with it; here that is refused. Its collect takes any number of files of any size, and drops
the last hand-in before it has the new one; here a hand-in is looked at first, and put in place whole.

``ngshare_exchange`` knows a person by the hub's token, so nobody hands in under another's name.
"""

from __future__ import annotations

import base64
import binascii
import re
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from ngshare_exchange import ExchangeCollect, ExchangeReleaseAssignment, configureExchange
from traitlets.config import Config

from autograde import inbound
from autograde.exchange import REFUSED, Refused, why_not
from autograde.hand_in import MOST_FILES, MOST_IN_ALL

_NAME = re.compile(r"[^/+.][^/+]{0,99}")
_TIME = "timestamp.txt"
_SKIPPED = (".ipynb_checkpoints", "__pycache__")


def configure(config: Config, address: str) -> None:
    """Write into ``config`` that the exchange is the ngshare at ``address`` (http://HOST:PORT/services/ngshare)."""
    configureExchange(config, address)
    config.ExchangeFactory.release_assignment = CarefulRelease
    config.ExchangeFactory.collect = CarefulCollect


class CarefulRelease(ExchangeReleaseAssignment):
    """ngshare's release, which replaces a unit only as long as nobody has handed it in."""

    def copy_files(self) -> None:
        """Release the unit, or fail; nothing is only logged."""
        course, unit = self.coursedir.course_id, self.coursedir.assignment_id
        listed = self._asked(self.ngshare_api_get(f"/assignments/{course}"), "list the released units")
        if unit in listed["assignments"]:
            there = self._asked(self.ngshare_api_get(f"/submissions/{course}/{unit}"), "list what was handed in")
            if there["submissions"]:
                who = ", ".join(sorted({str(one["student_id"]) for one in there["submissions"]}))
                self.fail(f"{unit} stays as it was released: ngshare would delete with it what was handed in by {who}")
            self._asked(self.ngshare_api_delete(self.dest_path), "take the earlier release away")
        self._asked(self.ngshare_api_post(self.dest_path, self.encode_dir(self.src_path)), "take the unit")
        listed = self._asked(self.ngshare_api_get(f"/assignments/{course}"), "list the released units")
        if unit not in listed["assignments"]:
            # ngshare 0.6.0 on SQLAlchemy 2 answers a release with success, and keeps nothing
            self.fail(f"ngshare took {unit} and does not list it: is it the version that `autograde hub k8s` names?")

    def _asked(self, answer: Any, what: str) -> Any:
        if answer is None:
            self.fail(f"ngshare did not {what}; is it up, and is this account an instructor of the course there?")
        return answer


class CarefulCollect(ExchangeCollect):
    """ngshare's collect, for hand-ins of any size and content."""

    def copy_files(self) -> None:
        """Put each learner's newest hand-in into the course's folder; one that is refused leaves the last one there."""
        unit = self.coursedir.assignment_id
        for record in self.src_records:
            student = str(record["student_id"])
            place = Path(self.coursedir.format_path(self.coursedir.submitted_directory, student, unit))
            try:
                if not _NAME.fullmatch(student):
                    raise Refused("this name can be no folder")
                inbound.mend(place)
                if place.is_dir():
                    last = self.coursedir.get_existing_timestamp(str(place))
                    if not self.update or (last is not None and record["timestamp"] <= last):
                        continue
                found = self._get_submission(self.coursedir.course_id, unit, student)
                if found is None:
                    raise Refused("ngshare did not send it")
                inbound.put(place, partial(fill, plain_files(found["files"])))
            except (Refused, OSError) as problem:
                self.log.error("%s", f"{REFUSED}{student}: {why_not(problem, place)}")


def plain_files(listed: list[dict[str, str]]) -> dict[PurePosixPath, bytes]:
    """The files that ngshare lists, by their path in the hand-in. The last of a name is the one that counts.

    Raises Refused for a path that leads out of the folder or is a folder of another, for too many files or bytes, and
    for what isn't base64.
    """
    if len(listed) > MOST_FILES:
        raise Refused(f"it is more than {MOST_FILES:,} files")
    files: dict[PurePosixPath, bytes] = {}
    size = 0
    for one in listed:
        path = PurePosixPath(one["path"])
        if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in one["path"]:
            raise Refused(f"{one['path']!r} is no path within the unit")
        if any(part in _SKIPPED for part in path.parts):
            continue
        try:
            files[path] = base64.b64decode(one["content"])
        except (binascii.Error, ValueError):
            raise Refused(f"{one['path']!r} did not arrive whole") from None
        size += len(files[path])
        if size > MOST_IN_ALL:
            raise Refused(f"it is more than {MOST_IN_ALL // 10**6} MB")
    if clash := next((path for path in files if any(up in files for up in path.parents)), None):
        raise Refused(f"{str(clash)!r} lies in what is a file itself")
    return files


def fill(files: dict[PurePosixPath, bytes], folder: Path) -> None:
    """Write the files into ``folder``."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
