"""Writing a log: its newer part as text, its older part gzipped beside it, and their digests."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from champion.lantern.logs.lines import ROTATED
from champion.lantern.logs.source import Told

_LEVEL = 1
"""Of gzip: a quarter of the time of the default, for files a third larger."""

Digests = dict[str, str]
"""SHA-256 of the uncompressed content, in hexadecimal, by file name."""


def as_it_is(part: int, lines: list[str]) -> list[str]:
    """The lines, untouched."""
    return lines


def store(
    folder: Path,
    name: str,
    told: Told,
    head: Sequence[str] = (),
    touch: Callable[[int, list[str]], list[str]] = as_it_is,
) -> Digests:
    """Write a log whose lines are in order of time.

    Args:
        folder: where; what is older than the rotation lies in `<name>.1.gz`, the rest in `<name>`.
        head: lines that stand at the top of each file.
        touch: given 1 and the older lines, then 0 and the newer ones; what it returns is written.

    Raises:
        OSError: it cannot be written, or the disk is full.
    """
    turn = int(np.searchsorted(told.moments, ROTATED, side="left"))
    old = _text([*head, *touch(1, told.lines[:turn])])
    new = _text([*head, *touch(0, told.lines[turn:])])
    (folder / f"{name}.1.gz").write_bytes(gzip.compress(old, _LEVEL, mtime=0))
    (folder / name).write_bytes(new)
    return {f"{name}.1.gz": digest(old), name: digest(new)}


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _text(lines: list[str]) -> bytes:
    return "\n".join([*lines, ""]).encode()
