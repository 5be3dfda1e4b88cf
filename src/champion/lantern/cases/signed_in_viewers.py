"""L-1101: "I watched it ten times and you say 0 plays": plays by signed-in users are left out."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import HOUR, utc
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    farah, dev = story.customer.people
    film = story.video(
        1, "tamarind01", "Dal in thirty minutes", utc(2026, 3, 24, 6), 1_804_000, farah
    )
    start, stop = story.here(utc(2026, 3, 25, 9)), story.here(utc(2026, 3, 30, 21))
    times = {farah: story.number("farah", 7, 14), dev: story.number("dev", 2, 4)}
    for person, count in times.items():
        moments = story.moments(f"plays {person.id}", count, start, stop)
        browser = np.repeat(story.visitors(f"browser {person.id}", 1, 1), count)
        story.views(film, moments, browser, page="courses", staff=person)
    passers = story.number("passers-by", 5, 9)
    moments = story.moments("passers-by", passers, start, stop)
    story.views(film, moments, story.visitors("passers-by", passers, passers), False, "courses")
    body = _BODY.format(times=times[farah])
    story.ask(farah, "My plays are not counted", body, utc(2026, 3, 30, 14) + 5 * HOUR)
    return Truth(
        "All plays are by signed-in users of the account; reports leave those out.",
        {
            "plays": sum(times.values()),
            "counted": 0,
            "hers": times[farah],
            "loads": passers + sum(times.values()),
        },
        tempting="Counting plays is broken.",
    )


_BODY = """\
Hello,

I put up a new video last week, "Dal in thirty minutes" (tamarind01), and watched it {times} times \
myself to be sure. Your statistics say 0 plays. Is counting broken? I am a little worried, because \
our course starts on Monday.

Best
Farah Qureshi, Tamarind Cookery, Mumbai"""

CASE = Case("L-1101", 106, _plant, (1,))
