"""L-1114: the API is down at every full hour: a burst goes over the limit of the minute."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.catalogue import Library, add_library
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import HOUR, MINUTE, SECOND, Moments, utc, zone
from champion.lantern.ledger import Ledger
from champion.lantern.requests import LIMIT

_FIRST_VIDEO, _VIDEOS = 46_001, 240
_FIRST_HOUR = utc(2026, 3, 30, 20)
"""Seven in the morning in Melbourne."""
_ASKED = ("", "/stats", "/stats/by_date")
"""What the dashboard wants to know of each film."""
_BOATS = ("Eight", "Four", "Quad", "Double scull", "Pair", "Single scull")
_CLIENT, _CLUB = "node-fetch/3.3.2 wall-dashboard", "203.0.113.202"
_PARSED = "Unexpected token 'T', \"Too many r\"... is not valid JSON"
"""What Node says of a text that is no JSON: it names its first letter."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    raj = story.customer.person("Raj Pillai")
    hours = _FIRST_HOUR + np.arange(story.number("hours", 4, 6)) * HOUR
    gone = set(story.shuffled("gone", range(_VIDEOS))[: story.number("deleted", 4, 34)])
    titles = [f"{_BOATS[n % 6]}, session {n // 6 + 1}" for n in range(_VIDEOS)]
    library = add_library(story, _FIRST_VIDEO, titles, utc(2024, 8, 5, 2), 55 * HOUR, gone)
    calls = len(_ASKED) * len(library.live)
    bursts = [_burst(story, f"burst {nth}", int(hour), calls) for nth, hour in enumerate(hours)]
    half_past = hours + 30 * MINUTE + story.number("looked", 5, 300) * SECOND
    token = add_token(
        story, 1, "Wall dashboard", "lnt_y4rra7", raj, utc(2026, 3, 30, 6), int(half_past[-1])
    )
    for moments in bursts:
        _call(story, token, library, moments)
    add_calls(story, token, half_past, "/v1/folders", "curl/8.4.0", _CLUB, query="per_page=100")
    opened = int(hours[-1]) + 40 * MINUTE + story.number("opened", 0, 600) * SECOND
    story.ask(raj, "YOUR API IS DOWN EVERY HOUR", _BODY.format(films=len(library.live)), opened)
    story.attach("dashboard.log", _log(story, bursts, len(library.live)), "text/plain")
    return Truth(
        "At every full hour their dashboard makes more calls in a minute than the limit allows, "
        "and reads the text of the 429 as JSON.",
        {
            "hours": len(bursts),
            "most in a minute": calls,
            "refused": (calls - LIMIT) * len(bursts),
            "status": 429,
            "token": "lnt_y4rra7",
        },
        tempting="The API has an outage at every full hour.",
    )


def _burst(story: Story, what: str, hour: int, calls: int) -> Moments:
    """So many calls within the first minute of the hour."""
    return np.sort(story.moments(what, calls, hour + SECOND, hour + 57 * SECOND))


def _call(story: Story, token: int, library: Library, moments: Moments) -> None:
    """Each film and its statistics, call by call; what comes after the limit is refused."""
    films = [library.hashed_ids[place] for place in library.live]
    paths = [f"/v1/videos/{film}{asked}" for film in films for asked in _ASKED]
    add_calls(story, token, moments[:LIMIT], paths[:LIMIT], _CLIENT, _CLUB)
    no = {"status": 429, "error": "too_many_requests", "duration_ms": 2}
    add_calls(story, token, moments[LIMIT:], paths[LIMIT:], _CLIENT, _CLUB, **no)


def _log(story: Story, bursts: list[Moments], films: int) -> bytes:
    """What the dashboard wrote, by the clock on the club's wall."""
    lines = []
    for moments in bursts:
        wall = zone(story.customer.time_zone).local(moments)
        late = wall[LIMIT:] + 31_000
        lines.append(f"{_stamp(int(wall[0]) // SECOND * SECOND)} info  refresh: {films} films")
        lines += [f"{_stamp(moment)} error SyntaxError: {_PARSED}" for moment in late.tolist()]
        lines.append(f"{_stamp(int(late[-1]) + 41_000)} error LANTERN API DOWN, showing old data")
    return ("\n".join(lines) + "\n").encode()


def _stamp(wall: int) -> str:
    return str(np.datetime64(wall, "us").astype("datetime64[ms]")).replace("T", " ")


_BODY = """\
Your API goes down every single hour, ON the hour, and comes back a minute later.
I've been watching it since 7 this morning. You can set your watch by it. What are
you running at :00??

We put up a wall dashboard in the boat shed yesterday, {films} films with their
numbers, refreshed hourly. Every refresh dies half way with the error in the
attached log. When I try by hand at half past with curl, it works. So it's not our
network and not our token.

I've switched it off until you fix this. Bron wants it up for the regatta on
Saturday.

Raj Pillai
Yarra Oar & Paddle"""

CASE = Case("L-1114", 264, _plant, (14,))
