"""What is drawn of a join that one watches: three tables side by side, and what a hand moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import ipywidgets
import pandas

from champion.desk.widgets import fanout
from champion.desk.widgets.fanout import HOWS, Join

LAST = 12
"""Rows of the growing result that are shown."""
_CELL = 'style="text-align: left; padding: 0 10px 0 0; line-height: 1.6"'
_BESIDE = "display: flex; flex-wrap: wrap; gap: 0 28px; align-items: flex-start"


def drawn(join: Join, how: str) -> ipywidgets.VBox:
    """The join before its first row, a slider and two buttons to go on, and a choice of kind."""
    narrow = {"width": "7em"}
    back = ipywidgets.Button(description="Back", tooltip="One left row back", layout=narrow)
    on = ipywidgets.Button(description="Next row", tooltip="Take one left row", layout=narrow)
    taken = ipywidgets.IntSlider(max=len(join.left), description="Left rows")
    kind = ipywidgets.ToggleButtons(
        options=[(name, each) for each, name in HOWS.items()],
        value=how,
        style={"button_width": "7em"},
    )
    shown = ipywidgets.HTML()

    def draw(_: Any = None) -> None:
        back.disabled, on.disabled = taken.value == 0, taken.value == taken.max
        shown.value = page(join, taken.value, kind.value)

    def go(by: int) -> None:
        taken.value = min(max(taken.value + by, 0), taken.max)

    back.on_click(lambda _: go(-1))
    on.on_click(lambda _: go(1))
    for each in (taken, kind):
        each.observe(draw, "value")
    draw()
    row = ipywidgets.HBox([back, on, taken, kind], layout={"flex_flow": "row wrap"})
    return ipywidgets.VBox([row, shown])


def page(join: Join, taken: int, how: str) -> str:
    """What is seen after so many left rows, as HTML; signs mark rows, not weight alone."""
    pairs, last = join.pairs(taken, how), taken - 1
    fitting = join.partners[last] if taken else ()
    others = join.right.drop(columns=join.on)
    left = [("→" if at == last else "✓" if at < last else "", line)
            for at, line in enumerate(_lines(join.left))]  # fmt: skip
    right = [("→" if at in fitting else "", line) for at, line in enumerate(_lines(join.right))]
    result = [("→" if at == last else "", [*_line(join.left, at), *_line(others, one)])
              for at, one in pairs]  # fmt: skip
    short = f", the last {LAST}" if len(result) > LAST else ""
    tables = [
        _grid(f"left table, {len(left)} rows", join.left.columns, left),
        _grid(f"right table, {len(right)} rows", join.right.columns, right),
        _grid(
            f"result, {len(result)} rows so far{short}",
            [*join.left.columns, *others.columns],
            result[-LAST:],
        ),
    ]
    return (
        f"<p><strong>{escape(fanout.words(join, taken, how))}</strong><br>"
        f"{escape(fanout.sums(join, taken, how))}</p>"
        f'<div style="{_BESIDE}">{"".join(tables)}</div>'
    )


def _grid(caption: str, names: Iterable[object], lines: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A table with a sign before each row; a row with an arrow is in bold, too."""
    head = "".join(f"<th {_CELL}>{escape(str(name))}</th>" for name in ("", *names))
    body = "".join(
        f"<tr>{''.join(f'<td {_CELL}>{_weighed(sign, cell)}</td>' for cell in (sign, *cells))}</tr>"
        for sign, cells in lines
    )
    return (
        f'<table style="border-spacing: 0"><caption {_CELL}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _weighed(sign: str, cell: str) -> str:
    return f"<strong>{escape(cell)}</strong>" if sign == "→" else escape(cell)


def _lines(frame: pandas.DataFrame) -> list[list[str]]:
    return [_line(frame, at) for at in range(len(frame))]


def _line(frame: pandas.DataFrame, at: int | None) -> list[str]:
    """The cells of a row; nothing is filled in where there is no row."""
    if at is None:
        return ["NULL"] * frame.shape[1]
    return [fanout.cell(frame[name].iloc[at]) for name in frame.columns]
