"""L-1118: five webhooks for one upload: one for each rendition, and two more."""

from __future__ import annotations

from itertools import chain

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_webhook, deliver, upload
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_TITLES = (
    "Open class, Tuesday",
    "Duet, rehearsal",
    "Floor work for beginners",
    "Showcase, camera 2",
)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    callum = story.customer.person("Callum Avery")
    url = "https://stage.nineelmsdance.example/hooks/lantern"
    hook = add_webhook(story, url, callum, "*", utc(2026, 3, 9, 15))
    hiccups = story.number("hiccups", 1, len(_TITLES) - 1)
    for nth, title in enumerate(_TITLES, start=1):
        created = utc(2026, 3, 12, 10) + nth * 4 * DAY + story.number(f"hour {nth}", 0, 7) * HOUR
        length = story.number(f"length {nth}", 200, 900) * 1_000
        told = upload(story, nth, f"nineelms{nth:02d}", title, created, length, callum)
        for place, event in enumerate(chain.from_iterable(told.events.values())):
            sent = (created if place == 0 else told.ready) + 2 * SECOND
            if nth <= hiccups and place == nth:
                over = deliver(story, hook, event, sent, failure="server_error", status=503)
                deliver(story, hook, event, over + MINUTE, attempt=2)
            else:
                deliver(story, hook, event, sent)
    story.ask(callum, "Five webhooks for one upload", _BODY, utc(2026, 3, 30, 16, 45))
    return Truth(
        "An upload is five events: created, one for each of three renditions, and ready.",
        {
            "events": 5,
            "qualities": ("1080p", "360p", "720p"),
            "ready at": told.ready,
            "deliveries": 5 * len(_TITLES) + hiccups,
        },
        tempting="The same event is sent five times.",
    )


_BODY = """\
Hiya,

I am building a little board that lights up in the foyer when a new film is ready.
Yesterday I looked at what you send me for "Showcase, camera 2", and it is five (5!)
webhooks for a single upload. So the board blinks five times.

Your docs say that repeats are possible, and that I should skip what I have seen. Fine,
but five? Can you send each thing once?

Callum Avery
Nine Elms Dance"""

CASE = Case("L-1118", 205, _plant, (18,))
