"""A customer's CSV: whatever separates its columns, whatever its encoding."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from champion.reading import columns, opening
from champion.reading.unread import Notes

if TYPE_CHECKING:
    import pandas

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 50
_WINDOWS = "cp1252"
_MOJIBAKE = re.compile("[Ã-ï][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}|Â[\u00a0-\u00bf]")


def read(path: Path) -> pandas.DataFrame:
    """Read a table whose first line names its columns, plain or gzipped.

    Separated by comma, semicolon, tab or |, whichever fits its first lines best. An empty field
    is missing. The type of a column is told by its values; an id, a number that begins with 0
    and a number with a decimal comma stay text. A row that is short of fields is filled up, one
    with too many is unread.

    attrs: encoding ("utf-8", "utf-16", or "cp1252" when it is no UTF-8), bom (whether a
    byte-order mark led it), separator, mojibake (fields that look like UTF-8 read as cp1252,
    "Ã©" for "é"; they are left as they are).

    Raises:
        Problem: the file is missing, may not be read, or is too large.
    """
    import pandas as pd

    notes = Notes()
    told = opening.text(path, notes, _WINDOWS)
    lines = told.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator, begins = _separator(lines)
    records = list(_records(lines, begins, separator, path.name, notes))
    names = _names(records[0][1]) if records else []
    rows = _fitting(records[1:], names, path.name, separator, notes)
    made = {
        name: columns.typed(name, [row[at] or None for row in rows])
        for at, name in enumerate(names)
    }
    damaged = sum(_is_mojibake(field) for row in (names, *rows) for field in row)
    _tell(path.name, told, damaged, notes)
    frame = notes.close(pd.DataFrame(made))
    frame.attrs |= {
        "encoding": told.encoding, "bom": told.bom, "separator": separator, "mojibake": damaged
    }  # fmt: skip
    return frame


def _separator(lines: list[str]) -> tuple[str, int]:
    """What separates the fields, and the line on which the table begins, from 0."""
    first = lines[0].lower()
    if re.fullmatch(r"sep=.", first):  # for Excel alone
        return lines[0][4], 1
    sample = [line for line in lines[:_SAMPLE] if line]

    def fit(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
        width, count = max(widths.items(), key=lambda each: each[1], default=(1, 0))
        return (count if width > 1 else 0, width)

    return max(_SEPARATORS, key=fit), 0


def _records(
    lines: list[str], begins: int, separator: str, file: str, notes: Notes
) -> Iterator[tuple[int, list[str]]]:
    """Every record with the number of its first line; a quoted field may span lines.

    A quotation mark that nothing closes would swallow the rest of the file: such a line is
    unread, and the next one is begun afresh.
    """
    csv.field_size_limit(opening.LONGEST)
    at = begins
    while at < len(lines):
        ahead = (f"{lines[number]}\n" for number in range(at, len(lines)))
        reader = csv.reader(ahead, delimiter=separator, strict=True)
        done = 0
        try:
            for row in reader:
                if any(row):
                    yield at + done + 1, row
                done = reader.line_num
        except csv.Error:
            notes.unread(file, at + done + 1, lines[at + done])
            done += 1
        at += done


def _fitting(
    records: list[tuple[int, list[str]]], names: list[str], file: str, separator: str, notes: Notes
) -> list[list[str]]:
    """The rows that have no more fields than there are names, filled up."""
    rows, short = [], 0
    for number, row in records:
        if len(row) > len(names):
            notes.unread(file, number, separator.join(row))
            continue
        short += len(row) < len(names)
        rows.append(row + [""] * (len(names) - len(row)))
    if short:
        many = "1 row" if short == 1 else f"{short:,} rows"
        notes.remark(f"{many} of {file} end early: what is missing there is missing here.")
    return rows


def _names(first: list[str]) -> list[str]:
    """The columns' names: an empty one is numbered, a second one of a name gets _2."""
    names: list[str] = []
    for at, written in enumerate(first, 1):
        name = written.strip() or f"column_{at}"
        while name in names:
            name += "_2"
        names.append(name)
    return names


def _is_mojibake(field: str) -> bool:
    """Whether a piece of this is what UTF-8 looks like to a program that takes it for cp1252."""
    for piece in _MOJIBAKE.findall(field):
        try:
            if len(piece.encode(_WINDOWS).decode("utf-8")) < len(piece):
                return True
        except UnicodeError:
            continue
    return False


def _tell(file: str, told: opening.Text, damaged: int, notes: Notes) -> None:
    if not told.text.strip():
        notes.remark(f"{file} is empty.")
    if told.encoding == _WINDOWS:
        notes.remark(f"{file} is not UTF-8: it was read as cp1252, as Windows writes it.")
    if damaged:
        many = "1 field" if damaged == 1 else f"{damaged:,} fields"
        notes.remark(
            f"{many} of {file} look like UTF-8 that was once read as cp1252 (“Ã©” for “é”). "
            "They are left as they are."
        )
