"""Views around midnight and around the ends of months, where the UTC day is not the customer's."""

from __future__ import annotations

from champion.lantern.cases.telling import Story
from champion.lantern.clock import HOUR, MINUTE, utc
from champion.lantern.company import Company
from champion.lantern.ledger import Ledger
from champion.lantern.traps.asking import lacks, number, rows
from champion.lantern.traps.trap import Trap

PLACES = {
    113: "Europe/Berlin",
    127: "Europe/London",
    131: "America/New_York",
    136: "America/Los_Angeles",
    142: "Asia/Kolkata",
    147: "Australia/Sydney",
    150: "America/Sao_Paulo",
}
"""An account of the cast in each of seven zones."""

_MONTHS = tuple(utc(2025, month, 1) for month in (11, 12)) + tuple(
    utc(2026, month, 1) for month in (1, 2, 3)
)


def _plant(ledger: Ledger) -> None:
    for account in PLACES:
        story = Story(ledger, "day edges", account)
        film = story.video(1, f"monthly{account}", "Monthly update", utc(2025, 10, 6, 9), 154_000)
        for month in _MONTHS:
            for what, midnight in (("utc", month), ("here", story.here(month))):
                name = f"{what} {month}"
                count = story.number(name, 2, 4)
                before = story.moments(
                    f"before {name}", count, midnight - 50 * MINUTE, midnight - MINUTE
                )
                after = story.moments(f"after {name}", count, midnight, midnight + HOUR)
                story.views(film, before, story.visitors(f"before {name}", count, 40), page="news")
                story.views(film, after, story.visitors(f"after {name}", count, 40), page="news")
        for last, hour in ((utc(2026, 1, 31), 15), (utc(2026, 2, 28), 11)):
            nth = 2 + (last == utc(2026, 2, 28))
            title = f"Update of {('January', 'February')[nth - 2]}"
            story.video(nth, f"month{nth:02d}{account}", title, last + hour * HOUR, 61_000 * nth)


def _check(company: Company) -> list[str]:
    sql = """
        SELECT count(*) FROM plays p JOIN videos v ON v.id = p.video_id
        JOIN accounts a ON a.id = v.account_id
        WHERE a.time_zone = :zone AND (p.received_at AT TIME ZONE a.time_zone)::date
              <> (p.received_at AT TIME ZONE 'UTC')::date"""
    zones = [zone for zone in PLACES.values() if zone != "Europe/London"]
    missing = [
        f"no play on another day in {zone}" for zone in zones if not number(company, sql, zone=zone)
    ]
    for table, column in (("plays", "received_at"), ("videos", "created_at")):
        for month in ("2026-01-31", "2026-02-28"):
            utc_day = f"({column} AT TIME ZONE 'UTC')::date"
            if not rows(company, f"SELECT 1 FROM {table} WHERE {utc_day} = '{month}' LIMIT 1"):
                missing.append(f"nothing in {table} on {month}")
    last_hour = """
        SELECT 1 FROM plays
        WHERE received_at >= '2026-02-28 23:00+00' AND received_at < '2026-03-01 00:00+00'"""
    return missing + lacks(company, ("no play in the last hour of February", last_hour))


TRAP = Trap(
    "In each of seven zones somebody watches in the last and the first hour of months, by UTC "
    "and by their own clock; videos are uploaded on the last day of January and of February 2026.",
    _check,
    _plant,
)
