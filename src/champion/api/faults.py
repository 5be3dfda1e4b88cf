"""Faults on purpose: what goes wrong with an API in life, when a lesson asks for it.

A single request asks for one by its header `X-Lantern-Fault`. A plan makes them happen by
themselves: each of its steps waits for the so-many-th request that fits, and fires once. The
named plans place their steps by the company's seed, so they come where nobody expects them and
yet the same on every run.

- `slow`: the answer takes a second longer, and five on the practice clock.
- `500`: the answer is a 500; nothing was done.
- `timeout`: what was asked is done, and no answer ever comes.
- `disconnect`: what was asked is done, and the answer breaks off in the middle.
- `429`: the limit is reached, whatever was counted (plans only).
- `shrink`: just before the answer, the account's oldest video is archived, so that every later
  page moves up by one (plans only).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

BY_HEADER = ("slow", "500", "timeout", "disconnect")
KINDS = (*BY_HEADER, "429", "shrink")
SLOW_SECONDS, SLOW_ON_THE_CLOCK = 1.0, 5
LONGEST_SILENCE = 60.0
"""Real seconds after which a `timeout` hangs up by itself."""


@dataclass
class Step:
    """One fault of a plan.

    Attributes:
        fault: one of `KINDS`.
        nth: it strikes the nth request that fits, counted from when the plan was set.
        method, path: which requests fit; a path fits with all that lies below it; "" fits all.
    """

    fault: str
    nth: int = 1
    method: str = ""
    path: str = ""

    def fits(self, method: str, path: str) -> bool:
        """Whether the step counts this request."""
        below = path == self.path or path.startswith(f"{self.path.rstrip('/')}/")
        return self.method in ("", method) and (not self.path or below)


@dataclass
class Plan:
    """Faults that wait for their requests."""

    steps: list[Step] = field(default_factory=list)

    def strike(self, method: str, path: str) -> str:
        """The fault for this request, "" for none; every step that fits has counted it."""
        struck = ""
        for step in self.steps:
            if step.fits(method, path):
                step.nth -= 1
                if step.nth == 0 and not struck:
                    struck = step.fault
        self.steps = [step for step in self.steps if step.nth > 0]
        return struck


def named(name: str, seed: int) -> Sequence[Step]:
    """The steps of a plan by its name.

    Raises:
        KeyError: there is no such plan.
    """
    return PLANS[name](seed)


def _bumpy(seed: int) -> list[Step]:
    """A 429 on one of the first pages, and later a 500 that is gone when asked again."""
    first = 2 + _number(seed, "bumpy 429", 2)
    return [
        Step("429", first, "GET"),
        Step("500", first + 2 + _number(seed, "bumpy 500", 2), "GET"),
    ]


def _lost_answer(seed: int) -> list[Step]:
    """The first write is done, and its answer never comes."""
    return [Step("timeout", 1, "POST")]


def _shrinking(seed: int) -> list[Step]:
    """Between two pages a video goes away."""
    return [Step("shrink", 2 + _number(seed, "shrink", 2), "GET", "/v1/videos")]


def _flaky(seed: int) -> list[Step]:
    """Two of the first eight calls fail: one with a 500, one by hanging up."""
    first = 1 + _number(seed, "flaky 500", 4)
    return [Step("500", first), Step("disconnect", first + 1 + _number(seed, "flaky cut", 3))]


PLANS = {"bumpy": _bumpy, "lost-answer": _lost_answer, "shrinking": _shrinking, "flaky": _flaky}


def _number(seed: int, what: str, sides: int) -> int:
    return int(hashlib.sha256(f"faults\0{seed}\0{what}".encode()).hexdigest()[:8], 16) % sides
