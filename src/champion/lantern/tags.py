"""Tags: the words that colleagues put on tickets."""

from __future__ import annotations

import numpy as np

from champion.lantern import recipe
from champion.lantern.clock import MINUTE, NOW
from champion.lantern.columns import texts
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger

_REMARKS = (38, 34, 20, 8)
"""How often a ticket gets no remark, one, two, three."""


def add_ticket_tags(ledger: Ledger) -> None:
    """The subject on most tickets that somebody answered, and up to three remarks."""
    dice, tickets = ledger.dice, ledger.values("tickets", "id")
    replied = ledger.column("tickets", "first_reply_at")
    subjects = {
        subject: number
        for number, topic in enumerate(recipe.table("tickets")["topic"])
        for subject in topic["subjects"]
    }
    words = [topic["name"] for topic in recipe.table("tickets")["topic"]]
    remarks = recipe.table("developers")["tags"]["remarks"]
    topic = np.array([subjects.get(each, -1) for each in ledger.values("tickets", "subject")])
    parts = [(topic >= 0) & dice.chance("ticket_tags", "subject", tickets, 850)]
    which = [np.where(topic >= 0, topic, 0)]
    more = dice.pick("ticket_tags", "count", tickets, _REMARKS)
    first = below(dice.roll("ticket_tags", "remark", tickets), len(remarks))
    for nth in range(len(_REMARKS) - 1):
        parts.append(more > nth)
        which.append(len(words) + (first + nth * 3) % len(remarks))
    place = np.concatenate([np.flatnonzero(part & ~replied.gaps()) for part in parts])
    tag = np.concatenate(
        [each[part & ~replied.gaps()] for each, part in zip(which, parts, strict=True)]
    )
    later = dice.between("ticket_tags", "tagged_at", tickets[place] * 32 + tag, 0, 90) * MINUTE
    tagged = np.minimum(replied.values[place] + later, NOW - MINUTE)
    order = np.lexsort((tag, place, tagged))
    ledger.add(
        "ticket_tags",
        id=ledger.next_ids("ticket_tags", len(order)),
        ticket_id=tickets[place][order],
        tag=texts([*words, *remarks], tag[order]),
        tagged_at=tagged[order],
    )
