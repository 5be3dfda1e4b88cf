"""L-1140: everything was slow at two o'clock: a release made one endpoint of the API slow."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, Moments, utc
from champion.lantern.dice import Whole, below
from champion.lantern.ledger import Ledger
from champion.lantern.releases import NOTICED, TOLD_LATE, slow_release
from champion.lantern.requests import REQUESTS_START, SLOWER

_CLIENT, _PORTAL = "Go-http-client/1.1", "198.51.100.61"
_FILM = "quayside01"
_SLOW_MS = 1_000


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    nadia = story.customer.person("Nadia Hussain")
    start, mended = slow_release(ledger.dice)
    story.video(1, _FILM, "How to find your seat", utc(2025, 9, 1, 9), 84_000, nadia)
    calls = _calls(story, start // DAY * DAY)
    during = (calls >= start) & (calls < mended)
    took = 70 + below(story.draws("statistics", len(calls)), 170)
    took = np.where(during, took * SLOWER, took)
    token = add_token(
        story, 1, "Portal", "lnt_quay5d", nadia, utc(2025, 9, 2, 9), int(calls[-1]) + 2 * SECOND
    )
    path = f"/v1/videos/{_FILM}/stats"
    add_calls(story, token, calls, path, _CLIENT, _PORTAL, duration_ms=took)
    for later, other in ((1, f"/v1/videos/{_FILM}"), (2, "/v1/folders")):
        add_calls(story, token, calls + later * SECOND, other, _CLIENT, _PORTAL)
    said = (start + NOTICED, mended + TOLD_LATE)
    day = start // DAY * DAY
    body = _BODY.format(
        weekday=datetime.fromtimestamp(day // SECOND, UTC).strftime("%A"),
        day=day_text(day),
        minutes=(said[1] - said[0]) // MINUTE,
        start=f"{said[0] // HOUR % 24:02d}:{said[0] // MINUTE % 60:02d}",
    )
    story.ask(nadia, f"Slow on {day_text(day)}, about 14:00", body, utc(2026, 3, 31, 10, 5))
    return Truth(
        "A release made the statistics endpoint slow until it was taken back; the status page "
        "begins when we noticed.",
        {
            "endpoint": "GET /v1/videos/{id}/stats",
            "from": start,
            "to": mended,
            "status page from": said[0],
            "own slow calls": int((took >= _SLOW_MS).sum()),
            "99th percentile before": _percentile(took[(calls >= day) & (calls < start)]),
            "99th percentile during": _percentile(took[during]),
        },
        tempting="The move of their own network at noon made it slow.",
        escalate=True,
    )


def _calls(story: Story, day: int) -> Moments:
    """Once an hour as a rule; every four minutes on the day of a sale."""
    hours = np.arange(REQUESTS_START + HOUR, NOW - HOUR, HOUR)
    sale = np.arange(day + 8 * HOUR, day + 20 * HOUR, 4 * MINUTE)
    usual = hours[(hours < day) | (hours >= day + DAY)]
    moments = np.sort(np.concatenate([usual, sale])) + story.number("second", 1, 50) * SECOND
    shaken: Moments = moments + below(story.draws("shaken", len(moments)), SECOND)
    return shaken


def _percentile(values: Whole) -> int:
    """The smallest value that at least 99 of 100 do not exceed."""
    ordered = np.sort(values)
    return int(ordered[-(-99 * len(ordered) // 100) - 1])


_BODY = """\
Hi,

I'm writing our availability report for March and need something I can quote.

On {weekday}, {day}, everything was slow at about two in the afternoon. We had a
sale on, so people noticed: our portal shows the seat guide with its numbers, which it
asks you for every few minutes while we sell, and every hour else. The page waits for
them, and took two seconds and more. It went on for well over an hour by our count.
Your status page says {minutes} minutes, beginning at {start} UTC, and calls it
minor.

Gareth thinks it was us, because our hosting people moved a part of our network at
noon on that very day. They swear they were done by 12:30.

So: from when to when was it, was it you or them, and what exactly was slow?

Best
Nadia Hussain
Quayside Ticketing, Manchester"""

CASE = Case("L-1140", 268, _plant, (40,))
