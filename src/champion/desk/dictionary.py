"""The tables and columns there are, from the models' own comments; `%schema` shows them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from champion.desk.screen import Grid
from champion.problems import Problem

if TYPE_CHECKING:
    from sqlalchemy import Table


@cache
def tables() -> Mapping[str, Sequence[str]]:
    """The columns of every table, in their order, by the table's name."""
    return {name: tuple(table.columns.keys()) for name, table in _models().items()}


@cache
def moments() -> frozenset[str]:
    """The names of columns that hold a moment in time, in any table."""
    return frozenset(
        column.name
        for table in _models().values()
        for column in table.columns
        if getattr(column.type, "timezone", False)
    )


def overview() -> Grid:
    """Every table and what its rows are, in the order in which a newcomer meets them."""
    rows = tuple((name, table.comment or "") for name, table in _models().items())
    return Grid(("table", "what it holds"), rows, "`%schema` and a table's name show its columns.")


def columns(name: str) -> Grid:
    """Every column of a table: its kind, or with an arrow the table it leads to; what it means.

    Raises:
        Problem: there is no such table.
    """
    from champion.lantern import describe

    table = _models().get(name.lower())
    if table is None:
        near = difflib.get_close_matches(name.lower(), list(tables()), 1)
        raise Problem(
            f"There is no table called `{name}`.",
            f"Did you mean `{near[0]}`?" if near else "`%schema` lists the tables.",
        )
    kinds = ((column, describe.kind(column)) for column in table.columns)
    rows = tuple((column.name, kind, column.comment or "") for column, kind in kinds)
    return Grid(
        ("column", "kind", "meaning"), rows, f"{name.lower()}: {table.comment or ''}".strip()
    )


def _models() -> Mapping[str, Table]:
    from champion.lantern.schema import SUBJECTS

    held = [model.__table__ for models in SUBJECTS.values() for model in models]
    return {table.name: table for table in held}  # type: ignore[attr-defined, misc]
