"""One lab at a time on a work folder: two would overwrite each other's notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from champion.problems import Problem
from champion.workplace import files

CORNER = ".champion"


def corner(work: Path) -> Path:
    """The part of the work folder that is the course's own business."""
    return work / CORNER


@contextmanager
def lease(work: Path) -> Iterator[None]:
    """Hold the work folder while the block runs.

    Raises:
        Problem: a lab is open on it already, or the folder cannot be written to.
    """
    lock = FileLock(corner(work) / "lab.lock", timeout=0)
    files.make_folder(corner(work))
    with files.in_one_line(work):
        try:
            lock.acquire()
        except Timeout:  # an OSError too, with nothing wrong on the disk
            raise Problem(
                f"{files.tilde(work)} is open in a lab already{_at(address(work))}.",
                "Go on there, or end it first with Ctrl-C in the window it was started from.",
            ) from None
    try:
        yield
    finally:
        lock.release()


def is_held(work: Path) -> bool:
    """Whether a lab is open on the work folder."""
    if not (corner(work) / "lab.lock").exists():
        return False
    try:
        with FileLock(corner(work) / "lab.lock", timeout=0):
            return False
    except (Timeout, OSError):
        return True


def announce(work: Path, address: str) -> None:
    """Leave the address of the lab for whoever comes second; readable by its owner alone."""
    note = corner(work) / "lab.json"
    files.write(note, json.dumps({"address": address}).encode())
    note.chmod(0o600)


def withdraw(work: Path) -> None:
    """Take the address away again."""
    (corner(work) / "lab.json").unlink(missing_ok=True)


def address(work: Path) -> str:
    """Where the lab on this folder answers; "" when nobody has said."""
    try:
        note = json.loads((corner(work) / "lab.json").read_text(encoding="utf-8"))
        return str(note["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _at(address: str) -> str:
    return f", at {address}" if address else ""
