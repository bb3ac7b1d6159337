"""A learner's side of the exchange: what is fetched or handed in is there whole, or not at all.

nbgrader writes file by file to where it is looked for. On a full disk that leaves half a unit, which counts as fetched,
and half a submission, which counts as handed in.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit

from autograde.inbound import SECRET, STAMP, sync

_ADVICE = "delete what you don't need, or tell your facilitator, and try again"


class WholeFetch(ExchangeFetchAssignment):
    """nbgrader's fetch, into a hidden folder that is then renamed."""

    def do_copy(self, src: str, dest: str) -> None:
        """Copy the unit; where there is a folder of it already, nbgrader's own way."""
        if os.path.isdir(dest):
            super().do_copy(src, dest)
            return
        partial = _beside(Path(dest))
        try:
            shutil.rmtree(partial, ignore_errors=True)
            super().do_copy(src, str(partial))
            partial.rename(dest)
        except OSError as error:
            shutil.rmtree(partial, ignore_errors=True)
            self.fail(_said("not fetched", error))


class WholeSubmit(ExchangeSubmit):
    """nbgrader's submit, into hidden folders that are renamed in the end: in the exchange, and the own copy."""

    def copy_files(self) -> None:
        """Hand in what lies in the learner's folder."""
        self.init_release()
        self.check_filename_diff()
        target = Path(self.inbound_path, self.assignment_filename)
        own = Path(self.cache_path, self.assignment_filename.rsplit("+", 1)[0])
        secret = secrets.token_hex(64)
        partial = [_beside(target), _beside(own)]
        try:
            own.parent.mkdir(parents=True, exist_ok=True)
            for path in partial:
                shutil.rmtree(path, ignore_errors=True)
                self.do_copy(self.src_path, str(path))
                (path / STAMP).write_text(self.timestamp, encoding="ascii")
                (path / SECRET).write_text(secret, encoding="ascii")
                for place, _, names in os.walk(path):
                    for name in names:
                        sync(os.path.join(place, name))
            # the grader reads it and may tidy up; nobody else knows the name
            self.set_perms(str(partial[0]), fileperms=0o644, dirperms=0o755)
            partial[0].chmod(0o777)
            partial[0].rename(target)
            partial[1].rename(own)
        except OSError as error:
            for path in partial:
                shutil.rmtree(path, ignore_errors=True)
            self.fail(_said("not handed in", error))
        self.log.info("Submitted as: %s %s %s", self.coursedir.course_id, self.coursedir.assignment_id, self.timestamp)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy without what is being saved at this moment."""
        super().do_copy(src, dest, log)
        for path in _being_saved(Path(dest)):
            path.unlink()


def _being_saved(folder: Path) -> Iterable[Path]:
    return [path for path in folder.rglob(".~*") if path.is_file() and not path.is_symlink()]


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _said(what: str, error: OSError) -> str:
    # copying a folder gathers its errors as texts
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or os.strerror(errno.ENOSPC) in str(error):
        return f"{what}: no space left on the disk; {_ADVICE}. What was there before is as it was."
    return f"{what}: {error}"
