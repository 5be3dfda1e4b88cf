"""The doctrine: the team's entries on its toughest questions, searched, run and indexed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from champion import places
from champion.authoring.entries import Entry, Snippet, entries
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.lantern.company import Company

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
class Ran:
    """What one snippet came to: how many rows a query gave, or the error in one line."""

    snippet: Snippet
    rows: int | None = None
    error: str = ""


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
