"""Which system calls an answer may not make: those that reach past the walls or hold memory that no limit counts.

A plain list of refusals for x86-64 and ARM64 (the two that people grade on). Elsewhere there is no filter, and the
namespaces and limits stand alone.
"""

from __future__ import annotations

import errno
import platform
import struct

# name: (x86_64, aarch64); None where the architecture has no such call
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "memfd_create": (319, 279),  # memory that belongs to no process and to no scratch folder
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "sethostname": (170, 161),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
}
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_SOCKET, _CLONE, _CLONE3 = (41, 198), (56, 220), (435, 435)
_FAMILIES = (1, 2, 10, 16)
"""Local, IPv4, IPv6, netlink: all of them see only this room. Others (vsock, packets, crypto) do not stop at it."""
_CLONE_NEWUSER = 0x10000000
_X32_BIT = 0x40000000

_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _ARGUMENT_0 = 0, 4, 16  # offsets in struct seccomp_data, low half of the argument


def program() -> bytes | None:
    """The filter as an array of ``sock_filter``, or None for an architecture that is not listed."""
    if platform.machine() not in _ARCHITECTURES:
        return None
    architecture, column = _ARCHITECTURES[platform.machine()]
    refuse, absent = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_JUMP_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),  # 32-bit calls have other numbers
        _step(_LOAD, _NUMBER),
    ]
    if column == 0:
        steps += [_step(_JUMP_GREATER_EQUAL, _X32_BIT, 0, 1), _step(_RETURN, refuse)]
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            steps += [_step(_JUMP_EQUAL, number, 0, 1), _step(_RETURN, refuse)]
    # its flags lie in memory that a filter can't read; the C library then falls back to clone
    steps += [_step(_JUMP_EQUAL, _CLONE3[column], 0, 1), _step(_RETURN, absent)]
    steps += [
        _step(_JUMP_EQUAL, _CLONE[column], 0, 4),
        _step(_LOAD, _ARGUMENT_0),
        _step(_JUMP_ANY_BIT, _CLONE_NEWUSER, 0, 1),
        _step(_RETURN, refuse),
        _step(_RETURN, _ALLOW),
    ]
    count = len(_FAMILIES)
    steps += [_step(_JUMP_EQUAL, _SOCKET[column], 0, count + 2), _step(_LOAD, _ARGUMENT_0)]
    steps += [_step(_JUMP_EQUAL, family, count - n, 0) for n, family in enumerate(_FAMILIES)]
    steps += [_step(_RETURN, refuse), _step(_RETURN, _ALLOW)]
    return b"".join(steps)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)
