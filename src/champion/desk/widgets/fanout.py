"""`watch_join(left, right, on="ticket_id")`: a join that grows row by row, to move by hand.

`Join` says which rows meet, and what they add up to after so many rows of the left table.
`words`, `sums` and `table` tell it in text; `fanout_panel` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from champion.desk import rows
from champion.desk.widgets import stage
from champion.problems import Problem

if TYPE_CHECKING:
    import pandas
    from ipywidgets import DOMWidget

HOWS = {"inner": "JOIN", "left": "LEFT JOIN"}
"""The two kinds of join, and how SQL writes them."""
LONGEST = 40
"""Rows of a table that fit on a screen, more or less."""

Pair = tuple[int, int | None]
"""A row of the result: the places of its left row and of its right one; None: no partner."""


@dataclass(frozen=True)
class Join:
    """Two small tables and the column that ties their rows.

    Attributes:
        left, right: the tables.
        on: the column in both whose values have to be equal.
        adds: a column of one of them that is added up; "" for none.
    """

    left: pandas.DataFrame
    right: pandas.DataFrame
    on: str
    adds: str = ""

    @cached_property
    def partners(self) -> tuple[tuple[int, ...], ...]:
        """For each row of the left table the places of the right rows that fit it, in order.

        As in SQL, what is missing fits nothing, not even what is missing on the other side.
        """
        keys = list(enumerate(self.right[self.on]))
        return tuple(
            tuple(at for at, key in keys if _is_equal(mine, key)) for mine in self.left[self.on]
        )

    def pairs(self, taken: int, how: str) -> list[Pair]:
        """The rows of the result once the first `taken` left rows have had their turn."""
        alone: tuple[None, ...] = (None,) if how == "left" else ()
        return [(at, one) for at in range(taken) for one in self.partners[at] or alone]

    def total(self, pairs: Sequence[Pair]) -> int | float:
        """The added column over these rows of the result; what is missing adds nothing."""
        values = [self._added(pair) for pair in pairs]
        total: float = sum(value for value in values if not rows.is_missing(value))
        return int(total) if total == int(total) else total

    def total_before(self, taken: int) -> int | float:
        """The added column over the table that has it, each row once, as far as it was met."""
        if self.adds in self.left.columns:
            return self.total([(at, None) for at in range(taken)])
        met = {one for at in range(taken) for one in self.partners[at]}
        return self.total([(0, one) for one in sorted(met)])

    def _added(self, pair: Pair) -> Any:
        at, one = pair
        if self.adds in self.left.columns:
            return self.left[self.adds].iloc[at]
        return None if one is None else self.right[self.adds].iloc[one]


def watch_join(
    left: pandas.DataFrame,
    right: pandas.DataFrame,
    on: str = "",
    adds: str = "",
    how: str = "inner",
) -> None:
    """Watch two small tables being joined, one row of the left table after the other.

    Args:
        left, right: results of queries, at most 40 rows each.
        on: the column that both have and whose values have to be equal; may be left out when
            the tables share one column only.
        adds: a column to add up, so that one sees what the join makes of its sum.
        how: "inner" for JOIN or "left" for LEFT JOIN; where it is drawn, a button changes it.

    Raises:
        Problem: a table is none or is too long, or a column is not there.
    """
    join = _join(left, right, on, adds)
    if how not in HOWS:
        raise Problem(f"There is no join called {how!r}.", 'Write how="inner" or how="left".')
    stage.show(table(join, how), lambda: _panel(join, how))


def words(join: Join, taken: int, how: str) -> str:
    """What became of the left row that was taken last, in a sentence or two."""
    if not taken:
        return "Nothing is joined yet. Take the first row of the left table."
    key, number = cell(join.left[join.on].iloc[taken - 1]), len(join.partners[taken - 1])
    row = f"Left row {taken} of {len(join.left)}, {join.on} {key}:"
    if number:
        found = "1 right row fits" if number == 1 else f"{number} right rows fit"
        times = {1: "once", 2: "twice"}.get(number, f"{number} times")
        return f"{row} {found}, so it comes {times}."
    if how == "left":
        return f"{row} no right row fits. LEFT JOIN keeps it, with NULL on the right."
    return f"{row} no right row fits. JOIN drops it."


def sums(join: Join, taken: int, how: str) -> str:
    """How many rows there are before and after the join, and the sums of the added column."""
    pairs = join.pairs(taken, how)
    said = f"Rows: {taken} before the join, {len(pairs)} after it."
    if join.adds:
        before, after = join.total_before(taken), join.total(pairs)
        said += f" Sum of {join.adds}: {before} before, {after} after."
    return said


def table(join: Join, how: str) -> str:
    """The whole join as text: a line for each left row, and the sums below."""
    import pandas

    results = [join.pairs(taken, how) for taken in range(1, len(join.left) + 1)]
    lines = {name: join.left[name] for name in (join.on, join.adds) if name in join.left.columns}
    lines["rows that fit"] = pandas.Series([len(each) for each in join.partners], dtype="int64")
    lines["rows so far"] = pandas.Series([len(pairs) for pairs in results], dtype="int64")
    if join.adds:
        lines["sum so far"] = pandas.Series([join.total(pairs) for pairs in results])
    head = f"The left table {HOWS[how]} the right table, by {join.on}; each line is a left row:"
    grid = rows.text(pandas.DataFrame(lines))
    return "\n".join([head, "", grid, "", sums(join, len(join.left), how)])


def cell(value: Any) -> str:
    """One value as it is shown; a key is 2321, and not 2321.0, where some keys are missing."""
    return rows.cell(value, whole=isinstance(value, float) and value.is_integer())


def _panel(join: Join, how: str) -> DOMWidget:
    from champion.desk.widgets import fanout_panel

    return fanout_panel.drawn(join, how)


def _join(left: Any, right: Any, on: str, adds: str) -> Join:
    """The join that was asked for, if there is one to watch."""
    for side, given in (("left", left), ("right", right)):
        _require_small_table(side, given)
    shared = [str(name) for name in left.columns if name in right.columns]
    if not on and len(shared) == 1:
        on = shared[0]
    if on not in shared:
        both = ", ".join(f"`{name}`" for name in shared)
        raise Problem(
            f"`{on}` is not a column of both tables." if on else "Which column ties them?",
            f"Both have {both}." if shared else "They share none: use AS to give one its name.",
        )
    if adds:
        _require_numbers(adds, left, right)
    return Join(left.reset_index(drop=True), right.reset_index(drop=True), on, adds)


def _require_small_table(side: str, given: Any) -> None:
    import pandas

    if not isinstance(given, pandas.DataFrame):
        raise Problem(
            f"The {side} table is no table: it is a {type(given).__name__}.",
            "Keep the result of a query with a name, %%sql hours, and give that name: hours.",
        )
    if len(given) > LONGEST:
        raise Problem(
            f"The {side} table has {len(given):,} rows, too many to watch.",
            f"Choose at most {LONGEST}, with WHERE or LIMIT.",
        )
    if not given.columns.is_unique:
        twice = given.columns[given.columns.duplicated()][0]
        raise Problem(
            f"Two columns of the {side} table are called `{twice}`.",
            "Give one of them another name with AS.",
        )


def _require_numbers(adds: str, left: pandas.DataFrame, right: pandas.DataFrame) -> None:
    import pandas

    holder = next((each for each in (left, right) if adds in each.columns), None)
    if holder is None:
        raise Problem(f"There is no column `{adds}` to add up.", "Is it spelt as in the tables?")
    if not pandas.api.types.is_numeric_dtype(holder[adds]):
        raise Problem(f"`{adds}` holds no numbers.", "Choose a column that can be added up.")


def _is_equal(one: Any, other: Any) -> bool:
    return not rows.is_missing(one) and not rows.is_missing(other) and bool(one == other)
