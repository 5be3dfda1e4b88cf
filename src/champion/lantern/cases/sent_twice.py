"""L-1117: webhooks come twice: what was not answered in time is sent again."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_webhook, deliver, upload
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_TITLES = (
    "After your knee operation",
    "Breathing, week 1",
    "Breathing, week 2",
    "How to use your inhaler",
    "After your knee operation",
    "Before the blood test",
    "Sleeping with a brace",
    "Exercises for the shoulder",
    "Welcome to the clinic in Kandy",
    "Breathing, week 3",
    "Reading your prescription",
    "Exercises for the lower back",
)
"""One title twice: two uploads, two events."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    nuwan, ishara = story.customer.people
    url = "https://notify.cinnamontreeclinics.example/lantern"
    hook = add_webhook(story, url, nuwan, "video.ready", utc(2026, 2, 16, 5))
    twice = set(story.shuffled("twice", range(len(_TITLES)))[: story.number("slow", 3, 7)])
    for nth, title in enumerate(_TITLES):
        created = utc(2026, 3, 3, 4) + nth * 2 * DAY + story.number(f"hour {nth}", 0, 7) * HOUR
        length = story.number(f"length {nth}", 90, 600) * 1_000
        told = upload(story, nth + 1, f"cinnamon{nth + 1:02d}", title, created, length, ishara)
        (event,) = told.events["video.ready"]
        sent = told.ready + SECOND
        if nth in twice:
            over = deliver(story, hook, event, sent, failure="timeout", status=None)
            deliver(story, hook, event, over + MINUTE, attempt=2)
        else:
            deliver(story, hook, event, sent)
    story.ask(ishara, "You send everything twice", _BODY, utc(2026, 3, 31, 4, 20))
    return Truth(
        "Their server takes longer than ten seconds now and then; the same event is sent again.",
        {
            "events": len(_TITLES),
            "deliveries": len(_TITLES) + len(twice),
            "sent again": tuple(f"cinnamon{nth + 1:02d}" for nth in sorted(twice)),
        },
        tempting="We make two events of one.",
    )


_BODY = """\
Dear support,

When a video is ready, you tell our server, and it sends a text message to the
patients who wait for it. Since the beginning of March some of them get the same
message twice, about a minute apart. They think we are in a hurry!

Not all of them: "Before the blood test" may have gone out once, another one twice.
"After your knee operation" went out twice for certain, but there we have two films.

Is something running in a circle on your side?

With thanks
Ishara Fonseka
Cinnamon Tree Clinics, Colombo"""

CASE = Case("L-1117", 204, _plant, (17,))
