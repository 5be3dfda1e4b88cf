"""L-1144: an escalation came back for want of evidence, and the customer was put off with it.

What they saw is the night on which the rollup ran twice, for everybody.
"""

from __future__ import annotations

import numpy as np

from champion.lantern.background import DOUBLED_DAY
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text, seen
from champion.lantern.cases.earlier import Line, add_earlier, add_escalation, add_tags
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

_EARLIER, _ROSA, _ELIF = 2441, 5, 7


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    claire, nathan = story.customer.people
    film = story.video(
        1, "tundracamp", "A week at winter camp", utc(2025, 12, 8, 16), 431_000, nathan
    )
    days = DOUBLED_DAY + np.arange(-25, 48) * DAY
    viewed = np.repeat(days, 18 + below(story.draws("viewed", len(days)), 27))
    moments = story.moments("days", len(viewed), viewed + MINUTE, viewed + DAY - 2 * MINUTE)
    story.views(film, moments, story.visitors("days", len(viewed), 900), page="courses")
    watched = story.number("staff", 2, 4)
    moments = story.moments("staff", watched, DOUBLED_DAY + 15 * HOUR, DOUBLED_DAY + 23 * HOUR)
    story.views(film, moments, story.visitors("staff", watched, 2), page="courses", staff=nathan)
    plays = int(seen(ledger, [film], DOUBLED_DAY, DOUBLED_DAY + DAY).sum())
    _earlier(story)
    story.ask(claire, "Your developers found nothing?", _BODY, utc(2026, 3, 30, 16, 15))
    return Truth(
        "The nightly rollup ran twice for that UTC day; the escalation named no video and no day.",
        {
            "earlier outcome": "sent_back",
            "video": film.hashed_id,
            "day": day_text(DOUBLED_DAY),
            "counted": 2 * plays,
            "plays": plays,
            "runs of the rollup": 2,
        },
        tempting="The newsletter of that day brought twice the people.",
        escalate=True,
    )


def _earlier(story: Story) -> None:
    """What was asked in February, how it was escalated, and how it was answered."""
    nathan = story.customer.person("Nathan Yellowbird")
    opened = utc(2026, 2, 13, 17, 20)
    handed = opened + 3 * DAY
    add_earlier(
        story,
        _EARLIER,
        nathan,
        "Twice the plays on one day",
        (
            Line(opened, _QUESTION),
            Line(opened + 50 * MINUTE, _FIRST_ANSWER, _ROSA),
            Line(handed + DAY, "Came back from the developers. Not much I can add.", _ROSA, True),
            Line(handed + DAY + HOUR, _LAST_ANSWER, _ROSA),
        ),
    )
    add_tags(story, _EARLIER, opened + HOUR, ("stats", "bug"))
    times = (handed, handed + 20 * HOUR)
    add_escalation(
        story, _EARLIER, _ROSA, _ELIF, *times, 6, "sent_back", _POOR_EVIDENCE, _SENT_BACK
    )


_QUESTION = """\
Hi there,

Our winter camp video had about twice as many plays as usual on one day this week. We sent
a newsletter that day, but to forty people only. Can that be right?

Nathan Yellowbird
Tundra Outdoor Academy"""

_FIRST_ANSWER = "Hi Nathan, that does look odd. I will ask our developers. Rosa"

_POOR_EVIDENCE = "Customer says one day has too many plays. Can you check if counting is ok?"

_SENT_BACK = """\
Sent back: I cannot look without knowing where. Which video (its id)? Which day, and is that
UTC or theirs? What does daily_stats say, how many plays are stored for the same UTC day
without signed-in users, and did anything unusual happen to the job that night?"""

_LAST_ANSWER = "Hi Nathan, our developers found nothing unusual. Probably your newsletter! Rosa"

_BODY = """\
Hello,

In February Nathan asked you about a day on which our winter camp video (tundracamp) seemed
to have twice as many plays as on the days around it. The answer was that your developers
found nothing unusual and that it was probably our newsletter. It went to forty people.

I now prepare our yearly report and the same day sticks out like a sore thumb. Please look
again, properly this time. Which number may I print?

Claire Beaumont
Tundra Outdoor Academy, Edmonton"""

CASE = Case("L-1144", 231, _plant)
