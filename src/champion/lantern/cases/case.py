"""What a case is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from champion.lantern.ledger import Ledger


@dataclass(frozen=True)
class Truth:
    """What is really the matter, made by the machine for the seed at hand.

    Attributes:
        cause: the root cause, in a sentence.
        evidence: facts by which it is known, under keys that a solver can find too.
        tempting: the plausible wrong conclusion, in a sentence.
        escalate: whether the developers are needed.
    """

    cause: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    tempting: str = ""
    escalate: bool = False


@dataclass(frozen=True)
class Case:
    """One story.

    Attributes:
        ticket: the number of its ticket, "L-1042".
        account: the account of the cast whose facts it changes, and nobody else's.
        plant: writes its events and its ticket into the ledger and returns the truth.
        archetypes: the numbers of the ticket archetypes it tells; () for a plain question.
    """

    ticket: str
    account: int
    plant: Callable[[Ledger], Truth]
    archetypes: tuple[int, ...] = ()
