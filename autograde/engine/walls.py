"""The walls around one kernel: a root of its own with nothing in it that it does not need.

Used by a process that was forked for one kernel (:mod:`autograde.engine.warden`). Inside, the learner's code sees the
Python environment and the system's libraries read-only, the released files of its unit read-only in
``/home/learner/UNIT``, a scratch space of limited size, and nothing else: no network, no other process.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from autograde.engine import seccomp, syscalls
from autograde.engine.plan import ETC, HOME, SOCKETS, SYSTEM, Room, RoomLimits

_OLD, _NEW, _LEFT = "/old", "/new", "/.left"

_PLAIN = syscalls.MS_NOSUID | syscalls.MS_NODEV
_DEVICES = ("null", "zero", "full", "random", "urandom")


# In the process that keeps watch over the kernel -------------------------------------------------------------------


def leave(room: Room) -> None:
    """Take this process into spaces of its own; its next child is the first process of a new process space.

    Raises OSError where the system does not allow it.
    """
    spaces = (
        syscalls.CLONE_NEWNS
        | syscalls.CLONE_NEWPID
        | syscalls.CLONE_NEWIPC
        | syscalls.CLONE_NEWNET
        | syscalls.CLONE_NEWUTS
    )
    if room.uid is not None:
        syscalls.unshare(spaces)
        return
    uid, gid = os.geteuid(), os.getegid()
    syscalls.unshare(spaces | syscalls.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny", encoding="utf-8")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", encoding="utf-8")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", encoding="utf-8")


def build(room: Room) -> None:
    """Build the new root and move into it. Raises OSError with the step that failed."""
    syscalls.mount("none", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    base = "/tmp"  # any folder will do: what lies in it is reached through the old root
    syscalls.mount("tmpfs", base, "tmpfs", _PLAIN, "mode=755,size=1m")
    for name in (_OLD, _NEW):
        os.mkdir(base + name)
    syscalls.pivot_root(base, base + _OLD)
    os.chdir("/")
    syscalls.mount("tmpfs", _NEW, "tmpfs", _PLAIN, "mode=755,size=4m,nr_inodes=4k")
    _devices()
    _scratch(room)
    for path in (*SYSTEM, *room.walls.visible, *(f"/etc/{name}" for name in ETC)):
        _show(path)  # after the scratch space: a Python below somebody's home folder, or /tmp, lies on top of it
    for path, leads_to in room.walls.links:
        if not os.path.lexists(_NEW + path):
            os.makedirs(os.path.dirname(_NEW + path), exist_ok=True)
            os.symlink(leads_to, _NEW + path)
    for path in room.walls.hidden:
        if os.path.isdir(_NEW + path):
            syscalls.mount("tmpfs", _NEW + path, "tmpfs", _PLAIN, "mode=555,size=4k")
            syscalls.restrict(_NEW + path, read_only=True)
    _accounts(room)
    os.makedirs(_NEW + SOCKETS)
    syscalls.bind(_OLD + room.sockets, _NEW + SOCKETS)
    syscalls.restrict(_NEW + SOCKETS, read_only=False, executable=False)
    os.makedirs(_NEW + "/proc", exist_ok=True)
    syscalls.pivot_root(_NEW, _mkdir(_NEW + _LEFT))
    os.chdir("/")  # the old root hangs there until own_processes: /proc can be had only where another one is in sight


def close_root() -> None:
    """Make the root itself read-only; what was mounted below keeps its own state."""
    remount_read_only = 1 | 32
    flags = remount_read_only | syscalls.MS_BIND | _PLAIN
    syscalls.mount("none", "/", flags=flags)


def seal() -> None:
    """Once the kernel's sockets are there, nothing can be put in their place, and nothing more beside them."""
    syscalls.restrict(SOCKETS, read_only=True, executable=False)


def _mkdir(path: str) -> str:
    os.mkdir(path)
    return path


def _show(path: str) -> None:
    """Let a path of the old root appear in the new one, read-only; a link stays a link."""
    old, new = _OLD + path, _NEW + path
    if not os.path.lexists(old) or os.path.lexists(new):
        return
    os.makedirs(os.path.dirname(new), exist_ok=True)
    if os.path.islink(old):
        target = os.readlink(old)
        if path.startswith("/etc/") and (resolved := _follow(path)):
            _bind_read_only(_OLD + resolved, new)
        else:
            os.symlink(target, new)
        return
    _bind_read_only(old, new)


