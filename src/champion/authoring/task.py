"""Reads one task: what the learner sees of it, and what only its key holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from champion.authoring import snippet
from champion.authoring.answers import also_right, note_unexplained_options, wrong_answers
from champion.authoring.attributes import read_attributes
from champion.authoring.closing import with_notes
from champion.authoring.hidden import with_hidden
from champion.authoring.markup import Block, CodeCell, Heading, Prose, Quiz
from champion.authoring.mistakes import Mistakes
from champion.authoring.needs import note_reply_patterns, with_needs
from champion.authoring.notes import Note
from champion.authoring.sheet import Sheet, tags_of
from champion.checking.key import Kind, Task

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "setup": ("tags",),
    "show": ("tags",),
    "answer": (),
    "check": (),
    "evidence": (),
    "inputs": (),
    "state": (),
    "reference": (),
    "wrong": ("name", "choice", "advice"),
    "also-right": ("name",),
}
ONCE = ("answer", "check", "reference")
CHOICE_OPTION = re.compile(r"^- \*\*([a-z])\*\* · ", re.MULTILINE)


@dataclass(frozen=True)
class Known:
    """What is known of a task before its blocks are read."""

    lesson: str
    page: str
    number: str
    setup: tuple[str, ...]


def opens_task(block: Block) -> bool:
    """Whether a block is a heading that opens a task: its braces say more than a slug."""
    return isinstance(block, Heading) and bool(block.attributes)


def is_setup(block: Block) -> TypeGuard[CodeCell]:
    """Whether a block is a set-up cell."""
    return isinstance(block, CodeCell) and block.options.get("role") == "setup"


def check_options(cell: CodeCell, mistakes: Mistakes) -> str:
    """The role of a cell, "" when it names none; options it cannot have are noted."""
    role = str(cell.options.get("role", ""))
    if role and role not in OPTIONS:
        mistakes.add(cell.line, f"the role `{role}` is unknown; roles are {_listed(OPTIONS)}")
        return role
    for name in cell.options:
        if name in ("says", "customer-says", "when"):
            word = name.replace("-", " ")
            mistakes.add(cell.line, f"`{word}` goes under the cell, as a note: `> {word} · …`")
        elif name != "role" and name not in OPTIONS.get(role, ("tags",)):
            mistakes.add(cell.line, f"a cell with role `{role or 'show'}` takes no `:{name}:`")
    return role


def read_task(
    heading: Heading, body: Sequence[Block], known: Known, sheet: Sheet, mistakes: Mistakes
) -> Task | None:
    """Puts the learner's cells on the sheet and returns the task, or None when it is broken."""
    before = len(mistakes.found)
    attributes = read_attributes(heading, mistakes)
    roles = {id(cell): check_options(cell, mistakes) for cell in _cells(body)}
    cells = {role: [c for c in _cells(body) if roles[id(c)] == role] for role in OPTIONS}
    _note_missing_and_doubled(heading, body, cells, roles, mistakes)
    setup = _lay_out(heading, body, roles, known, attributes, sheet, mistakes)
    if not cells["answer"] or not cells["reference"]:
        return None
    options = tuple(CHOICE_OPTION.findall(_prose(body)))
    kind = _kind(attributes, cells["answer"][0], options)
    variable = _variable(kind, attributes, cells, mistakes)
    task = Task(
        slug=heading.slug,
        lesson=known.lesson,
        page="lesson" if known.page == "lesson" else "exercise",
        number=known.number,
        title=heading.title,
        minutes=int(attributes.get("minutes", "0")),
        kind=kind,
        variable=variable,
        blank=cells["answer"][0].code,
        reference=cells["reference"][0].code,
        order=tuple(filter(None, attributes.get("order", "").split(","))),
        tolerance=float(attributes.get("tolerance", "0")),
        home=attributes.get("home") == "yes",
        options=options if kind == "choice" else (),
        setup=setup,
        wrong=tuple(wrong_answers(body, roles, variable, kind, mistakes)),
        also_right=tuple(also_right(cells["also-right"], mistakes)),
    )
    task = with_notes(task, attributes, body, roles, mistakes)
    task = with_needs(task, heading, attributes, body, cells["evidence"], mistakes)
    task = with_hidden(task, heading, attributes, cells, mistakes)
    note_reply_patterns(task, body, mistakes)
    if kind == "choice":
        note_unexplained_options(heading, task, attributes, mistakes)
    return task if len(mistakes.found) == before else None


