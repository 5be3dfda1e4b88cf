"""A report's figures, worked out a second time in plain Python over the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from champion.lantern import Company
from champion.reporting import counting, months
from champion.reporting.counting import Views

CASES = [
    (105, "2026-02"),  # New York
    (105, "2026-03"),  # clocks change on the 8th; the month is not over
    (106, "2026-02"),  # Kolkata, half an hour aside
    (107, "2025-04"),  # Sydney, a day of 25 hours
    (108, "2026-03"),  # São Paulo
    (110, "2025-10"),  # Oslo, a day of 25 hours
    (104, "2024-04"),  # the first whole month that is kept
    (173, "2026-03"),  # new: hardly anything
    (231, "2026-02"),  # popovers
]


def rows(company: Company, sql: str, **binds: Any) -> list[dict[str, Any]]:
    with company.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(sql), binds).mappings()]


def in_the_month(moment: datetime, zone: str, month: str) -> bool:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m") == month


class ByHand:
    """All that a report counts, from every row of the account, without pandas or dates in SQL."""

    def __init__(self, company: Company, account: int, month: str) -> None:
        (known,) = rows(company, "SELECT time_zone FROM accounts WHERE id = :a", a=account)
        self.zone = known["time_zone"]
        mine = "JOIN videos v ON v.id = e.video_id WHERE v.account_id = :a"
        self.loads = [
            row
            for row in rows(company, f"SELECT e.* FROM loads e {mine}", a=account)
            if in_the_month(row["received_at"], self.zone, month)
        ]
        played = [
            row
            for row in rows(company, f"SELECT e.* FROM plays e {mine}", a=account)
            if in_the_month(row["received_at"], self.zone, month)
        ]
        self.plays = [row for row in played if row["viewer_user_id"] is None]
        self.left_out = len(played) - len(self.plays)

    def day(self, row: dict[str, Any]) -> date:
        day: date = row["received_at"].astimezone(ZoneInfo(self.zone)).date()
        return day

    def figures(self, loads: list[Any], plays: list[Any]) -> dict[str, Any]:
        browsers = {row["visitor_key"] for row in [*loads, *plays]}
        viewers = {row["visitor_key"] for row in plays}
        seen = [row["percent_viewed"] for row in plays]
        return {
            "loads": len(loads),
            "browsers": len(browsers),
            "plays": len(plays),
            "viewers": len(viewers),
            "play_rate": Fraction(len(viewers), len(browsers)) if browsers else None,
            "engagement": Fraction(sum(seen), len(seen)) if seen else None,
            "seconds_watched": sum(row["seconds_watched"] for row in plays),
        }


def unplayed(company: Company) -> int:
    """An account that left long ago: nothing of it appeared or was played in February."""
    left = rows(company, "SELECT id FROM accounts WHERE closed_at < '2026-01-01' ORDER BY id")
    return int(left[0]["id"])


@pytest.fixture(scope="module")
def by_hand(one: Company) -> Callable[[int, str], ByHand]:
    """The figures of an account's month in plain Python, each worked out once."""
    return cache(lambda account, month: ByHand(one, account, month))


