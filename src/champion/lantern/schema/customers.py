"""Customers: the businesses that host video with Lantern, and their people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, key, link, moment, text


class Account(Base):
    """A business that signed up."""

    __tablename__ = "accounts"
    __table_args__ = {  # noqa: RUF012
        "comment": "The businesses that host video with Lantern. One row per account, open or "
        "not. Numbers say nothing about age: they were given by region."
    }

    id: Mapped[int] = key()
    name: Mapped[str] = text(
        "The name of the business as its owner typed it at sign-up. Customers rarely write it "
        "with the same capital letters in a ticket."
    )
    domain: Mapped[str] = text("Where its site lives; small letters; unique.")
    plan_id: Mapped[int] = link("plans", "The plan it is on now, or tries, or was last on.")
    status: Mapped[str] = text(
        "trialing (trying a plan), active, past_due (the last payment failed; all still works, but "
        "the API refuses once the bill has been open for 30 days), "
        "and for accounts that have left: cancelled if they left before 2025-07-01, closed if "
        "later. The word changed that day and old rows were not rewritten, so 'has left' is both "
        "words, or closed_at IS NOT NULL."
    )
    industry: Mapped[str | None] = text(
        "Their line of business. Missing when they skipped the question."
    )
    city: Mapped[str] = text(
        "City as typed at sign-up, so the same city comes in several cases: Berlin, berlin, "
        "BERLIN. Compare with lower(city)."
    )
    country: Mapped[str] = text("Two capital letters, ISO 3166: DE, US, IN.")
    time_zone: Mapped[str] = text(
        "Where their day begins and ends: an IANA name such as Europe/Berlin. Set by the browser "
        "at sign-up and not always in the country of the address."
    )
    created_at: Mapped[datetime] = moment("When the account was made.")
    trial_ends_at: Mapped[datetime | None] = moment(
        "When the trial ends, or ended. Kept after the trial. Missing when there never was one: "
        "they took Free or were signed up by sales. It does not mean that they are still trying."
    )
    closed_at: Mapped[datetime | None] = moment(
        "When they left. Missing while the account is open."
    )


class User(Base):
    """A person who may sign in to an account."""

    __tablename__ = "users"
    __table_args__ = {  # noqa: RUF012
        "comment": "People who may sign in to an account. One row per person and account; "
        "somebody who works for two accounts has two rows."
    }

    id: Mapped[int] = key()
    account_id: Mapped[int] = link("accounts", "The account they sign in to.")
    name: Mapped[str] = text("Full name. Not unique: namesakes exist.")
    email: Mapped[str] = text(
        "Address as they typed it, capital letters and all: Ada@north.example. Compare with "
        "lower(email)."
    )
    role: Mapped[str] = text(
        "owner (exactly one per account, pays the bills), manager, contributor (uploads) or viewer."
    )
    created_at: Mapped[datetime] = moment("When they were invited.")
    last_seen_at: Mapped[datetime | None] = moment(
        "Last sign-in. Missing when they never accepted the invitation."
    )
    deactivated_at: Mapped[datetime | None] = moment(
        "When their access was taken away. Missing while they may sign in. Their rows stay."
    )
