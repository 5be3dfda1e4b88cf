"""Rows told apart by one column are compared at once; what is said is the same as row by row."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from champion.checking.canonical import canonical
from champion.checking.compare import equal
from champion.checking.differences import difference
from champion.checking.lineup import Lineup

from .frames import frames
from .making import task


def told(mine: pd.DataFrame, wanted: pd.DataFrame, **changes: Any) -> list[str]:
    one, other = canonical(mine), canonical(wanted)
    asked = task(**changes)
    return [] if equal(asked, one, other) else difference(asked, one, other)


def told_row_by_row(mine: pd.DataFrame, wanted: pd.DataFrame, **changes: Any) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lineup, "key", lambda *_: None)
        return told(mine, wanted, **changes)


def _moved(value: Any, by: Any) -> Any:
    return value * by if isinstance(value, int | float | Decimal) else value


@st.composite
def answers(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An answer and its reference, whose rows a column `k` may tell apart."""
    wanted = draw(frames(min_rows=1)).astype(object)
    if draw(st.booleans()):
        wanted.insert(0, "k", [f"row {at}" for at in range(len(wanted))])
    wanted = wanted.astype(object)
    mine = wanted.iloc[draw(st.permutations(range(len(wanted))))].reset_index(drop=True)
    name = draw(st.sampled_from(list(wanted.columns)))
    place = draw(st.integers(0, len(mine) - 1))
    change = draw(st.sampled_from(("a cell", "a column", "a row less", "a row more")))
    if change == "a cell":
        mine[name] = [
            draw(st.sampled_from([None, 0, "a", 1.5, *wanted[name]])) if at == place else cell
            for at, cell in enumerate(mine[name])
        ]
    elif change == "a column":
        by = draw(st.sampled_from([-1, 2, 100, 1 + 1e-13]))
        mine[name] = pd.Series([_moved(cell, by) for cell in mine[name]], dtype=object)
    elif change == "a row less":
        mine = mine.drop(index=place)
    else:
        mine = pd.concat([mine, mine.iloc[[place]]], ignore_index=True)
    return mine, wanted


@given(answers(), st.sampled_from([0.0, 0.5]))
def test_what_is_said_is_the_same_as_row_by_row(
    both: tuple[pd.DataFrame, pd.DataFrame], tolerance: float
) -> None:
    assert told(*both, tolerance=tolerance) == told_row_by_row(*both, tolerance=tolerance)


MANY = pd.DataFrame(
    {
        "id": range(300),
        "day": [f"2026-03-{1 + at % 28:02}" for at in range(300)],
        "plays": [at * 7 % 101 for at in range(300)],
        "share": [at / 301 for at in range(300)],
    }
)


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (MANY.assign(plays=MANY["plays"].where(MANY["id"] > 3, 0)), "`plays` is wrong in 3 of"),
        (
            MANY.assign(
                plays=MANY["plays"].where(MANY["id"] > 3, 0), share=MANY["share"] * (1 + 1e-14)
            ),
            "`plays` is wrong in 3 of",
        ),
        (MANY.assign(plays=MANY["plays"] * 3), "Every `plays` is 3 times"),
        (MANY.assign(share=MANY["share"].round(2)), "`share` is close, but rounded to 2 places"),
        (MANY.assign(share=MANY["share"] * 100), "Every `share` is 100 times too large"),
        (MANY.assign(plays=-MANY["plays"]), "`plays` has the wrong sign"),
        (MANY.assign(id=MANY["id"] + 1), "`id` is wrong in every row"),
        (MANY.iloc[7:], "All your 293 rows belong, but 7 are missing"),
    ],
)
def test_of_many_rows_too(mine: pd.DataFrame, says: str) -> None:
    shuffled = mine.iloc[random.Random(1).sample(range(len(mine)), len(mine))]
    assert told(shuffled, MANY)[0].startswith(says)
    assert told(shuffled, MANY) == told_row_by_row(shuffled, MANY)