def _follow(path: str) -> str | None:
    """Where a link of the old root leads, as a path in that root; None when it leads nowhere."""
    for _ in range(8):
        if not os.path.islink(_OLD + path):
            return path if os.path.isfile(_OLD + path) else None
        path = os.path.normpath(os.path.join(os.path.dirname(path), os.readlink(_OLD + path)))
    return None


def _bind_read_only(source: str, target: str) -> None:
    """Let a file or folder appear at ``target``, which is made for it."""
    if os.path.isdir(source):
        os.mkdir(target)
    else:
        _touch(target)
    syscalls.bind(source, target)
    syscalls.restrict(target, read_only=True)


def _touch(path: str) -> None:
    with open(path, "wb"):
        pass


def _devices() -> None:
    os.mkdir(_NEW + "/dev")
    for name in _DEVICES:
        _touch(f"{_NEW}/dev/{name}")
        syscalls.bind(f"{_OLD}/dev/{name}", f"{_NEW}/dev/{name}")
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{_NEW}/dev/{name}")
    os.mkdir(_NEW + "/dev/pts")
    with contextlib.suppress(OSError):  # without it IPython's `!command` says that there are no terminals
        options = "newinstance,ptmxmode=0666,mode=620"
        syscalls.mount("devpts", _NEW + "/dev/pts", "devpts", syscalls.MS_NOSUID | syscalls.MS_NOEXEC, options)
        os.symlink("pts/ptmx", _NEW + "/dev/ptmx")


def _scratch(room: Room) -> None:
    """One space of limited size behind the home folder, /tmp and /dev/shm; the unit's files lie in it, read-only."""
    scratch = _NEW + "/home"
    os.mkdir(scratch)
    options = f"mode=755,size={room.limits.scratch},nr_inodes=20k"
    syscalls.mount("tmpfs", scratch, "tmpfs", _PLAIN, options)
    for folder, target in (("learner", None), (".tmp", "/tmp"), (".shm", "/dev/shm")):
        path = _mkdir(f"{scratch}/{folder}")
        _give(room, path)
        if target:
            os.makedirs(_NEW + target)
            syscalls.bind(path, _NEW + target)
    work = _mkdir(f"{scratch}/learner/{room.unit}")
    _give(room, work)
    for entry in sorted(os.listdir(_OLD + room.files)):
        _bind_read_only(f"{_OLD}{room.files}/{entry}", f"{work}/{entry}")


def _give(room: Room, path: str) -> None:
    if room.uid is not None:
        os.chown(path, room.uid, room.uid)


def _accounts(room: Room) -> None:
    uid = room.uid if room.uid is not None else os.geteuid()
    Path(f"{_NEW}/etc").mkdir(exist_ok=True)
    Path(f"{_NEW}/etc/passwd").write_text(f"learner:x:{uid}:{uid}:learner:{HOME}:/bin/sh\n", encoding="utf-8")
    Path(f"{_NEW}/etc/group").write_text(f"learner:x:{uid}:\n", encoding="utf-8")


# In the kernel's own process ---------------------------------------------------------------------------------------


def own_processes() -> bool:
    """Show this process space in /proc and let go of the old root.

    False where the system refuses a /proc (some containers): it stays empty then. Raises OSError when the old root
    can't be let go of.
    """
    try:
        syscalls.mount("proc", "/proc", "proc", _PLAIN | syscalls.MS_NOEXEC)
        mounted = True
    except OSError:
        mounted = False
    syscalls.detach(_LEFT)
    os.rmdir(_LEFT)
    if not mounted:
        return False
    with contextlib.suppress(OSError):  # no further user namespaces, whatever the filter of system calls knows
        Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="utf-8")
    return True


def set_limits(limits: RoomLimits) -> None:
    """Set what one process may use. The watch over all of them together is the warden's."""
    import resource  # Windows has none, and comes by here only to say so

    begun_with = _address_space()
    for kind, most in (
        (resource.RLIMIT_AS, begun_with + limits.memory),
        (resource.RLIMIT_FSIZE, limits.scratch),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _address_space() -> int:
    """Bytes of address space this process has now; most of it is never touched."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 4 * 1024**3


def drop_privileges(room: Room) -> None:
    """Become nobody, for good: user, groups, capabilities, and no way to get any back."""
    syscalls.bound_capabilities()
    if room.uid is not None:
        os.setgroups([])
        os.setresgid(room.uid, room.uid, room.uid)
        os.setresuid(room.uid, room.uid, room.uid)
    syscalls.drop_capabilities()
    syscalls.no_new_privileges()
    if room.uid is not None:
        syscalls.readable_self()
    if (program := seccomp.program()) is not None:
        syscalls.install_filter(program)
