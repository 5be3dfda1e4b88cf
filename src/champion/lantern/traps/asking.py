"""How a trap asks a built company."""

from __future__ import annotations

from typing import Any

from champion.lantern.company import Company


def rows(company: Company, sql: str, **binds: Any) -> list[Any]:
    """All rows of a query; SQL that DuckDB and PostgreSQL both know."""
    from sqlalchemy import text

    with company.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql), binds)]


def number(company: Company, sql: str, **binds: Any) -> int:
    """The one number that a query answers with."""
    return int(rows(company, sql, **binds)[0][0])


def lacks(company: Company, *wanted: tuple[str, str]) -> list[str]:
    """What is not there.

    Args:
        wanted: a sentence, and a query that must find at least one row.
    """
    return [
        says for says, sql in wanted if not rows(company, f"SELECT 1 FROM ({sql}) AS t LIMIT 1")
    ]
