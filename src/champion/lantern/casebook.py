"""The casebook: what is really the matter in each ticket of a company. For mentors."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from champion.lantern.build import as_scale, as_seed
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cast import member
from champion.lantern.clock import HISTORY_START, SECOND
from champion.lantern.stories import cases, truths

WIDTH = 88


def text(seed: int | str = 1, scale: float | str = 1) -> str:
    """Every case with its ticket, customer, truth and evidence, and whether to escalate.

    Args:
        seed: which company; the evidence moves with it.
        scale: its size; the evidence is the same at every one.

    Raises:
        Problem: seed or scale make no sense.
    """
    seed, scale = as_seed(seed), as_scale(scale)
    known = truths(seed)
    head = f"The cases of the company of seed {seed}, scale {scale:g}. This gives everything away."
    return "\n\n".join([head, *("\n".join(_lines(case, known[case.ticket])) for case in cases())])


def _lines(case: Case, truth: Truth) -> Iterator[str]:
    told = f", archetype {' and '.join(map(str, case.archetypes))}" if case.archetypes else ""
    yield f"{case.ticket}  {member(case.account).name} (account {case.account}{told})"
    yield _wrapped("truth", truth.cause)
    for key, value in truth.evidence.items():
        yield _wrapped("evidence", f"{key}: {_shown(value)}")
    if truth.tempting:
        yield _wrapped("tempting", truth.tempting)
    yield _wrapped("escalate", "yes" if truth.escalate else "no")


def _wrapped(what: str, words: str) -> str:
    margin = f"  {what:<10}"
    return textwrap.fill(words, WIDTH, initial_indent=margin, subsequent_indent=" " * len(margin))


def _shown(value: Any) -> str:
    """A value of the evidence as a mentor reads it; whole numbers that are moments as such."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    if isinstance(value, tuple | list):
        return "; ".join(map(_shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value >= HISTORY_START:
        return f"{datetime.fromtimestamp(value // SECOND, UTC):%Y-%m-%d %H:%M:%S} UTC"
    return str(value)
