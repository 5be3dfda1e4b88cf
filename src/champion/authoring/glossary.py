"""The words of the course, each explained once in `curriculum/glossary.md`.

A lesson links a word to its entry where it first appears, by ``{term}`load` `` or, when the
sentence needs another form, by ``{term}`loads <load>` ``. The page of all entries is built beside
the lessons and names for each the lessons that introduce it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from champion import places
from champion.authoring.mistakes import Mistake, Mistakes

if TYPE_CHECKING:
    from champion.authoring.source import Lesson

ENTRY = re.compile(r"\*\*(?P<code>`?)(?P<term>[^*`]+)(?P=code)\*\*: (?P<meaning>\S.*)")
TERM = re.compile(r"\{term\}`(?P<shown>[^`<]*[^`<\s])(?:\s*<(?P<entry>[^`>]+)>)?`")
HEAD = """\
# Glossary

The words of this course, from A to Z. Behind each stands the lesson that introduces it.
"""


@dataclass(frozen=True)
class Entry:
    """One word: as it is written, what it means, whether it is code, and its line."""

    term: str
    meaning: str
    is_code: bool
    line: int

    @property
    def anchor(self) -> str:
        """Its place on the page: "soft delete" is `soft-delete`."""
        return re.sub(r"[^a-z0-9]+", "-", self.term.lower()).strip("-")

    def marked(self, shown: str) -> str:
        """A form of the word as Markdown, in bold, and as code when it is typed."""
        return f"**`{shown}`**" if self.is_code else f"**{shown}**"


Glossary = Mapping[str, Entry]
"""Entries by term in lower case."""


def source() -> Path:
    """Where the entries are written, one a line."""
    return places.curriculum() / "glossary.md"


def page_path() -> Path:
    """Where the built page lies."""
    return places.notebooks() / "Glossary.md"


def read_glossary() -> Glossary:
    """The glossary; empty when there is none yet."""
    terms: dict[str, Entry] = {}
    for entry in _entries(Mistakes(source())):
        terms.setdefault(entry.term.lower(), entry)
    return terms


def linked(prose: str, line: int, terms: Glossary, used: dict[str, int], mistakes: Mistakes) -> str:
    """Prose of a lesson whose {term} roles are links to the page of all words.

    Args:
        prose: of a lesson.
        line: where it begins.
        terms: the glossary.
        used: the terms linked so far in this lesson, each with its line; added to.
        mistakes: gets words without an entry, and those that are linked twice.
    """

    def link(match: re.Match[str]) -> str:
        shown, name = match["shown"], match["entry"] or match["shown"]
        at = line + prose.count("\n", 0, match.start())
        entry = terms.get(name.lower())
        if entry is None:
            mistakes.add(
                at, f"“{name}” is not in curriculum/glossary.md; add `**{name}**: …` there"
            )
            return f"**{shown}**"
        if first := used.get(entry.term):
            mistakes.add(at, f"“{name}” is linked on line {first} already; link it once, there")
        used.setdefault(entry.term, at)
        return f"[{entry.marked(shown)}](../{page_path().name}#{entry.anchor})"

    return TERM.sub(link, prose)


def glossary_mistakes(lessons: Sequence[Lesson]) -> list[Mistake]:
    """What is wrong with the glossary itself: its form, words twice, words that no lesson links."""
    mistakes = Mistakes(source())
    used = {term for lesson in lessons for term in lesson.terms}
    known: dict[str, int] = {}
    for entry in _entries(mistakes):
        first = known.setdefault(entry.anchor, entry.line)
        if first != entry.line:
            mistakes.add(entry.line, f"“{entry.term}” is explained on line {first} already")
        elif entry.term not in used:
            mistakes.add(
                entry.line,
                f"no lesson introduces “{entry.term}”; write {{term}}`{entry.term}` where one does",
            )
    return mistakes.found


def unexplained(taught: Sequence[str], terms: Glossary) -> list[str]:
    """What a lesson teaches, by its front matter, and no entry of the glossary explains.

    A phrase is explained when the words of some term, or their beginnings, stand in it: "reading a
    schema" by "schema", "running" by "run".
    """
    return [
        phrase
        for phrase in taught
        if not any(_speaks_of(phrase.lower().split(), term.split()) for term in terms)
    ]


def page(lessons: Sequence[Lesson]) -> str:
    """All entries from A to Z as Markdown, each with an anchor and links to its lessons."""
    entries = sorted(read_glossary().values(), key=lambda entry: entry.term.casefold())
    return HEAD + "".join(
        f'\n<a id="{entry.anchor}"></a>{entry.marked(entry.term)} · {entry.meaning} '
        f"*{_introduced(entry, lessons)}*\n"
        for entry in entries
    )


def _introduced(entry: Entry, lessons: Sequence[Lesson]) -> str:
    return ", ".join(
        f"[{lesson.title}]({lesson.name}.ipynb)" for lesson in lessons if entry.term in lesson.terms
    )


def _entries(mistakes: Mistakes) -> Iterator[Entry]:
    """The entries in their order; lines in bold that are none are noted."""
    if not source().is_file():
        return
    lines = source().read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, 1):
        if match := ENTRY.fullmatch(line):
            yield Entry(match["term"], match["meaning"], bool(match["code"]), number)
        elif line.strip() and not line.startswith("#"):
            mistakes.add(number, "an entry is one line: `**word**: what it means`")


def _speaks_of(said: Sequence[str], term: Sequence[str]) -> bool:
    return all(
        any(word == part or (len(part) > 2 and word.startswith(part)) for word in said)
        for part in term
    )
