from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from champion.lantern import now
from champion.lantern.clock import HOUR, MINUTE, NOW, at, micros, utc, zone

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Sao_Paulo",
)


def test_the_clock_stands_at_noon_of_the_last_of_march() -> None:
    assert now().isoformat() == "2026-03-31T12:00:00+00:00"
    assert micros(now()) == NOW


def test_a_moment_without_a_zone_is_utc() -> None:
    assert at("2024-09-01") == utc(2024, 9, 1)
    assert at("2024-09-01T02:00+02:00") == utc(2024, 9, 1)


@pytest.mark.parametrize("name", ZONES)
def test_walls_show_what_python_says_they_show(name: str) -> None:
    there = ZoneInfo(name)
    start = datetime(2024, 1, 1, 0, 30, tzinfo=UTC)
    for step in range(0, 24 * 821, 7):
        moment = start + timedelta(hours=step)
        wall = moment.astimezone(there).replace(tzinfo=UTC)
        assert zone(name).local(micros(moment)) == micros(wall)


@pytest.mark.parametrize("name", ZONES)
def test_a_wall_time_leads_back_to_its_moment(name: str) -> None:
    for day in range(0, 365 * 2, 3):
        moment = utc(2024, 1, 1, 10) + day * 24 * HOUR
        there = zone(name)
        assert there.moment(there.local(moment)) == moment


def test_an_hour_that_never_happens_is_taken_after_the_change() -> None:
    missing = utc(2026, 3, 8, 2, 30)
    assert zone("America/New_York").moment(missing) == utc(2026, 3, 8, 7, 30)


def test_an_hour_that_happens_twice_is_taken_the_first_time() -> None:
    twice = utc(2025, 10, 26, 2, 30)
    assert zone("Europe/Berlin").moment(twice) == utc(2025, 10, 26, 0, 30)


def test_clocks_change_on_different_days_in_europe_and_america() -> None:
    berlin, york = zone("Europe/Berlin"), zone("America/New_York")
    apart = [
        int(berlin.local(day) - york.local(day)) for day in (utc(2026, 3, 1), utc(2026, 3, 15))
    ]
    assert apart == [6 * HOUR, 5 * HOUR]


def test_india_is_half_an_hour_off() -> None:
    assert zone("Asia/Kolkata").local(utc(2026, 1, 1)) == utc(2026, 1, 1, 5, 30)
    assert zone("Asia/Kolkata").local(0 + NOW) - NOW == 5 * HOUR + 30 * MINUTE
