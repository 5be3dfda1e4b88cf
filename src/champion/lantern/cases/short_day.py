"""L-1106: 8 March has 23 hours only: daylight saving began that night."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import of, seen
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc, zone
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

_SUNDAY = utc(2026, 3, 8)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    tamsin = story.customer.person("Tamsin Cho")
    film = story.video(
        1, "lakeviewfm", "Night music, day and night", utc(2025, 12, 1, 15), 3_600_000, tamsin
    )
    first, last = story.here(_SUNDAY - 5 * DAY), story.here(_SUNDAY + 5 * DAY)
    hours = np.arange(first, last, HOUR)
    listened = np.repeat(hours, 1 + below(story.draws("listened", len(hours)), 4))
    moments = story.moments("hours", len(listened), listened + 2 * MINUTE, listened + 57 * MINUTE)
    story.views(film, moments, story.visitors("hours", len(listened), 300), page="listen")
    story.ask(tamsin, "An hour of 8 March is missing", _BODY, utc(2026, 3, 30, 15, 20))
    local = zone(story.customer.time_zone).local(of(ledger, seen(ledger, [film]), "received_at"))
    sunday = local[local // DAY == _SUNDAY // DAY]
    walls = np.unique(sunday % DAY // HOUR).tolist()
    return Truth(
        "Clocks went from 02:00 to 03:00 that night: the day had 23 hours, each with plays.",
        {
            "hours": len(walls),
            "hour that is not there": min(set(range(24)) - set(walls)),
            "plays": len(sunday),
            "plays the day before": int((local // DAY == _SUNDAY // DAY - 1).sum()),
        },
        tempting="Counting stood still from two to three in the morning: an outage.",
    )


_BODY = """\
Hello Lantern,

Our night programme runs on the site all day and all night (lakeviewfm), and in every single
hour somebody is listening. I keep a table of plays by hour, Minneapolis time. For Sunday,
8 March, it has 23 rows: nothing at all between two and three in the morning.

The night before, our web host moved us to a new server and says all went well. So was it
you? Our funders look at these tables, and I would like to write "outage at the video host"
into the gap.

Best
Tamsin Cho
Lakeview Public Radio, Minneapolis"""

CASE = Case("L-1106", 223, _plant, (6,))
