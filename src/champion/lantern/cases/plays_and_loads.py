"""L-1042: how often was it played, day by day? Loads, staff, other months and UTC days mislead."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc, zone
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    marcus = story.customer.person("Marcus Bell")
    film = story.video(
        1, "hpspring26", "Spring line for partners", utc(2026, 2, 26, 15), 1_412_000, marcus
    )
    evening = utc(2026, 3, 1) + (1 + 7 * story.number("week", 1, 3) + 1) * DAY
    _webinar(story, film, evening)
    _month(story, film)
    _staff(story, film)
    story.ask(marcus, "How often was our video played?", _BODY, utc(2026, 3, 31, 10, 42))
    return Truth(
        "Loads are not plays; days are the customer's; staff do not count.",
        {"days": _days(ledger, film)},
        tempting="Counting loads, about three times as many.",
    )


def _webinar(story: Story, film: Shown, evening: int) -> None:
    """One evening on which many partners watch, across midnight UTC, some past their own."""
    start = story.here(evening + 18 * HOUR)
    partners = story.number("partners", 60, 80)
    moments = story.moments("evening", partners * 3, start, start + 6 * HOUR + 40 * MINUTE)
    visitors = story.visitors("partners", partners * 3, partners * 2)
    story.views(film, moments, visitors, np.arange(partners * 3) % 3 == 0, "partners")


def _month(story: Story, film: Shown) -> None:
    """Some every day from the end of February to today, around midnight too."""
    for day in [day for day in range(31) if day != _STAFF_ONLY]:
        first = story.here(utc(2026, 2, 27) + day * DAY)
        count = story.number(f"loads {day}", 6, 15)
        hour = story.number(f"hour {day}", 9, 19)
        moments = story.moments(f"day {day}", count, first + hour * HOUR, first + 21 * HOUR)
        played = np.arange(count) % 3 == 0
        story.views(film, moments, story.visitors(f"day {day}", count, 400), played, "partners")
    for day in _MIDNIGHTS:
        for part, wall in enumerate(
            (utc(2026, 1, 1) + day * DAY + 10 * MINUTE, utc(2026, 1, 1) + day * DAY - HOUR)
        ):
            start = story.here(wall)
            count = story.number(f"midnight {day} {part}", 2, 4)
            moments = story.moments(f"midnight {day} {part}", count, start, start + 40 * MINUTE)
            story.views(
                film, moments, story.visitors(f"night {day} {part}", count, 50), page="partners"
            )


def _staff(story: Story, film: Shown) -> None:
    """Their own people look at it while signed in, also on a day without other plays."""
    alone = story.moments("staff only", 1, *(story.here(_STAFF_DAY + h * HOUR) for h in (11, 16)))
    browser = story.visitors("staff only", 1, 1)
    story.views(film, alone, browser, page="partners", staff=story.customer.owner)
    for person in story.customer.people:
        count = story.number(f"staff {person.id}", 3, 7)
        start = story.here(utc(2026, 3, 2, 9))
        moments = story.moments(f"staff {person.id}", count, start, start + 25 * DAY)
        browser = story.visitors(f"browser {person.id}", 1, 1)
        story.views(film, moments, np.repeat(browser, count), page="partners", staff=person)


def _days(ledger: Ledger, film: Shown) -> dict[str, int]:
    """Plays of March 2026 by the customer's own day, staff left out."""
    staff = ledger.column("plays", "viewer_user_id")
    counts = ledger.values("plays", "video_id") == film.id
    if staff.missing is not None:
        counts &= staff.missing
    local = zone("America/New_York").local(ledger.values("plays", "received_at")[counts])
    march = local[(local >= utc(2026, 3, 1)) & (local < utc(2026, 4, 1))]
    days, plays = np.unique(march // DAY, return_counts=True)
    return {str(np.datetime64(int(d), "D")): int(n) for d, n in zip(days, plays, strict=True)}


_STAFF_ONLY = 23
_STAFF_DAY = utc(2026, 2, 27) + _STAFF_ONLY * DAY
_MIDNIGHTS = (59, 70, 84)
"""Days of 2026 that begin with late viewers: 1 March, and two after the clocks changed."""

_BODY = """\
Hi there,

We sent our spring video to about two hundred partners at the start of March, and I have to report \
to Renée how it went. The video is "Spring line for partners" (hpspring26).

Could you tell me how often it was played in March, day by day? New York days, please: that is \
where we are. And leave out the times we looked at it ourselves.

Thank you!
Marcus Bell
Harbor & Pine Outfitters"""

CASE = Case("L-1042", 105, _plant)
