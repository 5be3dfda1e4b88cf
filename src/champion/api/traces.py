"""Traces: what asking alone leaves in a state, so that it can be wiped without a whole copy.

A function that is tried asks, waits, and meets faults; none of that needs the pristine state to
be copied afresh, which takes a hundred times as long.
"""

from __future__ import annotations

import sqlite3
from typing import Any


class Traces:
    """The requests noted, the time waited away and the videos archived by a fault.

    Args:
        base: the working copy, whose other changes are seen by their number.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._expected: int | None = None
        self._archived: list[int] = []
        self._clock = ""

    def begin(self, clock: str) -> None:
        """The state is pristine now, and its clock says this."""
        self._expected = self._base.total_changes
        self._archived.clear()
        self._clock = clock

    def leave(self, sql: str, *values: Any) -> None:
        """Run a statement that leaves a trace in `requests` or in the clock."""
        before = self._base.total_changes
        self._base.execute(sql, values)
        self._count(before)

    def archive(self, account: int, moment: str, which: str, *values: Any) -> None:
        """Archive an account's videos, as a fault or a stage has it.

        Args:
            account: whose.
            moment: of the practice clock.
            which: a condition on those that are not archived yet, and its values.
        """
        before = self._base.total_changes
        archived = self._base.execute(
            "UPDATE videos SET deleted_at = ? WHERE account_id = ? AND deleted_at IS NULL "
            f"AND {which} RETURNING id",
            (moment, account, *values),
        ).fetchall()
        self._archived += [row[0] for row in archived]
        self._count(before)

    def wipe(self) -> bool:
        """Take all traces away; False when something else has changed the state too."""
        if self._base.total_changes != self._expected:
            return False
        self._base.execute("BEGIN IMMEDIATE")
        self._base.execute("DELETE FROM requests")
        self._base.execute("UPDATE meta SET value = ? WHERE name = 'clock'", (self._clock,))
        self._base.executemany(
            "UPDATE videos SET deleted_at = NULL WHERE id = ?",
            [(number,) for number in self._archived],
        )
        self._base.execute("COMMIT")
        self.begin(self._clock)
        return True

    def _count(self, before: int) -> None:
        if self._expected is not None:
            self._expected += self._base.total_changes - before
