"""What a reply or a decision rests on: its ticket, its evidence, the facts it needs, a rubric."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from champion.authoring import snippet
from champion.authoring.markup import Block, CodeCell, Heading
from champion.authoring.mistakes import Mistakes
from champion.authoring.notes import Note
from champion.checking import patterns
from champion.checking.decisions import MOVES
from champion.checking.key import Need, Task

WORD = {"reply": "must", "decision": "evidence"}
"""The note by which each kind names a fact that it needs."""


def with_needs(
    task: Task,
    heading: Heading,
    attributes: Mapping[str, str],
    body: Sequence[Block],
    evidence: Sequence[CodeCell],
    mistakes: Mistakes,
) -> Task:
    """The task with its ticket, evidence, needed facts and rubric; what these lack is noted."""
    notes = [block for block in body if isinstance(block, Note)]
    if task.kind not in WORD:
        _note_misplaced(notes, evidence, attributes, heading, mistakes)
        return task
    task = replace(
        task,
        ticket=attributes.get("ticket") or attributes.get("closes", ""),
        evidence=tuple(cell.code for cell in evidence),
        needs=tuple(_needs(task, notes, evidence, mistakes)),
        rubric=tuple(_criteria(notes)),
        home=True,  # what it quotes was read at home
    )
    _note_missing(task, heading, evidence, mistakes)
    for wrong in task.wrong:
        if task.kind == "reply" and wrong.advice:
            mistakes.add(heading.line, f"`{wrong.name}`: every remark on a reply is advice already")
    if task.kind == "decision":
        _note_unexplained_moves(task, heading, mistakes)
        for note in notes:
            if note.word == "rubric":
                mistakes.add(note.line, "only a reply has a rubric; a decision is judged at once")
    return task


def note_reply_patterns(task: Task, body: Iterable[Block], mistakes: Mistakes) -> None:
    """Notes patterns that look at a reply's text where there is no reply."""
    for block in body:
        if task.kind != "reply" and isinstance(block, Note) and block.word == "when":
            try:
                of_reply = patterns.parse(block.text).is_of_reply
            except ValueError:
                continue
            if of_reply:
                mistakes.add(block.line, "`reply …` looks at a reply; this task has none")


def _needs(
    task: Task, notes: Sequence[Note], evidence: Sequence[CodeCell], mistakes: Mistakes
) -> Iterable[Need]:
    word = WORD[task.kind]
    made = "\n".join(cell.code for cell in evidence)
    labels: set[str] = set()
    for note in notes:
        if note.word not in WORD.values():
            continue
        if note.word != word:
            mistakes.add(note.line, f"a {task.kind} names what it needs by `> {word} label · why`")
        elif not note.about or not note.text:
            mistakes.add(note.line, f"write the label and why it is needed: `> {word} label · why`")
        elif note.about in labels:
            mistakes.add(note.line, f"`{note.about}` is named twice; once is enough")
        elif evidence and note.about not in made:
            mistakes.add(note.line, f"the evidence cells never make `{note.about}`; add it there")
        else:
            labels.add(note.about)
            yield Need(note.about, note.text)


def _criteria(notes: Iterable[Note]) -> Iterable[str]:
    for note in notes:
        if note.word == "rubric":
            lines = (line.strip().removeprefix("- ").strip() for line in note.text.splitlines())
            yield from filter(None, lines)


def _note_missing(
    task: Task, heading: Heading, evidence: Sequence[CodeCell], mistakes: Mistakes
) -> None:
    word = WORD[task.kind]
    if not evidence:
        mistakes.add(
            heading.line,
            f"a {task.kind} rests on evidence; add a cell with `:role: evidence` that makes it: "
            '`evidence = {"label": value}`',
        )
    elif not any(snippet.assigns(cell.code, "evidence") for cell in evidence):
        mistakes.add(evidence[-1].line, "no evidence cell of this task makes `evidence`")
    if not task.needs:
        mistakes.add(
            heading.line, f"say what a right {task.kind} names: `> {word} label · why it is needed`"
        )
    if task.kind == "reply" and not task.ticket:
        mistakes.add(heading.line, "say which ticket it answers: `ticket=L-1136` in the heading")
    if task.kind == "reply" and not task.rubric:
        mistakes.add(heading.line, "say what a mentor reads it for: `> rubric · a line for each`")


def _note_unexplained_moves(task: Task, heading: Heading, mistakes: Mistakes) -> None:
    right = first_move(task.reference, task.variable)
    if right is not None and right not in MOVES:
        listed = ", ".join(f'"{each}"' for each in MOVES)
        mistakes.add(heading.line, f"the reference of a decision begins with one of {listed}")
        return
    explained = {first_move(wrong.source, task.variable) for wrong in task.wrong}
    for each in MOVES:
        if right is not None and each != right and each not in explained:
            mistakes.add(
                heading.line,
                f"the move `{each}` explains itself nowhere; add a wrong answer, `:choice: {each}`",
            )


def first_move(source: str, variable: str) -> str | None:
    """The move that a cell's list begins with, or its text; None where only running it tells."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == variable:
                first = value.elts[0] if isinstance(value, ast.List) and value.elts else value
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    return first.value
    return None


def _note_misplaced(
    notes: Iterable[Note],
    evidence: Iterable[CodeCell],
    attributes: Mapping[str, str],
    heading: Heading,
    mistakes: Mistakes,
) -> None:
    needed = "belongs in a task with `kind=reply` or `kind=decision`"
    for cell in evidence:
        mistakes.add(cell.line, f"an `evidence` cell {needed}")
    for note in notes:
        if note.word in ("must", "evidence", "rubric"):
            mistakes.add(note.line, f"`> {note.word} · …` {needed}")
    if "ticket" in attributes:
        mistakes.add(heading.line, f"`ticket={attributes['ticket']}` {needed}")
