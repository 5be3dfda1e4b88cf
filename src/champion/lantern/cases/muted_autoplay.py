"""L-1107: plays tripled on the day of the redesign: the new page starts the video, muted."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    aicha = story.customer.owner
    film = story.video(
        1, "belleville", "L'atelier en mouvement", utc(2025, 11, 4, 9), 96_000, aicha
    )
    redesign = utc(2026, 2, 16) + story.number("redesign", 0, 20) * DAY
    clicks = starts = 0
    for number in range(-28, 21):
        day = redesign + number * DAY
        pressed = story.number(f"pressed {number}", 9, 15)
        opening = story.here(day + 8 * HOUR)
        moments = story.moments(f"pressed {number}", pressed, opening, opening + 13 * HOUR)
        story.views(film, moments, story.visitors(f"pressed {number}", pressed, 500))
        if number >= 0:
            started = pressed * 2 + story.number(f"started {number}", 0, 6)
            far = below(story.draws(f"far {number}", started), 25)
            moments = story.moments(f"started {number}", started, opening, opening + 13 * HOUR)
            crowd = story.visitors(f"started {number}", started, 2_000)
            story.views(film, moments, crowd, reason="autoplay", percent=far)
            clicks, starts = clicks + pressed, starts + started
    day_text = str(np.datetime64(redesign // DAY, "D"))
    story.ask(
        aicha, "Three times as many plays!", _BODY.format(day=day_text), utc(2026, 3, 31, 7, 50)
    )
    return Truth(
        "Since the redesign the page starts the video by itself, muted; presses stayed the same.",
        {"redesign": day_text, "clicks since": clicks, "autoplays since": starts},
        tempting="The redesign made people watch more.",
    )


_BODY = """\
Bonjour,

Our new site went online on {day}. From that very day, and for the three weeks that
"L'atelier en mouvement" (belleville) still stood on its first page, the film had three
times as many plays as before. I am delighted! Before I tell everybody: is that true?

Merci
Aïcha Diallo
Atelier Belleville, Paris"""

CASE = Case("L-1107", 155, _plant, (7,))
