"""The key of a task: what an author says a right answer is, and which mistakes have a name.

A key is made from `curriculum/…/*.md` by `champion.authoring`, kept as JSON in `build/keys`,
and read by the desk (to check) and the marker (to judge). It is data only: running a
snippet is the business of whoever holds a company.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Kind = Literal["table", "value", "choice", "reply", "decision", "function", "state"]

FORMAT = 3


@dataclass(frozen=True)
class Wrong:
    """A mistake that people really make, and what to say to them.

    Attributes:
        name: a slug, unique in the task ("utc-day").
        says: names the mistake and asks a question; Markdown, never the answer itself.
        customer_says: what the customer would have written, had this been sent; may be empty.
        source: a cell that makes the mistake (recognised by result or error); may be empty
            when `when` alone recognises it.
        when: patterns in the learner's source, all of which must hold, in the small language
            of `checking.patterns` ("source has `= NULL`"); may be empty.
        advice: the mistake never shows in a result; say it after the answer has passed.
    """

    name: str
    says: str
    customer_says: str = ""
    source: str = ""
    when: tuple[str, ...] = ()
    advice: bool = False


@dataclass(frozen=True)
class Need:
    """A fact that a reply must say or a decision must name: its label in the evidence, and why."""

    label: str
    why: str


@dataclass(frozen=True)
class Right:
    """Another right answer, with a name ("pandas-resample"); it must pass on every company."""

    name: str
    source: str


@dataclass(frozen=True)
class Task:
    """One task of a lesson or an exercise.

    Attributes:
        slug: its id, for ever ("plays-not-loads"); unique in the whole course.
        lesson: "1-querying/03-counting".
        page: which notebook holds it, "lesson" or "exercise".
        number: what the learner sees ("3.2" is the second task of lesson 03).
        title, minutes: from its heading.
        kind: table, value, choice, reply (text for a customer), decision (a move and its
            evidence), function (called with hidden inputs) or state (what the answer's calls
            left in the practice API).
        variable: the name the answer is kept under.
        blank: the answer cell as the learner first sees it.
        reference: the cell that gives the right answer.
        after: Markdown shown after success: alternatives and traps; may be empty.
        order: names of the columns whose sequence matters, () when order does not.
        tolerance: largest absolute difference allowed between two numbers; 0 means exact
            for integers and decimals, 1e-9 relative for floats.
        home: judged on the learner's own company alone, since what was read there is typed in.
        options: a choice's letters, () for other kinds.
        setup: cells that run before any answer of this page, in order.
        ticket: the ticket that a reply or a decision is about; may be empty.
        evidence: cells that make `evidence`, the labelled facts that may be quoted; they run
            after the set-up and before the key's own cells, and no learner sees them.
        needs: the facts that a reply must say, or that a decision must name.
        rubric: what a mentor reads a reply for, a line each.
        inputs: cells that make `inputs`, what a function is called with, by its label; they
            run after the set-up, and no learner sees them.
        watch: what of a function counts beside its results, of `trial.WATCHED`.
        look: cells that make `state`, what there is in the practice API, by its label.
        wrong, also_right, hints: as their names say; hints in the order they are given.
        closes: the ticket that passing this task closes ("L-1003"); may be empty.
        thanks: what the customer answers then; may be empty.
        rating: the customer's rating then, 1 to 5, or 0 when there is none.
        next_ticket: the ticket that leads on, and `next_lesson` where to; may be empty.
    """

    slug: str
    lesson: str
    page: Literal["lesson", "exercise"]
    number: str
    title: str
    minutes: int
    kind: Kind
    variable: str
    blank: str
    reference: str
    after: str = ""
    order: tuple[str, ...] = ()
    tolerance: float = 0.0
    home: bool = False
    options: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    ticket: str = ""
    evidence: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    rubric: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    also_right: tuple[Right, ...] = ()
    hints: tuple[str, ...] = ()
    closes: str = ""
    thanks: str = ""
    rating: int = 0
    next_ticket: str = ""
    next_lesson: str = ""


@dataclass(frozen=True)
class Key:
    """All tasks of one lesson folder, its lesson page's first, in their order."""

    lesson: str
    title: str
    tasks: tuple[Task, ...] = field(default_factory=tuple)

    def task(self, slug: str) -> Task | None:
        """The task of that slug, or None."""
        return next((task for task in self.tasks if task.slug == slug), None)


def to_json(key: Key) -> str:
    """A key as JSON text, the same bytes for the same key."""
    return json.dumps({"format": FORMAT, **asdict(key)}, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Key:
    """The key that `to_json` wrote.

    Raises:
        ValueError: the text is not a key, or one of another format.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("not an answer key of this version")
    return Key(data["lesson"], data["title"], tuple(_task(each) for each in data["tasks"]))


def read(path: Path) -> Key:
    """The key kept in a file; errors as `from_json`'s, and OSError."""
    return from_json(path.read_text(encoding="utf-8"))


_LISTS = ("order", "options", "setup", "evidence", "rubric", "inputs", "watch", "look", "hints")


def _task(data: Mapping[str, Any]) -> Task:
    plain = dict(data)
    plain["wrong"] = tuple(Wrong(**{**w, "when": tuple(w["when"])}) for w in data["wrong"])
    plain["also_right"] = tuple(Right(**right) for right in data["also_right"])
    plain["needs"] = tuple(Need(**need) for need in data["needs"])
    for name in _LISTS:
        plain[name] = tuple(data[name])
    return Task(**plain)
