"""The cast: the accounts and people who are the same in every company, whatever its seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from champion.lantern import recipe

ANY = "any"
"""A plan or status that the seed decides."""
NEVER = "never"
"""The last time that somebody was seen who has not accepted the invitation."""
FIRST_LATECOMER = 201
"""Members from this number on joined the cast later. So that nobody else's rows move, theirs stand
after everybody else's, they are quiet, and they write no ordinary tickets."""


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in to an account of the cast.

    Attributes:
        invited: when they were invited, "2026-03-18 16:20"; empty: the seed decides.
        seen: when they were last seen, or `NEVER`; empty: the seed decides.
    """

    id: int
    name: str
    role: str
    email: str
    invited: str = ""
    seen: str = ""

    @property
    def first_name(self) -> str:
        """The name they sign with."""
        return self.name.split()[0]


@dataclass(frozen=True)
class Member:
    """An account of the cast.

    Attributes:
        plan, status: a plan's code and a status of the dictionary, or `ANY`.
        people: its owner first.
        industry: None where they skipped the question.
        since: the day it signed up, "2024-01-08"; empty: the seed decides.
        quiet: it has no folders and videos but those that a case or trap gives it.
        own_money: it has no subscriptions and bills but those that a case gives it.
        own_people: nobody may sign in but those named here.
    """

    id: int
    name: str
    domain: str
    plan: str
    status: str
    city: str
    country: str
    time_zone: str
    people: tuple[Person, ...]
    industry: str | None = None
    since: str = ""
    quiet: bool = False
    own_money: bool = False
    own_people: bool = False

    @property
    def owner(self) -> Person:
        """The person who pays the bills."""
        return self.people[0]

    def person(self, name: str) -> Person:
        """Somebody of this account by full name.

        Raises:
            KeyError: nobody has that name.
        """
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(f"{name} is nobody at {self.name}")


@cache
def cast() -> tuple[Member, ...]:
    """All members, by id."""
    return tuple(_member(dict(entry)) for entry in recipe.table("cast")["account"])


def member(account: int) -> Member:
    """The member with this account id.

    Raises:
        KeyError: the cast has none.
    """
    return {member.id: member for member in cast()}[account]


def _member(entry: dict[str, object]) -> Member:
    people = entry.pop("people")
    assert isinstance(people, list)
    first = int(str(entry["id"])) * 10 + 1
    named = tuple(Person(id=first + i, **person) for i, person in enumerate(people))
    return Member(people=named, **entry)  # type: ignore[arg-type]
