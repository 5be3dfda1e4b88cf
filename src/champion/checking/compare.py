"""Tells whether an answer is right: equal to the reference as far as the task asks for it."""

from __future__ import annotations

import re
from collections import defaultdict

from champion.checking.canonical import Canonical, Column, Scalar, Table
from champion.checking.key import Task
from champion.checking.multiset import same_rows
from champion.checking.pairing import aligned, near
from champion.checking.values import Cell


def equal(task: Task, mine: Canonical | None, wanted: Canonical | None) -> bool:
    """Whether an answer equals another, by the task's kind, order and tolerance.

    A table has exactly the wanted columns, by name and in any sequence, and the same rows,
    as often and in any sequence unless `task.order` names columns: those must then run
    down the table as they do in the other. A value may also stand in a table of one row
    and one column, as a query gives it. A choice is one letter, small or capital.
    """
    if task.kind == "choice":
        return letter(mine) is not None and letter(mine) == letter(wanted)
    if task.kind == "value":
        return _equal_values(single(mine), single(wanted), task.tolerance)
    return (
        isinstance(mine, Table)
        and isinstance(wanted, Table)
        and _equal_tables(mine, wanted, task.order, task.tolerance)
    )


def letter(value: Canonical | None) -> str | None:
    """The letter of a choice, in small: "b" for "B", " b ", "(b)", and for the whole line
    of the page, "b · 18"; None if it is no text."""
    if isinstance(value, Scalar) and isinstance(value.value, str):
        written = re.sub(r"^\s*\**([A-Za-z])\**\s*·\s.*", r"\1", value.value, flags=re.DOTALL)
        return written.strip().strip("(.)").lower()
    return None


def single(value: Canonical | None) -> Scalar | None:
    """The one value that this is, or the only one of a table; else None."""
    if isinstance(value, Scalar):
        return value
    if isinstance(value, Table) and value.rows == 1 and len(value.columns) == 1:
        return Scalar(value.columns[0].kind, value.columns[0].values[0])
    return None


def partners(mine: Table, wanted: Table) -> list[tuple[Column, Column]] | None:
    """Each wanted column with the answer's of the same name; None unless all have one."""
    by_name: dict[str, list[Column]] = defaultdict(list)
    for column in reversed(mine.columns):
        by_name[column.name].append(column)
    if sorted(mine.names) != sorted(wanted.names):
        return None
    return [(by_name[column.name].pop(), column) for column in wanted.columns]


def same_sequence(mine: Table, wanted: Table, order: tuple[str, ...], tolerance: float) -> bool:
    """Whether the named columns run down both tables alike."""
    test = near(tolerance)
    for ours, theirs in partners(mine, wanted) or []:
        if ours.name in order:
            values = aligned(ours, theirs)
            if values is None or not (values[0] == values[1] or all(map(test, *values))):
                return False
    return True


def _equal_values(mine: Scalar | None, wanted: Scalar | None, tolerance: float) -> bool:
    if mine is None or wanted is None:
        return False
    values = aligned(Column("", mine.kind, (mine.value,)), Column("", wanted.kind, (wanted.value,)))
    return values is not None and near(tolerance)(values[0][0], values[1][0])


def _equal_tables(mine: Table, wanted: Table, order: tuple[str, ...], tolerance: float) -> bool:
    if mine.rows != wanted.rows or not (mine.whole and wanted.whole):
        return False
    columns = partners(mine, wanted)
    if columns is None:
        return False
    ours: list[tuple[Cell, ...]] = []
    theirs: list[tuple[Cell, ...]] = []
    for mine_column, wanted_column in columns:
        values = aligned(mine_column, wanted_column)
        if values is None:
            return mine.rows == 0
        ours.append(values[0])
        theirs.append(values[1])
    numbers = [at for at, pair in enumerate(columns) if "number" in (pair[0].kind, pair[1].kind)]
    return same_rows(ours, theirs, mine.rows, numbers, tolerance) and same_sequence(
        mine, wanted, order, tolerance
    )
