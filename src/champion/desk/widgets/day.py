"""The plays of an evening under a slider of time zones: which day a play belongs to moves.

The bars stand still, since a play happened when it happened. What moves is midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from champion.desk import rows
from champion.desk.widgets import stage
from champion.problems import Problem

if TYPE_CHECKING:
    from ipywidgets import DOMWidget
    from pandas import DataFrame, Series, Timestamp

ZONES = (
    "America/Los_Angeles",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Sydney",
)
"""From west to east, as the slider goes; each is a zone of some customers."""

COLUMN = "received_at"
LONGEST = 3
"""Days; over more of them the bars would be too thin to be seen."""

BAR = "30min"
"""Half an hour, so that midnight falls between two bars in each of the zones, India's too."""

AROUND = "3h"
"""Shown before the first play and after the last."""

WIDTH, HEIGHT, LEFT, TOP, FOOT = 640, 190, 84, 18, 44
"""Of the picture, and around its bars, in its own units."""


def watch_midnight(plays: DataFrame | Series) -> None:
    """Show plays by half an hour under a slider of zones, with midnight where it falls there.

    Args:
        plays: a table with a column `received_at`, or such a column: moments, with a zone.

    Raises:
        Problem: there is no such column, it holds no moments, or more than a few days of them.
    """
    moments = _moments(plays)
    stage.show(words(moments), lambda: _drawn(moments))


def by_day(moments: Series, zone: str) -> dict[date, int]:
    """How many of the moments fall on each day of a zone's own, earliest day first."""
    counts = moments.dt.tz_convert(zone).dt.date.value_counts().sort_index()
    return {day: int(count) for day, count in counts.items()}


def by_bar(moments: Series) -> Series:
    """How many of the moments each half hour has, by its beginning in UTC; none left out.

    It begins `AROUND` before the first moment, so that a midnight shortly before it is seen.
    """
    import pandas as pd

    halves = moments.dt.tz_convert("UTC").dt.floor(BAR)
    around = pd.Timedelta(AROUND)
    every = pd.date_range(halves.min() - around, halves.max() + around, freq=BAR)
    counts: Series = halves.value_counts().reindex(every, fill_value=0)
    return counts


def midnights(first: Timestamp, last: Timestamp, zone: str) -> list[Timestamp]:
    """The moments from the first to the last at which a day begins in a zone."""
    import pandas as pd

    here = first.tz_convert(zone).normalize().tz_localize(None)
    days = pd.date_range(here, periods=LONGEST + 3, freq="D")
    begin = days.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return [each.tz_convert("UTC") for each in begin if first <= each <= last]


def sentence(moments: Series, zone: str) -> str:
    """What the slider says at a zone: `UTC: 3 plays on 2026-02-17, 113 plays on 2026-02-18`."""
    counted = [f"{_plays(count)} on {day}" for day, count in by_day(moments, zone).items()]
    return f"{zone}: {', '.join(counted)}"


def words(moments: Series) -> str:
    """A line for each zone of the slider: how many plays each day has there."""
    import pandas as pd

    table = pd.DataFrame({zone: by_day(moments, zone) for zone in ZONES}).T
    table = table[sorted(table.columns)].fillna(0).astype(int)
    return "Plays on each day, by the clock of a zone\n" + rows.text(
        table.rename_axis("zone").reset_index()
    )


def picture(moments: Series, zone: str) -> str:
    """The bars and the midnights of a zone as SVG, under a line for each day with its plays.

    A day is told from the next by its filling and by the line between them, not by colour alone.
    """
    bars = by_bar(moments)
    begins = list(bars.index)
    step = (WIDTH - LEFT) / len(bars)
    tall = (HEIGHT - TOP - FOOT) / bars.max()
    drawn = [
        _bar(LEFT + step * place, step, tall * count, _filling(begin.tz_convert(zone)))
        for place, (begin, count) in enumerate(zip(begins, bars, strict=True))
        if count
    ]
    lines = [_line(LEFT + step * begins.index(at)) for at in midnights(begins[0], begins[-1], zone)]
    parts = [*drawn, *lines, *_clocks(begins, step, zone)]
    return (
        f"<div>Plays in each half hour; the tallest bar is {_plays(int(bars.max()))}.</div>"
        f"{_legend(by_day(moments, zone))}"
        f'<svg role="img" aria-label="{escape(sentence(moments, zone))}" fill="currentColor"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" style="max-width: 100%" font-size="12">'
        f"{_HATCH}{''.join(parts)}</svg>"
    )


