"""A trial: one call of a learner's function, or one look at a state, and all that came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from champion.checking.nested import Nested, same

WATCHED = ("waits", "requests")
"""What of a function's manners a task may ask for, beside its result."""

_CHANGING = re.compile(r"0x[0-9a-fA-F]+|\d+")


@dataclass(frozen=True)
class Asked:
    """One request that a function made.

    Attributes:
        method, path, query: of the request; all "" for the time before the first one.
        status: of the answer; 499 where none came.
        told_to_wait: the seconds that the answer asked to wait.
        waited: the seconds that passed before the next request.
    """

    method: str
    path: str
    query: str
    status: int
    told_to_wait: float = 0
    waited: float = 0

    @property
    def text(self) -> str:
        """The request in a line: "GET /v1/videos?page=2: 429"."""
        target = f"{self.path}?{self.query}" if self.query else self.path
        return f"{self.method} {target}: {self.status if self.status != NO_ANSWER else 'no answer'}"


NO_ANSWER = 499


@dataclass(frozen=True)
class Trial:
    """What came of one input.

    Attributes:
        label: what the learner is told of the input; "" for a state.
        state: it came to a value, stopped with an error, or never ended.
        value: what came back, or what the look saw.
        error: the first line of the error, "KeyError: 'name'".
        left: what it was called with, where the call changed that.
        printed: whether it printed something.
        asked: the requests that it made.
    """

    label: str
    state: Literal["value", "error", "timed out"]
    value: Nested | None = None
    error: str = ""
    left: Nested | None = None
    printed: bool = False
    asked: tuple[Asked, ...] = ()

    @property
    def requests(self) -> tuple[Asked, ...]:
        """The requests, without the time before the first."""
        return tuple(each for each in self.asked if each.method)


Trials = tuple[Trial, ...]


def alike(mine: Trials, wanted: Trials, tolerance: float, watch: tuple[str, ...]) -> bool:
    """Whether two functions came to the same on every input, or two states are the same."""
    return len(mine) == len(wanted) and all(
        alike_once(a, b, tolerance, watch) for a, b in zip(mine, wanted, strict=True)
    )


def alike_once(mine: Trial, wanted: Trial, tolerance: float, watch: tuple[str, ...]) -> bool:
    """Whether the same came of one input; what is not watched may differ."""
    if mine.label != wanted.label or mine.state != wanted.state:
        return False
    if mine.state == "timed out":  # how far it came by then is chance
        return True
    return (
        same(mine.value, wanted.value, tolerance)
        and steady(mine.error) == steady(wanted.error)
        and same(mine.left, wanted.left, tolerance)
        and ("waits" not in watch or rushed(mine) == rushed(wanted))
        and ("requests" not in watch or answered(mine) == answered(wanted))
    )


def rushed(trial: Trial) -> frozenset[str]:
    """How a function asked again after it was refused: "at once", "too soon", or neither."""
    found = set()
    for each in trial.requests[:-1]:
        if (each.status == 429 or each.status >= NO_ANSWER) and not each.waited:
            found.add("at once")
        elif each.waited < each.told_to_wait:
            found.add("too soon")
    return frozenset(found)


def answered(trial: Trial) -> tuple[str, ...]:
    """A function's requests as they are compared: "GET 200", "GET 429", "GET 200"."""
    return tuple(f"{each.method} {each.status}" for each in trial.requests)


def asked(row: Mapping[str, Any]) -> Asked:
    """A request as the API's own story of it has it."""
    return Asked(
        row["method"],
        row["path"],
        row["query"] or "",
        row["status"],
        row["told_to_wait"],
        row["waited"],
    )


def steady(error: str) -> str:
    """The first line of an error without what differs from run to run: numbers and addresses."""
    return _CHANGING.sub("#", error.strip().partition("\n")[0])
