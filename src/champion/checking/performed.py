"""What is said of code that was judged by what it does: a function, or the state that it left."""

from __future__ import annotations

from collections.abc import Iterator

from champion.checking import headings, stops, words
from champion.checking.answer import Answer
from champion.checking.contrast import SHORTEST, apart, said, surplus, written
from champion.checking.defined import making
from champion.checking.key import Task
from champion.checking.nested import Group, Nested, odd, same
from champion.checking.trial import (
    Trial,
    alike_once,
    answered,
    rushed,
)
from champion.checking.values import Other, Scalar, Table
from champion.checking.verdict import Outcome

KINDS = ("function", "state")

_MOST_REQUESTS = 6


def fault(task: Task, reference: Answer) -> str:
    """What is wrong with the key of such a task, in a few words; "" when nothing is."""
    if not reference.trials:
        return reference.error or "its reference makes no function"
    for trial in reference.trials:
        beside = f" with “{trial.label}”" if trial.label else ""
        if trial.stops and trial.state == "value":
            return f"its reference does not stop{beside}"
        if trial.stops and trial.state == "error":
            continue
        if trial.state != "value":
            ends = f"stops with {trial.error}" if trial.error else "never ends"
            return f"its reference {ends}{beside}"
        if found := odd(trial.value):
            return f"its reference gives {found}{beside}"
    return ""


def outcome(task: Task, answer: Answer, reference: Answer) -> Outcome:
    """How a wrong function came out on the first input that tells: wrong, error or timed out."""
    pair = _first_apart(task, answer, reference)
    state = pair[0].state if pair else "value"
    return "wrong" if state == "value" else state


def difference(task: Task, answer: Answer, reference: Answer) -> list[str]:
    """What sets a function or a state apart: one sentence for the first line, then details."""
    if not answer.trials:
        return _no_function(task, answer)
    pair = _first_apart(task, answer, reference)
    if pair is None:
        return ["It is not what the task asks for."]
    mine, wanted = pair
    if task.kind == "state":
        return list(_state(mine, wanted, task.tolerance, answer.source))
    first, *rest = _function(task, mine, wanted, answer.source)
    return [f"With {mine.label}: `{task.variable}` {first}", *rest]


def _first_apart(task: Task, answer: Answer, reference: Answer) -> tuple[Trial, Trial] | None:
    pairs = zip(answer.trials, reference.trials, strict=False)
    return next((pair for pair in pairs if not alike_once(*pair, task.tolerance, task.watch)), None)


def _no_function(task: Task, answer: Answer) -> list[str]:
    value = answer.value
    if isinstance(value, Scalar):
        what = headings.ONE[value.kind]
    else:
        what = value.what if isinstance(value, Other) else "a table"
    return [
        f"`{task.variable}` is {what}; the task wants a function.",
        f"Begin it with `def {task.variable}(…):`. Does a later line give the name another value?",
    ]


def _function(task: Task, mine: Trial, wanted: Trial, source: str) -> list[str]:
    """What differs on one input; the first line goes on after the function's name."""
    if mine.state == "timed out":
        return ["never ended.", *_after_requests(mine), "Which line ends its loop, and when?"]
    if mine.state == "error":
        return stops.told(task, mine, making(task.variable, source))
    if wanted.stops:
        return _went_on(mine)
    if not same(mine.value, wanted.value, task.tolerance):
        return _other_value(mine, wanted, task.tolerance)
    if not same(mine.left, wanted.left, task.tolerance):
        return [
            "changes what it is called with.",
            "Whoever calls it still needs that. Fill a new list or dictionary instead.",
        ]
    if "waits" in task.watch and rushed(mine) != rushed(wanted):
        return _impatient(mine)
    return _chatty(mine, wanted)


def _went_on(mine: Trial) -> list[str]:
    """What is said of a value that came back where an error was wanted."""
    value = mine.value
    nothing = isinstance(value, Scalar) and value.kind == "empty"
    back = "gives nothing back (None)" if nothing else f"gives back {said(value)}"
    refused = next((each for each in mine.requests if each.status >= 400), None)
    reason = [f"One answer was no success: {refused.text}."] if refused else []
    return [f"{back}; wanted: that it stops with an error.", *reason]


def _other_value(mine: Trial, wanted: Trial, tolerance: float) -> list[str]:
    value = mine.value
    if isinstance(value, Scalar) and value.kind == "empty":
        if mine.printed:
            return [
                "gives nothing back: it prints instead.",
                "print shows a value to you; return hands it to whoever calls.",
            ]
        return [
            "gives nothing back (None).",
            f"Wanted: {said(wanted.value)}. Which line says return, and is it reached?",
        ]
    if isinstance(value, Other):
        then = [value.then] if value.then and value.what in _SPEAKING else []
        return [f"gives back {value.what}; wanted: {said(wanted.value)}.", *then]
    if _is_long(value, wanted.value):
        return _far_apart(value, wanted.value, tolerance)
    first = f"gives back {said(value)}; wanted: {said(wanted.value)}."
    return [first, *_kinds(value, wanted.value)]


