"""Whether two tables hold the same rows, told column by column so that it is quick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from decimal import Decimal

from champion.checking.lineup import Columns, picked
from champion.checking.pairing import Near, Row, near, unpaired
from champion.checking.values import Cell

_LOOSE = {float}
_NUMERIC = {int, float, Decimal}


def same_rows(
    ours: Columns, theirs: Columns, count: int, numbers: Collection[int], tolerance: float
) -> bool:
    """Whether the rows are the same multiset, numbers being as near as they must be.

    Columns whose cells must be exactly equal tell the rows of most tables apart. Such
    rows have one possible partner, and are compared with it column by column. Only rows
    that this cannot tell apart are paired one by one.

    Args:
        ours, theirs: columns in the same sequence, each of `count` values.
        numbers: places of the columns that hold numbers.
        tolerance: the task's.
    """
    if list(ours) == list(theirs):
        return True
    exact = [
        at
        for at in range(len(ours))
        if at not in numbers or _is_exact(ours[at], theirs[at], tolerance)
    ]
    our_keys = _keys([ours[at] for at in exact])
    their_keys = _keys([theirs[at] for at in exact])
    if our_keys is not None and their_keys is not None:
        if our_keys.keys() != their_keys.keys():
            return False
        places = [their_keys[key] for key in our_keys]
        test = near(tolerance)
        return all(
            _alike(mine, picked(wanted, places), test)
            for mine, wanted in zip(ours, theirs, strict=True)
        )
    if len(exact) == len(ours) and not may_match(ours, theirs):
        return False
    return not unpaired(rows(ours, count), rows(theirs, count), tolerance)


def _is_exact(ours: tuple[Cell, ...], theirs: tuple[Cell, ...], tolerance: float) -> bool:
    """Whether a column's cells must be equal, rather than near."""
    loose = _NUMERIC if tolerance else _LOOSE
    return loose.isdisjoint(map(type, ours)) and loose.isdisjoint(map(type, theirs))


def _keys(columns: Columns) -> dict[object, int] | None:
    """The place of each row, one after the other, by what tells it from all others.

    The key is the first column that never repeats, or else the hash of the whole row; None
    when neither tells all rows apart.
    """
    for column in columns:
        places: dict[object, int] = dict(zip(column, range(len(column)), strict=True))
        if len(places) == len(column):
            return places
    hashes = [hash(row) for row in zip(*columns, strict=True)]
    places = dict(zip(hashes, range(len(hashes)), strict=True))
    return places if columns and len(places) == len(hashes) else None


def _alike(mine: tuple[Cell, ...], wanted: tuple[Cell, ...], test: Near) -> bool:
    return mine == wanted or all(map(test, mine, wanted))


def may_match(ours: Columns, theirs: Columns) -> bool:
    """Whether the hashes of the rows are the same multiset: no, and the rows are not either."""
    return Counter(map(hash, zip(*ours, strict=True))) == Counter(
        map(hash, zip(*theirs, strict=True))
    )


def rows(columns: Columns, count: int) -> list[Row]:
    """Columns turned into rows; a table without columns still has its rows."""
    return list(zip(*columns, strict=True)) if columns else [()] * count