def assert_same(row: Any, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        if value is None:
            assert pd.isna(row[name]), name
        elif isinstance(value, Fraction):
            assert row[name] == pytest.approx(float(value), abs=0.006), name
        else:
            assert row[name] == value, name


@pytest.mark.parametrize(("account", "month"), CASES)
def test_the_months_figures_are_right(asked, by_hand, account, month):
    mine, truth = asked(account, month), by_hand(account, month)
    wanted = truth.figures(truth.loads, truth.plays)
    found = vars(mine.totals) | {"seconds_watched": mine.totals.seconds}
    assert_same({k: float("nan") if v is None else v for k, v in found.items()}, wanted)
    assert mine.seen.left_out == truth.left_out


@pytest.mark.parametrize(("account", "month"), CASES)
def test_every_days_figures_are_right(asked, by_hand, account, month):
    mine, truth = asked(account, month), by_hand(account, month)
    days = mine.by_day
    for _, row in days.iterrows():
        loads = [each for each in truth.loads if truth.day(each) == row["day"]]
        plays = [each for each in truth.plays if truth.day(each) == row["day"]]
        assert_same(row, truth.figures(loads, plays))
    first = date.fromisoformat(f"{month}-01")
    assert list(days["day"]) == [first + timedelta(n) for n in range(len(days))]


@pytest.mark.parametrize(("account", "month"), CASES)
def test_every_videos_figures_are_right(asked, one, by_hand, account, month):
    mine, truth = asked(account, month), by_hand(account, month)
    ids = {row["hashed_id"]: row["id"] for row in rows(one, "SELECT id, hashed_id FROM videos")}
    listed = mine.by_video
    for _, row in listed.iterrows():
        of_it = [
            [each for each in events if each["video_id"] == ids[row["hashed_id"]]]
            for events in (truth.loads, truth.plays)
        ]
        assert_same(row, truth.figures(*of_it))
    watched = {each["video_id"] for each in [*truth.loads, *truth.plays]}
    assert watched <= {ids[each] for each in listed["hashed_id"]}


@pytest.mark.parametrize(("account", "month"), CASES)
def test_days_and_videos_add_up_to_the_month(asked, account, month):
    mine = asked(account, month)
    for column in ("loads", "plays"):
        assert mine.by_day[column].sum() == getattr(mine.totals, column)
        assert mine.by_video[column].sum() == getattr(mine.totals, column)
    assert mine.by_day["seconds_watched"].sum() == mine.totals.seconds
    assert counting.by_reach(mine.seen)["plays"].sum() == mine.totals.plays
    assert counting.by_hour(mine.seen).to_numpy().sum() == mine.totals.plays
    assert counting.by_reason(mine.seen)["plays"].sum() == mine.totals.plays
    assert counting.by_place(mine.seen)["loads"].sum() == mine.totals.loads


def test_the_month_before_is_counted_as_a_month_of_its_own(asked):
    march, february = asked(105, "2026-03"), asked(105, "2026-02")
    assert counting.totals(march.seen_before, march.month.before) == february.totals
    before = dict(zip(march.by_video["hashed_id"], march.by_video["plays_before"], strict=True))
    assert sum(before.values()) == february.totals.plays > 0


def test_a_month_without_plays_has_zeros_on_every_day_and_no_rates(asked, one):
    mine = asked(unplayed(one), "2026-02")
    assert len(mine.by_day) == 28
    assert set(mine.by_day["plays"]) == {0}
    assert mine.by_day["engagement"].isna().all()
    assert (mine.totals.play_rate, mine.totals.engagement) == (None, None)


def test_an_evening_in_america_belongs_to_its_own_day(asked):
    mine = asked(105, "2026-02")
    in_utc = asked(105, "2026-02", zone="UTC")
    assert list(mine.by_day["plays"]) != list(in_utc.by_day["plays"])


def test_the_day_on_which_clocks_change_has_23_or_25_hours(asked):
    spring = asked(105, "2026-03").by_day.set_index("day")["hours"]
    assert spring[date(2026, 3, 8)] == 23
    assert spring[date(2026, 3, 31)] == 8  # until 12:00 UTC, 8:00 in New York
    autumn = asked(110, "2025-10").by_day.set_index("day")["hours"]
    assert Counter(autumn) == {24: 30, 25: 1}


# What no company need hold: made rows.

LOADED = ["video_id", "received_at", "visitor_key", "embed_type"]
PLAYED = [
    *("video_id", "received_at", "visitor_key", "play_reason", "percent_viewed"),
    *("seconds_watched", "viewer_user_id"),
]
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
MARCH = months.month("2026-03", "America/New_York", NOW)


def load(at: datetime, who: str = "a", video: int = 1) -> tuple[Any, ...]:
    return (video, at, who, "inline")


def play(at: datetime, who: str = "a", video: int = 1, seen: int = 50, user: Any = None) -> Any:
    return (video, at, who, "click", seen, 10, user)


def views(loads: list[Any], plays: list[Any]) -> Views:
    frames = pd.DataFrame(loads, columns=LOADED), pd.DataFrame(plays, columns=PLAYED)
    return counting.views(*frames, MARCH)


def videos(*described: tuple[str, int, int, float]) -> pd.DataFrame:
    """Rows of by_video: title, plays, loads, engagement."""
    return pd.DataFrame(
        [
            {
                "hashed_id": f"v{number}", "title": title, "plays": plays, "viewers": plays,
                "browsers": loads, "loads": loads, "engagement": engagement,
            }
            for number, (title, plays, loads, engagement) in enumerate(described)
        ]
    )  # fmt: skip


def test_the_first_moment_of_a_month_belongs_to_it_and_the_first_of_the_next_does_not():
    start = datetime(2026, 3, 1, 5, tzinfo=UTC)
    assert len(views([load(start)], []).loads) == 1
    assert len(views([load(start - timedelta(microseconds=1))], []).loads) == 0
    february = MARCH.before
    frame = pd.DataFrame([load(start)], columns=LOADED)
    assert len(counting.views(frame, pd.DataFrame(columns=PLAYED), february).loads) == 0


def test_a_play_after_midnight_whose_player_appeared_before_leaves_no_rate_above_one():
    start = datetime(2026, 3, 1, 5, tzinfo=UTC)
    seen = views([load(start - timedelta(seconds=5))], [play(start + timedelta(seconds=5))])
    totals = counting.totals(seen, MARCH)
    assert (totals.loads, totals.browsers, totals.plays, totals.play_rate) == (0, 1, 1, 1.0)


def test_frames_without_rows_and_without_types_are_counted_too():
    empty = counting.totals(views([], []), MARCH)
    assert (empty.loads, empty.plays, empty.play_rate, empty.engagement) == (0, 0, None, None)


def test_of_two_videos_with_as_many_plays_the_title_decides_and_then_the_id():
    known = videos(("Zebra", 7, 9, 50), ("Ant", 7, 9, 50), ("Ant", 7, 9, 50), ("Top", 8, 9, 50))
    assert list(counting.most_played(known)["hashed_id"]) == ["v3", "v1", "v2", "v0"]
    assert list(counting.most_watched(known)["hashed_id"]) == ["v3", "v1", "v2", "v0"]


def test_of_two_videos_that_nobody_played_the_one_shown_more_often_is_worse():
    known = videos(("Seldom", 0, 2, 0), ("Often", 0, 90, 0), ("Never", 0, 0, 0))
    assert list(counting.least_played(known)["title"]) == ["Often", "Seldom"]


def test_no_video_is_among_the_best_and_the_worst():
    known = videos(*((f"V{n}", n + 5, n + 9, n) for n in range(8)))
    for best, worst in (
        (counting.most_played(known), counting.least_played(known)),
        (counting.most_watched(known), counting.least_watched(known)),
    ):
        assert len(best) == 5
        assert len(worst) == 3
        assert not set(best["hashed_id"]) & set(worst["hashed_id"])


def test_a_video_with_few_plays_is_not_called_the_best():
    known = videos(("Once, to the end", 1, 1, 100), ("Often", 50, 90, 40))
    assert list(counting.most_watched(known)["title"]) == ["Often"]


MOMENTS = st.datetimes(
    min_value=datetime(2026, 2, 27), max_value=datetime(2026, 4, 1), timezones=st.just(UTC)
)
EVENTS = st.lists(st.tuples(MOMENTS, st.sampled_from("abcd"), st.integers(0, 100)), max_size=30)


@settings(deadline=None, max_examples=40)
@given(EVENTS, EVENTS)
def test_whatever_happened_days_add_up_and_rates_stay_within_bounds(shown, played):
    seen = views(
        [load(at, who) for at, who, _ in shown], [play(at, who, seen=p) for at, who, p in played]
    )
    totals, days = counting.totals(seen, MARCH), counting.by_day(seen, MARCH)
    assert days["plays"].sum() == totals.plays
    assert days["loads"].sum() == totals.loads
    assert totals.viewers <= totals.plays
    assert totals.play_rate is None or 0 <= totals.play_rate <= 1
    assert days["play_rate"].dropna().between(0, 1).all()
    assert totals.engagement is None or 0 <= totals.engagement <= 100
    assert len(days) == 31
