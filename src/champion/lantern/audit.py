"""The audit log: who changed what in an account, told by the rows that the changes left."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from champion.lantern.clock import NOW, Moments
from champion.lantern.dice import Whole
from champion.lantern.finding import owners
from champion.lantern.ledger import Ledger


def add_audit(ledger: Ledger) -> None:
    """An event for every person, token, webhook, plan and connection that came or went."""
    audit = _Audit(ledger)
    audit.people()
    audit.guests()
    audit.keys("api_tokens", "token.created", "token.revoked", "revoked_at")
    audit.keys("webhooks", "webhook.created", "webhook.disabled", "disabled_at")
    audit.plans()
    audit.connections()
    audit.departures()


class _Audit:
    """The log in the making.

    Attributes:
        ledger: what happened.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._owner = ledger.values("users", "id")[owners(ledger, ledger.values("accounts", "id"))]
        self._accounts = np.argsort(ledger.values("accounts", "id"), kind="stable")

    def people(self) -> None:
        """Invitations and farewells, both by the owner; owners invite nobody to be there."""
        users = {name: self.ledger.values("users", name) for name in ("id", "account_id", "role")}
        invited = np.flatnonzero(users["role"] != "owner")
        self._add(
            "user.invited",
            users["account_id"][invited],
            self.ledger.values("users", "created_at")[invited],
            target=users["id"][invited],
        )
        gone = self.ledger.column("users", "deactivated_at")
        rows = np.flatnonzero(~gone.gaps())
        self._add(
            "user.deactivated",
            users["account_id"][rows],
            gone.values[rows],
            target=users["id"][rows],
        )

    def guests(self) -> None:
        """Guests who were let in, and sent away."""
        self._pair("memberships", "guest.invited", "guest.removed", "ended_at", "user_id")

    def keys(self, table: str, made: str, ended: str, moment: str) -> None:
        """Tokens or webhooks that came and went; what failed was switched off by the system."""
        by = self.ledger.values(table, "created_by_id")
        self._add(
            made,
            self.ledger.values(table, "account_id"),
            self.ledger.values(table, "created_at"),
            target=self.ledger.values(table, "id"),
            by=by,
        )
        end = self.ledger.column(table, moment)
        rows = np.flatnonzero(~end.gaps())
        failing = np.zeros(len(rows), dtype=bool)
        if table == "webhooks":
            failing = self.ledger.column(table, "disabled_reason").values[rows] == "failing"
        for chosen, system in ((rows[~failing], False), (rows[failing], True)):
            self._add(
                ended,
                self.ledger.values(table, "account_id")[chosen],
                end.values[chosen],
                target=self.ledger.values(table, "id")[chosen],
                system=system,
                detail="nothing got through for 12 hours" if system else None,
            )

    def plans(self) -> None:
        """Changes of plan: a stretch that ends where another one of the account begins."""
        account = self.ledger.values("subscriptions", "account_id")
        start = self.ledger.values("subscriptions", "started_at")
        ended = self.ledger.column("subscriptions", "ended_at")
        ends = set(
            zip(account[~ended.gaps()].tolist(), ended.values[~ended.gaps()].tolist(), strict=True)
        )
        rows = [
            row
            for row, pair in enumerate(zip(account.tolist(), start.tolist(), strict=True))
            if pair in ends
        ]
        self._add("plan.changed", account[rows], start[rows])

    def connections(self) -> None:
        """Single sign-on, on and off."""
        self._pair("sso_connections", "sso.enabled", "sso.disabled", "disabled_at", "id")

    def departures(self) -> None:
        """Accounts that were closed."""
        rows = np.flatnonzero(self.ledger.until() < NOW)
        closed = self.ledger.until()[rows]
        self._add("account.closed", self.ledger.values("accounts", "id")[rows], closed)

    def _pair(self, table: str, begun: str, over: str, moment: str, target: str) -> None:
        account, whom = self.ledger.values(table, "account_id"), self.ledger.values(table, target)
        self._add(begun, account, self.ledger.values(table, "created_at"), target=whom)
        end = self.ledger.column(table, moment)
        rows = np.flatnonzero(~end.gaps())
        self._add(over, account[rows], end.values[rows], target=whom[rows])

    def _add(
        self,
        action: str,
        account: Whole,
        moment: Moments,
        target: Whole | None = None,
        by: NDArray[Any] | None = None,
        system: bool = False,
        detail: str | None = None,
    ) -> None:
        if not len(account):
            return
        known = self.ledger.values("accounts", "id")[self._accounts]
        owner = self._owner[self._accounts][np.searchsorted(known, account)]
        self.ledger.add(
            "audit_events",
            id=self.ledger.next_ids("audit_events", len(account)),
            account_id=account,
            actor="system" if system else "user",
            user_id=None if system else (owner if by is None else by),
            action=action,
            target_id=target,
            detail=detail,
            happened_at=moment,
        )
