"""L-1142: half of the plays are gone since Monday; no fault: Mondays are always like that."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import of, seen
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc, zone
from champion.lantern.ledger import Ledger

_MONDAY = utc(2026, 3, 30)
_RANGES = ((7, 13), (16, 22), (17, 24), (17, 25), (20, 28), (34, 46), (38, 52))
"""Fewest and most plays of a day, Monday first: the museum is closed on Mondays."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    film = story.video(1, "bursztyn01", "Bursztyn: złoto Bałtyku", utc(2025, 11, 17, 9), 268_000)
    for day in range(-42, 1):
        low, high = _RANGES[day % 7]
        count = story.number(f"day {day}", low, high) if day else _between_the_others(story)
        opening = story.here(_MONDAY + day * DAY + 10 * HOUR)
        moments = story.moments(f"day {day}", count, opening, opening + 10 * HOUR - MINUTE)
        story.views(film, moments, story.visitors(f"day {day}", count, 700), page="news")
    moments = of(ledger, seen(ledger, [film]), "received_at")
    days = zone(story.customer.time_zone).local(moments) // DAY * DAY
    monday, sunday = (int((days == _MONDAY - back * DAY).sum()) for back in (0, 1))
    body = _BODY.format(monday=monday, sunday=sunday)
    story.ask(
        story.customer.owner, "Since Monday you count only half", body, utc(2026, 3, 31, 7, 5)
    )
    return Truth(
        "No fault found: the museum's Mondays are always quiet, and this one is like the others.",
        {
            "monday": monday,
            "mondays before": tuple(
                int((days == _MONDAY - week * 7 * DAY).sum()) for week in range(1, 5)
            ),
        },
        tempting="Counting broke when the clocks changed on Sunday.",
    )


def _between_the_others(story: Story) -> int:
    """A number of plays that lies among those of the four Mondays before."""
    low, high = _RANGES[0]
    others = sorted(story.number(f"day {-7 * week}", low, high) for week in range(1, 5))
    return story.number("this monday", others[0], others[-1])


_BODY = """\
Dzień dobry,

On Sunday night Poland changed to summer time, and since then your counter runs at half
speed or less. Our film about amber (bursztyn01) had {sunday} plays on Sunday and {monday} on
Monday. Nothing has changed on our page.

Please repair it soon. We show the number of plays on a screen in the hall and today it
looks as if nobody cared.

Zofia Kowalska
Muzeum Bursztynu, Gdańsk"""

CASE = Case("L-1142", 229, _plant)
