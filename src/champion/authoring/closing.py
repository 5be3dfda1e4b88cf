"""What the key holds around an answer: hints, words after success, the ticket it closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from champion.authoring.attributes import TICKET
from champion.authoring.markup import Block, CodeCell
from champion.authoring.mistakes import Mistakes
from champion.authoring.notes import Note
from champion.checking.key import Task


def with_notes(
    task: Task,
    attributes: Mapping[str, str],
    body: Sequence[Block],
    roles: Mapping[int, str],
    mistakes: Mistakes,
) -> Task:
    """The task with its hints, its words after success, and what closing its ticket brings."""
    hints: list[str] = []
    role_above = ""
    for block in body:
        if isinstance(block, CodeCell):
            role_above = roles[id(block)]
        elif not isinstance(block, Note):
            role_above = ""
        elif block.word in ("says", "customer says", "when"):
            if role_above != "wrong":
                mistakes.add(
                    block.line,
                    f"`> {block.word} · …` belongs right under a cell with `:role: wrong`",
                )
        elif block.word == "hint":
            if block.about != str(len(hints) + 1):
                mistakes.add(
                    block.line, f"this is hint {len(hints) + 1} of the task, not `{block.about}`"
                )
            if not block.text:
                mistakes.add(block.line, f"hint {block.about} is empty")
            hints.append(block.text)
        elif block.word == "after":
            if task.after:
                mistakes.add(block.line, "a second `> after · …` in this task; one is enough")
            task = replace(task, after=block.text)
        elif block.word in ("thanks", "next"):
            task = _closing(task, block, mistakes)
    closes = attributes.get("closes", "")
    if not closes and (task.thanks or task.next_ticket):
        line = next(b.line for b in body if isinstance(b, Note) and b.word in ("thanks", "next"))
        mistakes.add(line, "the task closes no ticket; write `closes=L-1003` in its heading")
    return replace(task, hints=tuple(hints), closes=closes)


def _closing(task: Task, note: Note, mistakes: Mistakes) -> Task:
    if note.word == "thanks":
        if note.about not in ("", "1", "2", "3", "4", "5"):
            mistakes.add(note.line, "a rating is 1 to 5: `> thanks 5 · …`")
            return task
        return replace(task, thanks=note.text, rating=int(note.about or 0))
    if not TICKET.fullmatch(note.about):
        mistakes.add(note.line, "name the next ticket: `> next L-1004 · 1-querying/02-filtering`")
    return replace(task, next_ticket=note.about, next_lesson=note.text)
