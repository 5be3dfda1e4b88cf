"""L-1001: a customer says hello to the new colleague."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import utc
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    chloe = story.customer.owner
    story.ask(chloe, "Welcome to the new colleague!", _BODY, utc(2026, 3, 31, 8, 5))
    return Truth("A kind customer says hello.", {"answer to": chloe.first_name})


_BODY = """\
Hello!

Somebody on your team told me that you start today. Welcome! We are a small nursery in Bristol. \
Our parents watch the videos we put up with you, and your colleagues have helped us more than once.

No question from us today. Could you send me two lines, so that I know somebody is there?

Have a good first day
Chloe Adeyemi
Little Lighthouse Nursery"""

CASE = Case("L-1001", 112, _plant)
