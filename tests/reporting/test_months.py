"""Which month is meant, and where it begins and ends."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from champion.lantern import clock
from champion.problems import Problem
from champion.reporting import months

NOW = clock.now()


def test_without_a_month_it_is_the_last_one_that_is_over():
    assert months.month(None, "Europe/Berlin", NOW).code == "2026-02"


def test_where_it_is_already_april_march_is_over():
    assert datetime(2026, 3, 31, 12, tzinfo=UTC) == NOW
    assert months.month(None, "Pacific/Auckland", NOW).code == "2026-03"
    assert months.month("2026-03", "Pacific/Auckland", NOW).is_over


def test_a_month_begins_at_midnight_of_its_own_zone_in_summer_and_in_winter():
    march = months.month("2026-03", "America/New_York", NOW)
    assert march.start == datetime(2026, 3, 1, 5, tzinfo=UTC)
    assert march.over == datetime(2026, 4, 1, 4, tzinfo=UTC)
    india = months.month("2026-02", "Asia/Kolkata", NOW)
    assert india.start == datetime(2026, 1, 31, 18, 30, tzinfo=UTC)


def test_a_month_under_way_ends_now_and_has_no_days_to_come():
    march = months.month("2026-03", "Europe/London", NOW)
    assert not march.is_over
    assert march.end == NOW
    assert march.days[-1] == date(2026, 3, 31)
    assert march.length == pytest.approx(30 + 13 / 24)  # 13:00 of the 31st in London


def test_a_whole_month_is_as_long_as_its_days_also_when_clocks_change():
    assert months.month("2025-10", "Europe/London", NOW).length == 31
    assert months.month("2024-04", "UTC", NOW).before.length == 31
    assert len(months.month("2026-02", "UTC", NOW).days) == 28


def test_the_month_before_january_is_december():
    january = months.month("2026-01", "UTC", NOW)
    assert january.before.code == "2025-12"
    assert january.before.over == january.start


@pytest.mark.parametrize("written", ["2026-13", "2026-00", "2026", "02-2026", "feb", "", "1999-01"])
def test_what_is_no_month_is_said_to_be_none(written):
    with pytest.raises(Problem, match=r"is no month\. Write the year and the month: 2026-02"):
        months.month(written, "UTC", NOW)


@pytest.mark.parametrize("written", ["2026-04", "2031-01"])
def test_a_month_that_has_not_begun_is_said_to_be_in_the_future(written):
    with pytest.raises(Problem, match=r"has not begun in Europe/Oslo\. Lantern's clock stands at"):
        months.month(written, "Europe/Oslo", NOW)


def test_a_month_of_which_nothing_is_kept_leads_to_the_daily_totals():
    with pytest.raises(Problem, match="daily_stats still has the totals") as told:
        months.month("2024-02", "UTC", NOW)
    assert "begin on 2024-03-31" in str(told.value)


def test_a_month_of_which_the_last_hours_are_kept_can_be_had():
    assert months.month("2024-03", "America/Los_Angeles", NOW).code == "2024-03"
