"""What an answer came to, in the form in which answers are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from champion.checking.canonical import Canonical
from champion.checking.nested import Nested
from champion.checking.trial import Trials

State = Literal["value", "missing", "blank", "error", "timed out"]


@dataclass(frozen=True)
class Answer:
    """One answer, from a learner or from a snippet of the key.

    Attributes:
        state: value (there is one), missing (the variable does not exist, or its cell was
            never run or keeps nothing under that name), blank (the cell is as it was handed
            out, or still holds `...`), error (the cell raised), timed out.
        value: the canonical value when the state is "value", else None.
        source: the text of the cell that made it, `%%sql` line included; "" if unknown.
        error: the first line of the error, "KeyError: 'day'"; "" when there was none. With a
            value it comes from a line below the function that was judged.
        stands: the cell that raised had made its variable anew before.
        trials: what came of a function on each input, or the state that a cell left; () for
            other kinds, and where the value is no function.
        holds: what a list, a set or a dictionary holds; None for every other value.
    """

    state: State
    value: Canonical | None = None
    source: str = ""
    error: str = ""
    stands: bool = False
    trials: Trials = ()
    holds: Nested | None = None


Run = Callable[[str], Answer]
"""Runs the source of one cell on the company at hand; must not raise."""
