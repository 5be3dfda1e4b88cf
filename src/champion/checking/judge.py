"""Judges one answer: its verdict, and every word that the learner reads of it."""

from __future__ import annotations

import re

from champion.checking import decisions, errors, outcomes, performed, replies, words
from champion.checking.answer import Answer, Run
from champion.checking.canonical import DOTS, Scalar, Table
from champion.checking.compare import equal, letter, single
from champion.checking.contrast import withheld
from champion.checking.diagnose import advice, mistakes, same_trials
from champion.checking.differences import difference
from champion.checking.evidence import Gather, none_at_hand
from champion.checking.grouping import no_group
from champion.checking.key import Task, Wrong
from champion.checking.nested import Group, Nested, odd, same
from champion.checking.slip import slip
from champion.checking.source import assigned, is_blank
from champion.checking.unkept import compared, unkept
from champion.checking.unmade import outside, unmade
from champion.checking.verdict import Verdict


def judge(task: Task, answer: Answer, run: Run, gather: Gather = none_at_hand) -> Verdict:
    """The verdict on an answer, the same wherever it is given.

    Args:
        task: with its reference and its named wrong answers.
        answer: the learner's; its source, where known, serves the diagnosis.
        run: runs a cell of the key on the company that the answer was made on; called for
            the reference, and for wrong answers only when the answer is not right.
        gather: gives what a reply or a decision may rest on; called for those alone.
    """
    if _is_unanswered(task, answer):
        return outcomes.not_attempted(task)
    if answer.state == "value" and answer.value == DOTS:
        return outcomes.not_yet(task, *_dots_from_elsewhere(task))
    if said := outside(task, answer.source):
        return outcomes.not_yet(task, said[0], said[1:], outcome="error")
    if answer.state == "missing":
        return _missing(task, answer)
    if answer.state == "value" and task.kind == "reply":
        return replies.judge(task, answer, run, gather)
    if answer.state == "value" and task.kind == "decision":
        return decisions.judge(task, answer, run, gather)
    reference = run(task.reference)
    fault = _fault(task, reference)
    if fault:
        return outcomes.broken_key(task, fault)
    if answer.state == "value" and _is_right(task, answer, reference):
        return _passed(task, answer)
    found = mistakes(task, answer, run)
    if answer.state == "error":
        return _stopped(task, answer, reference, found)
    if answer.state == "timed out":
        return _timed_out(task, found)
    return _wrong(task, answer, reference, found)


def _is_right(task: Task, answer: Answer, reference: Answer) -> bool:
    if task.kind in performed.KINDS:
        return same_trials(task, answer, reference)
    if reference.holds is not None and task.kind == "value":
        return same(answer.holds, reference.holds, task.tolerance)
    return equal(task, answer.value, reference.value)


def _is_unanswered(task: Task, answer: Answer) -> bool:
    if answer.state == "blank" or is_blank(task, answer.source):
        return True
    if answer.state != "value":
        return False
    if (answer.value == DOTS and not answer.source) or _is_dots(answer.value):
        return True
    if task.kind == "reply":
        return replies.is_blank(task, answer.value)
    return task.kind == "decision" and decisions.is_blank(answer.value)


def _is_dots(value: object) -> bool:
    """Whether a value is text of dots only, as in `choice = "..."`."""
    return (
        isinstance(value, Scalar)
        and isinstance(value.value, str)
        and not value.value.strip(" .…_?")
    )


def _dots_from_elsewhere(task: Task) -> tuple[str, list[str]]:
    """A cell without dots that holds them all the same, as after `lines[4] = fifth`."""
    return f"`{task.variable}` holds three dots, and your cell has none.", [
        "It takes them from a name that an earlier run of yours has changed. "
        "Run the cells above once more, in their order, then this one."
    ]


def _missing(task: Task, answer: Answer) -> Verdict:
    if task.kind == "state":
        return outcomes.not_attempted(task)
    keeps = unmade if task.kind == "function" else unkept
    said = keeps(task, answer.source)
    if said:
        return outcomes.not_yet(task, said[0], said[1:])
    others = [name for name in assigned(answer.source) if name != task.variable]
    if others and task.variable not in assigned(answer.source):
        return outcomes.not_yet(
            task,
            f"Your cell keeps its answer as `{others[-1]}`, and the check looks for "
            f"`{task.variable}`.",
            ["Change the name in your cell, run it, then check again."],
        )
    first = f"○ {task.title}: not attempted yet. There is no `{task.variable}` yet: "
    return Verdict(
        task.slug, "not attempted", first + "run the answer cell above, then check again."
    )


