"""Finding rows by their ids, and a user for an account, without loops."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern.dice import Draws, Whole, below
from champion.lantern.ledger import Ledger


def places(known: Whole, wanted: Whole) -> Whole:
    """The place of each wanted id among the known ones, each of which is there once."""
    order = np.argsort(known, kind="stable")
    found: Whole = order[np.searchsorted(known[order], wanted)]
    return found


def somebody(ledger: Ledger, accounts: Whole, draws: Draws) -> Whole:
    """For each account, the place of one of its users who were never sent away."""
    home = ledger.values("users", "account_id")
    stays = ledger.column("users", "deactivated_at").gaps()
    stays &= ~ledger.column("users", "last_seen_at").gaps()
    order = np.flatnonzero(stays)[np.argsort(home[stays], kind="stable")]
    first = np.searchsorted(home[order], accounts, side="left")
    count = np.searchsorted(home[order], accounts, side="right") - first
    chosen: Whole = order[first + below(draws, count)]
    return chosen


def owners(ledger: Ledger, accounts: Whole) -> Whole:
    """For each account, the place of its owner among the users."""
    role: NDArray[np.object_] = ledger.values("users", "role")
    rows = np.flatnonzero(role == "owner")
    found: Whole = rows[places(ledger.values("users", "account_id")[rows], accounts)]
    return found
