"""Judges a decision: a list that begins with the move, and goes on with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from champion.checking import facts, letters, outcomes, patterns, reply, timing, words
from champion.checking.answer import Answer, Run
from champion.checking.evidence import Evidence, Fact, Gather, moment
from champion.checking.key import Need, Task, Wrong
from champion.checking.values import Canonical, Other, Scalar, Table
from champion.checking.verdict import Verdict

MOVES = ("answer", "stop", "escalate")
"""What can be done with a ticket: answer it now, leave undone what it asks for, hand it on."""

MOST = 20
"""Pieces of evidence that a decision may name."""


def items(value: Canonical | None) -> tuple[str, ...]:
    """What a decision lists, each as text; () for what is no list and no text."""
    if isinstance(value, Other):
        return value.items
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return (value.value,)
    return ()


def move(value: Canonical | None) -> str:
    """The move that a decision begins with, in small letters; "" when it begins with none."""
    first = (items(value) or ("",))[0].strip(" .!\"'").casefold()
    return first if first in MOVES else ""


def is_blank(value: Canonical | None) -> bool:
    """Whether nothing but dots stands in the list."""
    return bool(items(value)) and not any(item.strip(" .…_?") for item in items(value))


def fault(task: Task, reference: Answer, evidence: Evidence) -> str:
    """What is wrong with the key of a decision, in a few words; "" when nothing is."""
    if not move(reference.value):
        return reference.error or "its reference begins with no move"
    unknown = [need.label for need in task.needs if evidence.fact(need.label) is None]
    if unknown and not evidence.trouble:
        return f"its evidence has no {words.names(unknown)}"
    return evidence.trouble


def judge(task: Task, answer: Answer, run: Run, gather: Gather) -> Verdict:
    """The verdict on a decision that is there.

    Args:
        task: with the evidence that it must name.
        answer: the learner's, its state "value".
        run: runs a cell of the key.
        gather: gives the evidence.
    """
    reference, evidence = run(task.reference), gather()
    broken = fault(task, reference, evidence)
    if broken:
        return outcomes.broken_key(task, broken)
    mine = items(answer.value)
    if not move(answer.value):
        return _no_move(task, answer.value)
    if len(mine) > MOST + 1:
        first = f"You name {len(mine) - 1} pieces of evidence; at most {MOST} are read."
        return outcomes.not_yet(task, first, ["Which few of them does the next person need?"])
    missing = [need for need in task.needs if not _names(mine[1:], need, evidence)]
    right = move(answer.value) == move(reference.value)
    if right and not missing:
        return _passed(task, mine[1:], evidence, _advised(task, mine[1:], run, evidence))
    found = _recognised(task, answer, run, lists_evidence=right)
    if not right:
        return _wrong_move(task, answer.value, found)
    return _incomplete(task, missing, found)


def _no_move(task: Task, value: Canonical | None) -> Verdict:
    begins = items(value)
    known = words.names(MOVES).replace(" and ", " or ")
    example = f'`{task.variable} = ["{MOVES[0]}", …]`'
    rest = [f"First comes the move, {known}, then its evidence: {example}."]
    if isinstance(value, Table):
        first = f"`{task.variable}` is a table, and this task wants a list."
        rest.append("Look around in a cell of your own, and keep this one for the list.")
    elif not begins:
        first = f"`{task.variable}` is no list."
    elif begins[0].strip().casefold().startswith(MOVES):
        first = f"`{words.short(begins[0])}`: the move and what follows are a single text."
        rest = [
            "Each piece stands between quotation marks of its own, "
            f'and a comma between two pieces: `["{MOVES[0]}", "…"]`.'
        ]
    else:
        first = f"Your list begins with `{words.short(begins[0])}`, which is no move."
    return outcomes.not_yet(task, first, rest)


def _names(given: Sequence[str], need: Need, evidence: Evidence) -> bool:
    """Whether some piece names a fact, written loosely: "job 48211", "48211" and 48211 are one.

    A moment is named by its day and its time, in UTC unless a zone is named; both may stand in
    pieces of their own. The day alone, or the moment of something else that day, is not it.
    """
    fact = evidence.fact(need.label)
    if fact is None:
        return False
    moments = [each for each in map(moment, fact.values) if each is not None]
    if moments and all(value.kind != "day" for value in fact.values):
        whens = [when for item in given for when in letters.read(item).whens]
        return any(timing.tells_moment(whens, each) for each in moments)
    return any(_is_named(item, fact, evidence) for item in given)


def _is_named(item: str, fact: Fact, evidence: Evidence) -> bool:
    if any(_is_denied(item, str(value.value)) for value in fact.values if value.kind == "text"):
        return False
    if facts.says(letters.read(item), fact, evidence):
        return True
    return any(_has_its_ids(item, str(value.value)) for value in fact.values
               if value.kind in ("text", "number"))  # fmt: skip


def _is_denied(item: str, place: str) -> bool:
    """Whether a piece says that something is not in a place, whose name has several words."""
    name = r"\W+".join(map(re.escape, place.split()))
    denied = rf"(?:\bnot|n['’]t|\bno\s+longer)\s+in\s+(?:(?:the|folder)\s+){{0,2}}\W?{name}(?!\w)"
    return len(place.split()) > 1 and re.search(denied, item, re.IGNORECASE) is not None


def _has_its_ids(item: str, wanted: str) -> bool:
    """Whether all ids and longer numbers of a text stand in a piece, in capitals or not.

    A text of one word is an id whatever its signs: those of videos may be letters alone.
    """
    said = re.findall(r"[\w-]+", wanted.casefold())
    ids = [word for word in said if re.search(r"\d", word)]
    if len(said) == 1 and not ids:
        return said[0] in re.findall(r"[\w-]+", item.casefold())
    return bool(ids) and all(
        re.search(rf"(?<![0-9]){re.escape(each)}(?![0-9])", item.casefold()) for each in ids
    )


def _passed(
    task: Task, given: Sequence[str], evidence: Evidence, advised: tuple[Wrong, ...]
) -> Verdict:
    strange = [item for item in given if _is_strange(item, evidence)]
    remarks = (
        *(words.line(wrong.says) for wrong in advised),
        *(
            f"`{words.short(item)}` is no part of this ticket's evidence. "
            "Who reads it looks in vain."
            for item in strange
        ),
    )
    text = words.message(f"✓ {task.title}: right.", [f"A remark: {each}" for each in remarks])
    return Verdict(task.slug, "passed", text, advice=remarks)


def _advised(task: Task, given: Sequence[str], run: Run, evidence: Evidence) -> tuple[Wrong, ...]:
    """The advice on a right decision: what each has beside the evidence is a piece of it, too.

    Such a piece is a bare id. What a sentence says of an id, no list can tell.
    """
    mine = {_bare(item) for item in given}
    return tuple(
        wrong
        for wrong in task.wrong
        if wrong.advice and wrong.source and mine.issuperset(_beside(task, wrong, run, evidence))
    )


def _beside(task: Task, wrong: Wrong, run: Run, evidence: Evidence) -> list[str]:
    """What a wrong decision lists that names nothing of what is needed."""
    return [
        _bare(item)
        for item in items(run(wrong.source).value)[1:]
        if not any(_names([item], need, evidence) for need in task.needs)
    ]


def _bare(item: str) -> str:
    return item.strip().casefold()


def _is_strange(item: str, evidence: Evidence) -> bool:
    """Whether a piece holds an id, a number or a time that the evidence does not know."""
    if any(_is_named(item, fact, evidence) for fact in evidence.facts):
        return False
    found = reply.remarks(letters.read(item), evidence, {})
    return any(each.sort in ("leak", "id", "number", "date", "time") for each in found)


def _recognised(task: Task, answer: Answer, run: Run, *, lists_evidence: bool) -> tuple[Wrong, ...]:
    """The named wrong decisions with this move; with the right move, those with this evidence."""
    mine = "\n".join(items(answer.value)[1:])
    fitting: dict[str, int] = {}
    for wrong in task.wrong:
        if wrong.advice:
            continue
        by_source = bool(answer.source) and all(
            patterns.holds(pattern, answer.source) for pattern in wrong.when
        )
        if wrong.when and not by_source:
            continue
        if not wrong.source:
            fitting[wrong.name] = 1
            continue
        theirs = run(wrong.source).value
        named = all(_has_its_ids(mine, item) for item in items(theirs)[1:])
        if move(theirs) == move(answer.value) and named:
            count = len(items(theirs)) - 1
            if count or not lists_evidence:
                fitting[wrong.name] = 2 + count + (MOST if wrong.when else 0)
    best = max(fitting.values(), default=0)
    return tuple(wrong for wrong in task.wrong if best and fitting.get(wrong.name) == best)


def _wrong_move(task: Task, value: Canonical | None, found: tuple[Wrong, ...]) -> Verdict:
    if found:
        return outcomes.named(task, found, "wrong", [])
    first = f"`{move(value)}` is not the move here."
    return outcomes.not_yet(task, first, ["What would come of it for the customer?"])


def _incomplete(task: Task, missing: Sequence[Need], found: tuple[Wrong, ...]) -> Verdict:
    # whether a wrong one stands in its place, no program can tell
    told = [f"Not in your list yet: `{need.label}`: {words.plain(need.why)}" for need in missing]
    if found:
        return outcomes.named(task, found, "wrong", told)
    first = "The move is right, and its evidence is not complete."
    return outcomes.not_yet(task, first, told)
