"""What a trap is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from champion.lantern.company import Company
from champion.lantern.ledger import Ledger


def _nothing(ledger: Ledger) -> None:
    """Most traps follow from how the company lives."""


@dataclass(frozen=True)
class Trap:
    """A property that lessons rely on.

    Attributes:
        states: the property, in a sentence.
        check: what a built company lacks, one sentence each; empty when the property holds.
        plant: writes what chance alone would not give.
    """

    states: str
    check: Callable[[Company], list[str]]
    plant: Callable[[Ledger], None] = _nothing
