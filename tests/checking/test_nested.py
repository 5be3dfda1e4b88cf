"""Values within values: read to the bottom, compared as a value is, and sent without trust."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas
import pytest

from champion.checking.nested import (
    MOST,
    TOO_DEEP,
    TOO_LARGE,
    Group,
    nested,
    odd,
    packed,
    same,
    unpacked,
)

ALIKE: list[tuple[Any, Any]] = [
    ([1, 2.0, Decimal("3")], (1, 2, 3)),
    ({"a": 1, "b": [2]}, {"b": [2], "a": 1}),
    ({"a", "b"}, {"b", "a"}),
    ([0.1 + 0.2], [0.3]),
    ([date(2026, 3, 1)], [datetime(2026, 3, 1)]),
    ([float("nan")], [None]),
    ([pandas.DataFrame({"a": [1.0]})], [pandas.DataFrame({"a": [1]})]),
    ([], ()),
]
UNLIKE: list[tuple[Any, Any]] = [
    ([1, 2], [2, 1]),
    ([1], {1}),
    ([1], ["1"]),
    ([True], [1]),
    ({"a": 1}, {"a": 1, "b": 2}),
    ({"a": 1}, {"b": 1}),
    ([None], [0]),
    ("", None),
    ([[1]], [[2]]),
    ([pandas.DataFrame({"a": [1]})], [pandas.DataFrame({"b": [1]})]),
]


@pytest.mark.parametrize(("mine", "wanted"), ALIKE)
def test_what_is_equal_to_the_bottom_is_equal(mine: Any, wanted: Any) -> None:
    assert same(nested(mine), nested(wanted))


@pytest.mark.parametrize(("mine", "wanted"), UNLIKE)
def test_what_differs_somewhere_differs(mine: Any, wanted: Any) -> None:
    assert not same(nested(mine), nested(wanted))


@pytest.mark.parametrize("value", [value for pair in (*ALIKE, *UNLIKE) for value in pair])
def test_it_comes_back_from_the_wire_as_it_was(value: Any) -> None:
    there = nested(value)
    assert unpacked(json.loads(json.dumps(packed(there)))) == there


def test_a_tolerance_reaches_to_the_bottom() -> None:
    assert same(nested([{"a": 1.04}]), nested([{"a": 1}]), 0.05)
    assert not same(nested([{"a": 1.06}]), nested([{"a": 1}]), 0.05)


def test_what_holds_itself_or_never_ends_is_said_and_never_right() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert odd(nested(loop)) == TOO_DEEP.what
    deep: list[Any] = []
    for _ in range(50_000):
        deep = [deep]
    assert odd(nested(deep)) == TOO_DEEP.what
    assert nested([0] * (MOST + 1)) == TOO_LARGE
    assert odd(nested([1, {"a": object()}])) == "an object of type object"
    assert odd(nested([1, {"a": [None]}])) == ""


def test_an_object_has_no_say_in_what_it_is() -> None:
    class Sly(list):
        def __iter__(self) -> Any:
            return iter(["right"])

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    assert nested(Sly(["wrong"])) == nested(["wrong"])

    class Boom(dict):
        def items(self) -> Any:
            raise RuntimeError

    assert nested(Boom(a=1)) == nested({"a": 1})


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"is": "list"},
        {"is": "list", "items": 3, "keys": []},
        {"is": "list", "items": [], "keys": [{"is": "scalar", "kind": "number", "value": 1}]},
        {"is": "dictionary", "items": [], "keys": [{"is": "scalar", "kind": "text", "value": "a"}]},
        {"is": "heap", "items": [], "keys": []},
        {"is": "scalar", "kind": "text", "value": 1},
    ],
)
def test_what_is_no_packed_value_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"not|no |are"):
        unpacked(data)


def test_a_packed_value_without_a_bottom_is_refused() -> None:
    data: dict[str, Any] = {"is": "list", "items": [], "keys": []}
    for _ in range(60):
        data = {"is": "list", "items": [data], "keys": []}
    with pytest.raises(ValueError, match="too deeply"):
        unpacked(data)


def test_a_group_knows_its_sort() -> None:
    assert nested((1,)) == Group("list", (nested(1),))
    assert nested({"a": 1}) == Group("dictionary", (nested(1),), (nested("a"),))
