"""L-1115: 429 although they call 200 times a minute: an agency's token uses the rest."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, SECOND, Moments, utc
from champion.lantern.dice import Whole
from champion.lantern.ledger import Ledger
from champion.lantern.requests import LIMIT

_DAYS = tuple(utc(2026, 3, day, 5) for day in (18, 19, 20, 23, 24, 25, 26, 27, 30, 31))
"""Working days; the timetable is fetched at five o'clock."""
_AGENCY_FROM = 6


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    winston, saoirse = story.customer.people
    begins = _AGENCY_FROM + story.number("begins", 0, 2)
    own = [_minute(story, f"own {day}", start, 185, 210) for day, start in enumerate(_DAYS)]
    theirs = [
        _minute(story, f"agency {day}", start, 450, 540) if day >= begins else np.zeros(0, np.int64)
        for day, start in enumerate(_DAYS)
    ]
    ours = add_token(
        story, 1, "Timetable", "lnt_har5ow", saoirse, utc(2025, 9, 8, 10), int(own[-1].max())
    )
    made = _DAYS[begins] - DAY + 7 * 3_600 * SECOND
    agency = add_token(
        story, 2, "Fieldstone (agency)", "lnt_f1eld5", winston, made, int(theirs[-1].max())
    )
    refused = 0
    for mine, others in zip(own, theirs, strict=True):
        late = _over(mine, others)
        refused += int(late[: len(mine)].sum())
        _call(story, ours, mine, late[: len(mine)], "/v1/videos", "lantern-python/2.3.1")
        _call(story, agency, others, late[len(mine) :], "/v1/folders", "Go-http-client/1.1")
    sums = [len(mine) + len(others) for mine, others in zip(own, theirs, strict=True)]
    body = _BODY.format(first=str(np.datetime64(_DAYS[begins] // DAY, "D")))
    story.ask(saoirse, "Too many requests? We make 200", body, utc(2026, 3, 31, 7, 12))
    return Truth(
        "The limit holds for the account: an agency's token uses most of it in the same minute.",
        {
            "refused": refused,
            "own at most": max(len(mine) for mine in own),
            "together at most": max(sums),
            "other token": "lnt_f1eld5",
        },
        tempting="The limiter counts wrongly, or the limit is 200.",
    )


def _minute(story: Story, what: str, start: int, low: int, high: int) -> Moments:
    return np.sort(
        story.moments(what, story.number(what, low, high), start + SECOND, start + 58 * SECOND)
    )


def _over(mine: Moments, others: Moments) -> Whole:
    """Which calls, mine first, come after the limit was reached in their minute."""
    order = np.argsort(np.concatenate([mine, others]), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return (rank >= LIMIT).astype(np.int64)


def _call(story: Story, token: int, moments: Moments, late: Whole, path: str, client: str) -> None:
    for over, more in ((0, {}), (1, {"status": 429, "error": "too_many_requests"})):
        chosen = moments[late == over]
        if len(chosen):
            address = "192.0.2.31" if path == "/v1/videos" else "198.51.100.140"
            pages = [f"page={n % 40 + 1}&per_page=25" for n in range(len(chosen))]
            add_calls(story, token, chosen, path, client, address, query=pages, **more)


_BODY = """\
Good morning,

Our timetable fetches its videos from your API on every school day at five in the
morning (UTC). That is about 200 calls in a minute, and your limit is 600.

Since {first} many of them come back as 429, "too many requests". We have not
changed a line of that program since September, and I have counted: it never
makes more than 210. The token begins with lnt_har5ow.

Is your limiter counting wrongly?

Kind regards
Saoirse Kelly
Harrow Lane Academy, Birmingham"""

CASE = Case("L-1115", 202, _plant, (15,))
