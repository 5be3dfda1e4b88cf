"""L-1104: a popover's play rate is 100 %: it loads only when somebody has clicked."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, utc
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    rosalind = story.customer.owner
    film = story.video(
        1, "cobaltedge", "Sharpening at home", utc(2025, 10, 20, 10), 254_000, rosalind
    )
    start, stop = story.here(utc(2026, 3, 1, 7)), utc(2026, 3, 31, 11)
    clicked = story.number("clicked", 58, 84)
    moments = story.moments("popover", clicked, start, stop)
    crowd = story.visitors("popover", clicked, 500)
    story.views(film, moments, crowd, page="shop", embed="popover")
    shown, every = story.number("shown", 560, 720), story.number("every", 4, 5)
    moments = story.moments("inline", shown, start, stop)
    played = np.arange(shown) % every == 0
    story.views(film, moments, story.visitors("inline", shown, 1_600), played, "help")
    mailed = story.number("mailed", 20, 30)
    sent = story.here(utc(2026, 3, 12, 9))
    moments = story.moments("newsletter", mailed, sent, sent + 2 * DAY + 6 * HOUR)
    opened = np.arange(mailed) % 8 != 0
    story.views(film, moments, story.visitors("newsletter", mailed, 90), opened, embed="link")
    body = _BODY.format(visits=clicked * story.number("visits", 21, 29) + 3)
    story.ask(rosalind, "Popovers are magic", body, utc(2026, 3, 30, 9, 45))
    return Truth(
        "A popover's player loads only after a click, so nearly every load is a play.",
        {
            "popover loads": clicked,
            "popover plays": clicked,
            "inline loads": shown,
            "inline plays": int(played.sum()),
        },
        tempting="The popover persuades everybody, so all videos should become popovers.",
    )


_BODY = """\
Hello!

In March we showed "Sharpening at home" (cobaltedge) in two ways: in the page on our help
pages, and as a popover in the shop. Your play rate says not even one in three for the help
pages, and 100 % for the popover! Everybody who gets the popover plays it. The newsletter
of the 12th did well, too.

Our own counter says the page in the shop was opened {visits} times in March. I am about to turn
all our videos into popovers. Before I spend my weekend on it: is it really that good?

Rosalind Achebe
Cobalt Kitchen Knives, Sheffield"""

CASE = Case("L-1104", 222, _plant, (4,))
