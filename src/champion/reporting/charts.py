"""The charts of a report: SVG pictures inside the page, each with its description in words.

They are drawn without pyplot, so that nothing is left open in the notebook, and hold no date and
no random ids: the same figures give the same bytes. No text of a customer is drawn, because fonts
lack scripts and a `$` would begin a formula; titles stand in tables.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from champion.reporting import words
from champion.reporting.months import Month
from champion.reporting.pieces import Piece, escaped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET, EDGE, GROUND = "#1d2433", "#4d5668", "#c9ced8", "#f3f5f9"
BLUE, PALE = "#0b4f9e", "#9dbbe0"
_STYLE = {
    "svg.hashsalt": "lantern",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": EDGE,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}


def plays_by_day(days: pd.DataFrame, month: Month, usual: float | None = None) -> Piece | None:
    """Plays of each day as bars; None when there are none.

    Args:
        days: a frame of `counting.by_day`.
        month: whose days they are.
        usual: plays a day in the month before, drawn as a line; None: no line.
    """
    if not days["plays"].sum():
        return None
    with _chart(9.2, 2.9) as (figure, axes):
        at = range(1, len(days) + 1)
        weekend = [day.weekday() >= 5 for day in days["day"]]
        colours = [PALE if each else BLUE for each in weekend]
        axes.bar(at, days["plays"], color=colours, width=0.72, zorder=2)
        if usual is not None:
            axes.axhline(usual, color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=3)
        axes.set_xticks(list(at), [f"{day.day}" for day in days["day"]], fontsize=8)
        axes.set_xlim(0.3, len(days) + 0.7)
        axes.set_ylabel("plays a day")
        _from_zero(axes)
        most = days.iloc[int(days["plays"].argmax())]
        none = int((days["plays"] == 0).sum())
        peak = f"The most, {words.whole(most['plays'])}, were on {words.day(most['day'])}."
        alt = (
            f"Bar chart of the plays of each day in {month.name}. {peak} "
            + (f"On {words.count(none, 'day')} there were none. " if none else "")
            + "The table below has every day."
        )
        caption = f"{peak} Darker bars are Mondays to Fridays, lighter ones Saturdays and Sundays."
        if usual is not None:
            caption += f" The dashed line is the daily average of {month.before.name}."
        return _picture(figure, alt, caption)


def reach(bands: pd.DataFrame) -> Piece | None:
    """How far plays came, a bar for each tenth of a video; None when there are no plays."""
    total = int(bands["plays"].sum())
    if not total:
        return None
    with _chart(9.2, 2.7) as (figure, axes):
        at = range(len(bands))
        bars = axes.bar(at, bands["plays"], color=BLUE, width=0.82, zorder=2)
        shares = [f"{words.whole(100 * plays / total)} %" for plays in bands["plays"]]
        axes.bar_label(bars, shares, padding=2, fontsize=8, color=QUIET)
        names = [name.replace("\N{NO-BREAK SPACE}", " ") for name in bands["reached"]]
        axes.set_xticks(list(at), names, fontsize=8)
        axes.set_xlabel("of the video seen")
        axes.set_ylabel("plays")
        _from_zero(axes, room=1.12)
        first, last = int(bands["plays"].iloc[0]), int(bands["plays"].iloc[-1])
        alt = (
            f"Bar chart of how far {words.count(total, 'play')} came. "
            f"{words.share(first / total)} ended within the first tenth of the video, "
            f"{words.share(last / total)} reached the last one."
        )
        return _picture(figure, alt, alt.partition(". ")[2])


def hours(grid: pd.DataFrame, month: Month) -> Piece | None:
    """Plays by weekday and hour as a grid of colours; None when there are no plays."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.ticker import MaxNLocator

    if not grid.to_numpy().sum():
        return None
    with _chart(9.2, 2.6) as (figure, axes):
        colours = LinearSegmentedColormap.from_list("plays", [GROUND, PALE, BLUE, "#08264f"])
        mesh = axes.pcolormesh(
            grid.to_numpy(), cmap=colours, vmin=0, edgecolors="white", linewidth=1.5
        )
        axes.invert_yaxis()
        axes.set_yticks([n + 0.5 for n in range(7)], [words.weekday(n)[:3] for n in range(7)])
        axes.set_xticks([n + 0.5 for n in range(0, 24, 3)], [f"{n}:00" for n in range(0, 24, 3)])
        axes.tick_params(length=0)
        axes.spines["bottom"].set_visible(False)
        bar = figure.colorbar(mesh, ax=axes, pad=0.015, aspect=14)
        bar.outline.set_visible(False)
        bar.ax.tick_params(length=0, labelsize=8)
        bar.ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        bar.set_label("plays")
        day, hour = divmod(int(grid.to_numpy().argmax()), 24)
        most = words.count(int(grid.to_numpy().max()), "play")
        alt = (
            f"Grid of weekdays and hours in {month.zone}; the darker a field, the more plays. "
            f"The busiest hour began on {words.weekday(day)} at {hour}:00, with {most} in all."
        )
        return _picture(figure, alt, f"The darker{alt.partition('; the darker')[2]}")


@contextmanager
def _chart(width: float, height: float) -> Iterator[tuple[Figure, Axes]]:
    """A figure of so many inches with one pair of axes, in the house's style."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots()


def _from_zero(axes: Axes, room: float = 1.06) -> None:
    """Counts begin at 0 and are whole; lines behind the bars help to read them."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axes.set_ylim(0, max(1, axes.dataLim.ymax) * room)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.grid(axis="y", color=EDGE, linewidth=0.6, zorder=0)
    axes.tick_params(length=0)


def _picture(figure: Figure, alt: str, caption: str) -> Piece:
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    data = b64encode(file.getvalue()).decode()
    width, height = (round(inches * 72) for inches in figure.get_size_inches())
    return Piece(
        f'<figure><img alt="{escaped(alt)}" width="{width}" height="{height}" '
        f'src="data:image/svg+xml;base64,{data}">'
        f"<figcaption>{escaped(caption)}</figcaption></figure>",
        alt,
    )