def _moments(plays: Any) -> Series:
    import pandas as pd

    if isinstance(plays, pd.DataFrame):
        if COLUMN not in plays.columns:
            raise Problem(
                f"This table has no column `{COLUMN}`.", f"Keep a query that selects {COLUMN}."
            )
        plays = plays[COLUMN]
    if not isinstance(plays, pd.Series) or not isinstance(plays.dtype, pd.DatetimeTZDtype):
        raise Problem(
            "watch_midnight() takes moments, and these are none.",
            f"Keep {COLUMN} as it stands in the table: no date, no AT TIME ZONE.",
        )
    moments = plays.dropna()
    if moments.empty:
        raise Problem("There is no play to show.", "Look at the condition of your query.")
    if moments.max() - moments.min() > pd.Timedelta(days=LONGEST):
        raise Problem(
            f"These plays lie more than {LONGEST} days apart: midnight would be lost among them.",
            "Keep one evening, with >= and < and two moments.",
        )
    return moments


def _drawn(moments: Series) -> DOMWidget:
    """The slider over the picture."""
    import ipywidgets

    slider = ipywidgets.SelectionSlider(
        options=ZONES,
        value="UTC",
        description="Zone",
        layout={"width": "36em"},
    )
    view = ipywidgets.HTML(picture(moments, slider.value))

    def move(change: Mapping[str, Any]) -> None:
        view.value = picture(moments, change["new"])

    slider.observe(move, names="value")
    return ipywidgets.VBox([slider, view])


def _filling(day: date) -> int:
    """0 for a full bar, 1 for a hatched one: a day keeps its own in every zone."""
    return day.toordinal() % 2


def _plays(count: int) -> str:
    return f"{count} play{'s' * (count != 1)}"


_EDGES = ("var(--jp-brand-color1, #1976d2)", "#c45500")
_FILLINGS = (_EDGES[0], "url(#hatched)")
_HATCH = (
    '<defs><pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect width="2.5" height="5" fill="{_EDGES[1]}"/>'
    "</pattern></defs>"
)


def _bar(left: float, width: float, height: float, filling: int) -> str:
    return (
        f'<rect x="{left + 0.5:.1f}" y="{HEIGHT - FOOT - height:.1f}" width="{width - 1:.1f}"'
        f' height="{height:.1f}" fill="{_FILLINGS[filling]}" stroke="{_EDGES[filling]}"/>'
    )


def _line(at: float) -> str:
    return (
        f'<line class="midnight" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{HEIGHT - FOOT + 4}"'
        ' stroke="currentColor" stroke-width="2" stroke-dasharray="6 3"/>'
        f'<text x="{at:.1f}" y="{TOP - 5}" text-anchor="middle">midnight</text>'
    )


def _clocks(begins: list[Timestamp], step: float, zone: str) -> list[str]:
    """The times under the bars: on a wall in the zone, and below that in UTC."""
    base = HEIGHT - FOOT
    parts = [f'<line x1="{LEFT}" x2="{WIDTH}" y1="{base}" y2="{base}" stroke="currentColor"/>']
    for row, name in enumerate(dict.fromkeys((zone, "UTC"))):
        below = base + 18 + 18 * row
        parts.append(f'<text x="0" y="{below}">{escape(_town(name))}</text>')
        parts += [
            f'<text x="{LEFT + step * place:.1f}" y="{below}" text-anchor="middle">'
            f"{moment.tz_convert(name):%H:%M}</text>"
            for place, moment in enumerate(begins)
            if moment.hour % 3 == 0 and moment.minute == 0
        ]
    return parts


def _legend(counts: Mapping[date, int]) -> str:
    days = [
        f'<span style="margin-right: 2em"><span style="color: {_EDGES[_filling(day)]}">'
        f"{'■▨'[_filling(day)]}</span> {_name(day)} {day}:"
        f" <b>{_plays(count)}</b></span>"
        for day, count in counts.items()
    ]
    return f'<div aria-live="polite">{"".join(days)}</div>'


def _name(day: date) -> str:
    from champion.checking.calendar import WEEKDAYS

    return WEEKDAYS[day.weekday()].title()


def _town(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
