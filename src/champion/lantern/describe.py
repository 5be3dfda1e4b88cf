"""The dictionary in words: a table or a log for the screen, all as the page `data/README.md`."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from pathlib import Path

import sqlalchemy as sa

from champion import places
from champion.lantern.logs.dictionary import LOG_FILES, WHAT_ALL_SHARE, WHAT_FILES_ARE, LogFile
from champion.lantern.schema import SUBJECTS, Base
from champion.problems import Problem

WIDTH = 88
_KINDS = (
    (sa.DateTime, "moment"),
    (sa.Date, "day"),
    (sa.Boolean, "true or false"),
    (sa.Integer, "whole number"),
)


def text(name: str | None = None) -> str:
    """The dictionary as plain text.

    Args:
        name: one table with its columns, or one log with its fields; None: each in a line.

    Raises:
        Problem: there is nothing of that name.
    """
    if name is None:
        lines = [_line(known.name, known.comment or "") for known in _tables()]
        return "\n".join([*lines, *(_line(log.name, log.comment) for log in LOG_FILES.values())])
    if name in LOG_FILES:
        return _log_in_full(LOG_FILES[name])
    if name not in Base.metadata.tables:
        near = get_close_matches(name, [*Base.metadata.tables, *LOG_FILES], n=1)
        then = f"Did you mean {near[0]}?" if near else "`champion lantern describe` lists them."
        what = "log" if "." in name else "table"
        raise Problem(f"There is no {what} called {name}.", then)
    return _in_full(Base.metadata.tables[name])


def page() -> str:
    """The dictionary as a Markdown page, with a diagram of the tables."""
    parts = [_HEAD, _diagram()]
    for subject, models in SUBJECTS.items():
        parts.append(f"## {subject.capitalize()}")
        parts += [_section(model.metadata.tables[model.__tablename__]) for model in models]
    parts += ["## Logs", WHAT_ALL_SHARE, *(_log_section(log) for log in LOG_FILES.values())]
    parts += ["## Customers' files", WHAT_FILES_ARE]
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


def _line(name: str, comment: str) -> str:
    first = comment.split(". ")[0].rstrip(".")
    return f"{name:<18} {first}."


def _in_full(table: sa.Table) -> str:
    parts = [table.name, textwrap.fill(table.comment or "", WIDTH), ""]
    for column in table.columns:
        missing = ", may be missing" if column.nullable else ""
        parts.append(f"{column.name} ({kind(column)}{missing})")
        parts.append(textwrap.indent(textwrap.fill(column.comment or "", WIDTH - 4), "    "))
    return "\n".join(parts)


def _log_in_full(log: LogFile) -> str:
    parts = [log.name, textwrap.fill(log.comment, WIDTH), textwrap.fill(WHAT_ALL_SHARE, WIDTH)]
    example = textwrap.wrap(log.example, WIDTH - 4, break_on_hyphens=False)
    parts += ["", "A line of it (folded here):", *(f"    {line}" for line in example), ""]
    for name, meaning in log.fields:
        parts += [name, textwrap.indent(textwrap.fill(meaning, WIDTH - 4), "    ")]
    return "\n".join([*parts, "", *(textwrap.fill(each, WIDTH) for each in log.oddities)])


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


def _log_section(log: LogFile) -> str:
    lines = [f"### {log.name}", "", log.comment, "", "```", log.example, "```", ""]
    lines += ["| field | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in log.fields]
    return "\n".join([*lines, "", *(f"- {each}" for each in log.oddities)])


_HEAD = """\
# Lantern's data: tables, logs, customers' files

Lantern is a made-up company that hosts video for businesses. `champion lantern build` makes it
from the small tables of names and texts in this folder, and a seed: the same seed gives the same
company everywhere. The built company lies in `data/lantern/`, which git ignores: the database
`lantern.duckdb`, the folder `logs` and the folder `files`. `champion lantern publish` copies the
tables to a team's own PostgreSQL; logs and files stay where they were built.

The company's clock stands still at **2026-03-31 12:00:00 UTC**. Every column whose name ends in
`_at` is a moment in time, shown in UTC. A value that is *missing* is NULL in SQL.

This page is written by `python -m champion.lantern.describe` from the models in
`src/champion/lantern/schema` and from `src/champion/lantern/logs/dictionary.py`: edit those, not
the page."""


if __name__ == "__main__":
    write_page()
