"""Recognises a mistake that has a name: by its result, its error, or the learner's source."""

from __future__ import annotations

from champion.checking import patterns
from champion.checking.answer import Answer, Run
from champion.checking.canonical import Other, Table
from champion.checking.compare import equal
from champion.checking.defined import making
from champion.checking.key import Task, Wrong
from champion.checking.nested import same
from champion.checking.trial import alike, steady


def mistakes(task: Task, answer: Answer, run: Run) -> tuple[Wrong, ...]:
    """The named wrong answers that fit an answer which is not right.

    One that gives both a source and patterns must fit by both. Where some fit by both,
    those fitting by result alone are left out; where some fit by result, those fitting
    by pattern alone are. What remains cannot be told apart. A table without rows fits
    no wrong answer that has no pattern, since any condition can let nothing through.
    """
    reference = run(task.reference)
    strength = {
        wrong.name: _strength(task, wrong, answer, reference, run)
        for wrong in task.wrong
        if not wrong.advice
    }
    best = max(strength.values(), default=0)
    return tuple(wrong for wrong in task.wrong if best and strength.get(wrong.name) == best)


def advice(task: Task, answer: Answer) -> tuple[Wrong, ...]:
    """What to remark on an answer that passed: advice whose patterns its source fulfils."""
    return tuple(
        wrong
        for wrong in task.wrong
        if wrong.advice and wrong.when and _by_source(task, wrong, answer)
    )


def _strength(task: Task, wrong: Wrong, answer: Answer, reference: Answer, run: Run) -> int:
    """How well a wrong answer fits: 3 by result and source, 2 by result, 1 by source, 0 not."""
    if wrong.when and not _by_source(task, wrong, answer):
        return 0
    if not wrong.source:
        return 1 if wrong.when else 0
    if _is_empty(answer) and not wrong.when:
        return 0
    if not _same_outcome(task, answer, run(wrong.source), reference):
        return 0
    return 3 if wrong.when else 2


def _by_source(task: Task, wrong: Wrong, answer: Answer) -> bool:
    """Whether a source fulfils all patterns: of a function's cell, the lines that make it."""
    source = answer.source
    if task.kind == "function":
        source = making(task.variable, source)
    conditions = [patterns.parse(pattern) for pattern in wrong.when]
    return bool(source) and all(not each.is_of_reply and each.test(source) for each in conditions)


def _same_outcome(task: Task, answer: Answer, wrong: Answer, reference: Answer) -> bool:
    """Whether an answer came out as the wrong one does, and that is not the right result."""
    if answer.state == "error":
        return bool(answer.error) and steady(answer.error) == steady(wrong.error)
    if answer.state != "value":
        return False
    if answer.trials or wrong.trials:
        return same_trials(task, answer, wrong) and not same_trials(task, wrong, reference)
    if reference.holds is not None and task.kind == "value":
        return same_held(task, answer, wrong) and not same_held(task, wrong, reference)
    if isinstance(answer.value, Other) and isinstance(wrong.value, Other):
        return answer.value.what == wrong.value.what
    return equal(task, answer.value, wrong.value) and not equal(task, wrong.value, reference.value)


def same_trials(task: Task, one: Answer, other: Answer) -> bool:
    """Whether two functions do the same, or two cells leave the same state."""
    return alike(one.trials, other.trials, task.tolerance, task.watch)


def same_held(task: Task, one: Answer, other: Answer) -> bool:
    """Whether two answers hold the same, or are the same where they are no lists."""
    if one.holds is None or other.holds is None:
        return one.holds is other.holds and one.value == other.value
    return same(one.holds, other.holds, task.tolerance)


def _is_empty(answer: Answer) -> bool:
    return isinstance(answer.value, Table) and answer.value.rows == 0
