"""L-1129: a new thumbnail, and most people see the old one: a location still keeps a copy."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.captures import WINDOWS, http_date
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import IPHONE, Original, encode, fetch
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import AppLine, Cache

_KEEP = 7 * DAY
_HASHED = "steindl001"
_PATH = f"/v/{_HASHED}/thumb.jpg"
_PAGE = "https://www.kaffeehaussteindl.example/"
_OLD, _NEW = 52_874, 61_339
"""Bytes of the two pictures."""
_NEAR, _FAR = "fra2", "lhr1"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    florian = story.customer.person("Florian Gruber")
    version = story.number("version", 3, 6)
    changed = story.here(utc(2026, 3, 29, 9)) + story.number("changed", 0, 7 * 3_600_000) * 1_000
    kept = (changed - story.number("kept", 24, 96) * HOUR) // SECOND * SECOND
    kept -= story.number("kept second", 0, 3_599) * SECOND
    anew = changed // SECOND * SECOND + story.number("anew", 3 * 3_600, 15 * 3_600) * SECOND
    created = utc(2025, 10, 6, 9)
    film = story.video(1, _HASHED, "Strudel ziehen", created, 74_000, florian, updated_at=changed)
    encode(story, film, created + 55 * SECOND, Original())
    _tell(story, florian.id, changed, version)
    _pictures(story, _NEAR, kept, kept + _KEEP, 70)
    _pictures(story, _FAR, anew - _KEEP, anew, 25)
    measured = utc(2026, 3, 30, 16) + story.number("measured", 0, 5_000) * SECOND
    fetch(story, measured, _PATH, _NEAR, "203.0.113.250", "curl/8.5.0", size=_OLD)
    story.ask(florian, "altes Vorschaubild", _BODY, measured + 25 * MINUTE)
    story.attach("curl.txt", _curl(measured, kept, version), "text/plain")
    return Truth(
        "The picture is kept for seven days by each location, and the nearest one took its copy "
        "before the change.",
        {
            "changed": changed,
            "version now": version,
            "location with the old one": _NEAR,
            "copied there": kept,
            "kept there until": kept + _KEEP,
            "location with the new one": _FAR,
            "fetched anew there": anew,
        },
        tempting="The upload of the new picture failed.",
    )


def _tell(story: Story, user: int, changed: int, version: int) -> None:
    more: dict[str, str | int | bool | None] = {
        "account_id": story.account,
        "user_id": user,
        "video": _HASHED,
        "version": version,
        "bytes": _NEW,
    }
    story.ledger.log(AppLine(changed, "INFO", "app", "thumbnail.changed", more))


def _pictures(story: Story, edge: str, kept: int, until: int, count: int) -> None:
    """Their start page shows the picture: a location asks for it once, and keeps it a week."""
    first, last = utc(2026, 3, 18), utc(2026, 3, 31, 11)
    for nth, moment in enumerate(
        np.sort(story.moments(f"{edge} pictures", count, first, last)).tolist()
    ):
        if kept < moment < until:
            _picture(story, edge, moment, nth, "HIT", _OLD)
        elif moment > until:
            _picture(story, edge, moment, nth, "HIT", _NEW)
    if kept > first:
        _picture(story, edge, kept, 0, "EXPIRED", _OLD)
    if until < last:
        _picture(story, edge, until, 1, "EXPIRED", _NEW)


def _picture(story: Story, edge: str, moment: int, nth: int, cache: Cache, size: int) -> None:
    address, client = f"198.51.100.{11 + nth % 9}", (WINDOWS, IPHONE)[nth % 2]
    fetch(story, moment, _PATH, edge, address, client, _PAGE, cache=cache, size=size)


def _curl(measured: int, kept: int, version: int) -> bytes:
    """What he did in a terminal: once as everybody does, once with something behind it."""
    address = f"https://cdn.lantern.example{_PATH}"

    def asked(moment: int, end: str, cache: str, age: int, size: int, which: int) -> list[str]:
        return [
            f"florian@kassa:~$ curl -sI '{address}{end}'",
            "HTTP/2 200",
            "content-type: image/jpeg",
            f"content-length: {size}",
            f"cache-control: public, max-age={_KEEP // SECOND}",
            f'etag: "{_HASHED}-thumb-{which}"',
            f"age: {age}",
            f"x-cache: {cache}",
            f"x-lantern-edge: {_NEAR}",
            f"date: {http_date(moment)}",
            "",
        ]

    age = (measured - kept) // SECOND
    lines = asked(measured, "", "HIT", age, _OLD, version - 1)
    lines += asked(measured + 40 * SECOND, "?neu", "MISS", 0, _NEW, version)
    return "\n".join([*lines, "florian@kassa:~$ "]).encode()


_BODY = """\
Servus,

gestern (Sunday) I uploaded a new thumbnail for "Strudel ziehen" (steindl001). In
Lantern I see the new one. On our start page: the OLD one, with the waiter who doesn't
work here any more. Emptied the browser cache, asked my mother on her phone, the same.
My cousin in London says she has the new one since this morning, she must be joking?

First time I uploaded, the wifi broke off at 80 %, so maybe you kept something half? I
did it again and it said "saved".

I attach what curl says, I know a bit of Linux. With ?neu behind the address I get the
new one, that I don't understand at all.

LG Florian Gruber"""

CASE = Case("L-1129", 250, _plant, (29,))
