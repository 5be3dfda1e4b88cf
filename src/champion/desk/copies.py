"""Copies of the company's tables that may be changed, and what was left in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from champion.checking import canonical, words
from champion.checking.values import Other
from champion.desk import line
from champion.desk.verbs import Unconnected
from champion.lantern import engine

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from champion.lantern.company import Company

UNTOUCHED = "a copy as it was made"
_UNJUDGED = "updated_at"  # whoever changes a row may note when, or may not


class Copy(Unconnected):
    """Some of the company's tables in memory: they may be changed, and go with the kernel.

    Nothing that is done here reaches the company.
    """

    def __init__(self, company: Company, tables: tuple[str, ...]) -> None:
        self._tables = tables
        self._now = company.now
        self._base = engine.spare(company.folder / engine.FILE, tables)
        self._before = {table: engine.row_prints(self._base, table) for table in tables}
        self._made = _columns(
            tables, lambda sql: cast(Any, self._base.cursor().execute(sql).fetchone())
        )
        self._tried: tuple[str, ...] = ()
        self.engine: Engine = engine.on_spare(self._base)

    def connect(self) -> line.Line:
        """A connection to the copy. What is not committed is undone when it closes."""
        return line.to(self.engine, self._now, self._tables, self._look)

    def _look(self, connection: sa.Connection) -> None:
        """Note what a connection has changed up to here, before it can undo it."""
        found = _columns(
            self._tables, lambda sql: sa.Connection.execute(connection, sa.text(sql)).one()
        )
        self._tried = tuple(
            f"`{column}` of `{table}` {found[table, column]}"
            for table, column in found
            if found[table, column] != self._made[table, column]
        )

    def __repr__(self) -> str:
        return f"A copy of {words.names(self._tables)}. You may change it; it goes with the kernel."


def _come_to(copy: Copy) -> Other:
    """What an answer is that holds a copy."""
    return Other(left_in(copy), items=tried_in(copy), whole=True)


canonical.SPEAKING[Copy] = _come_to


def left_in(copy: Copy) -> str:
    """What was committed in a copy, in words; `tried_in` tells the same words apart.

    What another connection has changed and not committed does not count.
    """
    told = [_told(table, before, engine.row_prints(copy._base, table))
            for table, before in copy._before.items()]  # fmt: skip
    return f"a copy with {'; '.join(filter(None, told))}" if any(told) else UNTOUCHED


def tried_in(copy: Copy) -> tuple[str, ...]:
    """What the last change to a copy had changed in it, undone or not, and all that stays changed.

    Each is a column with its table, and behind a blank the print of all that stood in it then.
    """
    return (*copy._tried, *_kept(copy))


def _columns(
    tables: tuple[str, ...], ask: Callable[[str], Sequence[Any]]
) -> dict[tuple[str, str], Any]:
    return {
        (table, column): mark
        for table in tables
        for column, mark in engine.column_prints(ask, table).items()
        if column != _UNJUDGED
    }


def _kept(copy: Copy) -> list[str]:
    """A print of each table that no longer is as it was made."""
    found = {table: engine.row_prints(copy._base, table) for table in copy._before}
    return [
        f"`{table}` {sha256(repr(after).encode()).hexdigest()[:12]}"
        for table, after in found.items()
        if after != copy._before[table]
    ]


def _told(table: str, before: Any, after: Any) -> str:
    if after == before:
        return ""
    if after is None:
        return f"no table `{table}` any more"
    old, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    changed = len({number for number, _ in old} & {number for number, _ in new})
    counts = {"changed": changed, "gone": old.total() - changed, "new": new.total() - changed}
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"other rows in `{table}` ({said})"
