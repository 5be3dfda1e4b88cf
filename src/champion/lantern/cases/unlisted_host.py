"""L-1122: "private" in the new shop only: its host is not on the list of allowed domains."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.captures import WINDOWS
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import ANDROID, IPHONE, Original, encode, fetch, watch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

_HOST = "winkel.lowlandbulbs.example"
_NEARLY = (f"www.{_HOST}", "shop.lowlandbulbs.example", f"*.{_HOST}")
"""What somebody put on the list in its stead; none of them is the shop's own host."""
_OPENED = utc(2026, 3, 24)
_CLIENTS = (WINDOWS, IPHONE, ANDROID)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    saskia = story.customer.owner
    nearly = _NEARLY[story.number("nearly", 0, len(_NEARLY) - 1)]
    opened = story.here(_OPENED + story.number("day", 0, 4) * DAY + 9 * HOUR)
    film = _film(story, opened)
    hosts = ("www.lowlandbulbs.example", "lowlandbulbs.example", nearly)
    ledger.add(
        "allowed_domains",
        id=ledger.next_ids("allowed_domains", len(hosts)),
        account_id=story.account,
        host=hosts,
        created_at=[utc(2025, 5, 6, 8), utc(2025, 5, 6, 8) + MINUTE, opened - 17 * HOUR],
    )
    refused = _refusals(story, film, opened)
    elsewhere = story.number("elsewhere", 3, 8)
    for nth in range(elsewhere):
        moment = utc(2026, 3, 18, 2) + nth * 31 * HOUR + story.number(f"far {nth}", 0, 900) * SECOND
        page = "https://bulbs-mirror.example/tulips"
        _try(story, film, moment, "198.51.100.249", WINDOWS, page)
    _still_plays(story, film)
    story.ask(saskia, "Video is private??", _BODY, utc(2026, 3, 31, 6, 48))
    return Truth(
        "The list of allowed domains does not hold the new shop's host.",
        {
            "refused host": _HOST,
            "refusals": len(refused),
            "first refusal": refused[0] // SECOND * SECOND,
            "put on the list instead": nearly,
            "refused elsewhere, rightly": elsewhere,
        },
        tempting="Somebody set the video to private.",
    )


def _film(story: Story, opened: int) -> Shown:
    """The film, which Jeroen changed on the very morning on which the shop opened."""
    created = utc(2026, 2, 10, 10)
    changed = opened - story.number("changed", 25, 90) * MINUTE
    film = story.video(1, "lowlandtul", "Planting tulips", created, 143_000, updated_at=changed)
    encode(story, film, created + 75 * SECOND, Original(fps=50))
    return film


def _refusals(story: Story, film: Shown, opened: int) -> list[int]:
    """Customers of the shop who pressed play; each tries once or twice."""
    count = story.number("refused", 45, 80)
    moments = np.sort(story.moments("refused", count, opened, utc(2026, 3, 31, 6)))
    who = below(story.draws("who", count), 9).tolist()
    for moment, person in zip(moments.tolist(), who, strict=True):
        address = f"203.0.113.{241 + person}"
        page = f"https://{_HOST}/tulpen/{('queen-of-night', 'apeldoorn', 'mix')[person % 3]}"
        _try(story, film, moment, address, _CLIENTS[person % 3], page)
    found: list[int] = moments.tolist()
    return found


def _try(story: Story, film: Shown, moment: int, address: str, client: str, page: str) -> None:
    path = f"/v/{film.hashed_id}/master.m3u8"
    fetch(story, moment, path, "fra2", address, client, page, status=403)


def _still_plays(story: Story, film: Shown) -> None:
    """On their main site it plays all the time, for some of the same people too."""
    count = story.number("plays", 90, 130)
    moments = story.moments("plays", count, utc(2026, 3, 10), utc(2026, 3, 31, 6))
    story.views(film, moments, story.visitors("plays", count, 70), page="tulpen")
    for nth in range(6):
        moment = (
            utc(2026, 3, 28, 9) + nth * 5 * HOUR + story.number(f"www {nth}", 0, 3_000) * SECOND
        )
        page = "https://www.lowlandbulbs.example/tulpen"
        watch(story, film, moment, "fra2", f"203.0.113.{241 + nth}", _CLIENTS[nth % 3], page)


_BODY = """\
Goedemorgen,

We have a NEW WEBSHOP and people see this instead of the film:

    This video is private.

It's not private!! It never was. On our normal site it is there, I look at it right
now. Same film, lowlandtul, same embed code, copied and pasted by our shop builder.
Jeroen was in Lantern on the morning the shop went online to change the thumbnail, he
swears that he touched nothing else. I think he clicked on something. Please put it
back to public, the tulip season is short.

Greetings, Saskia Verhoeven
Lowland Bulbs"""

CASE = Case("L-1122", 242, _plant, (22,))
