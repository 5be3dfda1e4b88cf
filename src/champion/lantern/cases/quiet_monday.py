"""L-1142: half of the plays are gone since Monday; no fault: Mondays are always like that."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import of, seen
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, utc, zone
from champion.lantern.dice import Whole, below
from champion.lantern.ledger import Ledger

_MONDAY = utc(2026, 3, 30)
_RANGES = ((7, 13), (16, 22), (17, 24), (17, 25), (20, 28), (34, 46), (38, 52))
"""Fewest and most plays of a day, Monday first: the museum is closed on Mondays."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    film = story.video(1, "bursztyn01", "Bursztyn: złoto Bałtyku", utc(2026, 2, 13, 9), 268_000)
    here = zone(story.customer.time_zone)
    days = np.arange(-42, 1)
    opening = np.repeat(here.moment(_MONDAY + days * DAY + 10 * HOUR), _plays(story, days))
    moments = story.moments("days", len(opening), opening, opening + 10 * HOUR - MINUTE)
    story.views(film, moments, story.visitors("days", len(opening), 700), page="news")
    count = story.number("today", 2, 5)
    moments = story.moments("today", count, _MONDAY + DAY + 8 * HOUR, NOW)
    story.views(film, moments, story.visitors("today", count, 700), page="news")
    days = here.local(of(ledger, seen(ledger, [film]), "received_at")) // DAY * DAY
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


def _plays(story: Story, days: Whole) -> Whole:
    """How often it is played each day; the last Monday is among the four before."""
    low, high = np.array(_RANGES)[days % 7].T
    counts: Whole = low + below(story.draws("plays", len(days)), high - low + 1)
    others = counts[[-29, -22, -15, -8]]
    counts[-1] = story.number("this monday", int(others.min()), int(others.max()))
    return counts


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
