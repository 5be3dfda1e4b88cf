"""The plain values that answers are compared in: columns of one kind, with one NULL."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "empty",  # only NULLs
    "truth",
    "number",
    "text",
    "day",
    "clock",
    "moment",
    "time",
    "span",
    "bytes",
    "period",
    "list",
    "mixed",  # cells of several kinds, each a pair (kind, value)
    "thing",  # holds something that cannot be compared
]

Cell = None | bool | int | float | Decimal | str | bytes | tuple[str, "Cell"]
"""One value of a column. None is NULL, whatever it was called before.

Days, clocks (a date and time without zone), moments (with zone, in UTC), times of day and
spans are whole nanoseconds, counted from 1970-01-01 or midnight or nothing; so two moments
are equal when they are the same moment, and a day equals its own midnight. Numbers are
ints, floats or Decimals, which Python compares exactly with one another. Lists, periods
and things are a text that stands for them.
"""

ROW_LIMIT = 100_000
COLUMN_LIMIT = 500
CELL_LIMIT = 1_000_000
"""At most this much of a frame is read: beyond it only the number of rows counts."""


@dataclass(frozen=True)
class Column:
    """One column: its name as text, the kind of its values, and the values in their order."""

    name: str
    kind: Kind
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A frame, column by column.

    Attributes:
        columns: in their order; names may repeat.
        rows: how many rows the frame has, which is more than was read when not `whole`.
        whole: whether every row and column was read.
        index: the names of the frame's index, where it has names.
    """

    columns: tuple[Column, ...]
    rows: int
    whole: bool = True
    index: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Scalar:
    """One value that is not in a table; `Scalar("empty", None)` is None."""

    kind: Kind
    value: Cell


@dataclass(frozen=True)
class Other:
    """Anything else, in words.

    Attributes:
        what: what it is ("a list", "one column (a Series)").
        then: what to do about it, a sentence or a question; may be empty.
        items: what is in a short list, each as text, in its order; what was tried on a copy of
            the company's tables; () for anything else.
        whole: the words say all that there is to compare, so that it may be an answer.
    """

    what: str
    then: str = ""
    items: tuple[str, ...] = ()
    whole: bool = False


ITEM_LIMIT = 50
ITEM_LETTERS = 500
"""At most this much of a list is read."""

Canonical = Table | Scalar | Other
