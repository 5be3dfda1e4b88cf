"""L-1116: a folder was made twice: the call was repeated after a timeout."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, SECOND, utc
from champion.lantern.ledger import Ledger

_TWICE = "Installations April"
_CLIENT, _OFFICE = "lantern-php/1.4.0", "198.51.100.22"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    ethan = story.customer.person("Ethan Begay")
    day = utc(2026, 3, 24) + story.number("day", 0, 3) * DAY
    start = story.here(day + 10 * HOUR) + story.number("second", 0, 6 * 3_600) * SECOND
    again = start + (31 + story.number("pause", 0, 4)) * SECOND
    late = start + story.number("late", 36, 55) * SECOND
    before = start - 2 * DAY - story.number("before", 0, 9_000) * SECOND
    polls = np.sort(story.moments("polls", story.number("polls", 30, 60), start - 6 * DAY, start))
    token = add_token(story, 1, "CRM bridge", "lnt_sunw4d", ethan, utc(2026, 1, 15, 18), again)
    add_calls(story, token, polls, "/v1/folders", _CLIENT, _OFFICE, query="per_page=100")
    permits, installations = story.draws("bodies", 2)[:, None]
    calls = ((before, permits, 201, 240), (start, installations, 499, 30_004))
    (_, first), (second,) = (
        [
            add_calls(
                story,
                token,
                np.array([moment]),
                "/v1/folders",
                _CLIENT,
                _OFFICE,
                method="POST",
                status=status,
                duration_ms=took,
                body_digest=body,
            )
            for moment, body, status, took in those
        ]
        for those in (calls, ((again, installations, 201, 210),))
    )
    story.folder(1, "Permits March", before + SECOND // 5)
    story.folder(2, "Roof walk-throughs", start - 9 * DAY)
    pair = story.folder(3, _TWICE, again + SECOND // 5), story.folder(4, _TWICE, late)
    body = _BODY.format(day=str(np.datetime64(day // DAY, "D")))
    story.ask(ethan, "A folder was made twice", body, utc(2026, 3, 30, 20, 15))
    return Truth(
        "The first call took longer than 30 seconds, so their program hung up and sent it again; "
        "both did their work.",
        {
            "requests": (f"{int(first[0]):016x}", f"{int(second[0]):016x}"),
            "statuses": (499, 201),
            "seconds between": (again - start) // SECOND,
            "folders": pair,
        },
        tempting="Somebody clicked twice.",
    )


_BODY = """\
Hello,

Our CRM makes a folder with you for every batch of installations. On {day}
it made "Installations April" twice: two folders of that name, and the films of the
crews are now spread over both.

Delia says that I must have clicked twice, but nobody clicks there: the program
does it by itself. Did you make it twice?

Thanks
Ethan Begay
Sunward Solar, Phoenix"""

CASE = Case("L-1116", 203, _plant, (16,))
