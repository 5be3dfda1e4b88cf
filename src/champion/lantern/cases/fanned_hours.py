"""L-1132: our report shows three times their hours: it joined the tags, and we sent it."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.earlier import Line, add_earlier, add_escalation, add_tags
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc
from champion.lantern.ledger import Ledger

_SUBJECTS = (
    ("Recordings out of order", "upload", 3),
    ("Sign-in with our certificates", "sign-in", 5),
    ("Chapters are shifted", "embed", 1),
    ("Export stops half way", "api", 4),
    ("Wrong totals in the weekly mail", "stats", 2),
    ("Captions for two languages", "embed", 8),
)
"""What they asked this quarter, our tag for it, and the developer who looked."""
_REMARKS = ("bug", "vip", "follow-up", "docs")
_FIRST_NUMBER, _HARI = 2321, 6


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    minutes: list[int] = []
    joined: list[int] = []
    for nth, (subject, tag, developer) in enumerate(_SUBJECTS):
        spent = _escalate(story, nth, subject, developer)
        tags = [tag, *story.shuffled(f"tags {nth}", _REMARKS)[: story.number(f"tags {nth}", 1, 3)]]
        number = _FIRST_NUMBER + nth
        add_tags(story, number, utc(2026, 1, 8, 12) + nth * 11 * DAY, tags)
        minutes += spent
        joined += spent * len(tags)
    _report(story, sum(joined))
    body = _BODY.format(ours=_hours(sum(minutes)), yours=_hours(sum(joined)))
    story.ask(story.customer.owner, "Your hours are not our hours", body, utc(2026, 3, 31, 6, 50))
    return Truth(
        "Our report joined ticket_tags: every escalation was added once for each tag.",
        {
            "minutes": sum(minutes),
            "minutes we reported": sum(joined),
            "escalations": len(minutes),
            "rows we added up": len(joined),
        },
        tempting="Their list leaves out what was sent back and escalated again.",
    )


def _escalate(story: Story, nth: int, subject: str, developer: int) -> list[int]:
    """One of their tickets; the second was sent back first, and some took equally long."""
    luca, number = story.customer.person("Luca Bianchi"), _FIRST_NUMBER + nth
    opened = utc(2026, 1, 8, 8) + nth * 11 * DAY + story.number(f"minute {nth}", 0, 90) * MINUTE
    replied, handed = opened + 50 * MINUTE, opened + 2 * HOUR
    add_earlier(
        story,
        number,
        luca,
        subject,
        (
            Line(
                opened, f"Hello, about this: {subject.lower()}. Details in the files. {luca.name}"
            ),
            Line(replied, "Hi Luca, I can see it here too and ask our developers. Hari", _HARI),
            Line(opened + 4 * DAY, "Hi Luca, it is mended, please try again. Hari", _HARI),
        ),
    )
    spent = [story.number(f"minutes {nth % 4}", 70, 290)]
    if nth == 1:
        spent = [story.number("sent back", 5, 15), *spent]
        early = (handed, handed + 3 * HOUR, spent[0], "sent_back")
        add_escalation(story, number, _HARI, developer, *early, "It does not work.", _WHICH)
    late = (handed + DAY, handed + 2 * DAY, spent[-1], "fixed")
    evidence = f"{subject}: ids, times with zone and their files are in L-{number}."
    add_escalation(story, number, _HARI, developer, *late, evidence, "Mended.")
    return spent


def _report(story: Story, reported: int) -> None:
    """What we wrote when they asked, with the note of how it was worked out."""
    luca = story.customer.person("Luca Bianchi")
    opened = utc(2026, 3, 24, 9, 10)
    answer = _ANSWER.format(hours=_hours(reported))
    add_earlier(
        story,
        _FIRST_NUMBER + len(_SUBJECTS),
        luca,
        "Developers' hours this quarter",
        (
            Line(opened, _QUESTION),
            Line(opened + 3 * HOUR, _NOTE.format(account=story.account), _HARI, internal=True),
            Line(opened + 4 * HOUR, answer, _HARI),
        ),
    )


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d} min"


_WHICH = "Which recordings, at what time, with which zone? I cannot look without that."

_QUESTION = """\
Hi Hari,

Our contract includes ten hours of your developers' time a quarter. How many have we used
since January? Our finance people plan the next quarter.

Luca Bianchi"""

_NOTE = """\
For the record, this is how I got it (minutes):

SELECT sum(e.developer_minutes)
FROM escalations e
JOIN tickets t ON t.id = e.ticket_id
JOIN ticket_tags g ON g.ticket_id = t.id
WHERE t.account_id = {account} AND e.escalated_at >= '2026-01-01'

I wanted to split it by subject first, then the total was enough."""

_ANSWER = """\
Hi Luca,

I have added it up: {hours} of developers' time since 1 January, over all your tickets.

Best
Hari"""

_BODY = """\
Dear Lantern,

Last week your Hari told Luca that {yours} of your developers' time went into our
tickets this quarter. Everything above ten hours is billed to us.

We write down every answer we get from you. Our list comes to {ours}. Your hours are
about three times mine. We did once have to explain the same thing twice, perhaps you count
that in full and we do not?

Before this becomes an invoice: what is the right number, and how did the other one come
about?

Kind regards
Renata Keller
Meridian Airside Training, Zürich"""

CASE = Case("L-1132", 226, _plant, (32,))
