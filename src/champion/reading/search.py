"""Lines of a file: its first, its last, and those that match a pattern, packed files too."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from champion.problems import Problem
from champion.reading import columns, opening
from champion.reading.unread import Notes

if TYPE_CHECKING:
    from champion.reading.lines import Lines

Found = tuple[str, int, str]


def grep(pattern: str, *paths: Path, only: bool = False, after: int = 0) -> Lines:
    """The lines in which a regular expression is found.

    Args:
        pattern: the regular expression.
        paths: the files, in the order in which they are read.
        only: keep the first part of each line that fits, and not the whole line.
        after: so many lines below each of them are kept too, as for a stack trace.

    Raises:
        Problem: the pattern is no regular expression, or a file may not be read.
    """
    try:
        wanted = re.compile(pattern)
    except (re.error, TypeError) as error:
        raise Problem(
            f"{pattern!r} is no regular expression: {error}.",
            "A \\ before a sign such as ( or [ takes it as it is.",
        ) from None
    notes = Notes()
    return _made(_found(_every(paths, notes), wanted, only, after), notes)


def _found(
    lines: Iterator[Found], wanted: re.Pattern[str], only: bool, after: int
) -> Iterator[Found]:
    left = 0
    for file, number, line in lines:
        fits = wanted.search(line)
        left = after + 1 if fits else left - 1
        if left > 0:
            yield file, number, fits[0] if only and fits else line


def head(count: int, *paths: Path) -> Lines:
    """The first lines; Problem when a file may not be read."""
    notes = Notes()
    return _made(islice(_every(paths, notes), max(0, count)), notes)


def tail(count: int, *paths: Path) -> Lines:
    """The last lines; Problem when a file may not be read."""
    notes = Notes()
    return _made(deque(_every(paths, notes), maxlen=max(0, count)), notes)


def _every(paths: Iterable[Path], notes: Notes) -> Iterator[Found]:
    """Each line with its file's name and its number, from 1."""
    for path in paths:
        for block in opening.blocks(path, notes):
            for number, line in enumerate(block.lines, block.first):
                yield path.name, number, line


def _made(found: Iterable[Found], notes: Notes) -> Lines:
    import pandas as pd

    from champion.reading.lines import Lines

    kept = list(found)
    made = {
        "file": columns.texts([file for file, _, _ in kept]),
        "line": pd.Series([line for _, line, _ in kept], dtype="int64"),
        "text": columns.texts([text for _, _, text in kept]),
    }
    frame = Lines(made)
    notes.close(frame)
    return frame
