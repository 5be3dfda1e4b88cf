"""Copies of the company's tables that may be changed, and what was left in one."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from champion.desk import line
from champion.lantern import engine

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from champion.lantern.company import Company

UNTOUCHED = "a copy as it was made"


class Copy:
    """Some of the company's tables in memory: they may be changed, and go with the kernel.

    Nothing that is done here reaches the company.
    """

    def __init__(self, company: Company, tables: tuple[str, ...]) -> None:
        self._tables = tables
        self._now = company.now
        self._base = engine.spare(company.folder / engine.FILE, tables)
        self._before = {table: engine.row_prints(self._base, table) for table in tables}
        self.engine: Engine = engine.on_spare(self._base)

    def connect(self) -> line.Line:
        """A connection to the copy. What is not committed is undone when it closes."""
        return line.to(self.engine, self._now, self._tables)

    def __repr__(self) -> str:
        return f"A copy of {line.listed(self._tables)}. You may change it; it goes with the kernel."


def left_in(copy: Copy) -> str:
    """What was committed in a copy, in words; two copies hold the same if the words are.

    What another connection has changed and not committed does not count.
    """
    told = [_told(table, before, engine.row_prints(copy._base, table))
            for table, before in copy._before.items()]  # fmt: skip
    return f"a copy with {'; '.join(filter(None, told))}" if any(told) else UNTOUCHED


def _told(table: str, before: Any, after: Any) -> str:
    if after == before:
        return ""
    if after is None:
        return f"no table `{table}` any more"
    old, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    mark = sha256(repr(sorted(new.elements())).encode()).hexdigest()[:6]
    changed = len({number for number, _ in old} & {number for number, _ in new})
    counts = {"changed": changed, "gone": old.total() - changed, "new": new.total() - changed}
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"other rows in `{table}` ({said}; mark {mark})"
