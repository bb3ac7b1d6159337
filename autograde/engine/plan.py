"""What one kernel's room holds: which files it sees, what it may use, and who it is. Only described here, not built."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

HOME = "/home/learner"
ENVIRONMENT = {"HOME": HOME, "TMPDIR": "/tmp", "IPYTHONDIR": "/tmp/.ipython", "MPLCONFIGDIR": "/tmp/.mpl"}
"""What a kernel inside walls is told about its places."""
SOCKETS = "/run/kernel"
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
"""What every room sees of the system, read-only."""
ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives", "mime.types")
_FIRST_UID, _UIDS = 50_000, 10_000
"""Where the grader is root, kernels run under a user number of this range: nobody's."""


@dataclass(frozen=True)
class RoomLimits:
    """What one kernel may use: bytes of memory beyond what it begins with, bytes of scratch space, seconds of CPU,
    processes and threads, open files.
    """

    memory: int = 3 * 1024**3
    scratch: int = 256 * 1024**2
    cpu_seconds: int = 1200
    processes: int = 64
    files: int = 256


@dataclass(frozen=True)
class Walls:
    """What may be seen: ``visible`` host paths stay where they are, read-only; ``hidden`` ones below them are empty.

    None of the two has a link in it. ``links`` (path, where it leads) are the links on the way to them under the names
    that Python knows: made anew, so that what is hidden is hidden under every name.
    """

    visible: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass
class Room:
    """One kernel's place: its unit's released files, the folder of its sockets on the host, its limits."""

    unit: str
    files: str
    sockets: str
    walls: Walls = field(default_factory=Walls)
    limits: RoomLimits = field(default_factory=RoomLimits)
    uid: int | None = None
    """The user number to take, where the grader is root."""

    @property
    def folder(self) -> str:
        """Where the kernel works, as it sees it."""
        return f"{HOME}/{self.unit}"


def learners_walls(hide: Iterable[Path] = ()) -> Walls:
    """The environment of this Python and the learner's library; ``autograde`` and ``hide`` stay out of sight."""
    import autograde
    import worktest

    paths = sysconfig.get_paths()
    names = [sys.base_prefix, sys.base_exec_prefix, sys.prefix, paths["purelib"], paths["platlib"], paths["stdlib"]]
    names += [str(Path(worktest.__file__).parent), os.path.dirname(sys.executable)]
    names += [os.path.dirname(os.path.realpath(sys.executable))]
    # a user's own packages, or those that a .pth file lends from another environment; never a checkout's root
    packages = [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages")]
    names = [os.path.abspath(name) for name in (*names, *packages)]
    visible = _outermost([os.path.realpath(name) for name in names if os.path.isdir(name)])
    others = [Path(p, "autograde") for p in packages if os.path.isdir(os.path.join(p, "autograde"))]
    hidden = {str(Path(p).resolve()) for p in (Path(autograde.__file__).parent, *others, *hide)}
    links = {link for name in names for link in links_on_the_way(name)}
    return Walls(tuple(visible), tuple(sorted(hidden)), tuple(sorted(links)))


def links_on_the_way(path: str) -> list[tuple[str, str]]:
    """The symbolic links that one passes on the way to an absolute path, each with where it leads."""
    found: list[tuple[str, str]] = []
    here = "/"
    rest = [part for part in path.split("/") if part]
    while rest and len(found) < 40:  # a circle of links ends here, as it does in the kernel
        here = os.path.join(here, rest.pop(0))
        if os.path.islink(here):
            found.append((here, os.readlink(here)))
            leads_to = os.path.normpath(os.path.join(os.path.dirname(here), found[-1][1]))
            rest = [*(part for part in leads_to.split("/") if part), *rest]
            here = "/"
    return found


def _outermost(paths: Iterable[str]) -> list[str]:
    """Each path once, and none that lies below another one or in what every room sees."""
    kept: list[str] = []
    for path in sorted(set(paths), key=len):
        if not any(path == k or path.startswith(k.rstrip("/") + "/") for k in (*kept, "/usr")):
            kept.append(path)
    return [path for path in kept if path != "/"]


def pick_uid(number: int) -> int:
    """A user number that no account has, another one for each running kernel."""
    import pwd

    for step in range(_UIDS):
        uid = _FIRST_UID + (97 * os.getpid() + number + step) % _UIDS  # servers side by side keep out of their ways
        try:
            pwd.getpwuid(uid)
        except KeyError:
            return uid
    return _FIRST_UID
