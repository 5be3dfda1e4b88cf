"""L-1123: it plays on their site and not in their app: since they keep a list of hosts, the
app, which never says where it asks from, is refused."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.captures import WINDOWS
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import ANDROID, Original, encode, fetch, watch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, SECOND, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

_OLD = "IsibaniApp/3.1.4 (Android 13) okhttp/4.9.3"
_NEW = "IsibaniApp/3.2.0 (Android 13) okhttp/4.12.0"
_FIRST, _LAST = utc(2026, 3, 18, 5), utc(2026, 3, 31, 5)
_HOST = "www.isibanilearning.example"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    sipho = story.customer.person("Sipho Ndlovu")
    since = story.here(utc(2026, 3, 23, 8) + story.number("day", 0, 3) * DAY)
    since += story.number("second", 0, 8 * 3_600) * SECOND
    released = since - story.number("released", 14, 40) * HOUR
    ledger.add(
        "allowed_domains",
        id=ledger.next_ids("allowed_domains", 1),
        account_id=story.account,
        host=_HOST,
        created_at=since,
    )
    created = utc(2026, 1, 19, 8)
    films = [
        story.video(nth, f"isibani{nth:03d}", title, created + nth * DAY, 60_000 * (4 + nth))
        for nth, title in enumerate(("Fractions 1", "Fractions 2", "Fractions 3"), start=1)
    ]
    for film in films:
        encode(story, film, created + 3 * DAY + 70 * SECOND, Original())
    moments, old = _app(story, films, since, released)
    refused = moments >= since
    _browser(story, films)
    pasted = story.number("pasted", 2, 5)
    for nth in range(pasted):
        path = f"/v/{films[0].hashed_id}/master.m3u8"
        moment = utc(2026, 3, 30, 13) + nth * story.number("between", 20, 90) * SECOND
        fetch(story, moment, path, "fra2", "198.51.100.244", WINDOWS, status=403)
    body = _BODY.format(day=str(np.datetime64(released // SECOND, "s"))[:10])
    story.ask(sipho, "403 in our Android app", body, utc(2026, 3, 31, 7, 5), channel="form")
    return Truth(
        "The app sends no referrer; since the account has a list of allowed domains, requests "
        "without one are refused.",
        {
            "refused": int(refused.sum()),
            "referer of those": "-",
            "refused in a browser": pasted,
            "answered before": int((~refused).sum()),
            "old versions refused": int((refused & old).sum()),
            "list began": since,
        },
        tempting="The new version of the app has a bug.",
    )


def _app(
    story: Story, films: list[Shown], since: int, released: int
) -> tuple[np.ndarray, np.ndarray]:
    """Pupils press play in the app: when each of them did, and whether with the old version."""
    count = story.number("app", 150, 200)
    moments = np.sort(story.moments("app", count, _FIRST, _LAST))
    moments = moments // SECOND * SECOND
    moments[:2] = released - 3 * HOUR, released + HOUR
    moments.sort()
    lazy = below(story.draws("lazy", count), 100) < 35
    old = (moments < released) | lazy
    which = below(story.draws("film", count), len(films)).tolist()
    for nth, (moment, before) in enumerate(zip(moments.tolist(), old.tolist(), strict=True)):
        path = f"/v/{films[which[nth]].hashed_id}/master.m3u8"
        address = f"192.0.2.{240 + nth % 15}"
        client = _OLD if before else _NEW
        fetch(story, moment, path, "fra2", address, client, status=403 if moment >= since else 200)
    return moments, old


def _browser(story: Story, films: list[Shown]) -> None:
    """On the site it plays before and after; on a phone as well."""
    for nth in range(12):
        moment = _FIRST + nth * 25 * HOUR + story.number(f"site {nth}", 0, 3_000) * SECOND
        client = (WINDOWS, ANDROID)[nth % 2]
        where = ("fra2", f"198.51.100.{21 + nth}", client, "maths/fractions")
        watch(story, films[nth % 3], moment, *where)
    count = story.number("views", 80, 120)
    moments = story.moments("views", count, utc(2026, 2, 2), _LAST)
    story.views(films[0], moments, story.visitors("views", count, 60), page="maths/fractions")


_BODY = """\
Hi Lantern team

Dev here at Isibani. Pupils use your videos on our site and in our Android app. Site:
fine, also in Chrome on the same phone. App: the player stays on "loading", and in our
crash reporter I see HTTP 403 for master.m3u8 of isibani001, 002 and 003. Your answer
has no body that would tell me why.

We shipped 3.2.0 of the app on {day} with a newer networking library, so at first I
thought it's us, and I have been reading diffs for two days. The addresses that we ask
for are the same as before, character by character. Paste one into Chrome's address
bar: 403 too, but on the page it works?!

No geo-blocking on our side, the phones' clocks are right, and all phones of the school
are on the same Wi-Fi as the browsers. Can you tell me what your servers don't like
about us?

Sipho Ndlovu"""

CASE = Case("L-1123", 243, _plant, (23,))
