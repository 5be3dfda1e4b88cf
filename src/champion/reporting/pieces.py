"""Pieces of a page: HTML in which every text from the database is escaped."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Piece:
    """A piece of the page; a notebook shows it as it is.

    Attributes:
        markup: its HTML.
        text: what it says, where there is no HTML.
        about: what travels with it in the notebook, unseen.
    """

    markup: str
    text: str = ""
    about: Mapping[str, str] = field(default_factory=dict)

    def _repr_html_(self) -> tuple[str, Mapping[str, str]]:
        return self.markup, self.about

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        head: what stands above it.
        cells: texts, or pieces, one a row.
        bars: parts of one, one a row, that are drawn as bars beside the cells; see `parts`.
    """

    head: str
    cells: Sequence[str | Piece]
    bars: Sequence[float] = ()


def table(caption: str, first: Column, *others: Column) -> Piece | None:
    """A table whose first column names its rows and whose others hold figures; None without rows.

    It has a caption, and its headings say what they belong to, for those who hear it read out.
    """
    if not first.cells:
        return None
    columns = (first, *others)
    heads = "".join(f'<th scope="col">{escaped(each.head)}</th>' for each in columns)
    rows = "".join(_row(columns, at) for at in range(len(first.cells)))
    return Piece(
        f'<div class="table"><table><caption>{escaped(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        caption,
    )


def parts(numbers: Sequence[float] | pd.Series[Any], whole: float | None = None) -> list[float]:
    """Numbers as parts of a whole, or of the largest of them."""
    most = max(numbers, default=0) if whole is None else whole
    return [float(each) / most if most else 0.0 for each in numbers]


def paragraph(text: str, kind: str = "") -> Piece:
    """A paragraph; its kind is a class of the style sheet."""
    named = f' class="{kind}"' if kind else ""
    return Piece(f"<p{named}>{escaped(text)}</p>", text)


def listed(lines: Sequence[str], kind: str = "") -> Piece | None:
    """A list; None when there is nothing to say."""
    if not lines:
        return None
    named = f' class="{kind}"' if kind else ""
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    return Piece(f"<ul{named}>{items}</ul>", "\n".join(lines))


def together(*pieces: Piece | None) -> Piece | None:
    """Pieces one below the other, those that are missing left out; None when all are."""
    there = [each for each in pieces if each is not None]
    if not there:
        return None
    return Piece("".join(e.markup for e in there), "\n".join(e.text for e in there if e.text))


def video(title: str, hashed_id: str, deleted: date | None = None) -> Piece:
    """A video by its title as its owner typed it, in whatever script, and its id, since titles
    repeat; with the day it was deleted."""
    name = title.strip() or "(without a title)"
    mark = "" if deleted is None else f' <span class="mark">deleted {deleted.isoformat()}</span>'
    return Piece(f"<bdi>{escaped(name)}</bdi> <code>{escaped(hashed_id)}</code>{mark}", name)


def day(text: str) -> Piece:
    """A day that no line ends in."""
    return Piece(f'<span class="day">{escaped(text)}</span>', text)


def escaped(value: Any) -> str:
    """A text for HTML, between tags or in an attribute."""
    return html.escape(str(value), quote=True)


def _row(columns: Sequence[Column], at: int) -> str:
    name, *figures = columns
    cells = [f'<th scope="row">{_cell(name, at)}</th>']
    cells += [f"<td>{_cell(each, at)}</td>" for each in figures]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(column: Column, at: int) -> str:
    held = column.cells[at]
    shown = held.markup if isinstance(held, Piece) else escaped(held)
    if not column.bars:
        return shown
    return f'{shown} <span class="bar" style="--part: {100 * column.bars[at]:.1f}%"></span>'
