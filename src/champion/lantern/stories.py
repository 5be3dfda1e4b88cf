"""Discovery of cases and traps: adding a module to either package is all that is needed."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from champion.lantern import cases as case_package
from champion.lantern import traps as trap_package
from champion.lantern.accounts import add_accounts
from champion.lantern.cases.case import Case, Truth
from champion.lantern.ledger import Ledger
from champion.lantern.traps.trap import Trap


@cache
def cases() -> tuple[Case, ...]:
    """All cases, by the number of their ticket."""
    found = [module.CASE for module in _modules(case_package) if hasattr(module, "CASE")]
    return tuple(sorted(found, key=lambda case: case.ticket))


@cache
def truths(seed: int) -> dict[str, Truth]:
    """What is really the matter in each case of a company, by ticket.

    A case changes only its own customer's facts, so its truth is the same at every scale.
    """
    ledger = Ledger(seed, 0.001)
    add_accounts(ledger)
    return {case.ticket: case.plant(ledger) for case in cases()}


@cache
def traps() -> tuple[Trap, ...]:
    """All traps, by name."""
    return tuple(module.TRAP for module in _modules(trap_package) if hasattr(module, "TRAP"))


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]
