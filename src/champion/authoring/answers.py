"""The answers that only the key knows: named wrong ones, and other right ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from champion.authoring import snippet
from champion.authoring.attributes import SLUG
from champion.authoring.markup import Block, CodeCell, Heading
from champion.authoring.mistakes import Mistakes
from champion.authoring.notes import Note
from champion.checking import patterns
from champion.checking.key import Kind, Right, Task, Wrong


def wrong_answers(
    body: Sequence[Block], roles: Mapping[int, str], variable: str, kind: Kind, mistakes: Mistakes
) -> Iterable[Wrong]:
    """The named wrong answers of a task's body, each with the notes right under its cell."""
    names: set[str] = set()
    for position, cell in enumerate(body):
        if not isinstance(cell, CodeCell) or roles[id(cell)] != "wrong":
            continue
        under: list[Note] = []
        for block in body[position + 1 :]:
            if not isinstance(block, Note):
                break
            under.append(block)
        wrong = _wrong(cell, under, variable, names, mistakes)
        # advice on a decision is known by what is listed beside the right evidence
        if wrong.advice and not wrong.when and not (kind == "decision" and wrong.source):
            mistakes.add(
                cell.line,
                f"`{wrong.name}` is advice, which only a pattern recognises: add `> when · …`",
            )
        yield wrong


def _wrong(
    cell: CodeCell, under: Sequence[Note], variable: str, names: set[str], mistakes: Mistakes
) -> Wrong:
    name = _name(cell, names, mistakes)
    says = [note.text for note in under if note.word == "says"]
    customer = [note.text for note in under if note.word == "customer says"]
    when = tuple(note.text for note in under if note.word == "when")
    for note in under:
        if note.word == "when":
            _try_pattern(note, mistakes)
    choice = str(cell.options.get("choice", ""))
    advice = cell.options.get("advice", False)
    if len(says) != 1 or not says[0]:
        mistakes.add(cell.line, f"`{name}` needs one note under its cell: `> says · …`")
    if len(customer) > 1:
        mistakes.add(cell.line, f"`{name}` has two `> customer says · …`; one is enough")
    if choice and cell.code:
        mistakes.add(cell.line, f"`{name}` has `:choice:` and code; the choice is enough")
    if not cell.code and not choice and not when:
        mistakes.add(
            cell.line, f"`{name}` cannot be recognised: give it code, `:choice: a`, or `> when · …`"
        )
    return Wrong(
        name=name,
        says=" ".join(says),
        customer_says=" ".join(customer),
        source=f'{variable} = "{choice}"' if choice else cell.code,
        when=when,
        advice=bool(advice),
    )


def also_right(cells: Sequence[CodeCell], mistakes: Mistakes) -> Iterable[Right]:
    """The other right answers, by their cells."""
    names: set[str] = set()
    for cell in cells:
        yield Right(_name(cell, names, mistakes), cell.code)


def _try_pattern(note: Note, mistakes: Mistakes) -> None:
    try:
        patterns.parse(note.text)
    except ValueError as error:
        mistakes.add(note.line, str(error))


def _name(cell: CodeCell, taken: set[str], mistakes: Mistakes) -> str:
    name = str(cell.options.get("name", ""))
    if not name:
        mistakes.add(cell.line, "this cell needs a name; write `:name: utc-day` under its role")
    elif not SLUG.fullmatch(name):
        mistakes.add(cell.line, f"`{name}` is no name; use small letters, digits and hyphens")
    elif name in taken:
        mistakes.add(cell.line, f"two answers of this task are named `{name}`; rename one")
    taken.add(name)
    return name


def note_unexplained_options(
    heading: Heading, task: Task, attributes: Mapping[str, str], mistakes: Mistakes
) -> None:
    """Notes what a choice lacks: options, a right one among them, a reason for each other."""
    if len(task.options) < 2:
        mistakes.add(heading.line, "a choice lists its options: `- **a** · …`, `- **b** · …`")
    if attributes.get("options", "".join(task.options)) != "".join(task.options):
        mistakes.add(
            heading.line,
            f"`options={attributes['options']}`, but the list below has {', '.join(task.options)}",
        )
    explained = {snippet.letter(wrong.source, task.variable) for wrong in task.wrong}
    right = snippet.letter(task.reference, task.variable)
    if right not in task.options:
        mistakes.add(heading.line, f'the reference of a choice is `{task.variable} = "b"`')
    for option in task.options:
        if option != right and option not in explained:
            mistakes.add(
                heading.line,
                f"option {option} explains itself nowhere; add a wrong answer, `:choice: {option}`",
            )
