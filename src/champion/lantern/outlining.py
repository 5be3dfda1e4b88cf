"""Taking the outline of the models: the one step of a build that needs SQLAlchemy."""

from __future__ import annotations

import sqlalchemy as sa

from champion.lantern.outline import Field, Kind, Outline
from champion.lantern.schema import Base

_KINDS: tuple[tuple[type, Kind], ...] = (
    (sa.Text, "text"),
    (sa.String, "hex"),
    (sa.Boolean, "flag"),
    (sa.DateTime, "moment"),
    (sa.Date, "day"),
    (sa.Integer, "number"),
)


def outlines_of_models() -> dict[str, Outline]:
    """The outline of every table, in the order of definition."""
    return {name: _outline(table) for name, table in Base.metadata.tables.items()}


def _outline(table: sa.Table) -> Outline:
    dialect = sa.create_mock_engine("duckdb://", lambda sql: None).dialect
    return Outline(
        table.comment or "",
        {
            column.name: Field(
                table.name,
                column.name,
                _kind(column),
                column.type.compile(dialect),
                bool(column.nullable),
                column.comment or "",
            )
            for column in table.columns
        },
    )


def _kind(column: sa.Column[object]) -> Kind:
    return next(kind for type_, kind in _KINDS if isinstance(column.type, type_))
