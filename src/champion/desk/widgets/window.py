"""`watch_window(by_day, "plays")`: a window that moves down a table, row by row, by hand.

`Window` says which rows a row looks at, and what comes out of them. `words` tells all of it in
text, `picture` one row of it; the slider moves from row to row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from champion.desk import rows
from champion.desk.widgets import stage
from champion.problems import Problem

if TYPE_CHECKING:
    from ipywidgets import DOMWidget
    from pandas import DataFrame

LONGEST = 40
"""Rows that can be looked through by hand."""
WIDE = 7
"""Rows of the window that moves along."""


@dataclass(frozen=True)
class Window:
    """Which rows each row looks at.

    Attributes:
        name: what the button says.
        sql: how SQL writes it.
        back: how many rows before the present one it begins; None: at the first.
        ahead: how many rows before the present one it ends; 0 is the present one.
        adds: "sum", "average", or "" for the one value that it sees.
    """

    name: str
    sql: str
    back: int | None
    ahead: int
    adds: str

    def seen(self, at: int) -> range:
        """The places of the rows that the row at this place looks at; none before the first."""
        first = 0 if self.back is None else max(0, at - self.back)
        return range(first, max(first, at - self.ahead + 1))

    def result(self, values: Sequence[float], at: int) -> float | None:
        """What comes out of them; None where there is no row to look at."""
        seen = [values[place] for place in self.seen(at)]
        if not seen:
            return None
        return sum(seen) / len(seen) if self.adds == "average" else sum(seen)


WINDOWS = (
    Window("the row before", "lag({0}) OVER (ORDER BY {1})", 1, 1, ""),
    Window(
        f"the last {WIDE} rows",
        "avg({0}) OVER (ORDER BY {1} ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)",
        WIDE - 1,
        0,
        "average",
    ),
    Window("all rows so far", "sum({0}) OVER (ORDER BY {1})", None, 0, "sum"),
)
"""The three that the lesson is about."""


def watch_window(table: DataFrame, value: str = "") -> None:
    """Watch what each row of a small table sees of the others.

    Args:
        table: the result of a query, at most 40 rows, in the order in which it is looked through;
            its first column names the rows.
        value: the column of numbers; may be left out when there is one only.

    Raises:
        Problem: it is no table or too long, or the column is not there or holds no numbers.
    """
    labels, name, values = _parts(table, value)
    head = str(table.columns[0])
    stage.show(words(head, labels, name, values), lambda: _drawn(head, labels, name, values))


def words(head: str, labels: Sequence[str], name: str, values: Sequence[float]) -> str:
    """The whole table as text, with what each of the windows gives for each row."""
    import pandas

    lines = {head: list(labels), name: [_number(each) for each in values]}
    for window in WINDOWS:
        results = [window.result(values, at) for at in range(len(values))]
        lines[_heading(window)] = [_number(each) for each in results]
    return rows.text(pandas.DataFrame(lines))


def sentence(window: Window, labels: Sequence[str], values: Sequence[float], at: int) -> str:
    """What the row at this place sees, in a sentence."""
    seen = window.seen(at)
    if not seen:
        return f"{labels[at]}: there is no row before the first, so the result is NULL."
    result = _number(window.result(values, at))
    if len(seen) == 1:
        return f"{labels[at]} sees one row, {labels[seen[0]]}. The result is {result}."
    what = {"average": "Their average", "sum": "Together"}[window.adds]
    return (
        f"{labels[at]} sees {len(seen)} rows, {labels[seen[0]]} to {labels[seen[-1]]}. "
        f"{what}: {result}."
    )


def picture(
    window: Window, name: str, labels: Sequence[str], values: Sequence[float], at: int
) -> str:
    """The rows as bars in HTML: the present one has an arrow, those it sees a full bar."""
    seen, tallest = window.seen(at), max([*values, 1])
    lines = [
        f"<tr><td>{'▶' if place == at else ''}</td><td>{escape(labels[place])}</td>"
        f'<td style="text-align: right">{_number(each)}</td>'
        f'<td aria-hidden="true">{_bar(each, tallest, place in seen)}</td>'
        f"<td>{'seen' if place in seen else ''}</td></tr>"
        for place, each in enumerate(values)
    ]
    return (
        f'<p aria-live="polite"><b>{escape(sentence(window, labels, values, at))}</b></p>'
        f'<table style="line-height: 1.1"><tr><th></th><th></th><th>{escape(name)}</th>'
        f"<th></th><th></th></tr>{''.join(lines)}</table>"
    )


def _drawn(head: str, labels: Sequence[str], name: str, values: Sequence[float]) -> DOMWidget:
    """The buttons and the slider over the picture."""
    import ipywidgets

    choice = ipywidgets.RadioButtons(
        options=[(window.name, window) for window in WINDOWS],
        value=WINDOWS[1],
        description="Window",
    )
    slider = ipywidgets.IntSlider(
        value=min(WIDE + 1, len(values)),
        min=1,
        max=len(values),
        description="Row",
        layout={"width": "36em"},
    )
    sql, view = ipywidgets.HTML(), ipywidgets.HTML()

    def draw(change: Mapping[str, Any] | None = None) -> None:
        window = choice.value
        sql.value = f"<code>{escape(window.sql.format(name, head))}</code>"
        view.value = picture(window, name, labels, values, slider.value - 1)

    choice.observe(draw, names="value")
    slider.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([choice, sql, slider, view])


def _parts(table: Any, value: str) -> tuple[list[str], str, list[float]]:
    """The names of the rows, the name of the column, and its numbers."""
    import pandas

    if not isinstance(table, pandas.DataFrame):
        raise Problem(
            f"watch_window() takes a table, and this is a {type(table).__name__}.",
            'Keep a query, %%sql by_day, and write watch_window(by_day, "plays").',
        )
    if not 0 < len(table) <= LONGEST:
        raise Problem(
            f"The table has {len(table):,} rows.", f"Choose from 1 to {LONGEST} to look through."
        )
    numbers = [str(each) for each in table.columns[1:] if _is_number(table[each])]
    if not value and len(numbers) == 1:
        value = numbers[0]
    if value not in numbers:
        some = ", ".join(f"`{each}`" for each in numbers)
        raise Problem(
            f"`{value}` is no column of numbers." if value else "Which column shall it look at?",
            f"There is {some}." if numbers else "There is none behind the first column.",
        )
    if table[value].isna().any():
        raise Problem(f"Some values of `{value}` are missing.", "Choose rows that have one.")
    labels = [str(each) for each in table.iloc[:, 0]]
    return labels, value, table[value].tolist()


def _is_number(column: Any) -> bool:
    import pandas

    return bool(pandas.api.types.is_numeric_dtype(column)) and column.dtype != bool


def _heading(window: Window) -> str:
    return {"sum": "so far", "average": f"average of {WIDE}"}.get(window.adds, window.name)


def _bar(value: float, tallest: float, is_seen: bool) -> str:
    width = max(0, round(160 * value / tallest))
    fill = "var(--jp-brand-color1, #1976d2)" if is_seen else "transparent"
    return (
        f'<span style="display: inline-block; height: 0.7em; width: {width}px; '
        f'border: 1px solid var(--jp-brand-color1, #1976d2); background: {fill}"></span>'
    )


def _number(value: float | None) -> str:
    """A number as it is shown: whole ones without a point, others with one digit behind it."""
    if value is None:
        return "NULL"
    return str(int(value)) if value == int(value) else f"{value:.1f}"
