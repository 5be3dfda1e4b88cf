"""Pairs the rows of two tables: which of one belong to none of the other."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from champion.checking.values import Cell, Column, Kind

Row = tuple[Cell, ...]
Near = Callable[[Any, Any], bool]

RELATIVE = 1e-9
ABSOLUTE = 1e-12
ABSOLUTE_FROM_WHOLE = 1e-6
THOROUGH = 100
"""Groups of rows up to this size are paired in the best possible way, larger ones in order."""


@dataclass(frozen=True)
class Unpaired:
    """Places of the rows that found no partner: `extra` in the answer, `missing` in the key."""

    extra: tuple[int, ...]
    missing: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.extra or self.missing)


def near(tolerance: float) -> Near:
    """A function (mine, wanted) that tells whether two cells are as good as equal.

    Within `tolerance` if one is given. Otherwise whole numbers and decimals must be equal,
    and a float may be off by a part in 10^9, since floats carry rounding from every sum;
    where a whole number is wanted it must come within 10^-6 of it, however large it is.
    """

    def test(mine: Any, wanted: Any) -> bool:
        if mine == wanted:
            return True
        if type(mine) is float and type(wanted) is float and not tolerance:
            return abs(mine - wanted) < RELATIVE * abs(wanted) + ABSOLUTE
        if not (_is_number(mine) and _is_number(wanted)):
            return False
        if not tolerance and float not in (type(mine), type(wanted)):
            return False
        return bool(_distance(mine, wanted) <= _slack(wanted, tolerance))

    return test


def aligned(mine: Column, wanted: Column) -> tuple[tuple[Cell, ...], tuple[Cell, ...]] | None:
    """The values of two columns in one form, or None when their kinds cannot be compared."""
    if "thing" in (mine.kind, wanted.kind):
        return None
    if comparable(mine.kind, wanted.kind):
        return mine.values, wanted.values
    if "mixed" in (mine.kind, wanted.kind):
        return _tagged(mine), _tagged(wanted)
    return None


def comparable(mine: Kind, wanted: Kind) -> bool:
    """Whether values of these kinds are counted the same way; a day is its own midnight."""
    kinds = {mine, wanted} - {"empty"}
    return len(kinds) <= 1 or kinds == {"day", "clock"}


def unpaired(mine: Sequence[Row], wanted: Sequence[Row], tolerance: float = 0.0) -> Unpaired:
    """Pairs each row with an equal one, as many as can be, and returns the others.

    Rows are taken as a multiset: their sequence does not matter, how often each comes does.
    """
    if tolerance:
        return _paired_loosely(mine, wanted, range(len(mine)), range(len(wanted)), tolerance)
    left = Counter(wanted)
    extra = _without(mine, left)
    if not extra and len(mine) == len(wanted):
        return Unpaired((), ())
    missing = _within(wanted, left)
    if not (extra and missing and _any_float(mine, wanted, extra, missing)):
        return Unpaired(tuple(extra), tuple(missing))
    extra, missing = _paired_bluntly(mine, wanted, extra, missing)
    return _paired_loosely(mine, wanted, extra, missing, tolerance)


def _without(rows: Sequence[Row], stock: Counter[Row]) -> list[int]:
    """Takes each row out of the stock; returns the places of those that were not in it."""
    places = []
    for place, row in enumerate(rows):
        if stock.get(row, 0) > 0:
            stock[row] -= 1
        else:
            places.append(place)
    return places


def _within(rows: Sequence[Row], stock: Counter[Row]) -> list[int]:
    """Takes each row out of the stock; returns the places of those that were in it."""
    without = set(_without(rows, stock))
    return [place for place in range(len(rows)) if place not in without]


def _paired_bluntly(
    mine: Sequence[Row], wanted: Sequence[Row], extra: list[int], missing: list[int]
) -> tuple[list[int], list[int]]:
    """Pairs what is equal once floats are cut to ten digits: nearly all of it, and quickly."""
    ours = _blunt_rows([mine[place] for place in extra])
    theirs = _blunt_rows([wanted[place] for place in missing])
    left = Counter(theirs)
    return [extra[place] for place in _without(ours, left)], [
        missing[place] for place in _within(theirs, left)
    ]


def _blunt_rows(rows: Sequence[Row]) -> list[Row]:
    columns = [
        [f"{cell:.9e}" if type(cell) is float else (cell,) for cell in column]
        if float in set(map(type, column))
        else column
        for column in zip(*rows, strict=True)
    ]
    return list(zip(*columns, strict=True))


def blunted(ours: Sequence[Cell], theirs: Sequence[Cell]) -> tuple[Row, Row]:
    """Two columns to look values up in: where either holds floats, cut to ten digits."""
    if float not in {*map(type, ours), *map(type, theirs)}:
        return tuple(ours), tuple(theirs)
    return tuple(map(ten_digits, ours)), tuple(map(ten_digits, theirs))


def ten_digits(cell: Cell) -> Cell:
    """A number as text, cut to ten digits; anything else, and what is too large, as it is."""
    try:
        return f"{float(cell):.9e}" if isinstance(cell, int | float | Decimal) else cell
    except OverflowError:
        return cell


def _any_float(
    mine: Sequence[Row], wanted: Sequence[Row], extra: Iterable[int], missing: Iterable[int]
) -> bool:
    return any(float in map(type, mine[place]) for place in extra) or any(
        float in map(type, wanted[place]) for place in missing
    )


def _paired_loosely(
    mine: Sequence[Row],
    wanted: Sequence[Row],
    extra: Iterable[int],
    missing: Iterable[int],
    tolerance: float,
) -> Unpaired:
    """Pairs rows whose numbers are near and whose other cells are equal."""
    groups: dict[Row, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place in extra:
        groups[_firm(mine[place])][0].append(place)
    for place in missing:
        groups[_firm(wanted[place])][1].append(place)
    test = near(tolerance)
    unpaired_mine: list[int] = []
    unpaired_wanted: list[int] = []
    for ours, theirs in groups.values():
        pairs = _pair_group(mine, wanted, ours, theirs, test)
        unpaired_mine += set(ours).difference(pairs)
        unpaired_wanted += set(theirs).difference(pairs.values())
    return Unpaired(tuple(sorted(unpaired_mine)), tuple(sorted(unpaired_wanted)))


def _firm(row: Row) -> Row:
    """What must be equal in a row: all but its numbers."""
    return tuple("#" if _is_number(cell) else ("=", cell) for cell in row)


def _loose(row: Row) -> tuple[Any, ...]:
    """The numbers of a row, to sort it by; blunt, so that rounding does not change the order."""
    return tuple(_blunt(cell) for cell in row if _is_number(cell))


def _pair_group(
    mine: Sequence[Row], wanted: Sequence[Row], ours: list[int], theirs: list[int], test: Near
) -> dict[int, int]:
    def fits(our: int, their: int) -> bool:
        return all(map(test, mine[our], wanted[their]))

    ours = sorted(ours, key=lambda place: _loose(mine[place]))
    theirs = sorted(theirs, key=lambda place: _loose(wanted[place]))
    in_order = dict(
        _in_order(ours, theirs, fits, lambda our, their: _loose(mine[our]) < _loose(wanted[their]))
    )
    if len(in_order) == min(len(ours), len(theirs)) or max(len(ours), len(theirs)) > THOROUGH:
        return in_order
    return _best(ours, theirs, fits)


def _in_order(
    ours: Sequence[int],
    theirs: Sequence[int],
    fits: Callable[[int, int], bool],
    before: Callable[[int, int], bool],
) -> Iterable[tuple[int, int]]:
    """Walks along both sorted sides and pairs what fits on the way."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if fits(ours[i], theirs[j]):
            yield ours[i], theirs[j]
            i, j = i + 1, j + 1
        elif before(ours[i], theirs[j]):
            i += 1
        else:
            j += 1


