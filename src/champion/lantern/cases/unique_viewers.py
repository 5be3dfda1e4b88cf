"""L-1102: total plays against unique viewers."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    rafael = story.customer.person("Rafael Dias")
    film = story.video(1, "jacaranda1", "Portfolio 2026", utc(2026, 2, 27, 14), 214_000, rafael)
    people, plays = story.number("people", 290, 320), story.number("plays", 380, 430)
    crowd = story.visitors("people", people, people)
    again = crowd[below(story.draws("again", plays - people), people)]
    viewers = np.concatenate([crowd, again])
    moments = story.moments("plays", plays, story.here(utc(2026, 3, 1, 8)), utc(2026, 3, 30))
    story.views(film, moments, viewers, page="portfolio")
    looked = story.number("looked", 120, 200)
    seen = story.visitors("looked", looked, looked)
    moments = story.moments("looked", looked, story.here(utc(2026, 3, 1, 8)), utc(2026, 3, 30))
    story.views(film, moments, seen, False, "portfolio")
    body = _BODY.format(plays=plays, people=people)
    story.ask(rafael, "Two numbers for one video", body, utc(2026, 3, 30, 17, 25))
    return Truth(
        "One number counts plays, the other counts visitors who played at least once.",
        {"plays": plays, "visitors": people, "loads": plays + looked},
        tempting=f"{plays - people} rows are missing.",
    )


_BODY = """\
Oi!

For "Portfolio 2026" (jacaranda1) your page says {plays} plays in March. A little below, where the \
play rate is worked out, you say {people} people. Which one is right, and where are the others?

Abraços
Rafael Dias
Estúdio Jacarandá, São Paulo"""

CASE = Case("L-1102", 108, _plant, (2,))
