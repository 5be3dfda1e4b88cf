"""Plain values leave a process and come back as they were."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from champion.checking.canonical import Other, Scalar, Table, canonical, from_wire, to_wire

from .frames import CELLS, frames
from .making import table


def there_and_back(value: Any) -> Any:
    return from_wire(json.loads(json.dumps(to_wire(value), allow_nan=False)))


@given(frames())
def test_a_table_comes_back_exactly(frame: pd.DataFrame) -> None:
    made = canonical(frame)
    assert isinstance(made, Table)
    assert repr(there_and_back(made)) == repr(made)


@given(st.one_of(*CELLS.values()))
def test_one_value_comes_back_exactly(value: object) -> None:
    made = canonical(value)
    assert repr(there_and_back(made)) == repr(made)


def test_a_column_of_several_kinds_and_words_come_back_too() -> None:
    mixed = table(a=pd.Series([1, "1", True, Decimal("1.10"), b"1", None, 1e400], dtype=object))
    assert repr(there_and_back(mixed)) == repr(mixed)
    assert there_and_back(Other("a list", "A table of it.")) == Other("a list", "A table of it.")


def test_a_number_longer_than_python_prints_comes_back() -> None:
    assert there_and_back(Scalar("number", 10**5000)) == Scalar("number", 10**5000)


def test_a_table_that_was_cut_keeps_its_true_length() -> None:
    cut = Table(table(a=[1, 2]).columns, rows=5_000_000, whole=False, index=("day",))
    assert there_and_back(cut) == cut


def packed(**changes: Any) -> dict[str, Any]:
    return {**to_wire(table(a=[1, 2])), **changes}


def column(kind: object, values: object, name: object = "a") -> list[dict[str, object]]:
    return [{"name": name, "kind": kind, "values": values}]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"is": "pickle"},
        {"is": "other", "what": 1, "then": ""},
        {"is": "scalar", "kind": "number", "value": "1"},
        {"is": "scalar", "kind": "number", "value": True},
        {"is": "scalar", "kind": "number", "value": float("nan")},
        {"is": "scalar", "kind": "number", "value": {"decimal": "NaN"}},
        {"is": "scalar", "kind": "number", "value": {"decimal": "nought"}},
        {"is": "scalar", "kind": "number", "value": {"float": "1", "int": "1"}},
        {"is": "scalar", "kind": "number", "value": {"eval": "1"}},
        {"is": "scalar", "kind": "bytes", "value": "xyz"},
        {"is": "scalar", "kind": "moment", "value": {"float": "inf"}},
        {"is": "scalar", "kind": "moment", "value": 1.5},
        {"is": "scalar", "kind": "anything", "value": 1},
        {"is": "scalar", "kind": ["number"], "value": 1},
        {"is": "scalar", "kind": "mixed", "value": ["mixed", ["number", 1]]},
        {"is": "scalar", "kind": "mixed", "value": ["number", 1, 2]},
        packed(rows=3),
        packed(rows=-1),
        packed(rows=True),
        packed(rows=1, whole=False),
        packed(whole="yes"),
        packed(index=[1]),
        packed(columns=[{"name": "a", "kind": "number"}]),
        packed(columns=column("number", (1, 2))),
        packed(columns=column("text", [1, 2])),
        packed(columns=column("empty", [1, 2])),
        packed(columns=column("truth", [1, 0])),
        packed(columns=column("number", [1, 2], name=7)),
        packed(columns=column("number", [1, 2]) + column("number", [1], name="b")),
    ],
)
def test_what_a_stranger_sends_is_refused_when_it_is_no_value(data: object) -> None:
    with pytest.raises(ValueError, match="not a packed value"):
        from_wire(data)
