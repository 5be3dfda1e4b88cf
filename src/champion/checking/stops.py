"""What is said of a function that stopped with an error where it should not."""

from __future__ import annotations

import re

from champion.checking import errors
from champion.checking.key import Task
from champion.checking.trial import Trial

_ARITY = re.compile(
    r"TypeError: (?:[\w<>]+\.)*(?P<name>\w+)\(\) (?P<why>(?:takes|missing|got an unexpected) .+)"
)
_UNKNOWN = re.compile(
    r"(?:NameError: name|UnboundLocalError: cannot access local variable) '(?P<name>\w+)'"
)
_OWN_SLIP = re.compile(r"AttributeError|TypeError: (?!.*(?:indices|subscript))")
"""Errors that no answer of the API brings about."""


def told(task: Task, mine: Trial, source: str) -> list[str]:
    """What is said of the error; the first line goes on after the function's name."""
    arity = _ARITY.match(mine.error)
    if arity and arity["name"] == task.variable:  # else a function that it calls itself
        why = re.sub(r"^missing", "is missing", arity["why"])
        return [
            "cannot be called as the task says.",
            f"Python says: it {why}. Which names stand in the brackets behind def?",
        ]
    return ["stopped with an error.", f"\n    {mine.error}\n", *_why(mine, source)]


def _why(mine: Trial, source: str) -> list[str]:
    """What may have brought the error about: a name of nothing, the learner's own `raise`, or an
    answer that was refused."""
    known = list(filter(None, [errors.known(source, mine.error)]))
    if unknown := _UNKNOWN.search(mine.error):
        name = unknown["name"]
        if re.search(rf"\b{name}\.append\s*\(", source):
            return [f"Nothing has made `{name}` before something is appended to it."]
        return known
    key = re.fullmatch(r"KeyError: '(.+)'", mine.error)
    if key and re.search(rf"\[\s*[\"']{re.escape(key[1])}[\"']\s*\]\s*\.append\s*\(", source):
        return [f'Nothing stands under "{key[1]}" yet, so nothing can be appended to it.']
    last = mine.requests[-1:]
    kind = mine.error.partition(":")[0]
    if re.search(rf"\braise\s+{re.escape(kind)}\b", source):
        after = f" The last answer was {last[0].text}." if last else ""
        return [
            f"Your own `raise` stopped it, and here it has to go on.{after}",
            "When is the condition above that line true?",
        ]
    if not last or last[0].status < 400 or _OWN_SLIP.match(mine.error):
        return known
    return [f"The last answer was no success: {last[0].text}."]