def _fault(task: Task, reference: Answer) -> str:
    """What is wrong with the reference itself, in a few words; "" when nothing is."""
    if reference.state != "value":
        return reference.error or f"its reference gives no value: {reference.state}"
    if task.kind in performed.KINDS:
        return performed.fault(task, reference)
    value = reference.value
    if task.kind == "table":
        if not isinstance(value, Table):
            return "its reference gives no table"
        if not value.whole:
            return "its reference gives too large a table"
        if missing := [name for name in task.order if name not in value.names]:
            return f"its order names no column of the reference: {', '.join(missing)}"
    if task.kind == "value" and reference.holds is not None:
        return f"its reference holds {found}" if (found := odd(reference.holds)) else ""
    if task.kind == "value" and single(value) is None:
        return "its reference gives no single value"
    if task.kind == "choice" and letter(value) not in [each.lower() for each in task.options]:
        return "its reference is no letter of its options"
    return ""


def _passed(task: Task, answer: Answer) -> Verdict:
    said = [words.line(each.says) for each in advice(task, answer)]
    remarks = (*said, *_stopped_below(answer))
    text = words.message(f"✓ {task.title}: right.", [f"A remark: {each}" for each in remarks])
    return Verdict(task.slug, "passed", text, advice=remarks)


def _stopped_below(answer: Answer) -> tuple[str, ...]:
    if not answer.error:
        return ()
    error = _first_line(answer.error)
    return (
        f"A line below your function stopped: {error.rstrip('.')}. "
        "What you try out belongs in a cell of its own.",
    )


def _stopped(task: Task, answer: Answer, reference: Answer, found: tuple[Wrong, ...]) -> Verdict:
    if task.kind == "function" and (lacks := unmade(task, answer.source)):
        return outcomes.not_yet(task, lacks[0], lacks[1:], outcome="error")
    error = _first_line(answer.error)
    shown = [f"\n    {error}\n"] if error else []
    if found and not (task.kind == "function" and _UNSHAPED.match(error)):
        return outcomes.named(task, found, "error", shown)
    said = task.kind not in performed.KINDS and unkept(task, answer.source, ran=False)
    said = said or slip(task, answer.source, error, reference.value)
    if said:
        return outcomes.not_yet(task, said[0], said[1:], outcome="error")
    return outcomes.not_yet(
        task,
        "Your cell stopped with an error.",
        [*shown, errors.advice(answer.source, error)],
        outcome="error",
    )


def _first_line(error: str) -> str:
    return _PLACE.sub("", error.strip().partition("\n")[0])


_UNSHAPED = re.compile(r"IndentationError|SyntaxError: expected ':'")
"""Errors by which a function's lines are not yet its lines, whatever else they lack."""
_PLACE = re.compile(r" \([^()]*, line \d+\)$")  # a file of the kernel's own, which nobody wrote


def _timed_out(task: Task, found: tuple[Wrong, ...]) -> Verdict:
    stopped = "Your cell took too long and was stopped."
    if found:
        return outcomes.named(task, found, "timed out", [stopped])
    return outcomes.not_yet(
        task,
        stopped,
        [
            "Does a join lack its condition, so that every row meets every other? "
            "Does a loop never end? Try it on a few rows first."
        ],
        outcome="timed out",
    )


def _wrong(task: Task, answer: Answer, reference: Answer, found: tuple[Wrong, ...]) -> Verdict:
    if task.kind in performed.KINDS:
        return _performed(task, answer, reference, found)
    if found:
        return outcomes.named(task, found, "wrong", [])
    if said := compared(answer.source):
        return outcomes.not_yet(task, said[0], said[1:])
    if reference.holds is not None and task.kind == "value":
        return outcomes.not_yet(task, *_held_apart(task, answer, reference.holds))
    first, *rest = difference(task, answer.value, reference.value, answer.source)
    return outcomes.not_yet(task, first, rest)


def _held_apart(task: Task, answer: Answer, wanted: Nested) -> tuple[str, list[str]]:
    """What sets a list or a dictionary apart from the one that is wanted."""
    sort = wanted.sort if isinstance(wanted, Group) else "list"
    if isinstance(answer.holds, Group) and answer.holds.sort == sort:
        first, *rest = withheld(answer.holds, wanted, task.tolerance)
        return first, rest
    return no_group(task.variable, sort, answer.value, answer.source)


def _performed(task: Task, answer: Answer, reference: Answer, found: tuple[Wrong, ...]) -> Verdict:
    outcome = performed.outcome(task, answer, reference)
    first, *rest = performed.difference(task, answer, reference)
    if found and (answer.trials or task.kind != "function"):
        with_error = rest[:1] if outcome == "error" else []
        shown = [first, *with_error] if task.kind == "function" else []
        return outcomes.named(task, found, outcome, shown)
    return outcomes.not_yet(task, first, rest, outcome=outcome)