def _cells(body: Iterable[Block]) -> list[CodeCell]:
    return [block for block in body if isinstance(block, CodeCell)]


def _prose(body: Iterable[Block]) -> str:
    return "\n".join(block.text for block in body if isinstance(block, Prose))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _note_missing_and_doubled(
    heading: Heading,
    body: Sequence[Block],
    cells: Mapping[str, list[CodeCell]],
    roles: Mapping[int, str],
    mistakes: Mistakes,
) -> None:
    for role in ("answer", "reference"):
        if not cells[role]:
            mistakes.add(
                heading.line, f"the task `{heading.slug}` has no cell with `:role: {role}`; add one"
            )
    for role in ONCE:
        for extra in cells[role][1:]:
            mistakes.add(extra.line, f"a second `{role}` cell in `{heading.slug}`; one is enough")
    for cell in _cells(body):
        if not roles[id(cell)]:
            mistakes.add(cell.line, "a cell in a task needs a role; write `:role: show` to show it")
        elif not cell.code and roles[id(cell)] != "wrong":
            mistakes.add(cell.line, f"this `{roles[id(cell)]}` cell is empty")
    expected = f'check("{heading.slug}")'
    for check in cells["check"]:
        if check.code.replace("'", '"') != expected:
            mistakes.add(check.line, f"the check cell of this task holds `{expected}` and no more")


def _lay_out(
    heading: Heading,
    body: Sequence[Block],
    roles: Mapping[int, str],
    known: Known,
    attributes: Mapping[str, str],
    sheet: Sheet,
    mistakes: Mistakes,
) -> tuple[str, ...]:
    """Puts what the learner sees on the sheet; returns the set-up that stands above the answer."""
    minutes = attributes.get("minutes", "0")
    shown = f"{known.number} {heading.title} · {minutes} minute{'s' * (minutes != '1')}"
    sheet.flush()
    sheet.section = sheet.task = heading.slug
    sheet.heading(heading, shown)
    setup = list(known.setup)
    above_answer = tuple(setup)
    checked = any(role == "check" for role in roles.values())
    for block in body:
        match block:
            case Heading():
                sheet.heading(block, block.title)
            case Prose():
                sheet.prose(block)
            case Quiz():
                sheet.quiz(block)
            case CodeCell():
                role = roles[id(block)]
                if role == "setup":
                    setup.append(block.code)
                    sheet.code("setup", block.code, block.line, tags_of(block, mistakes))
                elif role == "show":
                    sheet.code("show", block.code, block.line, tags_of(block, mistakes))
                elif role == "check":
                    sheet.code("check", block.code, block.line)
                elif role == "answer":
                    above_answer = tuple(setup)
                    sheet.code("answer", block.code, block.line)
                    if not checked:
                        sheet.code("check", f'check("{heading.slug}")', block.line)
            case Note():
                pass
            case _:
                sheet.flush()
    sheet.flush()
    return above_answer


def _variable(
    kind: Kind,
    attributes: Mapping[str, str],
    cells: Mapping[str, list[CodeCell]],
    mistakes: Mistakes,
) -> str:
    answer = cells["answer"][0]
    made = snippet.function if kind == "function" else snippet.variable
    variable, trouble = made(answer.code)
    variable = attributes.get("variable", variable)
    if trouble and "variable" not in attributes:
        mistakes.add(answer.line, trouble)
        return ""
    for cell in [answer, *cells["reference"], *cells["wrong"], *cells["also-right"]]:
        if cell.code and not snippet.assigns(cell.code, variable):
            mistakes.add(
                cell.line, f"this cell never makes `{variable}`, which is what the task checks"
            )
    return variable


def _kind(attributes: Mapping[str, str], answer: CodeCell, options: Sequence[str]) -> Kind:
    given = attributes.get("kind", "")
    for kind in ("reply", "decision", "function", "state"):
        if given == kind:
            return kind
    if given == "choice" or (not given and options):
        return "choice"
    if given == "table" or (not given and snippet.is_sql(answer.code)):
        return "table"
    return "value"