def _far_apart(mine: Nested | None, wanted: Nested | None, tolerance: float) -> list[str]:
    """What differs between two groups of one sort that are too long for a line."""
    told = apart(mine, wanted, tolerance)
    if isinstance(mine, Group) and mine.sort == "dictionary":
        return [f"gives back a dictionary that differs: {_lowered(told[0])}", *told[1:]]
    ours, theirs = _size(mine), _size(wanted)
    if ours == theirs:
        return [f"gives back {ours}, but not the one that is wanted.", *told]
    return [f"gives back {ours}; wanted: {theirs}.", *told]


_SPEAKING = ("a generator", "a coroutine", "an asynchronous generator", "a function", "a method")


def _is_long(mine: Nested | None, wanted: Nested | None) -> bool:
    """Whether both are groups of one sort, too long to be compared at a glance."""
    return (
        isinstance(mine, Group)
        and isinstance(wanted, Group)
        and mine.sort == wanted.sort
        and any(map(_is_large, (mine, wanted)))
    )


def _is_large(value: Group) -> bool:
    if value.sort == "dictionary" and len(written(value)) > SHORTEST:
        return True
    return len(value.items) > 5


def _size(value: Nested | None) -> str:
    """A group by its size, and by the kind of its things where they have one."""
    if not isinstance(value, Group):
        return said(value)
    inside = {each.sort if isinstance(each, Group) else "" for each in value.items}
    what = f" {inside.pop()}s".replace("ys", "ies") if len(inside) == 1 and "" not in inside else ""
    return f"a {value.sort} of {len(value.items):,}{what}"


def _kinds(mine: Nested | None, wanted: Nested | None) -> list[str]:
    """A remark where two values look the same and are of different kinds."""
    if not (isinstance(mine, Scalar) and isinstance(wanted, Scalar)):
        return []
    if mine.kind == wanted.kind or "empty" in (mine.kind, wanted.kind):
        return []
    return [f"Yours is {headings.ONE[mine.kind]}; {headings.ONE[wanted.kind]} is asked for."]


def _impatient(mine: Trial) -> list[str]:
    refusal = next(
        (
            each
            for each in mine.requests[:-1]
            if each.status >= 429 and (each.waited < each.told_to_wait or not each.waited)
        ),
        None,
    )
    if refusal is None:
        return ["waits otherwise than the task asks.", *_log(mine)]
    if not refusal.waited:
        return ["asks again at once after it was refused.", *_log(mine)]
    return [
        f"waits {_seconds(refusal.waited)}; the answer asked for {_seconds(refusal.told_to_wait)}.",
        *_log(mine),
    ]


def _chatty(mine: Trial, wanted: Trial) -> list[str]:
    ours, theirs = len(mine.requests), len(wanted.requests)
    if ours > theirs:
        first = f"makes {words.count(ours, 'request')}; {theirs} would do."
    elif ours < theirs:
        first = f"makes {words.count(ours, 'request')}; {theirs} are needed."
    else:
        first = "does not make the requests that the task asks for."
    return [first, *_log(mine)] if ours else [first, f"Wanted: {', '.join(answered(wanted))}."]


def _after_requests(mine: Trial) -> list[str]:
    made = len(mine.requests)
    return [f"It was stopped after {words.count(made, 'request')}."] if made else []


def _log(mine: Trial) -> Iterator[str]:
    """What was asked, line by line, as the API noted it."""
    lines = []
    for each in mine.requests:
        waited = f", then {_seconds(each.waited)} of waiting" if each.waited else ""
        lines.append(f"    {each.text}{waited}")
    more = len(lines) - _MOST_REQUESTS
    if more > 0:
        lines = [*lines[:_MOST_REQUESTS], f"    … and {more:,} more"]
    yield "The API's log of it:"
    yield "\n" + "\n".join(lines) + "\n"


def _seconds(seconds: float) -> str:
    return words.count(int(seconds), "second") if seconds == int(seconds) else f"{seconds:g} s"


def _state(mine: Trial, wanted: Trial, tolerance: float, source: str) -> Iterator[str]:
    ours, theirs = _labelled(mine.value), _labelled(wanted.value)
    told = [
        f"{label}: {_lowered(each)}"
        for label, value in theirs.items()
        if not same(ours.get(label), value, tolerance)
        for each in apart(ours.get(label), value, tolerance)
    ]
    yield from told[:4]
    if surplus(mine.value, wanted.value) and "api.reset()" not in source:
        yield ("If an earlier run left that there: `api.reset()`, then your cell, then the check.")


def _labelled(value: Nested | None) -> dict[str, Nested]:
    if not isinstance(value, Group):
        return {}
    pairs = zip(value.keys, value.items, strict=True) if value.keys else ()
    return {
        str(key.value): each for key, each in pairs if not isinstance(key, Group | Table | Other)
    }


def _lowered(sentence: str) -> str:
    """A sentence that goes on after a label."""
    return sentence[:1].lower() + sentence[1:]
