"""L-1003: when does our trial end?"""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import utc
from champion.lantern.ledger import Ledger


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    story.ask(story.customer.owner, "When does our trial end?", _BODY, utc(2026, 3, 31, 9, 15))
    where = ledger.values("accounts", "id") == CASE.account
    return Truth(
        "They ask for the day on which their trial ends.",
        {"trial_ends_at": int(ledger.column("accounts", "trial_ends_at").values[where][0])},
        tempting="Counting the plan's trial days from today.",
    )


_BODY = """\
Good morning,

We are trying Lantern at our language school and like it a lot. Our board decides soon whether we \
stay, and they asked me on which day the trial ends. I cannot find the mail that said so.

Could you tell me the day? Then I can put the decision on the right agenda.

Kind regards
Amara Boateng
Kestrel Language School, London"""

CASE = Case("L-1003", 103, _plant)
