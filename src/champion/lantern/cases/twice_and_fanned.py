"""L-1145: one complaint, two causes: some webhooks came twice, and our own count was wrong."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.earlier import Line, add_earlier
from champion.lantern.cases.programs import QUALITIES, add_webhook, deliver, upload
from champion.lantern.cases.telling import Story
from champion.lantern.clock import HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger

_SITES = (
    "Cala Honda, north wall",
    "Seagrass meadow",
    "Wreck of the Reus",
    "Night dive",
    "Cala Honda, north wall",
    "First time under water",
    "Moray eels",
    "The blue cave",
    "Groupers in spring",
    "Drift along the cape",
    "Octopus garden",
    "Seahorse count",
    "Ghost nets",
    "Shore dive for beginners",
)
_FILES = 1 + len(QUALITIES)
"""Files of each video: the original and its renditions."""
_EARLIER, _ROSA = 2_741, 5


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    marta, jordi = story.customer.people
    url = "https://avisos.buceocalahonda.example/lantern"
    hook = add_webhook(story, url, jordi, "video.ready", utc(2026, 3, 2, 9))
    twice = set(story.shuffled("twice", range(len(_SITES)))[: story.number("slow", 3, 6)])
    for nth, title in enumerate(_SITES):
        created = (
            utc(2026, 3, 4, 8) + nth * 40 * HOUR + story.number(f"minute {nth}", 0, 300) * MINUTE
        )
        length = story.number(f"length {nth}", 60, 420) * 1_000
        told = upload(story, nth + 1, f"calahond{nth + 1:02d}", title, created, length, jordi)
        (event,) = told.events["video.ready"]
        sent = told.ready + SECOND
        if nth in twice:
            over = deliver(story, hook, event, sent, failure="timeout", status=None)
            deliver(story, hook, event, over + MINUTE, attempt=2)
        else:
            deliver(story, hook, event, sent)
    deliveries = len(_SITES) + len(twice)
    reported = deliveries * _FILES
    _report(story, reported)
    body = _BODY.format(reported=reported, films=len(_SITES), came=deliveries)
    story.ask(marta, "You send everything five times", body, utc(2026, 3, 31, 6, 35))
    return Truth(
        "A few events were sent again because their server was slow; the large number is our own "
        "mistake: our query joined the files of each video.",
        {
            "events": len(_SITES),
            "deliveries": deliveries,
            "sent again": tuple(f"calahond{nth + 1:02d}" for nth in sorted(twice)),
            "we reported": reported,
            "times too many": _FILES,
        },
        tempting="We send at least once, or one for each rendition: that explains it all.",
    )


def _report(story: Story, reported: int) -> None:
    """What we wrote when they asked, with the note of how it was counted."""
    opened = utc(2026, 3, 30, 13, 10)
    add_earlier(
        story,
        _EARLIER,
        story.customer.owner,
        "How many notices in March?",
        (
            Line(opened, _QUESTION),
            Line(opened + 2 * HOUR, _NOTE.format(account=story.account), _ROSA, internal=True),
            Line(opened + 2 * HOUR + 9 * MINUTE, _ANSWER.format(reported=reported), _ROSA),
        ),
    )


_QUESTION = """\
Hola,

our text messages cost us money. How many notices did you send to our server in March?

Marta Vidal
Buceo Cala Honda"""

_NOTE = """\
How I counted:

SELECT count(*)
FROM webhook_deliveries d
JOIN webhook_events e ON e.id = d.event_id
JOIN video_versions v ON v.video_id = e.video_id
WHERE e.account_id = {account}

(joined the files because she may want it by quality later)"""

_ANSWER = """\
Hi Marta,

We sent {reported} notices to your server in March.

Kind regards
Rosa"""

_BODY = """\
Hola,

yesterday you told me that you sent us {reported} notices in March. We put {films}
films online in March. That is five for each film or more!! And I pay for every text
message to our divers.

Jordi says his program got {came}, not {reported}. He also says that some did come
twice, a minute apart ("Night dive" perhaps, and two about the north wall, but there
we have two films). He thinks that you make one for every quality and that he should
filter them. Then where are the others?

Who is right? And please turn it off, whatever it is that sends everything so often.

Marta Vidal
Buceo Cala Honda, Barcelona"""

CASE = Case("L-1145", 269, _plant, (17, 32))
