"""L-1125: staff can watch at home and not at work: the office's web filter stops the segments."""

from __future__ import annotations

import base64
from dataclasses import replace

import numpy as np

from champion.lantern.cases.captures import WINDOWS, Call, har
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import CDN, Original, encode, fetch, index, master, watch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.cases.visits import captured, count, player_steps, reach_cdn
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_HOST = "redriverrailcooperative.example"
_INTRANET, _SSO = f"https://intranet.{_HOST}", f"https://sso.{_HOST}"
_PATH = "staff/signals"
_PAGE = f"https://www.{_HOST}/{_PATH}"
_GATE = f"webgate02.{_HOST}"
_OFFICE, _EDGE = "198.51.100.245", "iad3"
SECRETS = ("Authorization", "Cookie", "SAMLResponse", "code", "state")
"""What an export "with sensitive data" keeps; all of it made up here."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    marsha = story.customer.person("Marsha Kowalchuk")
    created = utc(2026, 3, 2, 16)
    film = story.video(1, "redrivsig1", "Hand signals, yard crews", created, 404_500, marsha)
    encoded = encode(story, film, created + 2 * MINUTE, Original(fps=30))
    filtered = story.here(utc(2026, 3, 20) + story.number("day", 0, 4) * DAY + 13 * HOUR)
    last = _office_before(story, film, filtered)
    playlists = _office_since(story, film, filtered)
    _home(story, film)
    start = story.here(utc(2026, 3, 30, 9)) + story.number("captured", 0, 5_000) * SECOND + 96_000
    calls = _capture(story, film, start)
    reach_cdn(story, calls, _EDGE, _OFFICE, _PAGE)
    count(story, film, calls, _PATH)
    playlists += sum(call.url.endswith("m3u8") for call in calls)
    story.ask(
        marsha, "Training video does not start at work", _BODY, start // SECOND * SECOND + 3 * HOUR
    )
    story.attach("signals-office.har", har(_PAGE, calls), "application/json")
    story.attach("master.m3u8", master(encoded).encode(), "application/octet-stream")
    story.attach("index.m3u8", index(film).encode(), "application/octet-stream")
    return Truth(
        "The office's web filter lets playlists through and stops the segments.",
        {
            "office": _OFFICE,
            "playlists answered to the office since": playlists,
            "last segment to the office": last // SECOND * SECOND,
            "segments refused in the capture": sum(call.status == 403 for call in calls),
            "refused by": _GATE,
            "secrets in the file": SECRETS,
        },
        tempting="Our CDN refuses the office: the capture says 403.",
    )


def _office_before(story: Story, film: Shown, filtered: int) -> int:
    """At work, until the filter came: when the last segment went there."""
    last = 0
    for nth in range(8):
        moment = filtered - (8 - nth) * 7 * HOUR + story.number(f"before {nth}", 0, 5_000) * SECOND
        who = (_EDGE, _OFFICE, WINDOWS, _PATH)
        last = watch(story, film, moment, *who, segments=range(0, 30, 5))
    return last


def _office_since(story: Story, film: Shown, filtered: int) -> int:
    """At work, since then: people try, and only playlists are asked for; how many."""
    tries, span = story.number("tries", 24, 40), utc(2026, 3, 30, 13) - filtered
    folder = f"/v/{film.hashed_id}"
    appeared = []
    for nth in range(tries):
        moment = filtered + nth * (span // tries) + story.number(f"try {nth}", 0, 3_000) * SECOND
        for after, name in enumerate(("master.m3u8", "720p/index.m3u8", "360p/index.m3u8")):
            when = moment + after * after * 4 * SECOND
            fetch(story, when, f"{folder}/{name}", _EDGE, _OFFICE, WINDOWS, _PAGE)
        appeared.append(moment - 9 * SECOND)
        if nth % 3 == 0:
            fetch(story, appeared[-1], f"{folder}/thumb.jpg", _EDGE, _OFFICE, WINDOWS, _PAGE)
    keys = story.visitors("tries", tries, tries)
    story.views(film, np.array(appeared), keys, played=False, page=_PATH, told=True)
    return 3 * tries


def _home(story: Story, film: Shown) -> None:
    for nth in range(10):
        evening = story.here(utc(2026, 3, 20, 20)) + nth * DAY
        moment = evening + story.number(f"home {nth}", 0, 7_000) * SECOND
        watch(story, film, moment, _EDGE, f"198.51.100.{41 + nth}", WINDOWS, _PATH)
    views = story.number("views", 60, 90)
    moments = story.moments("views", views, utc(2026, 3, 4), utc(2026, 3, 30, 4))
    keys = story.visitors("views", views, 40)
    story.views(film, moments, keys, page=_PATH)


def _capture(story: Story, film: Shown, start: int) -> list[Call]:
    """A colleague signs in to the intranet and goes on to the video, all through the filter."""
    steps = [*player_steps(film, 3_100, segments=1, plays=False)]
    (first,) = [step for step in steps if step[1].endswith(".ts")]
    again = story.number("retries", 3, 8)
    for nth in range(1, again + 1):
        steps.append((first[0] + nth * 2_000, first[1].replace("720p", "360p"), "xhr", 9))
    lower = f"{CDN}/v/{film.hashed_id}/360p/index.m3u8"
    steps.append((first[0] + 1_200, lower, "xhr", 25))
    player = captured(story, start, sorted(steps), _EDGE, film)
    page = captured(story, start, [(2_590, _PAGE, "document", 190)], _EDGE, film)
    return [*_sign_in(story, film, start), *page, *(_through_the_filter(call) for call in player)]


def _through_the_filter(call: Call) -> Call:
    via = ("via", f"1.1 {_GATE} (webgate/9.2)")
    if not call.url.endswith(".ts"):
        return replace(call, got=(*call.got, via), server="198.51.100.243")
    text = "<html><body><h1>Blocked</h1>Category: Streaming Media. Policy: Office.</body></html>"
    got = (via, ("server", "webgate"), ("x-webgate-policy", "office/streaming-media"))
    return replace(
        call, status=403, took=9, got=got, text=text, mime="text/html", server="198.51.100.243"
    )


def _sign_in(story: Story, film: Shown, start: int) -> list[Call]:
    """What nobody should send: a session, a token, and the answers of their identity provider."""
    keys = [f"{int(key):016x}" for key in story.draws("secrets", 6)]
    session, cookie = f"rr_session={keys[0]}{keys[1]}", f"sso={keys[2]}"
    back = f"{_INTRANET}/callback?code={keys[3]}&state={keys[4][:10]}"
    assertion = base64.b64encode(
        b'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_'
        + keys[5].encode()
        + b'"><saml:NameID>mkowalchuk</saml:NameID></samlp:Response>'
    ).decode()
    form = f"SAMLResponse={assertion.replace('=', '%3D')}&RelayState={keys[4][:10]}"
    steps = [
        (0, f"{_SSO}/saml/acs", "document", 240),
        (310, back, "document", 88),
        (460, f"{_INTRANET}/home", "document", 150),
        (820, f"{_INTRANET}/api/me", "xhr", 61),
    ]
    acs, code, home, me = captured(story, start, steps, _EDGE, film)
    return [
        replace(
            acs,
            method="POST",
            status=302,
            size=0,
            posted=form,
            posted_as="application/x-www-form-urlencoded",
            got=(("location", back), ("set-cookie", f"{cookie}; Secure; HttpOnly")),
        ),
        replace(
            code,
            status=302,
            size=0,
            sent=(("cookie", cookie),),
            got=(("location", "/home"), ("set-cookie", f"{session}; Secure; HttpOnly")),
        ),
        replace(home, sent=(("cookie", session),)),
        replace(
            me,
            sent=(("authorization", f"Bearer {keys[1]}.{keys[5]}"), ("cookie", session)),
            text='{"name":"Marsha Kowalchuk","unit":"Training"}',
        ),
    ]


_BODY = """\
Hi,

I run training for our yard crews. Everybody has to watch "Hand signals" (redrivsig1)
once a year. At home it plays. In the office, and on the terminals in the yard, the
picture appears, you press play and the wheel turns for ever. It's not one PC, it's
all of them, Windows or not. It did work at work when we put it up in early March.

Our IT desk had a look and says: "the video server answers 403 Forbidden, so it's the
vendor". They recorded it on my machine, file attached, and saved two small files they
found in there. They also mention that your status page told of videos that did not
start last August, and ask if that is back.

I've 140 people left and two weeks. Please help!

Marsha Kowalchuk
Red River Rail Cooperative"""

CASE = Case("L-1125", 245, _plant, (25,))
