"""Finds another customer's data in a text: a name, an address, a host, an id, a ticket."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from champion.checking.evidence import Evidence
from champion.checking.marks import Mark

_WORD = re.compile(r"[^\s,;:!?()\"<>]+")
_HOST = re.compile(r"(?:https?://|[^@\s]+@)?(?P<host>[\w.-]+\.[a-z]{2,})", re.IGNORECASE)
LONGEST_NAME = 7
PREFIX = 10
"""Letters of a token's beginning that are kept: `lnt_` and six more."""


@dataclass(frozen=True)
class Leak:
    """A piece of another customer's, where it stands, and what it is."""

    text: str
    start: int
    end: int
    what: str


def find(plain: str, marks: Sequence[Mark], evidence: Evidence) -> Iterator[Leak]:
    """Another customer's data in a plain text; what the ticket or the evidence says is none."""
    for mark in marks:
        for key in _keys(mark.text.casefold()):
            what = evidence.strangers.get(key)
            if what and key not in evidence.folded and not _is_within(key, evidence):
                yield Leak(mark.text, mark.start, mark.end, what)
                break
    words = list(_WORD.finditer(plain))
    for at, word in enumerate(words):
        yield from _named(plain, [each.span() for each in words[at : at + LONGEST_NAME]], evidence)
        key = word[0].strip(".'").casefold()
        is_id = word[0].islower() and re.fullmatch(r"[a-z]{10}", key)
        if is_id and key in evidence.strangers and key not in evidence.folded:
            yield Leak(word[0], *word.span(), evidence.strangers[key])


def host(mark: str) -> str:
    """The host of an address, "" for what is none."""
    found = _HOST.match(mark)
    return found["host"].casefold() if found else ""


def _keys(mark: str) -> Iterator[str]:
    """What an identifying piece may be known by: itself, its host and those above, its prefix."""
    yield mark
    if mark.startswith("lnt_"):
        yield mark[:PREFIX]
    labels = host(mark).split(".")
    for at in range(len(labels) - 1):
        yield ".".join(labels[at:])


def _is_within(key: str, evidence: Evidence) -> bool:
    """Whether a host of the ticket's own lies below this one."""
    return f".{key}" in evidence.folded or f"@{key}" in evidence.folded


def _named(plain: str, spans: Sequence[tuple[int, int]], evidence: Evidence) -> Iterator[Leak]:
    """The longest name of another customer that begins at the first of these words.

    Two of its words have a capital letter: "Coral home" at the head of a sentence is none.
    """
    start = spans[0][0]
    if not plain[start].isupper():
        return
    for _, end in reversed(spans[1:]):
        name = plain[start:end].rstrip(".'")
        if plain[start:end].endswith("'s"):
            name = plain[start : end - 2]
        key = " ".join(name.casefold().split())
        what = evidence.strangers.get(key)
        capitals = sum(word[0].isupper() for word in name.split())
        if what and capitals > 1 and key not in evidence.folded:
            yield Leak(" ".join(name.split()), start, start + len(name), what)
            return