def _best(
    ours: Sequence[int], theirs: Sequence[int], fits: Callable[[int, int], bool]
) -> dict[int, int]:
    """As many pairs as there can be: each row may push an earlier one to another partner."""
    fitting = {our: [their for their in theirs if fits(our, their)] for our in ours}
    partner: dict[int, int] = {}

    def place(our: int, tried: set[int]) -> bool:
        for their in fitting[our]:
            if their not in tried:
                tried.add(their)
                if their not in partner or place(partner[their], tried):
                    partner[their] = our
                    return True
        return False

    for our in ours:
        place(our, set())
    return {our: their for their, our in partner.items()}


def _tagged(column: Column) -> tuple[Cell, ...]:
    if column.kind == "mixed":
        return column.values
    return tuple(None if cell is None else (column.kind, cell) for cell in column.values)


def _is_number(cell: object) -> bool:
    return type(cell) in (int, float, Decimal)


def _blunt(number: Any) -> float:
    try:
        return float(f"{float(number):.7g}")
    except OverflowError:
        return math.copysign(math.inf, number)


def _distance(mine: Any, wanted: Any) -> Any:
    """How far apart two numbers are, exactly; infinity where that cannot be told."""
    try:
        if type(mine) is type(wanted):
            return abs(mine - wanted)
        return abs(Decimal(mine) - Decimal(wanted))
    except ArithmeticError:
        return math.inf


def _slack(wanted: Any, tolerance: float) -> float:
    """How far from the wanted number another may be."""
    if tolerance:
        return tolerance
    if type(wanted) is int:
        return ABSOLUTE_FROM_WHOLE if abs(wanted) > 1000 else RELATIVE * abs(wanted) + ABSOLUTE
    size = abs(float(wanted))
    return RELATIVE * size + ABSOLUTE if math.isfinite(size) else 0.0
