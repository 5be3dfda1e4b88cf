"""Shuts a child in before it runs a learner's cells.

On Linux the child gets namespaces of its own: no network, every file read-only but its
temporary folder (which lies in memory and is limited), no process in sight but those it
starts, and all of them end with it. Where the system refuses namespaces, Landlock takes over
the part about files (and TCP). Elsewhere only limits remain; the report says which it was.

Everything is done by system calls on the one thread there is, so a fork needs no helper
program. Nothing here knows of notebooks.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from pathlib import Path
from typing import Literal

from champion.marking.limits import Limits

Isolation = Literal["namespaces", "landlock", "limits"]

MEANING: dict[str, str] = {
    "namespaces": "no network, no file written outside its temporary folder, "
    "no other process in sight; time, memory and disk limited",
    "landlock": "WEAKER: no file written outside its temporary folder and no TCP, but other "
    "processes are in sight; time and memory limited",
    "limits": "WEAKER: time and memory limited where the system can; network and files are open "
    "to the learner's code. Mark only notebooks of people you trust",
    "none": "nothing was run",
}

_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_NEW_MOUNTS, _NEW_IPC = 0x00020000, 0x08000000
_REC, _PRIVATE, _NOSUID, _NODEV = 0x4000, 1 << 18, 2, 4
_PRIVATE_TREE = _REC | _PRIVATE
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _RDONLY = 442, -100, 0x8000, 1
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES, _DROP_BOUND = 1, 38, 24
_O_PATH = 0x200000


def limit(limits: Limits) -> None:
    """Set the limits on memory, processor time, file size and open files of this process."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    seconds = int(limits.notebook_seconds) + 5
    wanted = {
        "RLIMIT_AS": limits.memory,
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": limits.disk,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        _lower(resource, name, most)


def limit_processes(limits: Limits) -> None:
    """Limit the processes of this user namespace; outside of one it would count the mentor's."""
    import resource

    _lower(resource, "RLIMIT_NPROC", limits.processes)


def _lower(resource: object, name: str, most: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    try:
        hard = resource.getrlimit(kind)[1]  # type: ignore[attr-defined]
        most = most if hard < 0 else min(most, hard)
        resource.setrlimit(kind, (most, most))  # type: ignore[attr-defined]
    except (ValueError, OSError):  # macOS refuses some of them
        return


def enter_namespaces(scratch: Path, limits: Limits) -> bool:
    """Move this process's future children into namespaces of their own; False if refused.

    The caller itself stays in sight of its parent; its next fork is the first process of
    the new world and must call `settle_in_namespaces`.
    """
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    flags = _NEW_USER | _NEW_PID | _NEW_NET | _NEW_MOUNTS | _NEW_IPC
    try:
        _call("unshare", flags)
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
        _call("mount", b"none", b"/", None, _PRIVATE_TREE, None)
        size = f"size={limits.disk},mode=0700".encode()
        _call("mount", b"tmpfs", os.fsencode(scratch), b"tmpfs", _NOSUID | _NODEV, size)
        _read_only(b"/", _AT_RECURSIVE, on=True)
        _read_only(os.fsencode(scratch), 0, on=False)
    except OSError:
        return False
    return True


def settle_in_namespaces(limits: Limits) -> None:
    """Give up, in the first process of the namespaces, every right to undo them."""
    with contextlib.suppress(OSError):  # some containers refuse; the old /proc gives no access
        _call("mount", b"proc", b"/proc", b"proc", _NOSUID | _NODEV, None)
    _call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    for capability in range(64):
        try:
            _call("prctl", _DROP_BOUND, capability, 0, 0, 0)
        except OSError:
            break
    header = struct.pack("Ii", 0x20080522, 0)
    _call("capset", header, bytes(24))
    limit_processes(limits)


def enter_landlock(scratch: Path) -> bool:
    """Forbid this process to write outside `scratch` and to use TCP; False if refused."""
    if sys.platform != "linux":
        return False
    try:
        version = _call("syscall", _LANDLOCK_CREATE, None, 0, 1)
        files = _writing_rights(version)
        tcp = 0b11 if version >= 4 else 0
        rules = struct.pack("QQ", files, tcp) if version >= 4 else struct.pack("Q", files)
        ruleset = _call("syscall", _LANDLOCK_CREATE, rules, len(rules), 0)
        for allowed in (scratch, Path("/dev/null")):
            right = files if allowed.is_dir() else files & _FILE_RIGHTS
            opened = os.open(allowed, _O_PATH | os.O_CLOEXEC)
            _call("syscall", _LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", right, opened), 0)
            os.close(opened)
        _call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        _call("syscall", _LANDLOCK_RESTRICT, ruleset, 0)
        os.close(ruleset)
    except OSError:
        return False
    return True


_WRITE_FILE, _TRUNCATE, _REFER = 1 << 1, 1 << 14, 1 << 13
_FILE_RIGHTS = _WRITE_FILE | _TRUNCATE


def _writing_rights(version: int) -> int:
    """Every right that changes something: write, remove, make, refer (2), truncate (3)."""
    rights = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))
    rights |= _REFER if version >= 2 else 0
    return rights | (_TRUNCATE if version >= 3 else 0)


def die_with_parent(sign: int) -> None:
    """Ask Linux for a signal when the parent ends; elsewhere a closed socket has to do."""
    if sys.platform == "linux":
        _call("prctl", _SET_DEATH_SIGNAL, sign, 0, 0, 0)


def _read_only(path: bytes, flags: int, *, on: bool) -> None:
    attributes = struct.pack("QQQQ", _RDONLY if on else 0, 0 if on else _RDONLY, 0, 0)
    _call("syscall", _MOUNT_SETATTR, _AT_FDCWD, path, flags, attributes, len(attributes))


def _call(name: str, *arguments: int | bytes | None) -> int:
    """Call the C library; OSError with its errno where it says -1."""
    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if function is None:
        raise OSError(f"this system has no {name}")
    wide = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result: int = function(*wide)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
