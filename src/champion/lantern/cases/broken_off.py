"""L-1151: an upload fails again and again: their mobile line breaks off, and no file is whole."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token, upload
from champion.lantern.cases.telling import Story
from champion.lantern.cases.uploads import Fields
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import AppLine

_MORNING = utc(2026, 3, 29, 3)
_BYTES = 3_912_664_208
_VAN, _STUDIO = "198.51.100.176", "192.0.2.66"
_CLIENT = "lantern-python/2.3.1"
_IDLE_MS = 60_000
"""How long we wait for the rest of a file that has stopped coming."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    peter = story.customer.person("Peter Otieno")
    began = _MORNING + story.number("began", 0, 40) * MINUTE
    tries = story.number("tries", 3, 5)
    percents = [story.number(f"percent {nth}", 8, 88) for nth in range(tries)]
    moments = began + np.arange(tries) * 35 * MINUTE + story.number("second", 1, 58) * SECOND
    moments += below(story.draws("micros", tries), SECOND)
    token = add_token(
        story, 1, "Field van", "lnt_sav4na", peter, utc(2025, 6, 2, 7), int(moments[-1])
    )
    keys = add_calls(
        story,
        token,
        moments,
        "/v1/videos",
        _CLIENT,
        _VAN,
        method="POST",
        status=408,
        error="upload_incomplete",
        duration_ms=np.array(percents) * 14_300 + _IDLE_MS,
        body_digest=story.draws("bodies", tries),
    )
    requests = tuple(f"{int(key):016x}" for key in keys)
    for request, moment, percent in zip(requests, moments.tolist(), percents, strict=True):
        ledger.log(_broken(story, request, moment, percent))
    _studio(story, int(moments[0]))
    body = _BODY.format(last=requests[-1], tries=tries, size="3.9")
    story.ask(peter, "Upload failed, upload failed, upload failed", body, utc(2026, 3, 30, 6, 50))
    return Truth(
        "Each time their connection stopped before the whole file had come: nothing was kept, and "
        "there is nothing for an encoder to do.",
        {
            "requests": requests,
            "status": 408,
            "code": "upload_incomplete",
            "came at most": max(percents) * _BYTES // 100,
            "of": _BYTES,
            "jobs": 0,
        },
        tempting="The encoders had trouble in that night, and it was lost there.",
    )


def _broken(story: Story, request: str, moment: int, percent: int) -> AppLine:
    over = moment + (percent * 14_300 + _IDLE_MS) * 1_000
    more: Fields = {
        "request_id": request,
        "account_id": story.account,
        "received": percent * _BYTES // 100,
        "expected": _BYTES,
        "idle_ms": _IDLE_MS,
    }
    return AppLine(over, "WARNING", "api", "upload.broken_off", more)


def _studio(story: Story, began: int) -> None:
    """The studio uploads as ever, through the same account, in the same hour."""
    achieng = story.customer.owner
    for nth, title in enumerate(("Morning news, 28 March", "Morning news, 29 March")):
        created = began - DAY + nth * DAY + 20 * MINUTE
        upload(story, nth + 1, f"savanna{nth + 1:03d}", title, created, 240_000, achieng)
    polls = np.arange(began - HOUR, began + 3 * HOUR, 20 * MINUTE)
    made = utc(2025, 6, 2, 8)
    token = add_token(story, 2, "Studio wall", "lnt_stud10", achieng, made, int(polls[-1]))
    add_calls(story, token, polls, "/v1/videos", "curl/8.5.0", _STUDIO, query="per_page=25")


_BODY = """\
Hi there,

On Sunday morning I sat in the van near Voi and tried to send you the marathon
({size} GB). It failed {tries} times. The program only says "upload failed" and a
number, the last one was {last}. Each time it had run for some minutes.

The studio uploaded the morning news at the same time without any problem, same
account. So it must be something with big files? I heard from a friend at another
station that your encoders were full that night.

Is the film there somewhere, in part? I drove back to Nairobi and still have the
card.

Peter Otieno
Savanna Radio Network"""

CASE = Case("L-1151", 271, _plant, (31,))
