"""L-1108: a third of the page views have no load: blockers, consent, a player far down the page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from champion.lantern.cases.captures import BLOCKED, WINDOWS, Call, har
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text
from champion.lantern.cases.streams import EVENTS, Original, encode, watch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.cases.visits import Step, captured, player_steps, reach_cdn
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc, zone
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

DAYS = 7
_FIRST = utc(2026, 3, 22)
_MONDAY = utc(2026, 3, 30)
_ADDRESS = "203.0.113.241"
_PAGE = "https://www.fjellvannoutdoor.example/fjelltelt"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    anders = story.customer.person("Anders Myhre")
    film = _film(story)
    views = (105 + below(story.draws("views", DAYS), 46)).tolist()
    loads = sum(_day(story, film, day, count) for day, count in enumerate(views))
    clean = story.here(_MONDAY + 10 * HOUR) + story.number("clean", 300, 3_300) * SECOND
    clean += story.number("clean micros", 0, SECOND - 1)
    watch(story, film, clean, "fra2", _ADDRESS, WINDOWS, "fjelltelt")
    calls = _capture(story, film, clean - story.number("before", 12, 30) * MINUTE + 24_000)
    asked = reach_cdn(story, calls, "fra2", _ADDRESS, _PAGE)
    body = _BODY.format(
        views=sum(views),
        loads=loads,
        time=str(np.datetime64(int(zone(story.customer.time_zone).local(clean)), "us"))[11:16],
    )
    story.ask(
        anders, "900 in our analytics, not with you", body, clean // SECOND * SECOND + 70 * MINUTE
    )
    story.attach("fjelltelt-uke13.csv", _export(views), "text/csv")
    story.attach("fjelltelt.har", har(_PAGE, calls), "application/json")
    blocked = [call.url for call in calls if call.error and "lantern.example" in call.url]
    return Truth(
        "Some browsers block the calls by which the player reports itself, some visitors refuse "
        "consent, and some never come down to the player.",
        {
            "their page views": sum(views),
            "loads": loads,
            "blocked": tuple(sorted(set(blocked))),
            "blocked calls": len(blocked),
            "of that visit the CDN answered": len(asked),
            "counted in the clean window": clean,
        },
        tempting="We lose data.",
    )


def _film(story: Story) -> Shown:
    created = utc(2026, 3, 12, 9)
    changed = _FIRST + 3 * DAY + story.number("renamed", 8, 14) * HOUR
    film = story.video(1, "fjelltelt1", "Telt for fire årstider", created, 84_000)
    lamps = story.video(2, "fjellhode1", "Hodelykter", created + DAY, 51_000, updated_at=changed)
    encode(story, film, created + 50 * SECOND, Original())
    encode(story, lamps, created + DAY + 40 * SECOND, Original(fps=50))
    return film


def _day(story: Story, film: Shown, day: int, views: int) -> int:
    """The loads of one day of the campaign; how many there are."""
    loads = views * story.number(f"share {day}", 60, 71) // 100
    start = story.here(_FIRST + day * DAY + 7 * HOUR)
    moments = story.moments(f"loads {day}", loads, start, start + 15 * HOUR)
    keys = story.visitors(f"loads {day}", loads, loads)
    played = below(story.draws(f"played {day}", loads), 100) < 44
    story.views(film, moments, keys, played, page="fjelltelt")
    return loads


def _capture(story: Story, film: Shown, start: int) -> list[Call]:
    """His own visit in his usual browser, which lets nobody count him but their own server."""
    site: list[Step] = [
        (0, _PAGE, "document", 182),
        (211, "https://www.fjellvannoutdoor.example/tema/stil.css", "stylesheet", 31),
        (214, "https://tall.fjellvannoutdoor.example/t.js", "script", 28),
        (219, "https://stats.adlens.example/pixel.gif?id=fv-241", "image", 1),
        (395, "https://tall.fjellvannoutdoor.example/t?side=%2Ffjelltelt", "xhr", 44),
    ]
    calls = captured(story, start, [*site, *player_steps(film, 2_812)], "fra2", film)
    return [
        replace(call, status=0, error=BLOCKED, took=1)
        if call.url == EVENTS or "adlens" in call.url
        else call
        for call in calls
    ]


def _export(views: list[int]) -> bytes:
    """What their analytics exports, for a Norwegian spreadsheet: a BOM, semicolons, CRLF."""
    rows = ["Dato;Side;Sidevisninger"]
    rows += [
        f"{day_text(_FIRST + day * DAY)};/fjelltelt;{count}" for day, count in enumerate(views)
    ]
    return "\r\n".join([*rows, ""]).encode("utf-8-sig")


_BODY = """\
Hei,

our tent campaign ran from Sunday 22 to Saturday 28 March, one page, one video ("Telt
for fire årstider", fjelltelt1). Our own analytics counted {views} page views. Lantern
says the player was loaded {loads} times. The video is on that page for everybody! A
third of our visitors can not have vanished. Is your counting losing data? In February
you had late webhooks, I saw on your status page, maybe the same?

Our web agency made a recording of my browser for you (attached, together with the
export of our analytics). In that visit I accepted the cookies, scrolled down and
watched. Afterwards I did the same in a private window without any extensions, today
at {time}.

Some facts they asked me to add: the page has a cookie banner since January, and the
video comes after the table of sizes, rather far down on a phone.

Hilsen
Anders Myhre
Fjellvann Outdoor, Bergen"""

CASE = Case("L-1108", 241, _plant, (8,))
