"""Logs that hold one JSON object a line, nested or flat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.reading import columns, opening
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas


@dataclass
class Table:
    """Rows that may have different keys, and where each came from."""

    held: dict[str, list[Any]] = field(default_factory=dict)
    origins: list[tuple[str, int]] = field(default_factory=list)

    def add(self, row: Mapping[str, Any], file: str, line: int) -> None:
        """Add a row; a key it lacks is missing in it."""
        count = len(self.origins)
        for name, value in row.items():
            values = self.held.setdefault(name, [])
            values.extend([None] * (count - len(values)))
            values.append(value)
        self.origins.append((file, line))

    def close(self, notes: Notes) -> None:
        """Fill up every column; a row whose time cannot be read is taken out and noted."""
        count = len(self.origins)
        for values in self.held.values():
            values.extend([None] * (count - len(values)))
        bad = columns.bad_times(self.held)
        for at in sorted(bad):
            row = {name: values[at] for name, values in self.held.items()}
            text = json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False)
            notes.unread(*self.origins[at], text)
        if bad:
            keep = [at for at in range(count) if at not in bad]
            self.held = {name: [each[at] for at in keep] for name, each in self.held.items()}
            self.origins = [self.origins[at] for at in keep]


def read(*paths: Path) -> pandas.DataFrame:
    """Read files of JSON lines, one after the other, into one frame.

    Every key is a column, in the order in which keys appear; a nested key is named with dots
    (`request.status`), a list stays a list. Times that carry an offset are moments in UTC,
    whole numbers Int64, true and false boolean. A key that holds numbers on some lines and text
    on others makes two columns, `status` and `status_text`. With several files, column file tells
    them apart.

    Raises:
        Problem: a file is missing or may not be read.
    """
    import pandas as pd

    notes, table = Notes(), Table()
    for path in paths:
        for block in opening.blocks(path, notes):
            for number, line in enumerate(block.lines, block.first):
                row = _object(line)
                if row is None:
                    notes.unread(path.name, number, line)
                else:
                    table.add(row, path.name, number)
    table.close(notes)
    made = {name: columns.of_json(values) for name, values in _of_one_kind(table.held).items()}
    if len(paths) > 1:
        made[_free("file", made)] = columns.texts([file for file, _ in table.origins])
    return notes.close(pd.DataFrame(made, index=pd.RangeIndex(len(table.origins))))


def _of_one_kind(held: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The columns, those with numbers and text in them parted, so that each has its type."""
    parted: dict[str, list[Any]] = {}
    for name, values in held.items():
        kinds = {type(each) for each in values if each is not None}
        if str in kinds and kinds - {str} and kinds <= {str, int, float}:
            parted[name] = [None if isinstance(each, str) else each for each in values]
            text = _free(f"{name}_text", {**held, **parted})
            parted[text] = [each if isinstance(each, str) else None for each in values]
        else:
            parted[name] = values
    return parted


def _object(line: str) -> dict[str, Any] | None:
    """The object on a line, flat; None when there is none."""
    try:
        told = json.loads(line, strict=False)
        return _flat(told) if isinstance(told, dict) else None
    except (ValueError, RecursionError):
        return None


def _flat(told: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, dict):
            for inner, each in _flat(value, f"{before}{name}.").items():
                flat[_free(inner, flat)] = each
        else:
            flat[_free(f"{before}{name}", flat)] = value
    return flat


def _free(name: str, taken: Mapping[str, Any]) -> str:
    """The name, with _2 behind it where a column has it already."""
    while name in taken:
        name += "_2"
    return name
