"""L-1124: a blank box since their site was updated: the new pages' own policy stops the player."""

from __future__ import annotations

from dataclasses import replace

from champion.lantern.cases.captures import CSP, WINDOWS, Call, har
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import CDN, Original, encode, watch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.cases.visits import captured
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger
from champion.lantern.logs.served import PLAYER

_SITE = "https://www.casamarfilhoteles.example"
_PAGE = f"{_SITE}/bodas"
_TAGS = "https://tags.metrix.example"
_OFTEN_FORGOTTEN = ("img-src", "connect-src", "media-src")
"""Beside script-src, which is always wrong: one of these, two, or all three."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    ximena = story.customer.person("Ximena Robles")
    which = story.number("forgotten", 1, 7)
    wrong = [name for nth, name in enumerate(_OFTEN_FORGOTTEN) if which >> nth & 1]
    updated = story.here(utc(2026, 3, 25, 22) + story.number("day", 0, 2) * DAY)
    created = utc(2026, 1, 14, 17)
    film = story.video(1, "marfilboda", "Bodas en la terraza", created, 96_000)
    encode(story, film, created + 66 * SECOND, Original())
    last = _views(story, film, updated)
    start = utc(2026, 3, 30, 15) + story.number("captured", 0, 3_000) * SECOND + 417_000
    calls = _capture(story, film, start, _policy(wrong))
    story.ask(ximena, "Cuadro vacío / blank box", _BODY, start // SECOND * SECOND + 50 * MINUTE)
    story.attach("www.casamarfilhoteles.example.har", har(_PAGE, calls), "application/json")
    story.attach("consola.txt", _console(), "text/plain")
    return Truth(
        "The policy that the new site sends with each page does not let the player in.",
        {
            "blocked": (CDN + PLAYER,),
            "directives to mend": ("script-src", *wrong),
            "last load there": last,
            "asked of the CDN since": 0,
        },
        tempting="Our player is down.",
    )


def _views(story: Story, film: Shown, updated: int) -> int:
    """Loads on the page until it was updated, and on an old one for ever; the last of the first."""
    start = utc(2026, 2, 20)
    count = story.number("bodas", 130, 170)
    moments = story.moments("bodas", count, start, updated)
    played = below(story.draws("bodas played", count), 100) < 55
    story.views(film, moments, story.visitors("bodas", count, 90), played, page="bodas")
    other = story.number("prensa", 70, 95)
    later = story.moments("prensa", other, start, utc(2026, 3, 31, 11))
    story.views(film, later, story.visitors("prensa", other, 50), page="prensa/2025")
    for nth in range(4):
        moment = utc(2026, 3, 30, 1) + nth * 7 * HOUR + story.number(f"old {nth}", 0, 999) * SECOND
        watch(story, film, moment, "iad3", f"192.0.2.{21 + nth}", WINDOWS, "prensa/2025")
    return int(moments.max())


def _policy(wrong: list[str]) -> str:
    """What their server sends: some of it was thought of, some of it was not."""
    right = [name for name in _OFTEN_FORGOTTEN if name not in wrong]
    sources = {
        "default-src": "'self'",
        "base-uri": "'self'",
        "script-src": f"'self' {_TAGS}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:" + (f" {CDN}" if "img-src" in right else ""),
        "connect-src": f"'self' {_TAGS}"
        + (f" {CDN} https://play.lantern.example" if "connect-src" in right else ""),
        "font-src": "'self'",
        **({"media-src": "'self' blob:"} if "media-src" in right else {}),
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def _capture(story: Story, film: Shown, start: int, policy: str) -> list[Call]:
    steps = [
        (0, _PAGE, "document", 264),
        (301, f"{_SITE}/assets/site.8f31c2.css", "stylesheet", 41),
        (303, f"{_SITE}/assets/site.8f31c2.js", "script", 57),
        (305, f"{_TAGS}/m.js", "script", 66),
        (306, CDN + PLAYER, "script", 2),
        (377, f"{_SITE}/img/terraza.jpg", "image", 38),
        (412, f"{_SITE}/fonts/marfil.woff2", "font", 29),
        (540, f"{_TAGS}/collect?p=bodas", "xhr", 71),
    ]
    first, *others = captured(story, start, steps, "iad3", film)
    sent = (
        ("content-security-policy", policy),
        ("strict-transport-security", "max-age=31536000"),
        ("x-content-type-options", "nosniff"),
    )
    html = (
        '<!doctype html><html lang="es"><head><title>Bodas</title>\n'
        '<link rel="stylesheet" href="/assets/site.8f31c2.css">\n'
        '<script src="/assets/site.8f31c2.js" defer></script></head>\n'
        "<body><h1>Bodas en la terraza</h1>\n"
        f'<script src="{CDN + PLAYER}" async></script>\n'
        f'<div class="lantern-player" data-video="{film.hashed_id}"></div>\n'
        "</body></html>\n"
    )
    document = replace(first, got=sent, text=html)
    blocked = [
        replace(call, status=0, error=CSP) if call.url == CDN + PLAYER else call for call in others
    ]
    return [document, *blocked]


def _console() -> bytes:
    """What she copied out of the console, with what a tag manager has to say as well."""
    return (
        f"m.js:1 [metrix] consent pending, 2 tags on hold\n"
        f"bodas:5 Loading the script '{CDN + PLAYER}' violates the following Content Security "
        f"Policy directive: \"script-src 'self' {_TAGS}\". Note that 'script-src-elem' was not "
        f"explicitly set, so 'script-src' is used as a fallback. The action has been blocked.\n"
        f"bodas:1 A preload for '{_SITE}/fonts/marfil.woff2' is found, but is not used because "
        f"the request credentials mode does not match.\n"
    ).encode()


_BODY = """\
Hello, sorry for my English,

our agency put our new web site online last week. Since then, where the wedding video
was (marfilboda, page /bodas) there is an EMPTY BOX, white, nothing. On an old press
page that the agency did not touch the same video plays, I do not understand. Chrome,
Edge, my phone: the same. Are your servers down?

The agency says the code is exactly your embed code and they "allowed Lantern". They
made a HAR file and the messages of the browser for you, attached. They also ask me to
copy this from your help page: "The player takes its script, its pictures and the
video's data from https://cdn.lantern.example, tells https://play.lantern.example what
happens, and plays from blob: addresses." I hope it means something to you, it is
wedding season and couples look at this page first.

Saludos,
Ximena Robles
Casa Marfil, Mérida"""

CASE = Case("L-1124", 244, _plant, (24,))
