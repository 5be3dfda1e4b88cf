"""L-1135: more than the plan's $100: bandwidth beyond the plan, most of it by one video."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, Moments, utc
from champion.lantern.dice import below
from champion.lantern.hours import at_work
from champion.lantern.invoices import GIGABYTE_CENTS, bill
from champion.lantern.ledger import Ledger

_BUSINESS, _PRICE = 4, 10_000
_TITLES = ("Knots, all of them", "A day on Galway Bay", "Open day 2026", "Capsize drill")
_BEGUN = utc(2025, 6, 18, 9)
_BILL = 9
"""The bill of 18 March 2026, counted from the first one, which is 0."""
_PERIOD = (utc(2026, 2, 18, 9), utc(2026, 3, 18, 9))


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    donal, roisin = story.customer.people
    films = [
        story.video(
            nth,
            f"kittiwak{nth:02d}",
            title,
            utc(2025, 11, 3, 11) + nth * 9 * DAY,
            story.number(f"length {nth}", 70, 100) * 60_000,
            roisin,
        )
        for nth, title in enumerate(_TITLES, start=1)
    ]
    top, shown, once, quiet = story.shuffled("order", films)
    start, stop = _PERIOD
    _watch(story, top, "top", story.number("top", 500, 600), start, stop, 70)
    _watch(story, quiet, "quiet", story.number("quiet", 30, 60), start, stop, 0)
    _watch(story, once, "once", story.number("once", 700, 800), start - 40 * DAY, start, 70)
    _glimpse(story, shown, story.number("shown", 900, 1_000), start, stop)
    ledger.add(
        "subscriptions",
        id=ledger.next_ids("subscriptions", 1),
        account_id=story.account,
        plan_id=_BUSINESS,
        billing_period="monthly",
        price_cents=_PRICE,
        started_at=_BEGUN,
    )
    over = story.number("over", 130, 170)
    bill(ledger, story.account, gigabytes={_BILL: over})
    usage = over * GIGABYTE_CENTS
    total = f"${(_PRICE + usage) / 100:.2f}"
    story.ask(donal, f"{total}?", _BODY.format(total=total), utc(2026, 3, 30, 13, 35))
    return Truth(
        "The bandwidth of the month before went beyond the plan; each gigabyte is $0.33.",
        {"gigabytes": over, "usage": usage, "total": _PRICE + usage, "top video": top.hashed_id},
        tempting="The bill is a mistake, or the plan became dearer.",
    )


def _watch(
    story: Story, film: Shown, what: str, count: int, start: int, stop: int, least: int
) -> None:
    moments = _by_day(story, what, count, start, stop)
    far = least + below(story.draws(f"{what} far", count), 101 - least)
    crowd = story.visitors(what, count, count)
    story.views(film, moments, crowd, page="courses", percent=far)


def _glimpse(story: Story, film: Shown, count: int, start: int, stop: int) -> None:
    """A film on the first page of their site: it appears often, and few press play."""
    moments = _by_day(story, "glimpse", count, start, stop)
    few = np.arange(count) % 12 == 0
    far = below(story.draws("glimpse far", count), 12)
    story.views(film, moments, story.visitors("glimpse", count, 900), few, "", percent=far)


def _by_day(story: Story, what: str, count: int, start: int, stop: int) -> Moments:
    """Moments between the first day and the last, when people are awake."""
    moments = story.moments(what, count, start + DAY, stop - DAY)
    zones = np.full(count, story.customer.time_zone, dtype=object)
    return at_work(moments, zones, story.draws(f"{what} hour", count))


_BODY = """\
Hi,

Your bill of 18 March is {total}. Our plan is Business, which is $100 a month, and has
been on every bill until now. Nobody here changed anything: no new users, hardly any
new videos, and the film on our first page has been there since Christmas.

I think there is a mistake. Could you put it right, or tell me what the rest is for?

Regards
Donal Keane
Kittiwake Sailing School, Galway"""

CASE = Case("L-1135", 208, _plant, (35,))
