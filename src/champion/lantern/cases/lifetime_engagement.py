"""L-1103: the dates change and engagement does not: only plays are filtered by date."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text, of, seen
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, WEEK, utc, zone
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

_FIRST, _WEEKS = utc(2025, 9, 8), 29


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    andre = story.customer.person("Andre Whitlock")
    chosen = _WEEKS - 1 - story.number("week", 1, 5)
    start = _FIRST + chosen * WEEK
    film = story.video(
        1,
        "larkspur01",
        "Your first ten sentences",
        _FIRST - 4 * DAY,
        372_000,
        andre,
        updated_at=start + story.number("thumbnail", 9 * 60, 15 * 60) * MINUTE,
    )
    _show(story, film, chosen)
    for person in story.customer.people:
        watched = story.number(f"staff {person.id}", 6, 12)
        moments = story.moments(f"staff {person.id}", watched, start + DAY, start + 4 * DAY)
        browser = story.visitors(f"staff {person.id}", watched, 1)
        far = 100 - below(story.draws(f"far {person.id}", watched), 4)
        story.views(film, moments, browser, page="courses", staff=person, percent=far)
    ever = of(ledger, seen(ledger, [film]), "percent_viewed")
    then = of(ledger, seen(ledger, [film], start, start + WEEK), "percent_viewed")
    first, last = day_text(start), day_text(start + 6 * DAY)
    lifetime = int(ever.sum()) // len(ever)
    body = _BODY.format(first=first, last=last, plays=len(then), engagement=lifetime)
    story.ask(andre, "Engagement does not move", body, utc(2026, 3, 30, 20, 10))
    return Truth(
        "Choosing dates filters the plays only; engagement is that of the video's whole life.",
        {
            "plays in these days": len(then),
            "engagement in these days": int(then.sum()) // len(then),
            "engagement ever": lifetime,
        },
        tempting="The report shows an old number from a cache.",
    )


def _show(story: Story, film: Shown, chosen: int) -> None:
    """Views on working days; in the advertised week many more, most of which end soon."""
    weeks = np.arange(_WEEKS)
    counts = 14 + below(story.draws("plays", _WEEKS), 13)
    counts[chosen] = story.number("advertised", 150, 190)
    week = np.repeat(weeks, counts)
    low, width = np.where(week == chosen, 2, 48), np.where(week == chosen, 26, 50)
    far = low + below(story.draws("far", len(week)), width)
    day = week * 7 + below(story.draws("day", len(week)), 5)
    opening = zone(story.customer.time_zone).moment(_FIRST + day * DAY + 9 * HOUR)
    moments = story.moments("weeks", len(week), opening, opening + 7 * HOUR)
    story.views(film, moments, story.visitors("weeks", len(week), 900), page="courses", percent=far)


_BODY = """\
Hi,

From {first} to {last} we paid for advertisements that led to "Your first
ten sentences" (larkspur01). I set the report to those seven days. Plays changed at once,
to {plays}. Engagement stayed at {engagement} %, and it shows {engagement} % for every other week I
choose, too. I reloaded, I tried another browser. We put up a new thumbnail that week, maybe
that is why it hangs?

I have to tell my boss whether the people who came by the advertisements watched the video
or left. What was the engagement in those seven days?

Thanks
Andre Whitlock
Larkspur Language Lab, Denver"""

CASE = Case("L-1103", 221, _plant, (3,))
