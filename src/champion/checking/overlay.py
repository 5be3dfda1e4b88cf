"""Two tables laid over each other, so that what differs between them can be looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from champion.checking.canonical import Column, Table
from champion.checking.compare import partners, same_sequence
from champion.checking.key import Task
from champion.checking.lineup import Lineup, Side, picked
from champion.checking.multiset import may_match, rows
from champion.checking.pairing import Row, aligned, blunted, unpaired
from champion.checking.values import Cell


@dataclass(frozen=True)
class Overlay:
    """An answer over the reference, their columns in the reference's sequence.

    Attributes:
        task: whose order and tolerance count.
        mine, wanted: the two tables.
        ours, theirs: their columns' values, in one form.
        columns: the answer's columns, to show them.
    """

    task: Task
    mine: Table
    wanted: Table
    ours: tuple[tuple[Cell, ...], ...]
    theirs: tuple[tuple[Cell, ...], ...]
    columns: tuple[Column, ...]

    @cached_property
    def left(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Places of the answer's rows that do not belong, and of the reference's that miss."""
        side = None if self.task.tolerance else self._side(())
        if side is None:
            mine: Sequence[int] = range(self.mine.rows)
            wanted: Sequence[int] = range(self.wanted.rows)
        else:
            mine = [at for at, equal in enumerate(side.equal_rows()) if not equal]
            wanted = sorted(side.places[at] for at in mine)
        found = unpaired(
            rows([picked(column, mine) for column in self.ours], len(mine)),
            rows([picked(column, wanted) for column in self.theirs], len(wanted)),
            self.task.tolerance,
        )
        return tuple(mine[at] for at in found.extra), tuple(wanted[at] for at in found.missing)

    @property
    def extra(self) -> tuple[int, ...]:
        """Places of the answer's rows that do not belong."""
        return self.left[0]

    @property
    def missing(self) -> tuple[int, ...]:
        """Places of the reference's rows that the answer lacks."""
        return self.left[1]

    @cached_property
    def counts(self) -> tuple[Counter[Row], Counter[Row]]:
        """How often each row comes, in the answer and in the reference."""
        return Counter(self._rows(0, ())), Counter(self._rows(1, ()))

    @cached_property
    def _blunted(self) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
        both = [blunted(*columns) for columns in zip(self.ours, self.theirs, strict=True)]
        return [ours for ours, _ in both], [theirs for _, theirs in both]

    @cached_property
    def _lineup(self) -> Lineup:
        return Lineup(self.ours, self.theirs)

    def _side(self, without: tuple[int, ...]) -> Side | None:
        key = self._lineup.key(without)
        return None if key is None else self._lineup.by(key)

    def in_sequence(self, order: tuple[str, ...]) -> bool:
        """Whether these columns run down the answer as they run down the reference."""
        return same_sequence(self.mine, self.wanted, order, self.task.tolerance)

    def pairs_but_for(self, places: tuple[int, ...]) -> list[list[tuple[Cell, Cell]]] | None:
        """The values (mine, wanted) of some columns, row by row, when all others are right.

        Rows are told by the other columns; rows alike in those are paired smallest with
        smallest. None when the other columns differ, too, or when one of several is seen to
        be right: then they are not off together.
        """
        if self._lineup.key(places) is not None:
            level, others = self._side(places), set(range(len(self.ours))).difference(places)
            if level is None or not all(map(level.alike, others)):
                return None
            if len(places) > 1 and any(self.ours[at] == level.wanted(at) for at in places):
                return None
            return [list(zip(self.ours[at], level.wanted(at), strict=True)) for at in places]
        if not may_match(self._but_for(0, places), self._but_for(1, places)):
            return None
        groups: dict[Row, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for side, columns in enumerate((self.ours, self.theirs)):
            values = zip(*(columns[place] for place in places), strict=True)
            for key, row in zip(self._rows(side, places), values, strict=True):
                groups[key][side].append(row)
        if any(len(ours) != len(theirs) for ours, theirs in groups.values()):
            return None
        paired = [
            pair
            for ours, theirs in groups.values()
            for pair in zip(_sorted(ours), _sorted(theirs), strict=True)
        ]
        return [[(mine[at], wanted[at]) for mine, wanted in paired] for at in range(len(places))]

    def _rows(self, side: int, without: tuple[int, ...]) -> list[Row]:
        return rows(self._but_for(side, without), (self.mine if side == 0 else self.wanted).rows)

    def _but_for(self, side: int, without: tuple[int, ...]) -> list[tuple[Cell, ...]]:
        return [values for at, values in enumerate(self._blunted[side]) if at not in without]


def overlay(task: Task, mine: Table, wanted: Table) -> Overlay | None:
    """The two tables laid over each other; None when their columns do not match."""
    columns = partners(mine, wanted)
    values = [aligned(*pair) for pair in columns or []]
    if columns is None or None in values:
        return None
    matched = [pair for pair in values if pair is not None]
    return Overlay(
        task,
        mine,
        wanted,
        tuple(ours for ours, _ in matched),
        tuple(theirs for _, theirs in matched),
        tuple(ours for ours, _ in columns),
    )


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=_by_value) if len(rows) > 1 else rows


def _by_value(row: Row) -> tuple[tuple[bool, str, object], ...]:
    """A row to sort by: NULL last, and nothing is compared with what it cannot be."""
    return tuple(
        (cell is None, "" if type(cell) in _ORDERED else type(cell).__name__, _sortable(cell))
        for cell in row
    )


_ORDERED = {int, float}


def _sortable(cell: Cell) -> object:
    return str(cell) if cell is None or isinstance(cell, tuple) else cell
