"""Values within values: what a function gives back or a state holds, read to the bottom.

Lists, tuples, sets and dictionaries become groups of plain values, by their exact type's own
methods; so nothing that a learner's object says of itself has a say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from champion.checking.canonical import canonical
from champion.checking.pairing import aligned, near
from champion.checking.values import Canonical, Column, Other, Scalar, Table
from champion.checking.wire import from_wire, to_wire

Sort = Literal["list", "set", "dictionary"]

DEEPEST = 20
MOST = 200_000
"""Values that are read of one answer."""
TOO_DEEP = Other("something that is nested too deeply, or holds itself")
TOO_LARGE = Other("too much to be compared")


@dataclass(frozen=True)
class Group:
    """Several values.

    Attributes:
        sort: a list (a tuple counts as one), a set, or a dictionary.
        items: the values; a set's in a sequence that equal sets share.
        keys: of a dictionary, in the sequence of the items; () for others.
    """

    sort: Sort
    items: tuple[Nested, ...]
    keys: tuple[Nested, ...] = ()


Nested = Group | Canonical


def nested(value: object) -> Nested:
    """The plain values of anything; never raises."""
    try:
        return _Reader().read(value, DEEPEST)
    except (_TooLarge, RecursionError, MemoryError):
        return TOO_LARGE
    except Exception:  # a hostile object may raise anything, and must not stop a check
        return canonical(value)


def held(value: object) -> Nested | None:
    """What a list, a set or a dictionary holds; None for everything else."""
    return nested(value) if issubclass(type(value), _GROUPS) else None


def same(mine: Nested | None, wanted: Nested | None, tolerance: float = 0.0) -> bool:
    """Whether two values are equal to the bottom, as a value of a task would be."""
    if isinstance(mine, Group) and isinstance(wanted, Group):
        return _same_groups(mine, wanted, tolerance)
    if isinstance(mine, Scalar) and isinstance(wanted, Scalar):
        return _same_scalars(mine, wanted, tolerance)
    if isinstance(mine, Other) and isinstance(wanted, Other):
        return mine.what == wanted.what and (not wanted.whole or mine.items == wanted.items)
    if isinstance(mine, Table) and isinstance(wanted, Table):
        return _same_tables(mine, wanted, tolerance)
    return mine is None and wanted is None


def odd(value: Nested | None) -> str:
    """What in a value cannot be compared, in words; "" when all of it can."""
    if isinstance(value, Other):
        return "" if value.whole else value.what
    if isinstance(value, Group):
        return next(filter(None, map(odd, (*value.items, *value.keys))), "")
    return "" if value is None or not isinstance(value, Table) or value.whole else "too large"


def packed(value: Nested) -> dict[str, Any]:
    """A value as dicts, lists and text that the json module takes."""
    if not isinstance(value, Group):
        return to_wire(value)
    return {
        "is": value.sort,
        "items": [packed(each) for each in value.items],
        "keys": [packed(each) for each in value.keys],
    }


def unpacked(data: object, deepest: int = DEEPEST + 1) -> Nested:
    """The value that `packed` packed.

    Raises:
        ValueError: this is no such value. It may come from a process that ran a stranger's
            code, so every part is looked at.
    """
    sort = data.get("is") if isinstance(data, dict) else None
    if sort not in ("list", "set", "dictionary"):
        return from_wire(data)
    if deepest <= 0:
        raise ValueError("it is nested too deeply")
    items, keys = (_several(data, name, deepest) for name in ("items", "keys"))
    if len(keys) != (len(items) if sort == "dictionary" else 0):
        raise ValueError("the keys are not as many as the values")
    return Group(cast(Sort, sort), items, keys)


def _several(data: Any, name: str, deepest: int) -> tuple[Nested, ...]:
    given = data.get(name)
    if type(given) is not list or len(given) > MOST:
        raise ValueError(f"its {name} are no list")
    return tuple(unpacked(each, deepest - 1) for each in given)


class _TooLarge(Exception):
    """There are more values than are read."""


class _Reader:
    """Reads one answer, and counts its values."""

    def __init__(self) -> None:
        self._count = 0

    def read(self, value: object, deepest: int) -> Nested:
        self._count += 1
        if self._count > MOST:
            raise _TooLarge
        kind = type(value)
        for base in _GROUPS:
            if issubclass(kind, base):
                return self._group(value, base, deepest) if deepest else TOO_DEEP
        return canonical(value)

    def _group(self, value: Any, base: type, deepest: int) -> Group:
        if base is dict:
            pairs = list(dict.items(value))
            keys = self._all((key for key, _ in pairs), deepest)
            return Group("dictionary", self._all((each for _, each in pairs), deepest), keys)
        items = self._all(cast(Any, base).__iter__(value), deepest)
        if base in (set, frozenset):
            return Group("set", tuple(sorted(items, key=repr)))
        return Group("list", items)

    def _all(self, values: Iterable[object], deepest: int) -> tuple[Nested, ...]:
        return tuple([self.read(each, deepest - 1) for each in values])


_GROUPS: tuple[type, ...] = (list, tuple, dict, set, frozenset)


def _same_groups(mine: Group, wanted: Group, tolerance: float) -> bool:
    if mine.sort != wanted.sort or len(mine.items) != len(wanted.items):
        return False
    ours = mine.items
    if mine.sort == "dictionary":
        places = {key: place for place, key in enumerate(mine.keys)}
        if any(key not in places for key in wanted.keys):
            return False
        ours = tuple(mine.items[places[key]] for key in wanted.keys)
    return all(same(a, b, tolerance) for a, b in zip(ours, wanted.items, strict=True))


def _same_scalars(mine: Scalar, wanted: Scalar, tolerance: float) -> bool:
    if mine.kind == wanted.kind and mine.value == wanted.value:
        return True
    values = aligned(_column(mine), _column(wanted))
    return values is not None and near(tolerance)(values[0][0], values[1][0])


def _column(value: Scalar) -> Column:
    return Column("", value.kind, (value.value,))


def _same_tables(mine: Table, wanted: Table, tolerance: float) -> bool:
    """Frames within an answer are equal with their columns and rows in the same sequence."""
    if mine.names != wanted.names or mine.rows != wanted.rows or not mine.whole:
        return False
    test = near(tolerance)
    for ours, theirs in zip(mine.columns, wanted.columns, strict=True):
        values = aligned(ours, theirs)
        if values is None and mine.rows:
            return False
        if values is not None and not all(map(test, *values)):
            return False
    return True
