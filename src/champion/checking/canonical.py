"""Turns whatever a learner made into plain values, or says in words what it is."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from champion.checking import cell, frame
from champion.checking.values import (
    ITEM_LETTERS,
    ITEM_LIMIT,
    Canonical,
    Column,
    Other,
    Scalar,
    Table,
)
from champion.checking.wire import from_wire, to_wire
from champion.checking.words import text

__all__ = [
    "DOTS",
    "Canonical",
    "Column",
    "Other",
    "Scalar",
    "Table",
    "canonical",
    "from_wire",
    "to_wire",
]

DOTS = Other("still the three dots")
"""What `...` is: an answer that was not given yet."""


def canonical(value: object) -> Canonical:
    """The plain values of an answer: a table, one value, or words for anything else.

    Never raises: an object that cannot be read without trouble is an `Other` too.
    """
    try:
        return _canonical(value)
    except Exception:  # a hostile object may raise anything, and must not stop a check
        return Other("something that could not be read", "Make it afresh and check again.")


def _canonical(value: object) -> Canonical:
    if value is Ellipsis:
        return DOTS
    pandas = sys.modules.get("pandas")
    kind = type(value)
    if pandas is not None and issubclass(kind, pandas.DataFrame):
        return frame.read(value, pandas)
    words = _in_words(value, pandas)
    if words is not None:
        return words
    sort, plain = cell.read(value)
    if sort in ("thing", "list", "mixed"):
        return Other(f"an object of type {kind.__name__}")
    return Scalar(sort, plain)


def _in_words(value: object, pandas: Any) -> Other | None:
    """What is neither a table nor a value, in the learner's words."""
    kind = type(value)
    if pandas is not None:
        if issubclass(kind, pandas.Series):
            return Other("one column (a Series)", _series_advice(value, pandas))
        if issubclass(kind, pandas.Index):
            return Other("an index", "Did you want the frame itself?")
    if issubclass(kind, tuple):
        return replace(_tuple(value), items=_items(list(tuple.__iter__(cast(Any, value)))))
    if issubclass(kind, list):
        return replace(_WORDS[list], items=_items(list(list.__iter__(cast(Any, value)))))
    for plain, words in _WORDS.items():
        if issubclass(kind, plain):
            return words
    for spoken, says in SPEAKING.items():
        if kind is spoken:  # a class of the learner's may claim to be equal
            return says(value)
    package = kind.__module__.partition(".")[0]
    if package == "matplotlib":
        return Other("a plot", "The check wants what the plot was drawn from.")
    if package == "httpx" and kind.__name__ in _OF_AN_ANSWER:
        return _OF_AN_ANSWER[kind.__name__]
    if package == "sqlalchemy":
        return Other(
            "a database result",
            "What takes out what you want: `.all()`, `.scalar_one()` or `.rowcount`?",
        )
    if package == "numpy" and kind.__name__ == "ndarray":
        return _array(value)
    if package == "pandas" and kind.__name__.endswith("GroupBy"):
        return Other(
            "a grouping that is not counted yet",
            "What should be worked out for each group: .size(), .sum(), …?",
        )
    if package == "pandas" and kind.__name__ == "Styler":
        return Other("a styled table", "Keep the frame itself, and style it afterwards.")
    return None


def _items(given: list[Any]) -> tuple[str, ...]:
    """What is in a list, each as text; the lists in it are laid flat."""
    flat: list[Any] = []
    for each in given[:ITEM_LIMIT]:
        if issubclass(type(each), list | tuple):
            inner: type[Any] = tuple if issubclass(type(each), tuple) else list
            flat += list(inner.__iter__(each))[:ITEM_LIMIT]
        else:
            flat.append(each)
    return tuple(text(*cell.read(each))[:ITEM_LETTERS] for each in flat[:ITEM_LIMIT])


def _series_advice(series: Any, pandas: Any) -> str:
    """How to make a table of a Series, by the name of its column or of its index."""
    plain = pandas.Series(series)
    if any(name is not None for name in plain.index.names):
        return "After a grouping, `.reset_index()` makes a table of it."
    if type(plain.name) is not str:
        return "`.to_frame()` makes a table of it."
    return f'Put double brackets around its name to keep a table: `[["{plain.name}"]]`.'


def _tuple(value: Any) -> Other:
    """What a comma makes of a line, in the words of someone who only sees the comma."""
    items = list(tuple.__iter__(value))
    if len(items) == 1:
        return Other("one thing with a comma after it", "Take the comma away.")
    if len(items) == 2 and all(type(item) in (int, float) for item in items):
        then = "Python writes 0.7 with a point; a comma makes two values of it."
    else:
        then = "A comma makes several values. Keep the one that is asked for."
    count = {2: "two", 3: "three"}.get(len(items), f"{len(items):,}")
    return Other(f"{count} things parted by {'a comma' if len(items) == 2 else 'commas'}", then)


def _array(value: Any) -> Other | None:
    if value.ndim == 0:
        return None
    return Other("an array", "A table of it: pd.DataFrame(…).")


_OF_AN_ANSWER = {
    "Response": Other("a whole answer", "Which part of it: .status_code, .headers or .json()?"),
    "Headers": Other("all the headers", "Take one out by its name, in square brackets."),
    "URL": Other("an address of httpx's", "The task asks for a text that the answer holds."),
}
SPEAKING: dict[type, Callable[[Any], Other]] = {}
"""Kinds of things that others have laid out here, and what one of them comes to."""
_WORDS: dict[type, Other] = {
    list: Other("a list", "A table of it: pd.DataFrame(…)."),
    dict: Other("a dictionary", "A table of it: pd.DataFrame(…)."),
    set: Other("a set", "A table of it: pd.DataFrame(…)."),
    frozenset: Other("a set", "A table of it: pd.DataFrame(…)."),
    range: Other("a range", "A table of it: pd.DataFrame(…)."),
    types.CoroutineType: Other("a coroutine", "Did you forget to call it with await?"),
    types.AsyncGeneratorType: Other("an asynchronous generator", "Collect it with async for."),
    types.GeneratorType: Other("a generator", "Collect what it gives: list(…)."),
    types.FunctionType: Other("a function", "Did you forget to call it: are the () missing?"),
    types.BuiltinFunctionType: Other("a function", "Did you forget to call it, with ()?"),
    types.MethodType: Other("a method", "Did you forget to call it: are the () missing?"),
    types.ModuleType: Other("a module", "Is its name also the name of your answer?"),
    type: Other("a class", "Did you forget to call it: are the () missing?"),
}
