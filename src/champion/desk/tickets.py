"""`ticket("L-1042")` and `queue()`: what customers write, and which of it waits for you."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from champion.checking.key import Task
from champion.desk import keys, progress, screen
from champion.desk.closing import ANSWERED
from champion.desk.session import current
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.lantern.company import Company

WIDTH = 102


@dataclass(frozen=True)
class Message:
    """One message of a ticket: who wrote it, when, whether the customer reads it, the text."""

    author: str
    sent_at: datetime
    internal: bool
    body: str


@dataclass(frozen=True)
class Attachment:
    """A file that came with a ticket: its name among the customers' files, type, and bytes."""

    file_name: str
    content_type: str
    bytes: int

    def line(self) -> str:
        """The file in a line."""
        return f"attached: {self.file_name} ({self.content_type}, {self.bytes:,} bytes)"


@dataclass(frozen=True)
class Card:
    """A ticket as it is shown."""

    reference: str
    subject: str
    status: str
    customer: str
    account: str
    opened_at: datetime
    messages: tuple[Message, ...]
    attachments: tuple[Attachment, ...] = ()

    def text(self) -> str:
        """The ticket to read, in plain text."""
        parts = [f"{self.reference} · {self.subject}", self._line()]
        for message in self.messages:
            parts += ["", _heading(message), _folded(message.body)]
        if self.attachments:
            parts += ["", *(each.line() for each in self.attachments)]
        return "\n".join(parts)

    def html(self) -> str:
        """The ticket to read, as simple HTML."""
        messages = "".join(
            f"<p><strong>{html.escape(_heading(each))}</strong></p>"
            f"<blockquote>{_paragraphs(each.body)}</blockquote>"
            for each in self.messages
        )
        files = "".join(f"<p>{html.escape(each.line())}</p>" for each in self.attachments)
        title = f"<h4>{html.escape(f'{self.reference} · {self.subject}')}</h4>"
        return f"<div>{title}<p>{html.escape(self._line())}</p>{messages}{files}</div>"

    def _line(self) -> str:
        sender = f"{self.customer}, {self.account}" if self.account else self.customer
        return f"from {sender} · opened {_moment(self.opened_at)} · {self.status}"


def ticket(reference: str) -> None:
    """Show a ticket: what the customer wrote, and what was answered so far."""
    found = card(current().company, reference)
    found = replace(found, status=_status_by_learner(found))
    screen.publish({"text/plain": found.text(), "text/html": found.html()})


def queue() -> None:
    """Show your queue: the tickets that lead through the course, and how far you are."""
    tasks = [task for key in keys.every() for task in key.tasks]
    solved, with_mentor = progress.solved(), progress.with_mentor()
    screen.show_grid(waiting(current().company, tasks, solved, with_mentor))


def card(company: Company, reference: str) -> Card:
    """The ticket of that number.

    Raises:
        Problem: it is not a ticket's number, or there is none.
    """
    number = str(reference).strip().upper()
    if not number.strip(" .…"):
        raise Problem("A ticket is found by its number.", 'Write one, such as ticket("L-1001").')
    if re.fullmatch(r"\d+", number):
        number = f"L-{number}"
    heads = _rows(company, _HEAD, number)
    if not heads:
        raise Problem(
            f"There is no ticket {reference}.",
            'Ticket numbers look like "L-1042"; queue() lists yours.',
        )
    subject, status, opened_at, name, email, account = heads[0]
    messages = tuple(
        Message(_author(kind, user, agent, name), sent_at, visibility == "internal", body)
        for sent_at, visibility, kind, user, agent, body in _rows(company, _MESSAGES, number)
    )
    attachments = tuple(Attachment(*row) for row in _rows(company, _ATTACHMENTS, number))
    customer = name or email or "an address we do not know"
    return Card(number, subject, status, customer, account or "", opened_at, messages, attachments)


def waiting(
    company: Company,
    tasks: Iterable[Task],
    solved: frozenset[str],
    with_mentor: frozenset[str] = frozenset(),
) -> screen.Grid:
    """The tickets that these tasks close, in order: solved, the next one, and those that wait.

    Of the solved ones those `with_mentor` are answered, and their mentor has still to read them.
    """
    closing = [task for task in tasks if task.closes]
    steps = [(task.closes, task.lesson, task.slug in solved) for task in closing]
    read_by_mentor = {task.closes for task in closing if task.slug in with_mentor}
    known = {reference for reference, _, _ in steps}
    steps += [
        (task.next_ticket, task.next_lesson, False)
        for task in closing
        if task.next_ticket and task.next_ticket not in known
    ]
    coming = next((reference for reference, _, done in steps if not done), "")
    rows = tuple(
        (
            ("… with mentor" if reference in read_by_mentor else "✓ solved")
            if done
            else "→ next"
            if reference == coming
            else "· waits",
            reference,
            _subject(company, reference),
            lesson,
        )
        for reference, lesson, done in steps
    )
    done = sum(1 for _, _, solved_already in steps if solved_already)
    return screen.Grid(("", "ticket", "subject", "lesson"), rows, f"{done} of {len(steps)} solved")


_HEAD = """
    SELECT t.subject, t.status, t.opened_at, u.name, u.email, a.name
    FROM tickets t
    LEFT JOIN users u ON u.id = t.requester_id
    LEFT JOIN accounts a ON a.id = t.account_id
    WHERE t.reference = :reference"""

_MESSAGES = """
    SELECT m.sent_at, m.visibility, m.author_kind, u.name, g.name, m.body
    FROM ticket_messages m
    JOIN tickets t ON t.id = m.ticket_id
    LEFT JOIN users u ON u.id = m.author_user_id
    LEFT JOIN agents g ON g.id = m.author_agent_id
    WHERE t.reference = :reference
    ORDER BY m.sent_at, m.id"""

_ATTACHMENTS = """
    SELECT f.file_name, f.content_type, f.bytes
    FROM ticket_attachments f
    JOIN tickets t ON t.id = f.ticket_id
    WHERE t.reference = :reference
    ORDER BY f.id"""


def _status_by_learner(found: Card) -> str:
    """How a ticket stands by what the learner did; the database catches up only overnight."""
    solved = progress.solved()
    if not solved:
        return found.status
    closing = {
        task.slug for key in keys.every() for task in key.tasks if task.closes == found.reference
    }
    if not closing & solved:
        return found.status
    return ANSWERED if closing & progress.with_mentor() else "closed by you"


def _rows(company: Company, sql: str, reference: str) -> list[tuple[Any, ...]]:
    import sqlalchemy

    with company.engine.connect() as connection:
        found = connection.execute(sqlalchemy.text(sql), {"reference": reference})
        return [tuple(row) for row in found]


def _subject(company: Company, reference: str) -> str:
    heads = _rows(company, _HEAD, reference)
    return str(heads[0][0]) if heads else "(not in this company)"


def _author(kind: str, user: str | None, agent: str | None, requester: str | None) -> str:
    if kind == "agent":
        return f"{agent or 'a colleague'} (Lantern)"
    return user or requester or "the customer"


def _heading(message: Message) -> str:
    note = ", internal note" if message.internal else ""
    return f"{message.author}{note}, {_moment(message.sent_at)}:"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _folded(body: str) -> str:
    lines = [textwrap.wrap(line, WIDTH - 2) or [""] for line in body.strip().splitlines()]
    return "\n".join(f"  {part}".rstrip() for folded in lines for part in folded)


def _paragraphs(body: str) -> str:
    parts = re.split(r"\n\s*\n", body.strip())
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts)
