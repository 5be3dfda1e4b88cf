"""Plain values as JSON and back, exactly: how an answer leaves the process that made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, cast, get_args

from champion.checking.values import (
    ITEM_LETTERS,
    ITEM_LIMIT,
    Canonical,
    Cell,
    Column,
    Kind,
    Other,
    Scalar,
    Table,
)

SAFE_INT = 2**63
_TIMED = {"day", "clock", "moment", "time", "span"}
_TEXTUAL = {"text", "list", "period", "thing"}
_KINDS = set(get_args(Kind))


def to_wire(value: Canonical) -> dict[str, Any]:
    """A value as dicts, lists, text and numbers that the json module takes."""
    if isinstance(value, Table):
        return {
            "is": "table",
            "rows": value.rows,
            "whole": value.whole,
            "index": list(value.index),
            "columns": [
                {"name": each.name, "kind": each.kind, "values": _pack(each.kind, each.values)}
                for each in value.columns
            ],
        }
    if isinstance(value, Scalar):
        return {"is": "scalar", "kind": value.kind, "value": _pack(value.kind, [value.value])[0]}
    return {
        "is": "other",
        "what": value.what,
        "then": value.then,
        "items": list(value.items),
        "whole": value.whole,
    }


def from_wire(data: object) -> Canonical:
    """The value that `to_wire` packed.

    Raises:
        ValueError: this is not such a value. It may come from a process that ran a
            stranger's code, so every part is looked at.
    """
    try:
        return _unpacked(cast(dict[str, Any], data))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"not a packed value: {error}") from error


def _unpacked(data: dict[str, Any]) -> Canonical:
    if data["is"] == "table":
        return _table(data)
    if data["is"] == "scalar":
        kind = _kind(data["kind"])
        return Scalar(kind, _unpack(kind, [data["value"]])[0])
    if data["is"] == "other":
        items = [_text(each)[:ITEM_LETTERS] for each in _exactly(list, data["items"])]
        whole = _exactly(bool, data["whole"])
        return Other(_text(data["what"]), _text(data["then"]), tuple(items[:ITEM_LIMIT]), whole)
    raise ValueError("it is no table, scalar or other")


def _table(data: dict[str, Any]) -> Table:
    columns = tuple(
        Column(_text(each["name"]), kind := _kind(each["kind"]), _unpack(kind, each["values"]))
        for each in data["columns"]
    )
    rows, whole = _exactly(int, data["rows"]), _exactly(bool, data["whole"])
    lengths = {len(column.values) for column in columns}
    if len(lengths) > 1 or rows < max(lengths, default=0) or (whole and lengths - {rows}):
        raise ValueError("the columns are not of the table's length")
    return Table(columns, rows, whole, tuple(_text(name) for name in data["index"]))


def _pack(kind: Kind, values: Sequence[Cell]) -> list[Any]:
    if kind == "number":
        return [_pack_number(value) for value in values]
    if kind == "bytes":
        return [None if value is None else cast(bytes, value).hex() for value in values]
    if kind == "mixed":
        return [None if value is None else _pack_pair(value) for value in values]
    if kind in _TIMED:
        return [_pack_number(value) for value in values]
    return list(values)


def _pack_pair(value: Cell) -> list[Any]:
    kind, cell = cast(tuple[Kind, Cell], value)
    return [kind, _pack(kind, [cell])[0]]


def _pack_number(value: Cell) -> Any:
    if type(value) is float and (value in (float("inf"), float("-inf"))):
        return {"float": str(value)}
    if type(value) is Decimal:
        return {"decimal": str(value)}
    if type(value) is int and not -SAFE_INT <= value < SAFE_INT:
        return {"int": hex(value)}
    return value


def _unpack(kind: Kind, values: object) -> tuple[Cell, ...]:
    packed = _exactly(list, values)
    types = set(map(type, packed)) - {type(None)}
    if kind == "number" and types <= {int, float, dict}:
        return _numbers(packed, {int, float, Decimal})
    if kind in _TIMED and types <= {int, dict}:
        return _numbers(packed, {int})
    if (
        (kind in _TEXTUAL and types <= {str})
        or (kind == "truth" and types <= {bool})
        or (kind == "empty" and not types)
    ):
        return tuple(packed)
    if kind == "bytes" and types <= {str}:
        return tuple(None if value is None else bytes.fromhex(value) for value in packed)
    if kind == "mixed" and types <= {list}:
        return tuple(None if value is None else _unpack_pair(value) for value in packed)
    raise ValueError(f"a column of kind {kind} holds something else")


def _unpack_pair(value: list[Any]) -> Cell:
    kind = _kind(value[0])
    if kind == "mixed" or len(value) != 2:
        raise ValueError("a cell of a mixed column is not a kind and a value")
    return kind, _unpack(kind, [value[1]])[0]


def _numbers(packed: list[Any], types: set[type]) -> tuple[Cell, ...]:
    """Numbers of these types, none of them NaN, which is NULL and never packed."""
    numbers = tuple(_unpack_number(value) if type(value) is dict else value for value in packed)
    if not set(map(type, numbers)) <= {*types, type(None)} or any(n != n for n in numbers):
        raise ValueError("a number is of another kind, or none")
    return numbers


def _unpack_number(value: dict[str, Any]) -> int | float | Decimal:
    ((name, text),) = value.items()
    return _NUMBERS[name](_text(text))


_NUMBERS: dict[str, Callable[[str], int | float | Decimal]] = {
    "float": float,
    "decimal": Decimal,
    "int": lambda text: int(text, 16),
}


def _kind(name: object) -> Kind:
    if name not in _KINDS:
        raise ValueError(f"not a kind of value: {name!r}")
    return cast(Kind, name)


def _text(value: object) -> str:
    return cast(str, _exactly(str, value))


def _exactly(kind: type, value: object) -> Any:
    if type(value) is not kind:
        raise ValueError(f"a {type(value).__name__} stands where a {kind.__name__} belongs")
    return value
