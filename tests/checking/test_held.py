"""A value may be a list, a set or a dictionary: compared to the bottom, told apart in words."""

from __future__ import annotations

from typing import Any

import pytest

from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.judge import judge
from champion.checking.key import Wrong
from champion.checking.nested import held
from champion.checking.verdict import Verdict

from .making import REFERENCE, runs, task

WANTED = ["ada", "ines", "tom"]
TWICE = Wrong("twice", "Somebody is in it twice. Who?", source="doubled")
SORTED = Wrong("by-length", "In which order?", source="other way")


def kept(value: Any, source: str = "") -> Answer:
    return Answer("value", canonical(value), source, holds=held(value))


def judged(value: Any, wanted: Any = WANTED, **changes: Any) -> Verdict:
    outcomes = {
        REFERENCE: kept(wanted),
        "doubled": kept(["ada", "ines", "ines", "tom"]),
        "other way": kept(["tom", "ines", "ada"]),
    }
    plain = {"kind": "value", "variable": "names", "blank": "names = ...", **changes}
    return judge(task(**plain), kept(value), runs(outcomes))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (["ada", "ines", "tom"], WANTED),
        (("ada", "ines", "tom"), WANTED),
        ({"email": 3, "chat": 1}, {"chat": 1, "email": 3}),
        ({"tom", "ada"}, {"ada", "tom"}),
        ([1, 2.0], [1.0, 2]),
        ([], []),
    ],
)
def test_what_holds_the_same_is_right(value: Any, wanted: Any) -> None:
    assert judged(value, wanted).passed


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (["ada", "ines"], '"tom" is missing.'),
        (["tom", "ines", "ada"], "All of it is there, in another order."),
        (["ada", "ines", "Tom"], '"Tom" stands where "tom" belongs.'),
        (["ada", "ines", "tom", "tom"], '"tom" is there too often.'),
        ("ada, ines, tom", "`names` is no such thing; the task wants a list."),
        ({"ada": 1}, "`names` is a dictionary; the task wants a list."),
        ([[["ada"]]], "should not be."),
    ],
)
def test_what_differs_is_said(value: Any, says: str) -> None:
    verdict = judged(value)
    assert verdict.outcome == "wrong"
    assert says in verdict.message


def test_a_named_wrong_list_has_its_own_words_and_no_other_list_has_them() -> None:
    assert judged(["ada", "ines", "ines", "tom"], wrong=(TWICE, SORTED)).mistakes == ("twice",)
    assert judged(["tom", "ines", "ada"], wrong=(TWICE, SORTED)).mistakes == ("by-length",)
    assert judged(["ada"], wrong=(TWICE, SORTED)).mistakes == ()


def test_a_list_that_says_it_is_equal_to_everything_is_not() -> None:
    class Equal(list[str]):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert not judged(Equal(["ada"])).passed


def test_a_list_for_a_single_value_is_still_told_to_be_one() -> None:
    verdict = judged(["ada"], "ada")
    assert verdict.outcome == "wrong"
    assert "a list" in verdict.message
