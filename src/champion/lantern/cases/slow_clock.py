"""L-1120: the signature fails on one of two servers: its clock is minutes wrong."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import Told, add_webhook, deliver, upload
from champion.lantern.cases.telling import Story
from champion.lantern.clock import HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_URL = "https://lms.deccansteeltraining.example/hooks/lantern"
_UNITS = ("Blast furnace", "Rolling mill", "Crane signals", "Lockout", "Molten metal", "Scaffolds")
_FILMS = 18
_TOLERANCE = 300
"""Seconds after which a signature is too old, as our pages recommend."""


class _Seen(NamedTuple):
    """A delivery as one of their servers saw it, `skew` seconds beside the time."""

    event: int
    server: int
    received: int
    skew: int


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    lakshmi = story.customer.person("Lakshmi Rao")
    hook = add_webhook(story, _URL, lakshmi, "video.ready", utc(2025, 12, 8, 6))
    behind = story.number("behind", _TOLERANCE + 40, _TOLERANCE + 260)
    resumed = utc(2026, 3, 25, 18) + story.number("resumed", 0, 9 * 60) * MINUTE
    seen: list[_Seen] = []
    refused = 0
    for nth in range(_FILMS):
        told = _film(story, nth)
        (event,) = told.events["video.ready"]
        sent, second = told.ready + SECOND, bool(story.number(f"server {nth}", 0, 1))
        second |= nth in (_FILMS - 2, _FILMS - 5)
        wrong = second and told.ready > resumed
        if wrong:
            refused += 1
            over = deliver(story, hook, event, sent, failure="client_error", status=400)
            seen.append(_Seen(event, 2, over, -behind))
            again = deliver(story, hook, event, over + MINUTE, attempt=2)
            seen.append(_Seen(event, 1, again, 0))
        else:
            over = deliver(story, hook, event, sent)
            seen.append(_Seen(event, 1 + second, over, 0))
    story.ask(lakshmi, "Invalid signature on one server only", _BODY, utc(2026, 3, 31, 5, 55))
    story.attach("verify.log", _log(ledger, seen), "text/plain")
    return Truth(
        "The clock of their second server is more than five minutes behind, so every signature "
        "looks as if it came from the future.",
        {
            "server": "lms-2",
            "seconds behind": behind,
            "refused": refused,
            "refused by the other": 0,
            "tolerance": _TOLERANCE,
        },
        tempting="The secret on that server is wrong.",
    )


def _film(story: Story, nth: int) -> Told:
    created = utc(2026, 3, 18, 4) + nth * 17 * HOUR + story.number(f"minute {nth}", 0, 150) * MINUTE
    title = f"{_UNITS[nth % len(_UNITS)]}, unit {nth // len(_UNITS) + 1}"
    length = story.number(f"length {nth}", 120, 600) * 1_000
    by = story.customer.people[nth % 2]
    return upload(story, nth + 1, f"deccan{nth + 1:04d}", title, created, length, by)


def _log(ledger: Ledger, seen: list[_Seen]) -> bytes:
    """What their servers wrote, each by its own clock: the uuid, our t, and the verdict."""
    uuids = dict(
        zip(
            ledger.values("webhook_events", "id").tolist(),
            ledger.values("webhook_events", "uuid").tolist(),
            strict=True,
        )
    )
    signed = ledger.values("webhook_deliveries", "signed_at")[-len(seen) :] // SECOND
    lines = []
    for each, moment in zip(seen, signed.tolist(), strict=True):
        clock = np.datetime64(each.received // SECOND + each.skew, "s")
        verdict = "REJECTED InvalidSignature" if each.skew else "ok"
        what = f"event={uuids[each.event]} t={moment} {verdict}"
        lines.append(f"{clock}Z lms-{each.server} webhook {what}\n")
    return "".join(lines).encode()


_BODY = """\
Dear team,

We have two application servers, lms-1 and lms-2, behind one address. The same code,
the same container image, deployed together. Since Thursday lms-2 rejects your
webhooks with "InvalidSignature". lms-1 accepts all of them. What lms-2 rejects is
accepted at your next attempt, if lms-1 happens to get it.

So obviously the secret on lms-2 was wrong. I have replaced it three times, compared
it letter by letter, and even moved the whole configuration file over from lms-1. No
change. The certificate on lms-2 is newer, but both are valid.

On Wednesday night our infrastructure team moved the virtual machine of lms-2 to
other hardware. They say nothing inside has changed, it was only suspended and
resumed.

Our log of both servers since 18 March is attached. Are you signing differently for
the two?

Regards,
Lakshmi Rao
Deccan Steel Training, Bengaluru"""

CASE = Case("L-1120", 266, _plant, (20,))
