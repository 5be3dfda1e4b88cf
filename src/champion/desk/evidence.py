"""Gathers what a reply or a decision may rest on: the key's own evidence, the ticket, strangers.

The desk and the marker ask the same function, so both see the same on the same company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from champion.checking.cell import read
from champion.checking.evidence import Evidence, Fact
from champion.checking.marks import plain
from champion.checking.values import Scalar
from champion.desk import snippet
from champion.desk.deadline import OutOfTime
from champion.desk.query import TooSlow
from champion.desk.session import first_line
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.checking.key import Task
    from champion.lantern.company import Company

MOST_VALUES = 1_000
"""Of one piece of evidence; what comes after is left out."""
MOST_STRANGERS = 400_000
"""Identifying texts of other customers that are kept in mind."""


def gather(task: Task, company: Company) -> Evidence:
    """The evidence for a reply or a decision on this company.

    Never raises an author's mistake: what is wrong with the evidence stands in its `trouble`.
    """
    try:
        made = snippet.run("pass", (*task.setup, *task.evidence), company)
        facts = tuple(_facts(made.get("evidence")))
        return _with_ticket(task.ticket, facts, company)
    except (OutOfTime, TooSlow):
        return Evidence(trouble="its evidence takes too long")
    except (Exception, SystemExit) as error:  # an author's cell may fail in any way
        return Evidence(trouble=f"its evidence fails: {first_line(error)}")


def _facts(given: object) -> Iterator[Fact]:
    if not isinstance(given, Mapping):
        raise Problem("its evidence cells make no `evidence`, a dictionary of labels and values")
    for label, value in given.items():
        values = (Scalar(*read(each)) for each in _each(value))
        plain = tuple(v for v in values if v.kind not in ("empty", "thing", "list"))
        yield Fact(str(label), plain, together=isinstance(value, tuple))


def _each(value: Any) -> Iterable[Any]:
    """The values under one label: one, or those of a list, a set, a column."""
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    if isinstance(value, list | tuple):
        return [each for each in value if not isinstance(each, list | tuple)][:MOST_VALUES]
    return [value]


def _with_ticket(reference: str, facts: tuple[Fact, ...], company: Company) -> Evidence:
    known = "\n".join(_column(company, _KNOWN))
    if not reference:
        return Evidence(facts, known=known, now=company.now)
    heads = _rows(company, _TICKET, reference=reference)
    if not heads:
        raise Problem(f"there is no ticket {reference} in this company")
    account, zone, *told = heads[0]
    messages = _rows(company, _MESSAGES, reference=reference)
    said = [reference, *(str(each) for each in told if each is not None)]
    said += [str(each) for row in messages for each in row[1:] if each is not None]
    return Evidence(
        facts,
        said="\n".join(said),
        known=known,
        zone=zone or "UTC",
        now=company.now,
        seen=tuple(row[0] for row in messages),
        strangers=_strangers(company, account),
    )


@lru_cache(maxsize=8)
def _strangers(company: Company, account: int | None) -> Mapping[str, str]:
    """What identifies customers other than this one, in small letters, and what it is."""
    found: dict[str, str] = {}
    own: set[str] = set()
    for what, sql in _IDENTIFYING.items():
        for text, whose in _rows(company, sql, most=MOST_STRANGERS // len(_IDENTIFYING)):
            piece = (text if text.isascii() else plain(text)).casefold()
            if whose == account:
                own.add(piece)
            else:
                found[piece] = what
    return {text: what for text, what in found.items() if text not in own}


_IDENTIFYING = {
    "the name of another customer": "SELECT name, id FROM accounts LIMIT :most",
    "the site of another customer": "SELECT domain, id FROM accounts LIMIT :most",
    "the address of somebody at another customer":
        "SELECT email, account_id FROM users LIMIT :most",
    "the id of another customer's video":
        "SELECT hashed_id, account_id FROM videos LIMIT :most",
    "the beginning of another customer's token":
        "SELECT prefix, account_id FROM api_tokens LIMIT :most",
    "another customer's ticket":
        "SELECT reference, account_id FROM tickets WHERE account_id IS NOT NULL LIMIT :most",
}  # fmt: skip

_KNOWN = "SELECT name FROM agents UNION SELECT name FROM plans UNION SELECT name FROM developers"

_TICKET = """
    SELECT t.account_id, a.time_zone, t.subject, u.name, u.email, a.name, a.domain, a.city
    FROM tickets t
    LEFT JOIN users u ON u.id = t.requester_id
    LEFT JOIN accounts a ON a.id = t.account_id
    WHERE t.reference = :reference"""

_MESSAGES = """
    SELECT m.sent_at, u.name, g.name, m.body
    FROM ticket_messages m
    JOIN tickets t ON t.id = m.ticket_id
    LEFT JOIN users u ON u.id = m.author_user_id
    LEFT JOIN agents g ON g.id = m.author_agent_id
    WHERE t.reference = :reference
    ORDER BY m.sent_at, m.id"""


def _rows(company: Company, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    import sqlalchemy

    with company.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sqlalchemy.text(sql), values)]


def _column(company: Company, sql: str) -> list[str]:
    return sorted(str(row[0]) for row in _rows(company, sql))
