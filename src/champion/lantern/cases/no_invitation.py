"""L-1152: an invitation never arrives: the first one came back before the mailbox was there."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.dead_mailbox import add_mail
from champion.lantern.cases.telling import Story
from champion.lantern.clock import HOUR, MINUTE, SECOND, at, utc
from champion.lantern.ledger import Ledger
from champion.lantern.mail import NO_SUCH_ADDRESS

_AGAIN = utc(2026, 3, 25, 16)
_GREYLISTED = "451 4.7.1 Greylisting in action, please come back later"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    lucia, rodrigo, itzel, paola = story.customer.people
    late = [story.number(f"late {person.id}", 31, 74) for person in (rodrigo, paola)]
    for person, minutes in zip((rodrigo, paola), late, strict=True):
        sent = at(person.invited) + 2 * SECOND
        steps = (
            ("sent", sent, None),
            ("soft_bounced", sent + 4 * SECOND, _GREYLISTED),
            ("delivered", sent + minutes * MINUTE, None),
        )
        add_mail(story, person, "invitation", steps)
    first = at(itzel.invited) + 2 * SECOND
    bounced = first + story.number("bounced", 3, 40) * SECOND
    returned = (("sent", first, None), ("hard_bounced", bounced, NO_SUCH_ADDRESS))
    add_mail(story, itzel, "invitation", returned)
    again = story.number("again", 3, 6)
    for nth in range(again):
        sent = _AGAIN + nth * 22 * HOUR + story.number(f"again {nth}", 0, 300) * MINUTE
        add_mail(story, itzel, "invitation", (("suppressed", sent, None),))
    opened = utc(2026, 3, 30, 17, 30) + story.number("opened", 0, 90) * MINUTE
    story.ask(lucia, "La invitación de Itzel no llega", _BODY, opened)
    return Truth(
        "Her first invitation came back because the mailbox did not exist yet; since then nothing "
        "is sent to that address.",
        {
            "whose": itzel.email.lower(),
            "bounced": bounced,
            "file": "app.jsonl.1.gz",
            "not sent since": again,
            "minutes that others waited": tuple(late),
        },
        tempting="Their server makes every sender wait, so it will come, or it lies in the spam.",
    )


_BODY = """\
Hola,

I invited three people. Rodrigo got his mail after an hour or so, Paola too. Itzel
got nothing, and I have sent hers again and again since Wednesday. Your page says
"invitation sent" each time.

Our IT says that our server lets every unknown sender wait a bit the first time,
that would explain Rodrigo and Paola, but Itzel waits since days. Her mailbox works,
I write to her there daily. She was the newest of the three, IT made her mailbox on
the 20th.

Spam folder: empty, she looked twice. Can you send it from another address?

Saludos
Lucía Arriaga
Museo del Maíz"""

CASE = Case("L-1152", 272, _plant, (36,))
