"""Two tables side by side, their rows told apart by a column in which nothing repeats.

Most tables have such a column: an id, a name, a day. Whole columns can then be compared at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import eq, itemgetter

from champion.checking.pairing import ten_digits
from champion.checking.values import Cell

Columns = Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class Side:
    """The reference's rows in the sequence of the answer's, as one column tells them.

    Attributes:
        places: for each row of the answer, the place of the reference's.
    """

    places: tuple[int, ...]
    ours: Columns
    theirs: Columns
    _picked: dict[int, tuple[Cell, ...]] = field(default_factory=dict)
    _alike: dict[int, bool] = field(default_factory=dict)

    def wanted(self, at: int) -> tuple[Cell, ...]:
        """A column of the reference, in the sequence of the answer's rows."""
        if at not in self._picked:
            self._picked[at] = picked(self.theirs[at], self.places)
        return self._picked[at]

    def alike(self, at: int) -> bool:
        """Whether a column is the same in both, floats cut to ten digits."""
        if at not in self._alike:
            mine, wanted = self.ours[at], self.wanted(at)
            self._alike[at] = mine == wanted or (
                float in {*map(type, mine), *map(type, wanted)}
                and all(
                    a == b or ten_digits(a) == ten_digits(b)
                    for a, b in zip(mine, wanted, strict=True)
                )
            )
        return self._alike[at]

    def equal_rows(self) -> list[bool]:
        """For each row of the answer, whether the reference's equals it exactly."""
        same = [True] * len(self.places)
        for at, mine in enumerate(self.ours):
            if mine != self.wanted(at):
                same = [a and b for a, b in zip(same, map(eq, mine, self.wanted(at)), strict=True)]
        return same


@dataclass(frozen=True)
class Lineup:
    """Two tables whose columns are in the same sequence.

    Attributes:
        ours, theirs: the columns of the answer and of the reference.
    """

    ours: Columns
    theirs: Columns
    _keys: dict[int, tuple[dict[Cell, int], dict[Cell, int]] | None] = field(default_factory=dict)
    _sides: dict[int, Side | None] = field(default_factory=dict)

    def key(self, without: Sequence[int] = ()) -> int | None:
        """The first column, but for some, that tells the rows of either table apart."""
        rest = (at for at in range(len(self.ours)) if at not in without)
        return next((at for at in rest if self._places(at)), None)

    def by(self, key: int) -> Side | None:
        """The tables side by side, by such a column; None when it is not the same in both."""
        if key not in self._sides:
            known = [side for side in self._sides.values() if side]
            same = (side for side in known if side.ours[key] == side.wanted(key))
            self._sides[key] = next(same, None) or self._side(key)
        return self._sides[key]

    def _side(self, key: int) -> Side | None:
        both = self._places(key)
        if both is None or both[0].keys() != both[1].keys():
            return None
        return Side(tuple([both[1][cell] for cell in self.ours[key]]), self.ours, self.theirs)

    def _places(self, at: int) -> tuple[dict[Cell, int], dict[Cell, int]] | None:
        if at not in self._keys:
            ours, theirs = _numbered(self.ours[at]), _numbered(self.theirs[at])
            self._keys[at] = (ours, theirs) if ours and theirs else None
        return self._keys[at]


def picked(column: tuple[Cell, ...], places: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a column at some places."""
    if len(places) < 2:
        return tuple(column[place] for place in places)
    found: tuple[Cell, ...] = itemgetter(*places)(column)
    return found


def _numbered(column: tuple[Cell, ...]) -> dict[Cell, int] | None:
    """The place of each cell; None where one repeats, or is a float and so need not be exact."""
    places = dict(zip(column, range(len(column)), strict=True))
    return None if len(places) < len(column) or float in set(map(type, column)) else places
