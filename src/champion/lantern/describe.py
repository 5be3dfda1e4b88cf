"""The dictionary in words: one table for the screen, all of them as the page `data/README.md`."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from pathlib import Path

import sqlalchemy as sa

from champion import places
from champion.lantern.schema import SUBJECTS, Base
from champion.problems import Problem

WIDTH = 88
_KINDS = (
    (sa.DateTime, "moment"),
    (sa.Date, "day"),
    (sa.Boolean, "true or false"),
    (sa.Integer, "whole number"),
)


def text(table: str | None = None) -> str:
    """The dictionary as plain text.

    Args:
        table: one table with its columns; None: every table in a line.

    Raises:
        Problem: there is no table of that name.
    """
    if table is None:
        return "\n".join(_line(known) for known in _tables())
    if table not in Base.metadata.tables:
        near = get_close_matches(table, Base.metadata.tables, n=1)
        then = f"Did you mean {near[0]}?" if near else "`champion lantern describe` lists them."
        raise Problem(f"There is no table called {table}.", then)
    return _in_full(Base.metadata.tables[table])


def page() -> str:
    """The dictionary as a Markdown page with a diagram of the tables."""
    parts = [_HEAD, _diagram()]
    for subject, models in SUBJECTS.items():
        parts.append(f"## {subject.capitalize()}")
        parts += [_section(model.metadata.tables[model.__tablename__]) for model in models]
    return "\n\n".join(parts) + "\n"


def page_file() -> Path:
    """Where the page is kept."""
    return places.recipes() / "README.md"


def write_page() -> Path:
    """Write the page anew, and say where."""
    page_file().write_text(page(), encoding="utf-8", newline="\n")
    return page_file()


def kind(column: sa.Column[object]) -> str:
    """What a column holds, in a word: text, whole number, moment, true or false, key."""
    if column.primary_key:
        return "key"
    for link in column.foreign_keys:
        return f"→ {link.column.table.name}"
    return next((word for type_, word in _KINDS if isinstance(column.type, type_)), "text")


def _tables() -> list[sa.Table]:
    models = [model for models in SUBJECTS.values() for model in models]
    return [Base.metadata.tables[model.__tablename__] for model in models]


def _line(table: sa.Table) -> str:
    first = (table.comment or "").split(". ")[0].rstrip(".")
    return f"{table.name:<16} {first}."


def _in_full(table: sa.Table) -> str:
    parts = [table.name, textwrap.fill(table.comment or "", WIDTH), ""]
    for column in table.columns:
        missing = ", may be missing" if column.nullable else ""
        parts.append(f"{column.name} ({kind(column)}{missing})")
        parts.append(textwrap.indent(textwrap.fill(column.comment or "", WIDTH - 4), "    "))
    return "\n".join(parts)


def _diagram() -> str:
    lines = ["```mermaid", "erDiagram"]
    for table in _tables():
        for column in table.columns:
            for link in column.foreign_keys:
                one = "|o" if column.nullable else "||"
                lines.append(
                    f'    {link.column.table.name} {one}--o{{ {table.name} : "{column.name}"'
                )
    return "\n".join([*lines, "```"])


def _section(table: sa.Table) -> str:
    lines = [f"### {table.name}", "", table.comment or "", ""]
    lines += ["| column | holds | may be missing | meaning |", "|---|---|---|---|"]
    for column in table.columns:
        missing = "yes" if column.nullable else ""
        lines.append(f"| `{column.name}` | {kind(column)} | {missing} | {column.comment} |")
    return "\n".join(lines)


_HEAD = """\
# Lantern's data, table by table

Lantern is a made-up company that hosts video for businesses. `champion lantern build` makes it
from the small tables of names and texts in this folder, and a seed: the same seed gives the same
company everywhere. The built company lies in `data/lantern/`, which git ignores.

The company's clock stands still at **2026-03-31 12:00:00 UTC**. Every column whose name ends in
`_at` is a moment in time, shown in UTC. A value that is *missing* is NULL in SQL.

This page is written by `python -m champion.lantern.describe` from the models in
`src/champion/lantern/schema`: edit those, not the page."""


if __name__ == "__main__":
    write_page()
