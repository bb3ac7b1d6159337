"""Saving in JupyterLab so that a file is the old one or the new one, whole, whatever comes in between.

Jupyter's own way empties the file and then writes it, with a copy beside for the case that something raises. That copy
does not come back when the process is killed, nor when the disk is full as the last of the text is written: what is
left then is half a notebook, and the next save takes it for the copy.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from typing import IO, Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

PARTIAL = ".~"
"""How the name of a file begins that is being written."""
_FULL = (
    "No space left on the disk: this was not saved. The file is as it was saved last. "
    "Delete what you don't need, or tell your facilitator, and save again."
)


class WholeContents(AsyncLargeFileManager):
    """JupyterLab's files, each written beside and then put in its place.

    That a notebook is trusted is kept in a database. On a full disk that can't be written, which keeps nobody from
    saving or opening here; Jupyter itself would refuse, and move the database away as a broken one.
    """

    def check_and_sign(self, nb: Any, path: str = "", **_: Any) -> None:
        """Note that the notebook is trusted, if it is and if that can be noted."""
        if not self.notary.check_cells(nb):
            return
        try:
            self.notary.sign(nb)
        except sqlite3.Error as error:
            self.log.warning("that %s is trusted could not be noted: %s", path, error)

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Mark cells as trusted, if the notebook is and if that can be looked up."""
        try:
            super().mark_trusted_cells(nb, path)
        except sqlite3.Error as error:
            self.log.warning("whether %s is trusted could not be looked up: %s", path, error)
            self.notary.mark_cells(nb, False)

    @contextlib.contextmanager
    def atomic_writing(self, os_path: str, *args: Any, **kwargs: Any) -> Iterator[IO[Any]]:
        """A file to write into; it takes the place of ``os_path`` at the end of the block, unless that raises."""
        try:
            with self.perm_to_403(os_path), whole_writing(os_path, *args, **kwargs) as file:
                yield file
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise HTTPError(507, _FULL, reason="Insufficient Storage") from error
            raise


@contextlib.contextmanager
def whole_writing(path: str, text: bool = True, encoding: str = "utf-8", **kwargs: Any) -> Iterator[IO[Any]]:
    """A file to write into, in place of ``path`` once it is on the disk; a link stays one, and rights stay."""
    path = os.path.realpath(path)
    folder, name = os.path.split(path)
    beside = os.path.join(folder, f"{PARTIAL}{name}.{secrets.token_hex(4)}")
    kwargs = {"encoding": encoding, "newline": "\n", **kwargs} if text else kwargs
    try:
        with open(beside, "x" if text else "xb", **kwargs) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            if not os.access(path, os.W_OK):  # a rename would not ask
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            os.chmod(beside, os.stat(path).st_mode & 0o7777)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
