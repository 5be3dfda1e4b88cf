"""Entries of the doctrine, read from `doctrine/<slug>.md`.

An entry has front matter and the sections of `doctrine/TEMPLATE.md`. Its fenced `sql` and
`python` snippets can be run. A `sql` fence may name its rows (```` ```sql plays ````); later
snippets of the entry find them under that name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from champion import places
from champion.authoring.markup import Front, front_matter
from champion.authoring.mistakes import Mistake, Mistakes, refuse

SECTIONS = (
    "Symptom",
    "Where it happens",
    "Cause",
    "How to check",
    "What to answer",
    "When to escalate",
)
REQUIRED = ("title", "symptom", "where", "tags")
KEYS = (*REQUIRED, "cases", "owner", "last_verified", "lesson")
NOT_ENTRIES = ("README", "TEMPLATE")


@dataclass(frozen=True)
class Snippet:
    """A piece of an entry that can be run; `name` is what its rows are kept under, or ""."""

    line: int
    language: Literal["sql", "python"]
    name: str
    source: str


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        slug: its file's name without the ending.
        title, symptom, where, tags, cases, owner, lesson: its front matter; owner and lesson
            may be empty.
        last_verified: when someone last went through it, None when nobody did.
        text: everything below the front matter.
        snippets: in their order.
    """

    slug: str
    title: str
    symptom: str
    where: str
    tags: tuple[str, ...]
    cases: tuple[str, ...]
    owner: str
    last_verified: date | None
    lesson: str
    text: str
    snippets: tuple[Snippet, ...]


def entries() -> list[Entry]:
    """All entries by slug.

    Raises:
        Problem: mistakes in entries, all listed with file and line.
    """
    found: list[Mistake] = []
    read = [
        _entry(path, found)
        for path in sorted(places.doctrine().glob("*.md"))
        if path.stem not in NOT_ENTRIES
    ]
    refuse(found)
    return read


def _entry(path: Path, found: list[Mistake]) -> Entry:
    mistakes = Mistakes(path)
    text = path.read_text(encoding="utf-8-sig")
    front = front_matter(text, mistakes)
    values = front.values
    _look_over(front, mistakes)
    titles, snippets = _body(text, mistakes)
    for section in SECTIONS:
        if section not in titles:
            mistakes.add(1, f"the section `## {section}` is missing; TEMPLATE.md shows it")
    if titles and not snippets:
        mistakes.add(1, "nothing in this entry can be run; add a `sql` or `python` fence")
    found += mistakes.found
    verified = values.get("last_verified")
    return Entry(
        slug=path.stem,
        title=str(values.get("title", "")),
        symptom=str(values.get("symptom", "")),
        where=str(values.get("where", "")),
        tags=_texts(values.get("tags")),
        cases=_texts(values.get("cases")),
        owner=str(values.get("owner") or ""),
        last_verified=verified if isinstance(verified, date) else None,
        lesson=str(values.get("lesson") or ""),
        text=re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL),
        snippets=tuple(snippets),
    )


def _look_over(front: Front, mistakes: Mistakes) -> None:
    values = front.values
    if not values:
        return
    for key in REQUIRED:
        if not values.get(key):
            mistakes.add(front.line(key), f"the entry needs `{key}: …` in its front matter")
    for key in values:
        if key not in KEYS:
            mistakes.add(front.line(str(key)), f"`{key}` is unknown; use {', '.join(KEYS)}")
    verified = values.get("last_verified")
    if verified is not None and not isinstance(verified, date):
        mistakes.add(front.line("last_verified"), "`last_verified` is a date: `2026-03-31`")


def _body(text: str, mistakes: Mistakes) -> tuple[set[str], list[Snippet]]:
    """The titles of an entry's sections, and its snippets."""
    body = re.sub(r"\A---\n.*?\n---", lambda match: "\n" * match[0].count("\n"), text, flags=re.S)
    tokens = MarkdownIt("commonmark").parse(body)
    titles = {
        following.content
        for token, following in itertools.pairwise(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    }
    return titles, list(_snippets(tokens, mistakes))


def _snippets(tokens: Sequence[Token], mistakes: Mistakes) -> Iterator[Snippet]:
    for token in tokens:
        if token.type != "fence" or token.map is None:
            continue
        language, _, name = token.info.strip().partition(" ")
        if name and not name.isidentifier():
            mistakes.add(token.map[0] + 1, f"`{name}` is no name for the rows of this query")
        if language == "sql":
            yield Snippet(token.map[0] + 1, "sql", name, token.content.strip())
        elif language == "python":
            yield Snippet(token.map[0] + 1, "python", "", token.content.strip())


def _texts(given: object) -> tuple[str, ...]:
    if given is None:
        return ()
    return tuple(str(each) for each in given) if isinstance(given, list) else (str(given),)
