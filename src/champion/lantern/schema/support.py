"""Support: the people who answer, the tickets, and every message in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from champion.lantern.schema.base import Base, key, link, moment, number, text


class Agent(Base):
    """One of Lantern's own support people."""

    __tablename__ = "agents"
    __table_args__ = {  # noqa: RUF012
        "comment": "Lantern's own support people, those who have left included."
    }

    id: Mapped[int] = key()
    name: Mapped[str] = text("Full name.")
    email: Mapped[str] = text("Work address, always in small letters.")
    time_zone: Mapped[str] = text("Where they work: an IANA name.")
    started_at: Mapped[datetime] = moment("First day.")
    left_at: Mapped[datetime | None] = moment("Last day. Missing for those who work here.")


class Developer(Base):
    """One of the developers, to whom tickets are escalated."""

    __tablename__ = "developers"
    __table_args__ = {  # noqa: RUF012
        "comment": "Lantern's nine developers: those to whom tickets are escalated."
    }

    id: Mapped[int] = key()
    name: Mapped[str] = text("Full name.")
    email: Mapped[str] = text("Work address, always in small letters.")
    team: Mapped[str] = text(
        "What they look after: player, statistics, uploads, api, accounts or billing."
    )
    time_zone: Mapped[str] = text("Where they work: an IANA name.")
    started_at: Mapped[datetime] = moment("First day.")


class Ticket(Base):
    """A customer's question."""

    __tablename__ = "tickets"
    __table_args__ = {  # noqa: RUF012
        "comment": "Questions from customers since 2025-06-02, when Lantern changed its help "
        "desk; older ones stayed in the old tool. Tickets for new colleagues are numbered L-1001 "
        "to L-1999, older ones of the same customers L-2001 to L-2999, all others from L-10001 by "
        "the time they came."
    }

    id: Mapped[int] = key()
    reference: Mapped[str] = text("The number that people see and quote: L-1042. Unique.")
    account_id: Mapped[int | None] = link(
        "accounts", "The customer. Missing when the sender's address belongs to no user."
    )
    requester_id: Mapped[int | None] = link(
        "users", "The user who wrote. Missing when the sender's address belongs to no user."
    )
    agent_id: Mapped[int | None] = link(
        "agents", "Whose ticket it is. Missing until somebody takes it."
    )
    channel: Mapped[str] = text("How it came: email, chat or form.")
    subject: Mapped[str] = text("The subject line, in the customer's words.")
    status: Mapped[str] = text(
        "open (waiting for us), pending (waiting for the customer), solved (answered, can be "
        "reopened for seven days) or closed (finished)."
    )
    priority: Mapped[str | None] = text(
        "low, normal, high or urgent. Missing until somebody has looked at it. Set by us, not by "
        "tone."
    )
    opened_at: Mapped[datetime] = moment("When it came.")
    first_reply_at: Mapped[datetime | None] = moment(
        "When we first answered in public. Missing until then, so leaving these rows out makes "
        "any team look fast."
    )
    closed_at: Mapped[datetime | None] = moment("When it was solved. Missing while it waits.")


class TicketMessage(Base):
    """One message in a ticket."""

    __tablename__ = "ticket_messages"
    __table_args__ = {  # noqa: RUF012
        "comment": "Every message of every ticket, public or internal; the first is the "
        "customer's. Joining tickets to it gives a row per message, not per ticket."
    }

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = link("tickets", "The ticket it belongs to.")
    sent_at: Mapped[datetime] = moment("When it was sent.")
    visibility: Mapped[str] = text(
        "public (the customer reads it) or internal (a note among colleagues; never quote it)."
    )
    author_kind: Mapped[str] = text("customer or agent.")
    author_user_id: Mapped[int | None] = link(
        "users", "The customer's user who wrote. Missing for agents and unknown senders."
    )
    author_agent_id: Mapped[int | None] = link(
        "agents", "The agent who wrote. Missing for customers."
    )
    body: Mapped[str] = text("The text as it was sent.")


class TicketAttachment(Base):
    """A file that came with a ticket."""

    __tablename__ = "ticket_attachments"
    __table_args__ = {  # noqa: RUF012
        "comment": "Files that customers attached to their tickets. Most tickets have none. The "
        "files themselves lie in the folder files, beside the logs. They are the customer's: they "
        "may hold cookies, tokens and other people's names."
    }

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = link("tickets", "The ticket it came with.")
    file_name: Mapped[str] = text(
        "Its name in the folder files: the ticket's number, a hyphen, and the name it had. Unique."
    )
    content_type: Mapped[str] = text(
        "What the sender's mail program called it: text/csv, application/json. It may be wrong."
    )
    bytes: Mapped[int] = number("Its size in bytes.")


class TicketTag(Base):
    """A word that a colleague put on a ticket."""

    __tablename__ = "ticket_tags"
    __table_args__ = {  # noqa: RUF012
        "comment": "Words that colleagues put on tickets to find them again: none, one or several "
        "on each. Joining tickets, or anything else by ticket, to it gives a row per tag: counts "
        "and sums come out too high."
    }

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = link("tickets", "The ticket. It has a tag at most once.")
    tag: Mapped[str] = text(
        "A word in small letters: the subject (embed, stats, billing, upload, sign-in, api, "
        "thanks) or a remark (bug, how-to, known-issue, waiting, follow-up, docs, vip)."
    )
    tagged_at: Mapped[datetime] = moment("When it was put on.")


class Escalation(Base):
    """A ticket that was handed to a developer."""

    __tablename__ = "escalations"
    __table_args__ = {  # noqa: RUF012
        "comment": "Tickets that were handed to the developers. Most tickets never are; one that "
        "was sent back may be escalated again, with better evidence, in a row of its own."
    }

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = link("tickets", "The ticket.")
    agent_id: Mapped[int] = link("agents", "The colleague who escalated.")
    developer_id: Mapped[int | None] = link(
        "developers", "Who took it. Missing until somebody does."
    )
    evidence: Mapped[str] = text("What we handed over: ids, times with zone, what was expected.")
    outcome: Mapped[str | None] = text(
        "fixed, explained (works as it should), known_issue, no_fault (not to be found), or "
        "sent_back (not enough evidence to look). Missing while it waits."
    )
    answer: Mapped[str | None] = text("What the developer wrote. Missing while it waits.")
    developer_minutes: Mapped[int] = number(
        "Minutes of developers' time that went into it so far. 0 while nobody has looked."
    )
    escalated_at: Mapped[datetime] = moment("When it was handed over.")
    answered_at: Mapped[datetime | None] = moment(
        "When the developer answered. Missing while it waits."
    )


class CsatRating(Base):
    """What a customer thought of our answer."""

    __tablename__ = "csat_ratings"
    __table_args__ = {  # noqa: RUF012
        "comment": "What customers thought of our answers (customer satisfaction). About a third "
        "of those we ask rate, so an average says nothing of the others. At most one per ticket."
    }

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = link("tickets", "The ticket. It was solved.")
    score: Mapped[int] = number("1 (bad) to 5 (very good).")
    remark: Mapped[str | None] = text("What they added. Missing for most.")
    rated_at: Mapped[datetime] = moment("When they rated: after the ticket was solved.")
