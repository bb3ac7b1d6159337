"""The Linux calls that Python has no name for: namespaces, mounts, privileges. Each raises OSError that says which."""

from __future__ import annotations

import ctypes
import os
import platform
import sys

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
_MNT_DETACH = 2

_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV, _ATTR_NOEXEC = 1, 2, 4, 8
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000

_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_SET_PDEATHSIG = 4, 24, 38, 1
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_CAP_VERSION_3 = 0x20080522

_SYS_MOUNT_SETATTR = 442  # the same number on every architecture: it is younger than the common table
_SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}

SUPPORTED = sys.platform == "linux" and platform.machine() in _SYS_PIVOT_ROOT
"""Whether the numbers of these calls are known here."""

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _call(what: str, result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _syscall(what: str, number: int, *args: object) -> None:
    assert _libc is not None
    _call(what, _libc.syscall(ctypes.c_long(number), *args))


def unshare(flags: int) -> None:
    """Leave the parent's namespaces named in ``flags``; a new process space begins with the next child."""
    assert _libc is not None
    _call("unshare", _libc.unshare(flags))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """``mount(2)``."""
    assert _libc is not None
    result = _libc.mount(
        os.fsencode(source), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags), options.encode() or None
    )
    _call(f"mount {target}", result)


def bind(source: str, target: str) -> None:
    """Let ``source`` appear at ``target`` too, with what is mounted below it."""
    mount(source, target, flags=MS_BIND | MS_REC)


class _MountAttr(ctypes.Structure):
    _fields_ = [
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns", ctypes.c_uint64),
    ]


def restrict(target: str, *, read_only: bool, executable: bool = True) -> None:
    """Take set-user-id programs, devices and (``read_only``) writing from a mount and all below it. Linux 5.12."""
    attributes = _ATTR_NOSUID | _ATTR_NODEV | (_ATTR_RDONLY if read_only else 0)
    wanted = _MountAttr(attributes | (0 if executable else _ATTR_NOEXEC), 0, 0, 0)
    _syscall(
        f"mount_setattr {target}",
        _SYS_MOUNT_SETATTR,
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(target),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )


def pivot_root(new_root: str, put_old: str) -> None:
    """Make ``new_root`` the root, with the old one at ``put_old``."""
    _syscall("pivot_root", _SYS_PIVOT_ROOT[platform.machine()], os.fsencode(new_root), os.fsencode(put_old))


def detach(target: str) -> None:
    """Let go of a mount, whoever still uses it."""
    assert _libc is not None
    _call(f"umount {target}", _libc.umount2(os.fsencode(target), _MNT_DETACH))


def no_new_privileges() -> None:
    """From here on no program can give this process more rights than it has."""
    _prctl("no_new_privs", _PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(signal_number: int = 9) -> None:
    """Let the system send this process a signal when its parent dies."""
    _prctl("pdeathsig", _PR_SET_PDEATHSIG, signal_number)


def readable_self() -> None:
    """Let /proc/self belong to this process again after a change of user."""
    _prctl("dumpable", _PR_SET_DUMPABLE, 1)


def bound_capabilities() -> None:
    """Let no program bring a capability back; before the user is changed, for it needs one itself."""
    assert _libc is not None
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) != 0:
            break  # past the last one of this kernel


def drop_capabilities() -> None:
    """Give up every capability, for good: ambient, and the three sets in use."""
    assert _libc is not None
    _libc.prctl(_PR_CAP_AMBIENT, ctypes.c_ulong(_PR_CAP_AMBIENT_CLEAR_ALL), 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAP_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _syscall("capset", _SYS_CAPSET[platform.machine()], ctypes.byref(header), ctypes.byref(nothing))


def _prctl(what: str, option: int, value: int) -> None:
    assert _libc is not None
    unsigned = ctypes.c_ulong
    _call(what, _libc.prctl(option, unsigned(value), unsigned(0), unsigned(0), unsigned(0)))


def install_filter(program: bytes) -> None:
    """Install a seccomp filter (an array of ``sock_filter``) for all threads of this process.

    ``no_new_privileges`` must have been called.
    """

    class _Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]

    described = _Program(len(program) // 8, program)
    number = {"x86_64": 317, "aarch64": 277}[platform.machine()]
    set_mode_filter, all_threads = 1, 1
    _syscall("seccomp", number, ctypes.c_uint(set_mode_filter), ctypes.c_uint(all_threads), ctypes.byref(described))
