"""The rows of a frame as text and as HTML: NULL where a value is missing, nothing random."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

WIDEST = 80
"""Letters of one value that are shown."""


def text(frame: pandas.DataFrame) -> str:
    """The rows in fixed-width letters, numbers to the right, texts to the left."""
    head, body, numeric = _parts(frame)
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in (head, *body)
    )


def html(frame: pandas.DataFrame) -> str:
    """The rows as an HTML table, as Jupyter styles those of pandas."""
    head, body, numeric = _parts(frame)
    sides = ["right" if number else "left" for number in numeric]
    names = _line("th", head, sides)
    lines = "".join(_line("td", line, sides) for line in body)
    return f'<table class="dataframe"><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>'


def _line(tag: str, cells: list[str], sides: list[str]) -> str:
    return "".join(
        [
            "<tr>",
            *(
                f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>'
                for cell, side in zip(cells, sides, strict=True)
            ),
            "</tr>",
        ]
    )


def _parts(frame: pandas.DataFrame) -> tuple[list[str], list[list[str]], list[bool]]:
    """The names, the lines of cells, and which columns hold numbers."""
    columns = [frame.iloc[:, at] for at in range(frame.shape[1])]
    cells = [
        [cell(value, whole) for value in column.tolist()]
        for column in columns
        for whole in (_is_whole(column),)
    ]
    head = [str(name) for name in frame.columns]
    return head, [list(line) for line in zip(*cells, strict=True)], [_is_number(c) for c in columns]


def _is_number(column: pandas.Series) -> bool:
    return column.dtype.kind in "iuf"


def _is_whole(column: pandas.Series) -> bool:
    """Whether a column of floats is one of whole numbers, some of which are missing."""
    held = column.dropna()
    return column.dtype.kind == "f" and len(held) < len(column) and bool((held % 1 == 0).all())


def is_missing(value: object) -> bool:
    """Whether a value of a frame is SQL's NULL."""
    import pandas

    return value is None or value is pandas.NaT or value is pandas.NA or value != value


def cell(value: object, whole: bool = False) -> str:
    """One value as it is shown: NULL, a number, a text on one line; `whole`: with no fraction."""
    if is_missing(value):
        return "NULL"
    if isinstance(value, float):
        return str(int(value)) if whole else _float(value)
    line = str(value).replace("\r", " ").replace("\n", "⏎")
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def _float(value: float) -> str:
    """Six digits that matter, and no exponent where people would not write one."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.2f}"
