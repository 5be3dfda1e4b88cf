"""Billing: what Lantern asked its customers to pay, line by line, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, key, link, moment, number, text


class Invoice(Base):
    """A bill."""

    __tablename__ = "invoices"
    __table_args__ = {  # noqa: RUF012
        "comment": "Bills, numbered as they were issued. Plans are billed in advance on the same "
        "day of each month (or year), bandwidth beyond the plan afterwards. A change of plan in "
        "mid-period is billed at once, on a bill of its own. Accounts on Free have none."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "Who is to pay.")
    status: Mapped[str] = text(
        "paid, open (not paid yet; that alone is no trouble: see due_at), uncollectible (we gave "
        "up) or void (withdrawn by us, so it counts for nothing and its total must be left out of "
        "any sum)."
    )
    total_cents: Mapped[int] = number(
        "What it comes to, in US cents, before tax: the sum of its lines."
    )
    issued_at: Mapped[datetime] = moment("When it was sent.")
    due_at: Mapped[datetime] = moment(
        "When it is to be paid: at once by card, within 30 days by transfer. It may lie ahead."
    )


class InvoiceLine(Base):
    """One line of a bill."""

    __tablename__ = "invoice_lines"
    __table_args__ = {  # noqa: RUF012
        "comment": "The lines of every bill. A change of plan is two lines: the unused rest of the "
        "old plan comes off, the same days of the new plan go on. Joining invoices to it gives a "
        "row per line, so summing total_cents then counts bills twice."
    }

    id: Mapped[int] = key()
    invoice_id: Mapped[int] = link("invoices", "The bill it stands on.")
    kind: Mapped[str] = text(
        "plan (the period ahead), unused (the rest of the old plan, below zero), new (the same "
        "days on the new plan) or usage (bandwidth beyond the plan in the period before; "
        "customers who pay yearly are not charged for it)."
    )
    plan_id: Mapped[int] = link("plans", "The plan it is about.")
    quantity: Mapped[int] = number("Months for plan, days for unused and new, gigabytes for usage.")
    unit_cents: Mapped[int] = number(
        "US cents a month for plan, unused and new; US cents a gigabyte for usage."
    )
    amount_cents: Mapped[int] = number(
        "quantity times unit_cents; for unused and new the period's price times the days left by "
        "the days of the period, rounded to the cent. Below zero: it comes off."
    )
    starts_at: Mapped[datetime] = moment("The first moment it is about.")
    ends_at: Mapped[datetime] = moment("Where it stops; often ahead of us.")


class Payment(Base):
    """An attempt to pay a bill."""

    __tablename__ = "payments"
    __table_args__ = {  # noqa: RUF012
        "comment": "Attempts to pay, good or not: a card that fails is tried again three days, a "
        "week and two weeks later. So a bill may have several rows, and counting them is not "
        "counting bills."
    }

    id: Mapped[int] = key()
    invoice_id: Mapped[int] = link("invoices", "The bill.")
    amount_cents: Mapped[int] = number("How much, in US cents: always the whole bill.")
    method: Mapped[str] = text("card or transfer.")
    status: Mapped[str] = text(
        "succeeded, failed, or refunded (it had succeeded; we gave the money back, and the bill "
        "still says paid)."
    )
    failure: Mapped[str | None] = text(
        "Why it failed, in the bank's word: declined, insufficient_funds or expired_card. Missing "
        "when it did not fail."
    )
    tried_at: Mapped[datetime] = moment("When it was tried, or the transfer arrived.")
    refunded_at: Mapped[datetime | None] = moment(
        "When the money went back. Missing unless it did."
    )
