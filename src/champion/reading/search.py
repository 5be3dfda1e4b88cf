"""Lines of a file that match a pattern, for those whose machine has no grep."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from champion.problems import Problem
from champion.reading import columns, opening
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas


def grep(pattern: str, *paths: Path) -> pandas.DataFrame:
    """The lines in which a regular expression is found, packed files too.

    Columns: file, line (its number, from 1), text.

    Raises:
        Problem: the pattern is no regular expression, or a file may not be read.
    """
    import pandas as pd

    try:
        wanted = re.compile(pattern)
    except (re.error, TypeError) as error:
        raise Problem(
            f"{pattern!r} is no regular expression: {error}.",
            "A \\ before a sign such as ( or [ takes it as it is.",
        ) from None
    notes = Notes()
    found = [
        (path.name, number, line)
        for path in paths
        for block in opening.blocks(path, notes)
        for number, line in enumerate(block.lines, block.first)
        if wanted.search(line)
    ]
    made = {
        "file": columns.texts([file for file, _, _ in found]),
        "line": pd.Series([line for _, line, _ in found], dtype="int64"),
        "text": columns.texts([text for _, _, text in found]),
    }
    return notes.close(pd.DataFrame(made))
