"""Plays under a slider of zones: the bars stand still, and midnight moves between them."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from IPython.utils.capture import capture_output
from tests.desk.conftest import Notebook

from champion.desk.widgets import day
from champion.problems import Problem

if TYPE_CHECKING:
    from pandas import Series

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19)


def moments(*texts: str) -> Series:
    """Moments in UTC."""
    import pandas as pd

    return pd.Series(pd.to_datetime(list(texts), utc=True), name="received_at")


@pytest.fixture
def evening() -> Series:
    """Tuesday evening in California, and Wednesday morning there."""
    return moments("2026-02-18 03:10", "2026-02-18 03:20", "2026-02-18 05:31", "2026-02-18 18:45")


def test_one_evening_is_tuesdays_in_california_and_wednesdays_in_utc(evening: Series) -> None:
    assert day.by_day(evening, "America/Los_Angeles") == {TUESDAY: 3, WEDNESDAY: 1}
    assert day.by_day(evening, "UTC") == {WEDNESDAY: 4}


def test_moving_the_zone_loses_no_play(evening: Series) -> None:
    assert {sum(day.by_day(evening, zone).values()) for zone in day.ZONES} == {4}


def test_hours_in_which_nobody_watched_are_there_with_nothing_in_them(evening: Series) -> None:
    bars = day.by_bar(evening)
    assert len(bars) == 32 + 2 * 6
    assert bars.iloc[5:8].tolist() == [0, 2, 0]
    assert bars.sum() == 4


def test_a_midnight_shortly_before_the_first_play_is_seen(evening: Series) -> None:
    bars = day.by_bar(evening)
    assert [at.hour for at in day.midnights(bars.index[0], bars.index[-1], "UTC")] == [0]


def test_midnight_in_india_falls_between_two_bars(evening: Series) -> None:
    bars = day.by_bar(evening)
    for zone in day.ZONES:
        falls = day.midnights(bars.index[0], bars.index[-1], zone)
        assert set(falls) <= set(bars.index)
    assert [str(at) for at in day.midnights(bars.index[0], bars.index[-1], "Asia/Kolkata")] == [
        "2026-02-18 18:30:00+00:00"
    ]


def test_days_of_23_and_of_25_hours_lie_between_their_midnights() -> None:
    import pandas as pd

    def hours(first: str, last: str, zone: str) -> list[float]:
        falls = day.midnights(pd.Timestamp(first, tz="UTC"), pd.Timestamp(last, tz="UTC"), zone)
        return [(b - a) / pd.Timedelta(hours=1) for a, b in pairwise(falls)]

    assert hours("2026-03-08 00:00", "2026-03-09 12:00", "America/New_York") == [23]
    assert hours("2025-10-25 12:00", "2025-10-27 12:00", "Europe/Berlin") == [25]


def test_a_day_that_has_no_midnight_begins_when_the_clock_goes_on() -> None:
    import pandas as pd

    first, last = (pd.Timestamp(f"2018-11-0{n} 12:00", tz="UTC") for n in (3, 4))
    (begins,) = day.midnights(first, last, "America/Sao_Paulo")
    assert begins.tz_convert("America/Sao_Paulo").hour == 1


def test_the_text_has_a_line_for_each_zone_with_every_day(evening: Series) -> None:
    lines = day.words(evening).splitlines()[1:]
    assert lines[0].split() == ["zone", str(TUESDAY), str(WEDNESDAY), str(THURSDAY)]
    told = {zone: counts for zone, *counts in (line.split() for line in lines[1:])}
    assert set(told) == set(day.ZONES)
    assert told["America/Los_Angeles"] == ["3", "1", "0"]
    assert told["Australia/Sydney"] == ["0", "3", "1"]


def test_the_picture_says_in_words_what_its_bars_say(evening: Series) -> None:
    drawn = day.picture(evening, "America/Los_Angeles")
    assert 'aria-label="America/Los_Angeles: 3 plays on 2026-02-17, 1 play on 2026-02-18"' in drawn
    assert "Tuesday 2026-02-17: <b>3 plays</b>" in drawn
    assert drawn.count('class="midnight"') == 1


def test_a_day_keeps_its_filling_in_every_zone(evening: Series) -> None:
    signs = {
        sign
        for zone in day.ZONES
        for sign in re.findall(r"([■▨])</span> Wednesday", day.picture(evening, zone))
    }
    assert len(signs) == 1


def test_the_next_day_differs_by_more_than_its_colour(evening: Series) -> None:
    drawn = day.picture(evening, "America/Los_Angeles")
    bars = re.findall(r'<rect [^>]*fill="([^"]+)" stroke', drawn)
    assert {fill.startswith("url(#") for fill in bars} == {True, False}


def test_moving_the_slider_draws_that_zone(evening: Series) -> None:
    box = day._drawn(evening)
    slider, view = box.children
    assert slider.value == "UTC"
    assert "Tuesday" not in view.value
    slider.value = "America/Los_Angeles"
    assert view.value == day.picture(evening, "America/Los_Angeles")


def test_a_notebook_that_is_only_run_shows_the_text(notebook: Notebook, evening: Series) -> None:
    notebook.shell.push({"evening": evening.to_frame()})
    with capture_output() as captured:
        notebook.shell.run_cell("watch_midnight(evening)")
    assert [each.data for each in captured.outputs] == [{"text/plain": day.words(evening)}]


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("pd.DataFrame({'plays': [3]})", "no column `received_at`"),
        ("'evening'", "these are none"),
        ("pd.DataFrame({'received_at': pd.to_datetime(['2026-02-17'])})", "these are none"),
        ("pd.DataFrame({'received_at': pd.to_datetime([], utc=True)})", "no play to show"),
        ("pd.Series(pd.to_datetime(['2026-02-01', '2026-02-28'], utc=True))", "3 days apart"),
    ],
)
def test_what_is_no_evening_is_refused_in_one_line(what: str, says: str) -> None:
    import pandas as pd

    with pytest.raises(Problem, match=says):
        day.watch_midnight(eval(what, {"pd": pd}))
