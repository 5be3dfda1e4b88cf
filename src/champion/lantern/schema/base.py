"""What all tables share: the base class, and short names for the kinds of columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

HEX_KEY = String(16)
"""A key of sixteen hexadecimal digits; the builder keeps it as a 64-bit number."""


class Base(DeclarativeBase):
    """The tables of Lantern's database."""


def models() -> list[type[Base]]:
    """Every table's model, in the order of definition."""
    return [mapper.class_ for mapper in Base.registry.mappers]


def key() -> MappedColumn[int]:
    """The table's primary key."""
    return mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="The row's own number."
    )


def link(target: str, comment: str, **more: Any) -> MappedColumn[Any]:
    """A reference to another table's id ("accounts")."""
    return mapped_column(BigInteger, ForeignKey(f"{target}.id"), comment=comment, **more)


def number(comment: str, **more: Any) -> MappedColumn[Any]:
    """A whole number."""
    return mapped_column(Integer, comment=comment, **more)


def large(comment: str, **more: Any) -> MappedColumn[Any]:
    """A whole number that may exceed 2³¹."""
    return mapped_column(BigInteger, comment=comment, **more)


def text(comment: str, **more: Any) -> MappedColumn[Any]:
    """A text of any length."""
    return mapped_column(Text, comment=comment, **more)


def flag(comment: str, **more: Any) -> MappedColumn[Any]:
    """True or false."""
    return mapped_column(Boolean, comment=comment, **more)


def moment(comment: str, **more: Any) -> MappedColumn[Any]:
    """A moment in time: TIMESTAMP WITH TIME ZONE, shown in UTC."""
    return mapped_column(DateTime(timezone=True), comment=comment, **more)


def day(comment: str, **more: Any) -> MappedColumn[Any]:
    """A calendar day; the builder keeps it as days since 1970-01-01."""
    return mapped_column(Date, comment=comment, **more)


def hexed(comment: str, **more: Any) -> MappedColumn[Any]:
    """Sixteen hexadecimal digits."""
    return mapped_column(HEX_KEY, comment=comment, **more)


__all__ = [
    "HEX_KEY",
    "Base",
    "date",
    "datetime",
    "day",
    "flag",
    "hexed",
    "key",
    "large",
    "link",
    "models",
    "moment",
    "number",
    "text",
]
