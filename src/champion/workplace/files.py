"""Writing into the work folder: whole or not at all, and in one line when it cannot be done."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from champion.problems import Problem

REASONS = {
    errno.ENOSPC: ("The disk is full", "Free some space, then run this again."),
    errno.EDQUOT: ("Your share of the disk is full", "Free some space, then run this again."),
    errno.EACCES: ("It may not be written to", "Ask for the right to write there, or set"),
    errno.EPERM: ("It may not be written to", "Ask for the right to write there, or set"),
    errno.EROFS: ("It lies on a read-only disk", "Move the course to a disk of your own, or set"),
    errno.ENOTDIR: ("A file is in the way", "Rename that file, or set"),
    errno.EEXIST: ("A file is in the way", "Rename that file, or set"),
}
ELSEWHERE = "CHAMPION_WORK to a folder of your own."


def write(path: Path, content: bytes) -> None:
    """Put content at path; whatever happens, the file is the old one or the new one, whole.

    Raises:
        Problem: the disk is full, read-only, or the folder may not be written to.
    """
    draft = path.with_name(f".{path.name}.new")
    with in_one_line(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and what lies above it; a Problem when that cannot be done."""
    with in_one_line(path):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def in_one_line(path: Path) -> Iterator[None]:
    """Turn an OSError about path into the one line that says what to do."""
    try:
        yield
    except OSError as error:
        what, then = REASONS.get(error.errno or 0, (error.strerror or str(error), ""))
        then = f"{then} {ELSEWHERE}" if then.endswith("set") else then
        raise Problem(
            f"{tilde(path)} could not be written. {what}; nothing was lost.", then
        ) from None


def keep_beside(path: Path) -> Path:
    """Copy a file to a name of its own beside it, and return that: `one (before 2026-11-23).md`."""
    content = path.read_bytes()
    kept = next(name for name in _names_beside(path) if not name.exists() or _same(name, content))
    if not kept.exists():
        write(kept, content)
    return kept


def tilde(path: Path) -> str:
    """A path as it may be shown: the home folder's name is nobody's business."""
    try:
        return str(Path("~") / path.resolve().relative_to(Path.home().resolve()))
    except (ValueError, OSError, RuntimeError):
        return os.fspath(path)


def _names_beside(path: Path) -> Iterator[Path]:
    today = date.today().isoformat()
    yield path.with_name(f"{path.stem} (before {today}){path.suffix}")
    number = 2
    while True:
        yield path.with_name(f"{path.stem} (before {today}, {number}){path.suffix}")
        number += 1


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
