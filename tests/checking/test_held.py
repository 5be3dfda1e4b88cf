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


def judged(value: Any, wanted: Any = WANTED, source: str = "", **changes: Any) -> Verdict:
    outcomes = {
        REFERENCE: kept(wanted),
        "doubled": kept(["ada", "ines", "ines", "tom"]),
        "other way": kept(["tom", "ines", "ada"]),
    }
    plain = {"kind": "value", "variable": "names", "blank": "names = ...", **changes}
    return judge(task(**plain), kept(value, source), runs(outcomes))


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
        (["ada", "ines"], "1 thing is missing."),
        (["ada"], "2 things are missing."),
        ([], "Your list is empty."),
        (["tom", "ines", "ada"], "All of it is there, in another order."),
        (["ada", "ines", "Tom"], '"Tom": are the capital letters and the blanks'),
        (["ada", "ines", "kim"], '"kim" is there and should not be.'),
        (["kim", "kim", "kim"], '"kim" is there and should not be.'),
        (["ada", "ines", 3], "It holds a number; wanted: a piece of text each time."),
        (["ada", "ines", "tom", "tom"], '"tom" is there too often.'),
        ("ada, ines, tom", "`names` is a piece of text; the task wants a list."),
        (None, "`names` holds nothing (None); the task wants a list."),
        (3, "`names` is a number; the task wants a list."),
        ({"ada": 1}, "`names` is a dictionary; the task wants a list."),
        ([[["ada"]]], 'It holds [["ada"]]; wanted'),
    ],
)
def test_what_differs_is_said(value: Any, says: str) -> None:
    verdict = judged(value)
    assert verdict.outcome == "wrong"
    assert says in verdict.message


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"email": 0, "chat": 12}, 'At "email" stands 0, and that is not right.'),
        ({"chat": 12}, "1 key is missing."),
        ({"form": 1, "phone": 2, "chat": 12}, 'The keys "form" and "phone" are there and should'),
        ({}, "Your dictionary is empty."),
        (["email"], "`names` is a list; the task wants a dictionary."),
    ],
)
def test_what_differs_in_a_dictionary_is_said_and_no_wanted_number_given_away(
    value: Any, says: str
) -> None:
    verdict = judged(value, {"email": 165, "chat": 12})
    assert says in verdict.message
    assert "165" not in verdict.message


@pytest.mark.parametrize("value", [["ada"], ["kim", "ines", "ada"], [], ["Tom", 3], [["ada"]]])
def test_nothing_that_only_the_reference_holds_is_told(value: Any) -> None:
    assert '"tom"' not in judged(value).message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{}: {} tickets", '"chat: 37" is as it should be; what comes next is not.'),
        ("{}: {} open tickets.", 'open tickets" is as it should be; what follows is too much.'),
        ("{}: {} open", 'open" is as it should be; something is missing behind it.'),
        ("{}: 3 open tickets", '"chat:" is as it should be; what comes next is not.'),
        ("channel: {1} open tickets", '"37 open tickets" is as it should be; what stands in front'),
    ],
)
def test_a_sentence_is_told_how_far_it_is_as_it_should_be(line: str, says: str) -> None:
    numbers = {"chat": 37, "email": 165}
    wanted = [f"{each}: {many} open tickets" for each, many in numbers.items()]
    made = [line.format(each, many) for each, many in numbers.items()]
    message = judged(made, wanted).message
    assert says in message
    assert "165" not in message


def test_two_words_that_begin_alike_are_no_sentence() -> None:
    message = judged(["ada@north", "ines@north"], ["ada@south", "ines@north"]).message
    assert '"ada@north" is there and should not be.' in message


def test_a_list_that_append_gave_back_is_told_why_it_is_nothing() -> None:
    said = judged(None, source="names = names.append(name)").message
    assert "`.append(…)` changes the list itself and gives nothing back." in said


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
