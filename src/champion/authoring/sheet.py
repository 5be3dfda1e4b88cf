"""The cells of a page as they are read: prose gathers until a cell or a heading ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from champion.authoring import quiz
from champion.authoring.figures import Figure, read_figures, without_marks
from champion.authoring.glossary import TERM, Glossary, linked
from champion.authoring.markup import CodeCell, Heading, Prose, Quiz
from champion.authoring.mistakes import Mistakes

Role = Literal["prose", "load", "setup", "show", "answer", "check"]


@dataclass(frozen=True)
class Cell:
    """A cell of the learner's notebook.

    Attributes:
        role: prose is Markdown, all others are code.
        text: what it holds.
        section: the slug of the heading it stands under; a task's own slug inside a task.
        task: the slug of its task, "" outside tasks.
        tags: notebook tags, `raises-exception` for a cell that breaks on purpose.
        line: where it starts in the source.
    """

    role: Role
    text: str
    section: str
    task: str = ""
    tags: tuple[str, ...] = ()
    line: int = 1


@dataclass
class Sheet:
    """Gathers the cells of one page from top to bottom, with its terms and figures by line."""

    mistakes: Mistakes
    glossary: Glossary
    terms: dict[str, int] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    section: str = "start"
    task: str = ""
    _prose: list[Prose] = field(default_factory=list)

    def heading(self, heading: Heading, shown: str) -> None:
        """Starts a section, or a task when the heading has a slug."""
        self.flush()
        if not self.task:
            self.section = heading.slug or slug(heading.title)
        self._prose.append(Prose(heading.line, f"{'#' * heading.level} {shown}"))

    def prose(self, prose: Prose) -> None:
        """Adds to the prose cell under way."""
        self.figures += read_figures(prose, self.mistakes)
        shown = linked(prose.text, prose.line, self.glossary, self.terms, self.mistakes)
        if shown := without_marks(shown):
            self._prose.append(Prose(prose.line, shown))

    def quiz(self, block: Quiz) -> None:
        """Adds a quiz as a cell of its own."""
        if TERM.search(block.text):
            self.mistakes.add(block.line, "a quiz links no words; write `**word**`")
        self._add("prose", quiz.rendered(block, self.mistakes), block.line)

    def code(self, role: Role, text: str, line: int, tags: tuple[str, ...] = ()) -> None:
        """Adds a code cell."""
        if "NBVAL_" in text:
            self.mistakes.add(line, "`NBVAL_…` makes the tests look away; take it out")
        self._add(role, text, line, tags)

    def flush(self) -> None:
        """Ends the prose cell under way."""
        if self._prose:
            text = "\n\n".join(prose.text for prose in self._prose)
            self.cells.append(Cell("prose", text, self.section, self.task, (), self._prose[0].line))
            self._prose.clear()

    def _add(self, role: Role, text: str, line: int, tags: tuple[str, ...] = ()) -> None:
        self.flush()
        self.cells.append(Cell(role, text, self.section, self.task, tags, line))


def slug(title: str) -> str:
    """A title as a slug: "Predict, then run" is `predict-then-run`; at most 40 characters."""
    bare = re.sub(r"\{[^}]*\}|[`*_]", "", title).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].strip("-") or "section"


def tags_of(cell: CodeCell, mistakes: Mistakes) -> tuple[str, ...]:
    """The tags of a cell; only `raises-exception` is allowed, because others blind the tests."""
    given = cell.options.get("tags", [])
    tags = tuple(str(tag) for tag in given) if isinstance(given, list) else (str(given),)
    for tag in tags:
        if tag != "raises-exception":
            mistakes.add(cell.line, f"the tag `{tag}` is not allowed; only `raises-exception` is")
    return tags
