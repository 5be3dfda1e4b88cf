"""L-1153: is the API down? A program from a backup asks at an address that has moved."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.cases.uploads import add_job, add_original
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, utc
from champion.lantern.ledger import Ledger
from champion.lantern.requests import REQUESTS_START

_BEFORE, _SINCE = "203.0.113.77", "192.0.2.118"
"""The address of the old router, and of the new one."""
_NEW, _OLD = "hide-screen/4", "hide-screen/1"
"""What the program calls itself: the one that ran for a year, and the one of the backup."""
_TITLES = ("Avocets on the scrape", "Marsh harrier, food pass", "Spring tide at dawn")
_CUT_OFF = "Barn owl, last light"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    nerys, callum = story.customer.people
    _films(story)
    died = utc(2026, 3, 27, 15) + story.number("died", 0, 170) * MINUTE
    back = utc(2026, 3, 30, 8) + story.number("back", 0, 80) * MINUTE
    good = np.arange(REQUESTS_START + 7 * MINUTE, died, HOUR)
    good += story.number("second", 3, 50) * SECOND
    moved = np.arange(back, NOW - 30 * MINUTE, HOUR) + story.number("late", 3, 50) * SECOND
    tried = int(moved[0]) + story.number("tried", 200, 330) * MINUTE
    made = utc(2024, 4, 16, 9)
    token = add_token(story, 1, "Screen", "lnt_h1desc", nerys, made, int(moved[-1]))
    add_calls(story, token, good, "/v1/videos", _NEW, _BEFORE)
    add_calls(story, token, moved, "/v0/videos", _OLD, _SINCE, status=301, duration_ms=1)
    by_hand = np.array([tried, tried + 40 * SECOND])
    add_calls(story, token, by_hand, "/v1/videos", "curl/8.5.0", _SINCE)
    opened = utc(2026, 3, 31, 8) + story.number("opened", 0, 120) * MINUTE
    story.ask(nerys, "Is the API down??", _BODY.format(callum=callum.first_name), opened)
    return Truth(
        "The program from the backup asks at an old address, gets 301 with the new one, and does "
        "not go there.",
        {
            "status": 301,
            "asked": "/v0/videos",
            "where it is": "/v1/videos",
            "program": _OLD,
            "last good call of the screen": int(good[-1]),
            "first call that was sent on": int(moved[0]),
            "calls that were sent on": len(moved),
            "answered from the same place": len(by_hand),
        },
        tempting="The API has been down since Monday, or their new router lets nothing through.",
    )


def _films(story: Story) -> None:
    """Three that play, and one whose upload was cut off."""
    for nth, title in enumerate(_TITLES, start=1):
        length = story.number(f"length {nth}", 40, 400) * 1_000
        story.video(nth, f"saltmarsh{nth}", title, utc(2026, 3, 2, 9) + nth * 3 * DAY, length)
    begun = utc(2026, 3, 24, 17) + story.number("begun", 0, 90) * MINUTE
    stored = begun + story.number("stored", 80, 400) * SECOND
    over = stored + story.number("over", 20, 90) * SECOND
    film = story.video(
        4,
        "saltmarsh4",
        _CUT_OFF,
        begun,
        0,
        status="failed",
        duration_ms=None,
        updated_at=over,
    )
    add_original(story.ledger, film, stored, story.number("bytes", 90, 400) * 1_048_576)
    (job,) = story.ledger.next_ids("encode_jobs", 1).tolist()
    add_job(story.ledger, job, film, 1, stored, stored + 4 * SECOND, over, "truncated_file")


_BODY = """\
Hello,

is your API down? The screen in our visitors' hide shows the films of the week. Since
Monday morning it says "No films today", and its log has one line an hour:

    hide-screen: answer is no JSON: Expecting value: line 1 column 1 (char 0)

The machine behind it died on Friday. On Monday I put another one there, with the
program from our backup and the same token as ever. We also have a new router since
that day, so perhaps it lets nothing through? But web pages open on that machine.

{callum}, who helps out here, asked your API from the hide with something called curl,
and he got our films. So is it down for us and not for him?

The program has run for two years and nobody changed a line of it.

Nerys Vaughan
Saltmarsh Bird Reserve"""

CASE = Case("L-1153", 273, _plant)
