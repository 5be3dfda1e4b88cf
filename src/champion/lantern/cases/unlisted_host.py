"""L-1122: "private" in the new shop only: its host is not on the list of allowed domains."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.captures import WINDOWS
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import ANDROID, IPHONE, Original, encode, fetch, watch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, at, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger
from champion.lantern.logs.fetches import PLAYER_SAMPLE
from champion.lantern.logs.lines import AppLine
from champion.lantern.logs.served import PLAYER

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
        _refuse(story, film, moment, "master.m3u8", "198.51.100.249", WINDOWS, page)
    _still_plays(story, film)
    story.ask(saskia, "Video is private??", _BODY, utc(2026, 3, 31, 6, 48))
    return Truth(
        "The list of allowed domains does not hold the new shop's host.",
        {
            "refused host": _HOST,
            "refusals": len(refused),
            "first refusal": min(refused) // SECOND * SECOND,
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
    _jeroen(story, film, changed)
    encode(story, film, created + 75 * SECOND, Original(fps=50))
    return film


def _jeroen(story: Story, film: Shown, changed: int) -> None:
    """He signed in, and changed the picture and nothing else."""
    jeroen = story.customer.person("Jeroen Mulder")
    seen = at(jeroen.seen)
    came = [changed - 9 * DAY, changed - story.number("came", 2, 9) * MINUTE, seen]
    story.ledger.add(
        "sign_ins",
        id=story.ledger.next_ids("sign_ins", len(came)),
        user_id=jeroen.id,
        method="password",
        outcome="ok",
        sso_connection_id=None,
        ip_address="198.51.100.242",
        tried_at=came,
    )
    about: dict[str, str | int | bool | None] = {
        "account_id": story.account,
        "user_id": jeroen.id,
        "video": film.hashed_id,
        "version": 2,
        "bytes": story.served().size(f"/v/{film.hashed_id}/thumb.jpg"),
    }
    story.ledger.log(AppLine(changed, "INFO", "app", "thumbnail.changed", about))


def _refusals(story: Story, film: Shown, opened: int) -> list[int]:
    """Customers of the shop to whom the player appears; when it was refused anything."""
    count = story.number("refused", 45, 80)
    moments = np.sort(story.moments("refused", count, opened, utc(2026, 3, 31, 6)))
    who = below(story.draws("who", count), 9).tolist()
    found = []
    for nth, (moment, person) in enumerate(zip(moments.tolist(), who, strict=True)):
        page = f"tulpen/{('queen-of-night', 'apeldoorn', 'mix')[person % 3]}"
        visitor = story.visitors(f"in the shop {person}", 1, 1)
        appeared = np.array([moment], dtype=np.int64)
        story.views(film, appeared, visitor, False, page, host=_HOST, told=True)
        viewer = (f"192.0.2.{31 + person}", _CLIENTS[person % 3], f"https://{_HOST}/{page}")
        if nth % PLAYER_SAMPLE == 0:
            fetch(story, moment - 400_000, PLAYER, "fra2", *viewer)
        for after, name in ((100_000, "thumb.jpg"), (SECOND, "master.m3u8")):
            _refuse(story, film, moment + after, name, *viewer)
            found.append(moment + after)
    return found


def _refuse(
    story: Story, film: Shown, moment: int, name: str, address: str, client: str, page: str
) -> None:
    path = f"/v/{film.hashed_id}/{name}"
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
        watch(story, film, moment, "fra2", f"192.0.2.{31 + nth}", _CLIENTS[nth % 3], "tulpen")


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
