"""L-1143: "you deleted our showreel"; no fault: it is there, a colleague moved it to a folder."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import seen
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    layla, yusuf = story.customer.people
    moved = utc(2026, 3, 23, 6) + story.number("moved", 0, 4 * 24 * 60) * MINUTE
    folder = story.folder(1, "Archive 2025", utc(2026, 3, 22, 8))
    first, there = story.shuffled("which", (1, 2))
    story.video(
        first,
        f"saffron{first:03d}",
        "Showreel",
        utc(2025, 5, 12, 9),
        story.number("first cut", 70, 90) * 1_000,
        layla,
        deleted_at=utc(2026, 1, 14, 10) + story.number("gone", 0, 20) * DAY,
    )
    film = story.video(
        there,
        f"saffron{there:03d}",
        "Showreel",
        utc(2026, 1, 12, 7),
        story.number("new cut", 92, 110) * 1_000,
        yusuf,
        folder_id=folder,
        updated_at=moved,
    )
    mornings = story.here(utc(2026, 1, 30, 8)) + np.arange(60) * DAY
    viewed = np.repeat(mornings, 2 + below(story.draws("viewed", len(mornings)), 6))
    moments = story.moments("days", len(viewed), viewed, viewed + 12 * HOUR)
    story.views(film, moments, story.visitors("days", len(viewed), 400), page="start")
    story.ask(layla, "You have deleted our showreel!", _BODY, utc(2026, 3, 30, 12, 25))
    return Truth(
        "No fault found: the showreel is there, in the folder Archive 2025, and is being watched.",
        {
            "video": film.hashed_id,
            "folder": "Archive 2025",
            "last changed": moved,
            "plays since": int(seen(ledger, [film], moved).sum()),
        },
        tempting="It was deleted, and the row with deleted_at proves it.",
    )


_BODY = """\
Hello,

Our "Showreel" is gone! It has been at the top of our list of videos for months. Today I
wanted to send it to a client and it is not there. On our start page it still plays, from
some cache I suppose, and who knows for how long.

Yusuf tidied up on the computer last week, but he says that he deleted nothing. So it must
have been you. Please bring it back at once, the client waits.

Layla Mansour
Saffron Street Studio, Dubai"""

CASE = Case("L-1143", 230, _plant)
