"""L-1105: Tuesday evening's event shows on Wednesday, because reports use the UTC day."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc
from champion.lantern.ledger import Ledger

_TUESDAYS = (
    utc(2026, 2, 10),
    utc(2026, 2, 17),
    utc(2026, 2, 24),
    utc(2026, 3, 10),
    utc(2026, 3, 17),
)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    noor = story.customer.person("Noor Haddad")
    tuesday = _TUESDAYS[story.number("tuesday", 0, len(_TUESDAYS) - 1)]
    film = story.video(1, "redwood001", "An evening on grief", tuesday - 3 * DAY, 5_310_000, noor)
    start = story.here(tuesday + 18 * HOUR + 30 * MINUTE)
    guests, later = story.number("guests", 90, 130), story.number("later", 12, 20)
    moments = story.moments("guests", guests, start, start + 3 * HOUR)
    story.views(film, moments, story.visitors("guests", guests, guests), page="events")
    moments = story.moments("later", later, start + 15 * HOUR, start + 20 * HOUR)
    story.views(film, moments, story.visitors("later", later, later), page="events")
    tested = story.moments("tested", 3, start - 9 * HOUR, start - 7 * HOUR)
    story.views(
        film, tested, np.repeat(story.visitors("tested", 1, 1), 3), page="events", staff=noor
    )
    day = str(np.datetime64(tuesday // DAY, "D"))
    story.ask(
        noor, "Our event shows on the wrong day", _BODY.format(day=day), utc(2026, 3, 30, 18, 3)
    )
    return Truth(
        "Reports use the UTC day; the event began at 18:30 in Los Angeles.",
        {"day": day, "plays that day": guests},
        tempting="Plays were processed late.",
    )


_BODY = """\
Hello Lantern,

Our evening event was on Tuesday, {day}, from half past six. Hardly anybody seems to have \
watched on that day, and then there is a crowd on Wednesday, when the house was closed. \
The video is "An evening on grief" (redwood001).

I have to show the right day to the families who made it possible. What happened?

Warmly
Noor Haddad
Redwood Hospice Care, Sacramento"""

CASE = Case("L-1105", 111, _plant, (5,))
