"""What a learner sees: text first, and simple HTML of the same, without styles or random ids."""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

SHOWN = 10
"""Rows of a result that are shown."""
WIDEST = 80
"""Letters of one value that are shown."""


@dataclass(frozen=True)
class Grid:
    """A small table to show: names of its columns, rows of texts, and a line below them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: str = ""

    def text(self) -> str:
        """The grid in fixed-width letters; a long last column is folded."""
        widths = [
            max([len(self.head[at]), *(len(row[at]) for row in self.rows)])
            for at in range(len(self.head) - 1)
        ]
        room = max(40, 100 - sum(widths) - 2 * len(widths))
        lines: list[str] = []
        for row in (self.head, *self.rows):
            start = "".join(cell.ljust(width + 2) for cell, width in zip(row, widths, strict=False))
            folded = textwrap.wrap(row[-1], room) or [""]
            lines += [
                f"{start if at == 0 else ' ' * len(start)}{part}".rstrip()
                for at, part in enumerate(folded)
            ]
        return "\n".join([*lines, *([self.foot] if self.foot else [])])

    def html(self) -> str:
        """The grid as an HTML table."""
        head = "".join(f"<th>{inline(name)}</th>" for name in self.head)
        body = "".join(
            f"<tr>{''.join(f'<td>{inline(cell)}</td>' for cell in row)}</tr>" for row in self.rows
        )
        foot = f"<p>{inline(self.foot)}</p>" if self.foot else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"


def inline(text: str) -> str:
    """One line of Markdown as HTML: `code` and **bold**, everything else escaped."""
    escaped = html.escape(text, quote=False)
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", escaped)


def say(text: str) -> None:
    """Show a message in the notebook, as text that nbval can compare."""
    publish({"text/plain": text})


def show_grid(grid: Grid) -> None:
    """Show a grid in the notebook."""
    publish({"text/plain": grid.text(), "text/html": grid.html()})


def show_frame(frame: pandas.DataFrame, name: str = "", notes: tuple[str, ...] = ()) -> None:
    """Show the first rows of a result, how many there are, and what to know about them.

    Args:
        frame: the result.
        name: the variable that holds all of it; "" when nothing does.
        notes: one line each.
    """
    lines = (row_line(len(frame), name), *(f"Note: {note}" for note in notes))
    head = _readable(frame.head(SHOWN))
    text = "\n".join([head.to_string(index=False, max_colwidth=WIDEST), "", *lines])
    below = "".join(f"<p>{inline(line)}</p>" for line in lines)
    publish({"text/plain": text, "text/html": head.to_html(index=False, border=0) + below})


def row_line(rows: int, name: str = "") -> str:
    """How many rows a result has, and aloud when not all are shown."""
    if rows <= SHOWN:
        return "no rows" if rows == 0 else f"{rows} row{'s' if rows != 1 else ''}"
    held = f"`{name}` holds all of them" if name else "a name after %%sql keeps all of them"
    return f"first {SHOWN} of {rows:,} rows; {held}"


def publish(data: dict[str, Any]) -> None:
    """One output of the running cell, in every form given; the plain text alone without IPython."""
    from IPython.display import display

    display(data, raw=True)


def _readable(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The same frame in texts: NULL where a value is missing, moments to the second."""
    import pandas

    shown = {
        at: [_cell(value, whole) for value in frame.iloc[:, at].tolist()]
        for at, whole in enumerate(_whole_numbers(frame))
    }
    readable = pandas.DataFrame(shown, index=frame.index, dtype=object)
    readable.columns = frame.columns
    return readable


def _whole_numbers(frame: pandas.DataFrame) -> list[bool]:
    """Which columns of floats are whole numbers that became floats because some are missing."""
    found = []
    for at in range(frame.shape[1]):
        column = frame.iloc[:, at]
        held = column.dropna()
        found.append(
            column.dtype.kind == "f" and len(held) < len(column) and bool((held % 1 == 0).all())
        )
    return found


def _cell(value: object, whole: bool) -> str:
    import pandas

    if value is None or value is pandas.NaT or value is pandas.NA or value != value:
        return "NULL"
    if whole and isinstance(value, float):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 else f"{value:,.2f}".replace(",", "")
    text = str(value).replace("\r", " ").replace("\n", "⏎")
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
