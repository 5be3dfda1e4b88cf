"""Which named mistake an answer is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from champion.checking.answer import Answer
from champion.checking.diagnose import advice, mistakes
from champion.checking.key import Wrong

from .making import REFERENCE, answer, runs, table, task

RIGHT = table(day=[1, 2], plays=[3, 4])
LOADS = table(day=[1, 2], plays=[30, 40])
EMPTY = table(day=[], plays=[])
HIDDEN = table(day=[1, 2], plays=[0, 0])


def named(given: Any, *wrong: Wrong, source: str = "", **outcomes: Any) -> list[str]:
    """The names of the mistakes recognised, where sources come to these outcomes."""
    given = given if isinstance(given, Answer) else answer(given, source)
    run = runs({REFERENCE: RIGHT, **outcomes})
    return [each.name for each in mistakes(task(wrong=wrong), given, run)]


def error(line: str) -> Answer:
    return Answer("error", error=line)


def test_a_mistake_is_recognised_by_its_result() -> None:
    loads = Wrong("counted-loads", "…", source="loads")
    assert named(LOADS, loads, loads=LOADS) == ["counted-loads"]
    assert named(table(day=[1, 2], plays=[30, 41]), loads, loads=LOADS) == []


def test_a_mistake_is_recognised_by_its_error_whatever_the_ids() -> None:
    wrong = Wrong("no-such-column", "…", source="dayy")
    came = error("KeyError: 'dayy' in row 12 at 0x7f3a")
    assert named(error("KeyError: 'dayy' in row 99 at 0x11\nmore"), wrong, dayy=came) == [
        "no-such-column"
    ]
    assert named(error("KeyError: 'days' in row 12 at 0x7f3a"), wrong, dayy=came) == []
    assert named(error(""), wrong, dayy=error("")) == []
    assert named(LOADS, wrong, dayy=came) == []


def test_a_mistake_is_recognised_by_the_source_alone() -> None:
    wrong = Wrong("equals-null", "…", when=("source has `= NULL`",))
    assert named(LOADS, wrong, source="%%sql x\nselect 1 where a = null") == ["equals-null"]
    assert named(LOADS, wrong, source="%%sql x\nselect 1 where a is null") == []
    assert named(LOADS, wrong) == []


def test_all_patterns_must_hold() -> None:
    both = Wrong("both", "…", when=("source has `a`", "source lacks `b`"))
    assert named(LOADS, both, source="a = 1") == ["both"]
    assert named(LOADS, both, source="a = b") == []


def test_a_mistake_with_source_and_patterns_must_fit_by_both() -> None:
    wrong = Wrong("equals-null", "…", source="loads", when=("source has `= NULL`",))
    said = "%%sql x\nselect 1 where a = null"
    assert named(LOADS, wrong, source=said, loads=LOADS) == ["equals-null"]
    assert named(HIDDEN, wrong, source=said, loads=LOADS) == []
    assert named(LOADS, wrong, source="%%sql x\nselect 1", loads=LOADS) == []


def test_an_empty_result_earns_no_name_without_a_source_match() -> None:
    bare = Wrong("filtered-all", "…", source="none")
    sure = Wrong("equals-null", "…", source="none", when=("source has `= NULL`",))
    assert named(EMPTY, bare, none=EMPTY) == []
    assert named(EMPTY, bare, sure, source="%%sql x\nselect = null", none=EMPTY) == ["equals-null"]


def test_two_that_fit_alike_are_both_named() -> None:
    one, two = Wrong("one", "…", source="one"), Wrong("two", "…", source="two")
    assert named(LOADS, one, two, one=LOADS, two=LOADS) == ["one", "two"]


def test_a_better_fit_goes_before_a_weaker_one() -> None:
    result = Wrong("result", "…", source="loads")
    source = Wrong("source", "…", when=("source has `x`",))
    both = Wrong("both", "…", source="loads", when=("source has `x`",))
    assert named(LOADS, source, result, both, source="x", loads=LOADS) == ["both"]
    assert named(LOADS, source, result, source="x", loads=LOADS) == ["result"]
    assert named(HIDDEN, source, result, both, source="x", loads=LOADS) == ["source"]


def test_a_wrong_answer_that_is_right_here_is_not_considered() -> None:
    lucky = Wrong("lucky", "…", source="lucky")
    outcomes = {REFERENCE: RIGHT, "lucky": RIGHT}
    asked = task(wrong=(lucky,), order=("plays",))
    given = answer(table(day=[2, 1], plays=[4, 3]))
    assert mistakes(asked, given, runs(outcomes)) == ()
    assert mistakes(task(wrong=(lucky,)), answer(RIGHT), runs(outcomes)) == ()


def test_a_wrong_answer_may_be_of_another_sort_altogether() -> None:
    series = Wrong("a-series", "…", source="series")
    frame = pd.DataFrame({"day": [1], "plays": [2]})
    assert named(frame["day"], series, series=frame["plays"]) == ["a-series"]
    assert named([1], series, series=frame["plays"]) == []


def test_what_ran_out_of_time_is_recognised_by_its_source() -> None:
    cross = Wrong("cross-join", "…", when=("sql joins without condition",))
    slow = Answer("timed out", source="%%sql x\nselect * from a, b")
    assert named(slow, cross) == ["cross-join"]
    endless = Wrong("endless", "…", source="endless")
    assert named(slow, endless, endless=Answer("timed out")) == []


def test_advice_is_given_by_source_and_never_as_a_mistake() -> None:
    remark = Wrong("star", "…", when=("source has `*`",), advice=True)
    plain = Wrong("equals-null", "…", when=("source has `*`",))
    given = answer(RIGHT, "%%sql x\nselect * from a")
    assert advice(task(wrong=(remark, plain)), given) == (remark,)
    assert advice(task(wrong=(remark,)), answer(RIGHT, "%%sql x\nselect a from a")) == ()
    assert named(given, remark) == []
    assert advice(task(wrong=(Wrong("always", "…", source="x", advice=True),)), given) == ()


def test_wrong_answers_run_only_when_their_patterns_hold() -> None:
    costly = Wrong("costly", "…", source="never run", when=("source has `x`",))
    assert named(LOADS, costly, source="y") == []
