"""Puts the difference between an answer and the reference into words, most specific first.

What teaches without handing over the answer: the learner's own rows are shown, those that
are missing are only counted, with at most the names in their first column (a country, a
day, an id). Right values are never shown.
"""

from __future__ import annotations

from champion.checking import headings, parts, rows, sourced, words
from champion.checking.canonical import Canonical, Other, Scalar, Table
from champion.checking.compare import letter, single
from champion.checking.drift import drift, rounds
from champion.checking.key import Task
from champion.checking.overlay import overlay
from champion.checking.pairing import comparable


def difference(
    task: Task, mine: Canonical | None, wanted: Canonical | None, source: str = ""
) -> list[str]:
    """What sets a wrong answer apart: one sentence for the first line, then any details.

    The source of the learner's cell, where known, serves to say why.
    """
    if mine is None or wanted is None:
        return [f"There is nothing in `{task.variable}`."]
    if task.kind == "choice":
        return _choice(task, mine)
    if task.kind == "value":
        return parts.unread(mine, source) or _value(task, mine, single(wanted), source)
    if not isinstance(mine, Table):
        return sourced.not_from_a_reader(source) or headings.no_table(task.variable, mine, wanted)
    return _tables(task, mine, wanted, source)


def _tables(task: Task, mine: Table, wanted: Canonical, source: str) -> list[str]:
    if not isinstance(wanted, Table):
        return ["This is not what the task asks for."]
    first = headings.misnamed(mine, wanted, source)
    if first:
        return first
    if not mine.whole:
        return rows.too_many(mine)
    found = rows.empty(mine, wanted, source) or headings.of_another_kind(mine, wanted)
    if found:
        return found
    over = overlay(task, mine, wanted)
    if over is None:
        return ["This is not what the task asks for."]
    return (
        rows.repeated(over)
        or rows.out_of_order(over, source)
        or rows.paged(over, source)
        or rows.uncut(over, source)
        or rows.one_column_off(over)
        or rows.others(over)
    )


def _choice(task: Task, mine: Canonical) -> list[str]:
    options = words.names(task.options)
    chosen = letter(mine)
    if mine == Scalar("empty", None):
        return [f"`{task.variable}` holds nothing (None).", f"The options are {options}."]
    if chosen is None:
        return [
            f"`{task.variable}` is {_what(mine)}; the task wants one letter.",
            *_take_one(mine),
            f"The options are {options}. Write one of them in quotation marks.",
        ]
    if chosen not in [option.lower() for option in task.options]:
        return [
            f"{_as_typed(mine)} is none of the options.",
            f"They are {options}. Write one of them in quotation marks.",
        ]
    return [f"{_as_typed(mine)} is not it.", "Read the question once more: what does it ask for?"]


def _as_typed(mine: Canonical) -> str:
    return f'"{words.short(str(mine.value).strip())}"' if isinstance(mine, Scalar) else "It"


def _value(task: Task, mine: Canonical, wanted: Scalar | None, source: str) -> list[str]:
    name = task.variable
    value = single(mine)
    if wanted is None:
        return ["This is not what the task asks for."]
    if value is None:
        return [f"`{name}` is {_what(mine)}; the task wants one value.", *_take_one(mine, source)]
    if value.kind == "empty" and wanted.kind != "empty":
        return [
            f"`{name}` holds nothing (None); the task wants {headings.ONE[wanted.kind]}.",
            headings.NOTHING_KEPT,
        ]
    if not comparable(value.kind, wanted.kind):
        return [
            f"`{name}` is {headings.ONE[value.kind]}; the task wants {headings.ONE[wanted.kind]}.",
            *headings.kind_advice(value.kind, wanted.kind),
        ]
    said = drift(
        name, wanted.kind, [(value.value, wanted.value)], task.tolerance, rounds=rounds(task)
    )
    return said or [f"`{name}` is {words.cell(value.kind, value.value)}, and that is not right."]


def _what(value: Canonical) -> str:
    if isinstance(value, Table):
        across = words.count(len(value.columns), "column")
        return f"a table of {words.count(value.rows, 'row')} and {across}"
    return value.what if isinstance(value, Other) else headings.ONE[value.kind]


def _take_one(value: Canonical, source: str = "") -> list[str]:
    if isinstance(value, Table):
        return ["Which row and which column hold it?"]
    if not isinstance(value, Other):
        return []
    then = parts.within(value, source) or _ONE_OF_IT.get(value.what, value.then)
    return [then] if then else []


_ONE_OF_IT = {
    "one column (a Series)": "Is one of its values asked for, or one that is made of them all? "
    "`.item()` takes out the only value of a column that has one.",
    "a list": "Take the square brackets away: they make a list.",
    "a set": "Take the curly brackets away: they make a set.",
    "a dictionary": "Take the curly brackets away: they make a dictionary.",
    "a range": "Which of its numbers is asked for?",
    "an array": "Which of its values is asked for?",
}
"""What to do with a collection where one value is asked for."""
