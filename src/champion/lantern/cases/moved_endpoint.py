"""L-1121: webhooks stopped on Friday: their address stopped answering, and was switched off."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import Told, add_webhook, deliver, upload
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.hooks import WAITS
from champion.lantern.ledger import Ledger

_FRIDAY = utc(2026, 3, 27)
_FAILURES: tuple[tuple[str, int | None], ...] = (("redirect", 301), ("certificate_expired", None))
_CLIPS = 43
_TANKS = ("Jellyfish", "Kelp forest", "Seahorses", "Tide pool", "Octopus", "Lobster nursery")


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    joelle = story.customer.person("Joelle Arsenault")
    failure, status = _FAILURES[story.number("failure", 0, len(_FAILURES) - 1)]
    moved = story.here(_FRIDAY + 8 * HOUR) + story.number("moved", 0, 5 * 60) * MINUTE
    uploads = [_clip(story, nth) for nth in range(1, _CLIPS + 1)]
    first = next(told.ready for told in uploads if told.ready >= moved) + SECOND
    off = (first // MINUTE + 1) * MINUTE + 12 * HOUR
    number = add_webhook(
        story,
        "https://screens.driftglassaquarium.example/lantern",
        joelle,
        "video.ready",
        utc(2025, 11, 3, 14),
        disabled_at=off,
        disabled_reason="failing",
    )
    attempts = 0
    for place, told in enumerate(uploads):
        (event,) = told.events["video.ready"]
        if told.ready >= moved:
            attempts += _in_vain(story, number, event, told.ready, off, failure, status)
        elif place == 3:
            over = deliver(
                story, number, event, told.ready + SECOND, failure="server_error", status=503
            )
            deliver(story, number, event, over + MINUTE, attempt=2)
        else:
            deliver(story, number, event, told.ready + SECOND)
    story.ask(joelle, "No webhooks since Friday", _BODY, utc(2026, 3, 30, 12, 50))
    return Truth(
        "Since Friday their address answers with a redirect, or its certificate has expired; "
        "after twelve hours it was switched off.",
        {
            "failure": failure,
            "attempts in vain": attempts,
            "switched off": off,
            "not told": sum(told.ready >= moved for told in uploads),
        },
        tempting="We stopped sending on Friday.",
    )


def _clip(story: Story, nth: int) -> Told:
    """The film of a morning or an afternoon, from the ninth to the thirtieth of March."""
    hour = (8, 14)[(nth - 1) % 2]
    wall = utc(2026, 3, 9) + (nth - 1) // 2 * DAY + hour * HOUR
    created = story.here(wall) + story.number(f"minute {nth}", 0, 180) * MINUTE
    title = f"{_TANKS[nth % len(_TANKS)]}, week {10 + nth // 14}"
    length = story.number(f"length {nth}", 30, 240) * 1_000
    by = story.customer.people[nth % 2]
    return upload(story, nth, f"driftgls{nth:02d}", title, created, length, by)


def _in_vain(
    story: Story, webhook: int, event: int, ready: int, off: int, failure: str, status: int | None
) -> int:
    """How often it was tried until the address was switched off."""
    sent, tries = ready + SECOND, 0
    for attempt, wait in enumerate(WAITS, start=1):
        sent += wait
        if sent + SECOND >= off:
            break
        sent = deliver(story, webhook, event, sent, attempt, failure, status)
        tries += 1
    return tries


_BODY = """\
Good morning,

The screens beside our tanks show each new clip by themselves, because your webhook
tells them. Since Friday nothing comes any more. We upload as always, morning and
afternoon, and the clips are there when I look on your site.

On Friday our hosting company moved our site to a newer server, but the address is
the same as ever and the program was not touched, so it must be on your side. I saw
on your status page that some webhooks were late in February. Is that back?

Could you start them again? And can we still get those we missed?

Joelle Arsenault
Driftglass Aquarium, Halifax"""

CASE = Case("L-1121", 206, _plant, (21,))
