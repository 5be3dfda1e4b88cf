"""L-1136: the mail for a new password never arrives: after a hard bounce none is sent."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.cast import Person
from champion.lantern.clock import DAY, MINUTE, SECOND, WEEK, utc
from champion.lantern.ledger import Ledger
from champion.lantern.mail import NO_SUCH_ADDRESS

_MONDAY = utc(2026, 2, 2, 6)
_PHONE = utc(2026, 3, 25, 19)
"""The first mail for a new password, on one of three days."""
_ASKED = utc(2026, 3, 30, 18)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    aroha, hamish = story.customer.people
    busy = story.number("busy", 0, 8)
    phone = _PHONE + story.number("day", 0, 2) * DAY + story.number("phone", 0, 300) * MINUTE
    bounced = phone + 8 * SECOND
    for week in range(9):
        sent = _MONDAY + week * WEEK + story.number(f"minute {week}", 0, 29) * MINUTE
        _arrives(story, aroha, sent, soft=week == busy)
        if sent < bounced:
            _arrives(story, hamish, sent)
        else:
            add_mail(story, hamish, "weekly_report", (("suppressed", sent, None),))
    steps = (("sent", phone, None), ("hard_bounced", bounced, NO_SUCH_ADDRESS))
    add_mail(story, hamish, "password_reset", steps)
    resets = story.number("resets", 3, 6)
    for nth in range(resets):
        asked = _ASKED + nth * 25 * MINUTE + story.number(f"reset {nth}", 0, 20) * MINUTE
        add_mail(story, hamish, "password_reset", (("suppressed", asked, None),))
    asked = bounced - 30 * DAY
    add_mail(
        story,
        hamish,
        "password_reset",
        (("sent", asked, None), ("delivered", asked + 12 * SECOND, None)),
    )
    opened = utc(2026, 3, 30, 21) + story.number("opened", 0, 50) * MINUTE
    story.ask(hamish, "No mail for a new password", _BODY, opened, channel="chat")
    return Truth(
        "A mail to that address came back for good; since then nothing is sent there.",
        {"bounced": bounced, "resets since": resets, "sent since": 0},
        tempting="The mails lie in the spam folder.",
    )


def _arrives(story: Story, to: Person, sent: int, soft: bool = False) -> None:
    steps: tuple[tuple[str, int, str | None], ...] = (("sent", sent, None),)
    if soft:
        steps += (("soft_bounced", sent + 9 * SECOND, "452 4.2.2 The recipient's inbox is full"),)
    later = sent + (32 * MINUTE if soft else 6 * SECOND)
    add_mail(story, to, "weekly_report", (*steps, ("delivered", later, None)))


def add_mail(
    story: Story, to: Person, kind: str, steps: tuple[tuple[str, int, str | None], ...]
) -> None:
    """One mail and its steps: event, moment, and what their server said."""
    key = story.draws(f"mail {to.id} {kind} {steps[0][1]}", 1)
    story.ledger.add(
        "email_events",
        id=story.ledger.next_ids("email_events", len(steps)),
        message_key=key.repeat(len(steps)),
        account_id=story.account,
        user_id=to.id,
        address=to.email.lower(),
        kind=kind,
        event=[event for event, _, _ in steps],
        detail=[detail for _, _, detail in steps],
        happened_at=[moment for _, moment, _ in steps],
    )


_BODY = """\
Hi there,

I have a new phone since last week and need a new password for Lantern on it. I
pressed "Forgot it?" then, and again and again since this morning. It says that a
mail is on its way, and no mail comes. I have looked into the spam folder, too.
Aroha gets hers without trouble, apart from one that came late because her inbox was
full.

It worked a month ago. Our mail was moved to another provider in between, could it
be that? My address is the same as before.

Hamish Doig
Bellwether Wool, Christchurch"""

CASE = Case("L-1136", 209, _plant, (36,))
