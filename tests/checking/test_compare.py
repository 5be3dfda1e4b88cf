"""Which answers are right."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from champion.checking.canonical import Scalar, Table, canonical
from champion.checking.compare import equal
from champion.checking.pairing import near, unpaired

from .frames import CELLS, frames
from .making import table, task


def same(mine: Any, wanted: Any, **changes: Any) -> bool:
    """Whether two answers are equal, whichever of the two is the reference."""
    asked = task(**changes)
    one, other = (each if isinstance(each, Table) else canonical(each) for each in (mine, wanted))
    return equal(asked, one, other)


@given(frames(), st.randoms(use_true_random=False))
def test_any_order_of_rows_and_columns_passes(frame: pd.DataFrame, chance: random.Random) -> None:
    rows = chance.sample(range(len(frame)), len(frame))
    columns = chance.sample(list(frame.columns), len(frame.columns))
    assert same(frame.iloc[rows][columns], frame)


@given(frames(min_rows=1), st.data())
def test_any_single_changed_cell_fails(frame: pd.DataFrame, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(frame) - 1))
    name = data.draw(st.sampled_from(list(frame.columns)))
    other = data.draw(st.one_of(st.none(), *CELLS.values()))
    changed = frame.astype(object)
    changed[name] = pd.Series(
        [other if at == row else value for at, value in enumerate(changed[name])], dtype=object
    )
    assume(not is_the_same(frame[name].tolist()[row], other))
    assert not same(changed, frame)
    assert not same(frame, changed)


def is_the_same(before: object, after: object) -> bool:
    """Whether two cells mean the same, or are too near to be told apart."""
    one, other = canonical(before), canonical(after)
    if not (isinstance(one, Scalar) and isinstance(other, Scalar)):
        return type(before) is type(after) and before == after
    if one.kind == other.kind == "number":
        return one.value == other.value or math.isclose(
            float(one.value), float(other.value), rel_tol=1e-6, abs_tol=1e-6
        )
    return one.value == other.value and {one.kind, other.kind} in (
        {one.kind},
        {"day", "clock"},
    )


@given(frames(min_rows=1), st.data())
def test_a_row_too_many_or_too_few_fails(frame: pd.DataFrame, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(frame) - 1))
    longer = pd.concat([frame.astype(object), frame.astype(object).iloc[[row]]])
    assert not same(longer, frame)
    assert not same(frame, longer)


@given(frames(sorts=("whole", "float", "text")), st.randoms(use_true_random=False))
def test_floats_that_went_through_other_sums_pass(
    frame: pd.DataFrame, chance: random.Random
) -> None:
    def jolted(value: object) -> object:
        small = isinstance(value, float) and abs(value) < 1e300
        return value * (1 + 1e-13) if small else value

    rows = chance.sample(range(len(frame)), len(frame))
    assert same(frame.astype(object).map(jolted).iloc[rows], frame)


@given(
    st.lists(st.tuples(st.integers(0, 1), st.floats(0, 3), st.floats(0, 3)), max_size=5),
    st.lists(st.tuples(st.integers(0, 1), st.floats(0, 3), st.floats(0, 3)), max_size=5),
    st.sampled_from([0.5, 1.0]),
)
def test_within_a_tolerance_rows_are_paired_whenever_they_can_be(
    mine: list[Any], wanted: list[Any], tolerance: float
) -> None:
    frames = [pd.DataFrame(rows, columns=["k", "x", "y"]) for rows in (mine, wanted)]
    assert same(*frames, tolerance=tolerance) == can_be_paired(mine, wanted, near(tolerance))


def can_be_paired(mine: list[Any], wanted: list[Any], test: Callable[[Any, Any], bool]) -> bool:
    if not mine or not wanted:
        return not mine and not wanted
    return any(
        all(map(test, mine[0], row))
        and can_be_paired(mine[1:], wanted[:at] + wanted[at + 1 :], test)
        for at, row in enumerate(wanted)
    )


def test_how_often_a_row_comes_counts() -> None:
    assert same(table(a=[1, 1, 2]), table(a=[2, 1, 1]))
    assert not same(table(a=[1, 2, 2]), table(a=[1, 1, 2]))


def test_long_tables_with_repeated_rows_are_told_apart() -> None:
    values = [each % 7 for each in range(3000)]
    assert same(table(a=values, b=values), table(a=values[::-1], b=values[::-1]))
    assert not same(table(a=values, b=values), table(a=values, b=[*values[1:], 0]))
    assert not same(table(a=[1, 1, 2], b=[1, 1, 2]), table(a=[1, 2, 2], b=[1, 2, 2]))


def test_minus_one_is_not_minus_two() -> None:
    """Python hashes both alike."""
    assert not same(table(a=[-1, 5, 5], b=[0, 1, 1]), table(a=[-2, 5, 5], b=[0, 1, 1]))
    assert not same(table(a=[-1, -1], b=[-1, -2]), table(a=[-1, -1], b=[-1, -1]))
    assert same(table(a=[-1, -2, -2], b=[-2, -1, -1]), table(a=[-2, -1, -2], b=[-1, -2, -1]))


def test_a_count_may_be_a_float() -> None:
    assert same(table(n=[3.0, 4.0]), table(n=[3, 4]))
    assert same(table(n=[3, 4]), table(n=[3.0, 4.0]))
    assert same(table(n=[2.9999999999]), table(n=[3]))
    assert not same(table(n=[3.001]), table(n=[3]))
    assert not same(table(n=[True]), table(n=[1]))
    assert not same(table(n=["3"]), table(n=[3]))


def test_an_id_that_lost_its_last_digit_fails() -> None:
    assert not same(table(n=[float(2**53)]), table(n=[2**53 + 1]))
    assert not same(table(n=[10.0**12 + 1]), table(n=[10**12]))
    assert same(table(n=[float(2**53)]), table(n=[2**53]))


def test_decimals_are_exact_among_themselves_and_near_to_floats() -> None:
    assert same(table(n=[Decimal("0.10")]), table(n=[Decimal("0.1")]))
    assert same(table(n=[0.1]), table(n=[Decimal("0.1")]))
    assert not same(table(n=[Decimal("0.1000000000001")]), table(n=[Decimal("0.1")]))


def test_infinity_equals_only_itself() -> None:
    infinity = float("inf")
    assert same(table(n=[infinity]), table(n=[infinity]))
    assert not same(table(n=[5.0]), table(n=[infinity]))
    assert not same(table(n=[-infinity]), table(n=[infinity]))
    assert not same(table(n=[infinity]), table(n=[5]))
    assert not same(table(n=[5.0]), table(n=[Decimal("Infinity")]))


def test_a_tolerance_is_the_largest_difference_allowed() -> None:
    assert same(table(n=[10]), table(n=[12]), tolerance=2)
    assert not same(table(n=[10]), table(n=[13]), tolerance=2)
    assert same(table(n=[1.0, 1.4]), table(n=[1.4, 1.8]), tolerance=0.5)
    assert same(Decimal("1.5"), 1, kind="value", tolerance=0.5)


def test_many_rows_within_a_tolerance_are_paired_in_their_order() -> None:
    numbers = [float(each) for each in range(1000)]
    nudged = [each + 0.3 for each in numbers]
    assert same(table(n=nudged, m=nudged), table(n=numbers, m=numbers), tolerance=0.5)
    assert not same(table(n=nudged, m=nudged), table(n=numbers, m=numbers), tolerance=0.2)


def test_one_null_is_as_good_as_another_and_nothing_else_is() -> None:
    assert same(table(n=[1, None]), table(n=pd.array([1, pd.NA], dtype="Int64")))
    assert same(table(n=[None, None]), table(n=[float("nan"), float("nan")]))
    assert not same(table(n=[1, None]), table(n=[1, 0]))
    assert not same(table(n=["a", None]), table(n=["a", ""]))


def test_moments_are_compared_as_moments_and_never_with_a_clock() -> None:
    utc = pd.Series(pd.to_datetime(["2026-03-01 17:00"]).tz_localize("UTC"))
    assert same(table(at=utc.dt.tz_convert("Asia/Kolkata")), table(at=utc))
    assert not same(table(at=utc.dt.tz_localize(None)), table(at=utc))
    assert not same(table(at=utc), table(at=utc.dt.tz_localize(None)))


def test_a_day_is_its_own_midnight() -> None:
    day = [dt.date(2026, 3, 1)]
    assert same(table(day=pd.to_datetime(day)), table(day=day))
    assert same(table(day=day), table(day=pd.to_datetime(day)))
    assert not same(table(day=[dt.datetime(2026, 3, 1, 1)]), table(day=day))


def test_columns_are_found_by_their_exact_names() -> None:
    wanted = table(day=[1], plays=[2])
    assert same(table(plays=[2], day=[1]), wanted)
    assert not same(table(Day=[1], plays=[2]), wanted)
    assert not same(table(day=[1]), wanted)
    assert not same(table(day=[1], plays=[2], more=[3]), wanted)


def test_columns_of_one_name_are_compared_in_their_order() -> None:
    wanted = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert same(wanted, wanted)
    assert not same(pd.DataFrame([[2, 1]], columns=["a", "a"]), wanted)


def test_empty_tables_are_right_when_their_columns_are() -> None:
    assert same(pd.DataFrame({"a": []}), pd.DataFrame({"a": pd.Series(dtype="str")}))
    assert not same(pd.DataFrame({"b": []}), pd.DataFrame({"a": []}))
    assert same(pd.DataFrame(index=[0, 1]), pd.DataFrame(index=[0, 1]))
    assert not same(pd.DataFrame(index=[0, 1]), pd.DataFrame(index=[0]))


def test_order_counts_for_the_columns_that_are_named() -> None:
    wanted = table(day=[1, 1, 2], plays=[5, 6, 7])
    assert same(table(day=[1, 1, 2], plays=[6, 5, 7]), wanted, order=("day",))
    assert not same(table(day=[1, 1, 2], plays=[6, 5, 7]), wanted, order=("day", "plays"))
    assert not same(table(day=[2, 1, 1], plays=[7, 5, 6]), wanted, order=("day",))
    assert same(table(day=[2, 1, 1], plays=[7, 5, 6]), wanted)


def test_order_of_floats_allows_for_rounding() -> None:
    wanted = table(share=[0.1, 0.2])
    assert same(table(share=[0.1 + 1e-15, 0.2]), wanted, order=("share",))
    assert not same(table(share=[0.2, 0.1 + 1e-15]), wanted, order=("share",))


def test_a_table_too_large_to_be_read_is_never_right() -> None:
    cut = Table(table(a=[1]).columns, rows=5_000_000, whole=False)
    assert not same(cut, cut)
    assert not same(Table(cut.columns, rows=1, whole=False), table(a=[1]))
    assert not same(table(a=[1]), Table(cut.columns, rows=1, whole=False))


def test_things_that_cannot_be_compared_are_never_right() -> None:
    thing = table(a=pd.Series([object()], dtype=object))
    assert not same(thing, thing)


def test_a_column_of_several_kinds_equals_its_like() -> None:
    mixed = table(a=pd.Series([1, "1"], dtype=object))
    assert same(mixed, table(a=pd.Series(["1", 1], dtype=object)))
    assert not same(table(a=["1", "1"]), mixed)
    assert not same(mixed, table(a=[1, 1]))


@pytest.mark.parametrize("value", [12, 12.0, Decimal(12), pd.DataFrame({"count": [12]})])
def test_a_value_may_stand_alone_or_in_a_table_of_one_cell(value: object) -> None:
    assert same(value, 12, kind="value")
    assert same(12, value, kind="value")


def test_a_table_of_several_cells_is_no_value() -> None:
    assert not same(pd.DataFrame({"n": [12, 12]}), 12, kind="value")
    assert not same(pd.DataFrame({"n": [12], "m": [12]}), 12, kind="value")
    assert not same([12], 12, kind="value")


def test_a_value_is_not_right_as_text() -> None:
    assert not same("12", 12, kind="value")
    assert same("Berlin", "Berlin", kind="value")
    assert not same("berlin", "Berlin", kind="value")


def test_a_choice_may_be_a_capital_letter_with_a_bracket() -> None:
    for written in ("b", "B", " b ", "b)", "B.", "b · 18", "**b** · as the page has it"):
        assert same(written, "b", kind="choice", options=("a", "b"))
    for written in ("a", "", "bb", "a · b", "· b", 2, None, ["b"]):
        assert not same(written, "b", kind="choice", options=("a", "b"))


def test_a_table_task_takes_nothing_but_a_table() -> None:
    assert not same(12, table(n=[12]))
    assert not same([12], table(n=[12]))
    assert not equal(task(), None, table(n=[12]))


@given(st.lists(st.integers(0, 3), max_size=6), st.lists(st.integers(0, 3), max_size=6))
def test_rows_without_a_partner_are_found_in_both_tables(
    mine: list[int], wanted: list[int]
) -> None:
    found = unpaired([(each,) for each in mine], [(each,) for each in wanted])
    left, lacking = list(mine), list(wanted)
    for each in mine:
        if each in lacking:
            lacking.remove(each)
            left.remove(each)
    assert sorted(mine[place] for place in found.extra) == sorted(left)
    assert sorted(wanted[place] for place in found.missing) == sorted(lacking)


def test_floats_without_a_partner_are_found_among_those_that_only_look_different() -> None:
    found = unpaired([(1.0,), (2.0 + 1e-12,), (3.0,)], [(2.0,), (1.0,), (4.0,)])
    assert (found.extra, found.missing) == ((2,), (2,))
