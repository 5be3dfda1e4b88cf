"""The doctrine: the team's entries on its toughest questions, read, searched, run and indexed.

An entry is `doctrine/<slug>.md`: front matter, and the sections of `doctrine/TEMPLATE.md`.
Its fenced `sql` and `python` snippets run in CI on every proven company. A `sql` fence may
name its rows (```` ```sql plays ````); later snippets of the entry find them under that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt

from champion import places
from champion.authoring.markup import Front, front_matter
from champion.authoring.mistakes import Mistake, Mistakes, refuse
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.lantern.company import Company

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
FRESH = timedelta(days=183)
"""After about six months an entry wants to be verified again."""

WEIGHTS: Mapping[str, int] = {"title": 4, "symptom": 3, "tags": 3, "where": 2, "text": 1}
INDEX = """\
# The doctrine

What this team has learnt about its toughest questions, so that no one struggles through the
same thing twice. Search it with `champion doctrine WORDS…`. To add an entry, copy
[TEMPLATE.md](TEMPLATE.md); its snippets run in CI, so an entry that stops being true is noticed.

| entry | the customer says | where | verified |
|---|---|---|---|
"""


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


@dataclass(frozen=True)
class Ran:
    """What one snippet came to: how many rows a query gave, or the error in one line."""

    snippet: Snippet
    rows: int | None = None
    error: str = ""


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


def search(words: Sequence[str]) -> list[Entry]:
    """The entries in which every word occurs, best first; all entries without words.

    A word counts most in the title, then in symptom and tags, then elsewhere.
    """
    wanted = [_stem(word) for phrase in words for word in re.findall(r"\w+", phrase.lower())]
    scored = [(_score(entry, wanted), entry) for entry in entries()]
    return [
        entry
        for score, entry in sorted(scored, key=lambda each: (-each[0], each[1].slug))
        if score or not wanted
    ]


def run_snippets(entry: Entry, company: Company) -> list[Ran]:
    """Runs an entry's snippets in their order on a company; errors are returned, not raised."""
    from champion.desk import snippet as desk

    before: list[str] = []
    ran: list[Ran] = []
    for snippet in entry.snippets:
        name = snippet.name or "rows_of_this_query"
        cell = f"%%sql {name}\n{snippet.source}" if snippet.language == "sql" else snippet.source
        try:
            made = desk.run(cell, before, company)
        except Exception as error:  # a snippet may fail in any way; the entry's owner is told
            first = str(error).strip().partition("\n")[0]
            ran.append(Ran(snippet, error=first or type(error).__name__))
            continue
        ran.append(Ran(snippet, rows=len(made[name]) if snippet.language == "sql" else None))
        before.append(cell)
    return ran


def remarks(entry: Entry, today: date) -> list[str]:
    """What an entry should be reminded of: no owner, never or long ago verified."""
    found = []
    if not entry.owner:
        found.append("has no owner")
    if entry.last_verified is None:
        found.append("was never verified: add `last_verified: 2026-03-31`")
    elif today - entry.last_verified > FRESH:
        found.append(f"was last verified on {entry.last_verified}: go through it again")
    return found


def index() -> str:
    """The index page, built from the entries' front matter."""
    return INDEX + "".join(
        f"| [{entry.title}]({entry.slug}.md) | {entry.symptom} | {entry.where} "
        f"| {entry.last_verified or 'not yet'} |\n"
        for entry in entries()
    )


def index_path() -> Path:
    """Where the index lies."""
    return places.doctrine() / "README.md"


def write_index() -> None:
    """Writes the index page anew."""
    index_path().write_text(index(), encoding="utf-8", newline="\n")


def index_is_current() -> bool:
    """Whether the index page agrees with the entries."""
    return index_path().is_file() and index_path().read_text(encoding="utf-8") == index()


def main(words: Sequence[str]) -> str:
    """The command `champion doctrine WORDS…`: what to print.

    Raises:
        Problem: nothing fits.
    """
    from champion.lantern.clock import now

    found = search(words)
    if not found:
        tags = sorted({tag for entry in entries() for tag in entry.tags})
        raise Problem(f"Nothing on “{' '.join(words)}” yet.", f"Tags: {', '.join(tags)}.")
    return "\n".join(_listed(entry, now().date()) for entry in found)


def _listed(entry: Entry, today: date) -> str:
    lines = [f"{entry.title}", f"  “{entry.symptom}”", f"  doctrine/{entry.slug}.md"]
    return "\n".join([*lines, *(f"  ! {remark}" for remark in remarks(entry, today))])


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
        for token, following in zip(tokens, tokens[1:], strict=False)
        if token.type == "heading_open" and token.tag == "h2"
    }
    return titles, list(_snippets(tokens, mistakes))


def _snippets(tokens: Sequence[object], mistakes: Mistakes) -> Iterator[Snippet]:
    from markdown_it.token import Token

    for token in tokens:
        if not isinstance(token, Token) or token.type != "fence" or token.map is None:
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


def _score(entry: Entry, wanted: Sequence[str]) -> int:
    """How well an entry fits; 0 when a word is nowhere in it."""
    fields = {
        "title": entry.title,
        "symptom": entry.symptom,
        "tags": " ".join(entry.tags),
        "where": entry.where,
        "text": entry.text,
    }
    stems = {
        name: [_stem(word) for word in re.findall(r"\w+", text.lower())]
        for name, text in fields.items()
    }
    total = 0
    for word in wanted:
        score = sum(
            WEIGHTS[name]
            for name, known in stems.items()
            if any(each.startswith(word) for each in known)
        )
        if not score:
            return 0
        total += score
    return total


def _stem(word: str) -> str:
    """A word without the ending that a plural or a past form gives it."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
