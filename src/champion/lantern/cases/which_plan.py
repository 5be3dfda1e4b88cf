"""L-1002: which plan are we on? The name is typed otherwise than in the database."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import utc
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    story.ask(story.customer.owner, "Which plan are we on?", _BODY, utc(2026, 3, 31, 8, 40))
    where = ledger.values("accounts", "id") == CASE.account
    plan = int(ledger.values("accounts", "plan_id")[where][0])
    return Truth(
        "They ask for the plan of their account.",
        {"plan_id": plan},
        tempting="There is no such account: the name is written with other capital letters.",
    )


_BODY = """\
Hi,

I am putting our budget for the summer together and cannot remember which plan we took. \
The account should be under our name, OAK STREET YOGA. I may have typed it differently back then.

Could you look it up and tell me which plan we are on?

Many thanks
June Okafor"""

CASE = Case("L-1002", 101, _plant)
