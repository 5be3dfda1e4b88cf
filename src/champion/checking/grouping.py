"""What is said of an answer that is no list, set or dictionary where one is wanted."""

from __future__ import annotations

import re

from champion.checking import headings, words
from champion.checking.values import Canonical, Other, Scalar, Table

_BEGINNING = {
    "list": "A list begins with `[]`, and `append` adds to it.",
    "set": "`set(…)` makes one of a list.",
    "dictionary": "A dict begins with `{}`: under each key it keeps a value.",
}


def no_group(
    variable: str, sort: str, value: Canonical | None, source: str
) -> tuple[str, list[str]]:
    """What the answer is instead, and how to come to what is wanted.

    Args:
        variable: that the task asks for.
        sort: what is wanted: list, set or dictionary.
        value: what it holds, no group of that sort.
        source: the text of the cell, "" if unknown.
    """
    if value is None or value == Scalar("empty", None):
        return f"`{variable}` holds nothing (None); the task wants a {sort}.", _given_nothing(
            source
        )
    return f"`{variable}` is {_what(value)}; the task wants a {sort}.", _then(sort, value)


def _given_nothing(source: str) -> list[str]:
    verb = re.search(r"=\s*\w+\.(append|sort|remove|extend|insert)\s*\(", source)
    if verb is None:
        return [headings.NOTHING_KEPT]
    return [
        f"`.{verb[1]}(…)` changes the list itself and gives nothing back.",
        "Write it without a name and an `=` in front.",
    ]


def _then(sort: str, value: Canonical) -> list[str]:
    if isinstance(value, Other) and value.what in ("one column (a Series)", "an array"):
        return [f"`{'dict' if sort == 'dictionary' else sort}(…)` makes one of it."]
    if isinstance(value, Table):
        return ["Which column of it do you go through?"]
    return [_BEGINNING[sort]]


def _what(value: Canonical) -> str:
    if isinstance(value, Table):
        return f"a table of {words.count(value.rows, 'row')}"
    return value.what if isinstance(value, Other) else headings.ONE[value.kind]
