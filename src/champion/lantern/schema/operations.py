"""Operations: what Lantern itself sends, releases, breaks and switches on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, flag, hexed, key, link, moment, text


class EmailEvent(Base):
    """Something that became of a mail of ours."""

    __tablename__ = "email_events"
    __table_args__ = {  # noqa: RUF012
        "comment": "What became of the mails we send by machine. Replies to tickets are not among "
        "them, and neither are links for signing in: another service sends those, to any address. "
        "Kept for 60 days. A mail has a row for every step, so count message_key."
    }

    id: Mapped[int] = key()
    message_key: Mapped[str] = hexed("The mail: sixteen hexadecimal digits.")
    account_id: Mapped[int] = link("accounts", "The account it is about.")
    user_id: Mapped[int] = link("users", "Who should read it.")
    address: Mapped[str] = text("Where it went: users.email on that day, in small letters.")
    kind: Mapped[str] = text("invitation, password_reset, invoice, weekly_report or trial_ending.")
    event: Mapped[str] = text(
        "sent, delivered (their server took it; it may still lie in the spam folder), soft_bounced "
        "(not now: full, busy; we try again), hard_bounced (no such address) or suppressed (not "
        "sent at all: after a hard bounce we write to that address no more until somebody lifts "
        "it)."
    )
    detail: Mapped[str | None] = text("What their server said. Missing unless it bounced.")
    happened_at: Mapped[datetime] = moment("When it was.")


class Deploy(Base):
    """A release."""

    __tablename__ = "deploys"
    __table_args__ = {  # noqa: RUF012
        "comment": "Releases of our own programs: working days only, and none in the last days of "
        "a year. Most change nothing that a customer could notice."
    }

    id: Mapped[int] = key()
    service: Mapped[str] = text("api, app, player, encoder, billing or mailer.")
    version: Mapped[str] = text("Year, week and number within the service's week: 2026.13.2.")
    summary: Mapped[str] = text("What it changes, in its author's words.")
    deployed_at: Mapped[datetime] = moment("When it was live.")
    rolled_back_at: Mapped[datetime | None] = moment(
        "When it was taken back. Missing for nearly all."
    )


class StatusIncident(Base):
    """Something that was broken for many, as told on the status page."""

    __tablename__ = "status_incidents"
    __table_args__ = {  # noqa: RUF012
        "comment": "What the status page said. It is written by people: it begins when we noticed, "
        "not when it began, and small things never got there. Whoever can show other times, or "
        "that customers were hit after a release, hands them to the developers."
    }

    id: Mapped[int] = key()
    component: Mapped[str] = text("api, app, player, encoder, webhooks, statistics or mail.")
    impact: Mapped[str] = text("none (announced work), minor or major.")
    title: Mapped[str] = text("What customers read.")
    deploy_id: Mapped[int | None] = link(
        "deploys", "The release that caused it. Missing when none did."
    )
    started_at: Mapped[datetime] = moment("When we wrote that it began.")
    resolved_at: Mapped[datetime | None] = moment(
        "When we wrote that it was over. Missing while it is not."
    )


class FeatureFlag(Base):
    """A switch for something new."""

    __tablename__ = "feature_flags"
    __table_args__ = {  # noqa: RUF012
        "comment": "Switches for what is new: a row without an account holds for everybody, a row "
        "with one goes before it for that account."
    }

    id: Mapped[int] = key()
    name: Mapped[str] = text("The switch's name: small letters and dashes.")
    account_id: Mapped[int | None] = link(
        "accounts", "For whom. Missing: for everybody without a row of their own."
    )
    enabled: Mapped[bool] = flag("Whether it is on.")
    set_at: Mapped[datetime] = moment("When it was last set.")
