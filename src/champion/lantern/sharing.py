"""Sharing: who was given access to which folder, and where an account's videos may stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import HOUR, MINUTE, NOW, Moments
from champion.lantern.columns import moments_or_none, texts
from champion.lantern.dice import Whole, below
from champion.lantern.ledger import Ledger
from champion.lantern.signups import are_late

_SLOTS = 3
"""With how many people a folder is shared at most."""
_HOSTS = ("www.{}", "{}", "shop.{}", "*.{}")


def add_folder_shares(ledger: Ledger) -> None:
    """Some folders are shared with a few contributors and viewers of their account."""
    dice = ledger.dice
    folder = np.repeat(np.arange(len(ledger.values("folders", "id"))), _SLOTS)
    entity = ledger.values("folders", "id")[folder] * 10 + np.tile(
        np.arange(_SLOTS), len(folder) // _SLOTS
    )
    owner = ledger.values("folders", "account_id")[folder]
    user, there = _colleague(ledger, owner, entity)
    born = np.maximum(
        ledger.values("folders", "created_at")[folder], ledger.values("users", "created_at")[user]
    )
    until = np.minimum(_leaves(ledger)[user], NOW - HOUR)
    there &= dice.chance("folder_shares", "shared", entity, 330) & (born < until - HOUR)
    pair = folder * len(_leaves(ledger)) + user
    there &= _first_of_each(pair, there)
    folder, entity, user, born, until = (
        values[there] for values in (folder, entity, user, born, until)
    )
    shared = born + _part(ledger, "created_at", entity, until - born)
    revoked = shared + _part(ledger, "revoked_at", entity, until - shared)
    order = np.lexsort((entity, shared))
    edits = dice.chance("folder_shares", "access", entity, 350).astype(np.int64)
    ledger.add(
        "folder_shares",
        id=ledger.next_ids("folder_shares", len(order)),
        folder_id=ledger.values("folders", "id")[folder][order],
        user_id=ledger.values("users", "id")[user][order],
        access=texts(("view", "edit"), edits)[order],
        shared_by_id=moments_or_none(
            _owners(ledger, ledger.values("folders", "account_id")[folder]),
            ~dice.chance("folder_shares", "by api", entity, 120),
        )[order],
        created_at=shared[order],
        revoked_at=moments_or_none(
            revoked, dice.chance("folder_shares", "revoked", entity, 120) & (revoked > shared)
        )[order],
    )


def add_allowed_domains(ledger: Ledger) -> None:
    """A few accounts say where their videos may stand; their own site is always among it.

    The cast's latecomers have the lists of their stories.
    """
    dice, accounts = ledger.dice, ledger.values("accounts", "id")
    strict = dice.chance("allowed_domains", "strict", accounts, 180) & ~are_late(accounts)
    more = dice.pick("allowed_domains", "more", accounts, (40, 35, 15, 10))
    which = np.repeat(np.flatnonzero(strict), more[strict] + 1)
    nth = np.arange(len(which)) - np.searchsorted(which, which, side="left")
    entity = accounts[which] * 10 + nth
    created, until = ledger.values("accounts", "created_at")[which], ledger.until()[which]
    listed = created + _part(ledger, "created_at", entity, until - created)
    # Their own site comes first: a list without it would forbid what has been watched.
    listed = listed[np.lexsort((listed, which))]
    domains = ledger.values("accounts", "domain")[which].tolist()
    ledger.add(
        "allowed_domains",
        id=ledger.next_ids("allowed_domains", len(which)),
        account_id=accounts[which],
        host=[_HOSTS[n].format(domain) for n, domain in zip(nth.tolist(), domains, strict=True)],
        created_at=listed,
    )


def _colleague(ledger: Ledger, owner: Whole, entity: Whole) -> tuple[Whole, NDArray[np.bool_]]:
    """For each entity one contributor or viewer of its account, by place, if there is any."""
    lower = np.flatnonzero(np.isin(ledger.values("users", "role"), ("contributor", "viewer")))
    accounts = ledger.values("users", "account_id")[lower]
    order = np.argsort(accounts, kind="stable")
    first = np.searchsorted(accounts[order], owner, side="left")
    count = np.searchsorted(accounts[order], owner, side="right") - first
    chosen = first + below(
        ledger.dice.roll("folder_shares", "user_id", entity), np.maximum(count, 1)
    )
    return lower[order][np.minimum(chosen, len(lower) - 1)], count > 0


def _owners(ledger: Ledger, accounts: Whole) -> Whole:
    users = {name: ledger.values("users", name) for name in ("id", "account_id", "role")}
    owners = users["role"] == "owner"
    order = np.argsort(users["account_id"][owners], kind="stable")
    place = np.searchsorted(users["account_id"][owners][order], accounts)
    found: Whole = users["id"][owners][order][place]
    return found


def _leaves(ledger: Ledger) -> Moments:
    """For each user, the moment up to which they may sign in."""
    gone = ledger.column("users", "deactivated_at")
    accounts = ledger.values("accounts", "id")
    order = np.argsort(accounts, kind="stable")
    home = order[np.searchsorted(accounts[order], ledger.values("users", "account_id"))]
    return np.minimum(np.where(gone.gaps(), NOW, gone.values), ledger.until()[home])


def _first_of_each(keys: Whole, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    places = np.flatnonzero(among)
    first = np.zeros(len(keys), dtype=bool)
    first[places[np.unique(keys[places], return_index=True)[1]]] = True
    return first


def _part(ledger: Ledger, what: str, entity: Whole, span: Moments) -> Moments:
    draws = ledger.dice.roll("sharing", what, entity)
    return below(draws, np.maximum(span // MINUTE, 1)) * MINUTE
