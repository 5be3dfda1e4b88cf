"""L-1134: about $5 for an upgrade of $10 a month: the rest of the month, in two lines."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, MINUTE, utc
from champion.lantern.invoices import bill
from champion.lantern.ledger import Ledger

_BASIC, _PRO = 2, 3


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    thandi = story.customer.owner
    begun = utc(2025, 5, story.number("day", 3, 9), 7) + story.number("minute", 0, 90) * MINUTE
    passed = story.number("passed", 12, 18)
    change = begun + (utc(2026, 3, 1) - utc(2025, 5, 1)) + passed * DAY
    ledger.add(
        "subscriptions",
        id=ledger.next_ids("subscriptions", 2),
        account_id=story.account,
        plan_id=[_BASIC, _PRO],
        billing_period="monthly",
        price_cents=[1_000, 2_000],
        started_at=[begun, change],
        ended_at=[change, None],
    )
    bill(
        ledger,
        story.account,
        gigabytes={story.number("over in", 3, 7): story.number("over", 6, 19)},
    )
    unused, new = _two_lines(ledger, change)
    body = _BODY.format(
        day=str(np.datetime64(change // DAY, "D")), sum=f"${(unused + new) / 100:.2f}"
    )
    story.ask(thandi, "An odd amount for the upgrade", body, utc(2026, 3, 30, 11, 5))
    return Truth(
        "The unused days of Basic came off and the same days of Pro went on.",
        {"unused": unused, "new": new, "total": unused + new, "days": 31 - passed},
        tempting="They were charged too little.",
    )


def _two_lines(ledger: Ledger, change: int) -> tuple[int, int]:
    """What came off and what went on, in cents."""
    ours = ledger.values("invoices", "account_id") == CASE.account
    (number,) = ledger.values("invoices", "id")[
        ours & (ledger.values("invoices", "issued_at") == change)
    ]
    lines = ledger.values("invoice_lines", "invoice_id") == number
    unused, new = ledger.values("invoice_lines", "amount_cents")[lines].tolist()
    return unused, new


_BODY = """\
Hello Lantern people,

On {day} I moved our studio from Basic to Pro, because we film two classes a week
now. The difference is $10 a month, so I expected a bill of $10. You took {sum}.

I don't want to complain about paying less! But our bookkeeper does not book what
she cannot explain, and I would rather not find the rest on a bill in December. We
had a surprise like that last year, when there was more traffic than we thought.

Is {sum} right?

Best wishes
Thandi Jacobs
Juniper Street Pilates, Cape Town"""

CASE = Case("L-1134", 207, _plant, (34,))
