"""L-1141: one complaint, two causes: the UTC day, and an export that stops after three pages."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.content import hashed_ids
from champion.lantern.dice import Dice, below
from champion.lantern.ledger import Ledger

VIDEOS, PAGE = 360, 100
"""All that they ever uploaded, deleted ones among them; and what one page of the API holds."""

_FIRST_VIDEO = 40_001
_PIECES = ("Recital", "Masterclass", "Chamber music", "Jury", "Open rehearsal", "Scales")
_TUESDAYS = (utc(2026, 2, 17), utc(2026, 2, 24), utc(2026, 3, 3), utc(2026, 3, 17))


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    odette = story.customer.person("Odette Fraser")
    tuesday = _TUESDAYS[story.number("tuesday", 0, len(_TUESDAYS) - 1)]
    gone = set(story.shuffled("gone", range(1, 290))[: story.number("deleted", 8, 20)])
    ids, hashed, titles = _library(story, gone, tuesday)
    live = [nth for nth in range(VIDEOS) if nth + 1 not in gone]
    last = live[len(live) // PAGE * PAGE - 1]
    gala = Shown(int(ids[-1]), hashed[-1], 4_920_000)
    guests = _gala(story, gala, tuesday)
    _export(story)
    body = _BODY.format(
        day=day_text(tuesday),
        next=day_text(tuesday + DAY),
        gala=gala.hashed_id,
        videos=len(live),
        rows=len(live) // PAGE * PAGE,
        last=titles[last],
        hashed=hashed[last],
    )
    story.ask(odette, "Your system is a day behind", body, utc(2026, 3, 30, 19, 40))
    return Truth(
        "Reports use the UTC day; and their script stops after three full pages of 100.",
        {
            "day": day_text(tuesday),
            "plays that day": guests,
            "videos": len(live),
            "pages asked for": len(live) // PAGE,
            "rows in the file": len(live) // PAGE * PAGE,
            "last in the file": hashed[last],
        },
        tempting="Everything arrives late: that would explain the evening and the export at once.",
    )


def _library(story: Story, gone: set[int], tuesday: int) -> tuple[np.ndarray, list[str], list[str]]:
    """Ids, hashed ids and titles of everything they have uploaded; the last is the gala."""
    nth = np.arange(VIDEOS)
    ids = _FIRST_VIDEO + nth
    hashed = hashed_ids(Dice(0).roll("conservatory", "hashed_id", ids))
    titles = [f"{_PIECES[n % len(_PIECES)]} {n // len(_PIECES) + 1}" for n in range(VIDEOS - 1)]
    titles.append("Spring gala, live")
    created = utc(2024, 9, 2, 17) + nth * (35 * HOUR)
    created += below(story.draws("created", VIDEOS), 5 * 3_600) * SECOND
    created[-1] = story.here(tuesday + 18 * HOUR) - 20 * MINUTE
    lengths = (120 + below(story.draws("length", VIDEOS), 1_900)) * 1_000
    lengths[-1] = 4_920_000
    deleted = created + (1 + below(story.draws("deleted", VIDEOS), 40)) * DAY
    story.ledger.add(
        "videos",
        id=ids,
        account_id=story.account,
        uploaded_by_id=story.customer.owner.id,
        hashed_id=hashed,
        title=titles,
        status="ready",
        duration_ms=lengths,
        created_at=created,
        updated_at=created + 40 * MINUTE,
        deleted_at=[
            int(moment) if n + 1 in gone else None for n, moment in enumerate(deleted.tolist())
        ],
    )
    return ids, hashed, titles


def _gala(story: Story, gala: Shown, tuesday: int) -> int:
    """An evening of music, late enough to be Wednesday in UTC; some watch it the day after."""
    start = story.here(tuesday + 18 * HOUR)
    guests, later = story.number("guests", 120, 170), story.number("later", 14, 22)
    moments = story.moments("guests", guests, start, start + 5 * HOUR)
    story.views(gala, moments, story.visitors("guests", guests, guests), page="events")
    moments = story.moments("later", later, start + 16 * HOUR, start + 22 * HOUR)
    story.views(gala, moments, story.visitors("later", later, later), page="events")
    return guests


def _export(story: Story) -> None:
    """Their script asks for three full pages, one after the other, and stops."""
    asked = utc(2026, 3, 30, 17) + story.number("asked", 0, 5_400) * SECOND
    moments = asked + np.arange(3) * 2 * SECOND
    made, owner = utc(2024, 9, 9, 18), story.customer.owner
    token = add_token(story, 1, "list of videos", "lnt_pcc41w", owner, made, int(moments[-1]))
    pages = [f"page={page}&per_page={PAGE}" for page in (1, 2, 3)]
    client, address = "python-requests/2.31.0", "203.0.113.141"
    add_calls(story, token, moments, "/v1/videos", client, address, query=pages)


_BODY = """\
Hello,

Two things, and I think they are one. Our spring gala was streamed on Tuesday, {day},
from six in the evening ({gala}). Your report has nothing for that day and shows the
whole audience on {next}.

And our script that lists all our videos through your API gives {rows} rows, although the
account page says {videos} videos. The last row is "{last}" ({hashed}); the gala is
not in the file. The script is short: it asks for three pages of a hundred, as our former
webmaster needed back then.

So everything seems to reach your system a day late or more. When will it have caught up?

With kind regards
Odette Fraser
Pacific Crest Conservatory, Vancouver"""

CASE = Case("L-1141", 228, _plant, (5, 10))
