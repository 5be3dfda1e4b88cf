"""What a learner sees: text first, and simple HTML of the same, without styles or random ids."""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from champion.desk import rows

if TYPE_CHECKING:
    import pandas

SHOWN = 10
"""Rows of a result that are shown."""
LINE = 100
"""Letters of one line."""
LEFT = 'style="text-align: left"'
"""Of every cell of a grid."""


@dataclass(frozen=True)
class Grid:
    """A small table to show: names of its columns, lines of texts, and a line below them."""

    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    foot: str = ""

    def text(self) -> str:
        """The grid in fixed-width letters; a long last column is folded."""
        widths = [
            max([len(self.head[at]), *(len(row[at]) for row in self.lines)])
            for at in range(len(self.head) - 1)
        ]
        room = max(40, LINE - sum(widths) - 2 * len(widths))
        lines: list[str] = []
        for row in (self.head, *self.lines):
            start = "".join(cell.ljust(width + 2) for cell, width in zip(row, widths, strict=False))
            folded = textwrap.wrap(row[-1], room) or [""]
            lines += [
                f"{start if at == 0 else ' ' * len(start)}{part}".rstrip()
                for at, part in enumerate(folded)
            ]
        return "\n".join([*lines, *textwrap.wrap(self.foot, LINE)])

    def html(self) -> str:
        """The grid as an HTML table, every column to the left; JupyterLab would move it right."""
        head = "".join(f"<th {LEFT}>{inline(name)}</th>" for name in self.head)
        body = "".join(
            f"<tr>{''.join(f'<td {LEFT}>{inline(cell)}</td>' for cell in row)}</tr>"
            for row in self.lines
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
    table = rows.text(frame.head(SHOWN))
    below = "".join(f"<p>{inline(line)}</p>" for line in lines)
    publish(
        {
            "text/plain": "\n".join([table, "", *lines]),
            "text/html": rows.html(frame.head(SHOWN)) + below,
        }
    )


def row_line(count: int, name: str = "") -> str:
    """How many rows a result has, and aloud when not all are shown."""
    if count <= SHOWN:
        return "no rows" if count == 0 else f"{count} row{'s' if count != 1 else ''}"
    held = f"`{name}` holds all of them" if name else "a name after %%sql keeps all of them"
    return f"first {SHOWN} of {count:,} rows; {held}"


def publish(data: dict[str, Any]) -> None:
    """One output of the running cell, in every form given; the plain text alone without IPython."""
    from IPython.display import display

    display(data, raw=True)
