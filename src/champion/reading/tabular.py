"""Logs with a `#Fields:` line: tab-separated as of an edge, or W3C extended with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from champion.reading import columns, opening
from champion.reading.jsonlines import Table
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas

_FIELDS = re.compile(r"#\s*Fields:\s*(.*)", re.IGNORECASE)
_WORD = re.compile(r'"((?:[^"]|"")*)"(?=\s|$)|(\S+)')
_CLOCK = re.compile(r"\d\d:\d\d:\d\d(?:\.\d+)?")


def read(*paths: Path) -> pandas.DataFrame:
    """Read logs whose `#Fields:` line names their columns, one after the other, into one frame.

    Columns are named as in the file; `-` is missing. Their types are told by their values. The
    W3C's `date` and `time`, which are in UTC, become one column `time` (UTC). A file may name
    its fields anew in the middle. With several files, column file tells them apart.

    Raises:
        Problem: a file is missing or may not be read.
    """
    import pandas as pd

    notes, table = Notes(), Table()
    for path in paths:
        for number, row in _rows(path, notes):
            table.add(row, path.name, number)
    table.close(notes)
    made = {name: columns.typed(name, values) for name, values in table.held.items()}
    if len(paths) > 1:
        made["file"] = columns.texts([file for file, _ in table.origins])
    return notes.close(pd.DataFrame(made, index=pd.RangeIndex(len(table.origins))))


def _rows(path: Path, notes: Notes) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Number and values of every line that has as many values as there are fields."""
    names: list[str] = []
    for block in opening.blocks(path, notes):
        for number, line in enumerate(block.lines, block.first):
            named = _FIELDS.match(line)
            if named:
                names = _names(named[1])
            if line.startswith("#"):
                continue
            values = line.split("\t") if "\t" in line else _words(line)
            if not names or len(values) != len(names):
                notes.unread(path.name, number, line)
            else:
                yield number, _row(names, values)
    if not names:
        notes.remark(
            f"{path.name} has no `#Fields:` line that names its columns; "
            "files.csv() reads a table whose first line does."
        )


def _names(written: str) -> list[str]:
    names: list[str] = []
    for name in re.split(r"\t+|\s+", written.strip()):
        names.append(name if name not in names else f"{name}_{names.count(name) + 1}")
    return [each for each in names if each]


def _words(line: str) -> list[str]:
    found = _WORD.finditer(line)
    return [each[2] if each[1] is None else each[1].replace('""', '"') for each in found]


def _row(names: list[str], values: list[str]) -> dict[str, str | None]:
    row = {
        name: None if value in ("-", "") else value
        for name, value in zip(names, values, strict=True)
    }
    day, clock = row.get("date"), row.get("time")
    if day and clock and _CLOCK.fullmatch(clock):
        row["date"] = f"{day}T{clock}Z"
        del row["time"]
        return {"time" if name == "date" else name: value for name, value in row.items()}
    return row
