"""What a learner reads after a check."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import pytest

from champion.checking.answer import Answer
from champion.checking.judge import judge
from champion.checking.key import Wrong
from champion.checking.values import Table
from champion.checking.verdict import Verdict

from .making import REFERENCE, answer, runs, table, task

RIGHT = table(day=[1, 2], plays=[3, 4])
LOADS = table(day=[1, 2], plays=[30, 41])
COUNTED_LOADS = Wrong(
    "counted-loads",
    "These are **loads**. A load means the player appeared on a page;\n"
    "a play starts when someone presses play. Which table holds those?",
    '"Six hundred? We only sent it to two hundred people."',
    source="loads",
)
SPELT_OUT = Wrong("spelt-out", "You typed the days. Which table knows them?", source="typed")


def judged(given: Any, reference: Any = RIGHT, **changes: Any) -> Verdict:
    given = given if isinstance(given, Answer) else answer(given)
    outcomes = {REFERENCE: reference, "loads": LOADS, "typed": LOADS}
    return judge(task(**changes), given, runs(outcomes))


def said(verdict: Verdict) -> str:
    return verdict.message


def test_a_right_answer_is_said_to_be_right() -> None:
    verdict = judged(RIGHT)
    assert verdict.passed
    assert said(verdict) == "✓ Plays, not loads: right."


def test_a_named_mistake_is_explained_in_the_authors_words() -> None:
    verdict = judged(LOADS, wrong=(COUNTED_LOADS,))
    assert (verdict.outcome, verdict.mistakes) == ("wrong", ("counted-loads",))
    assert said(verdict) == textwrap.dedent("""\
        ✗ Plays, not loads: not yet. These are loads.
          A load means the player appeared on a page; a play starts when someone presses play. \
Which table holds those?
          Had you sent it, the customer would have written: "Six hundred? We only sent it to \
two hundred people.\"""")


def test_two_mistakes_that_fit_are_both_explained() -> None:
    verdict = judged(LOADS, wrong=(COUNTED_LOADS, SPELT_OUT))
    assert verdict.mistakes == ("counted-loads", "spelt-out")
    first, one, two = said(verdict).split("\n")
    assert first == "✗ Plays, not loads: not yet. This is one of these two:"
    assert one.startswith("  - These are loads. A load means")
    assert two == "  - You typed the days. Which table knows them?"


def test_three_mistakes_that_fit_are_counted() -> None:
    third = Wrong("third", "A third.", source="typed")
    verdict = judged(LOADS, wrong=(COUNTED_LOADS, SPELT_OUT, third))
    assert said(verdict).startswith("✗ Plays, not loads: not yet. This is one of these 3:")


def test_a_mistake_without_a_name_is_put_into_words() -> None:
    verdict = judged(table(Day=[1, 2], plays=[3, 4]), wrong=(COUNTED_LOADS,))
    assert (verdict.outcome, verdict.mistakes) == ("wrong", ())
    assert said(verdict).startswith("✗ Plays, not loads: not yet. `day` is there as `Day`.\n")


def test_advice_follows_a_right_answer() -> None:
    star = Wrong("star", "**All** columns?\nName them.", when=("source has `*`",), advice=True)
    verdict = judged(answer(RIGHT, "%%sql plays_by_day\nselect * from plays"), wrong=(star,))
    assert verdict.passed
    assert verdict.advice == ("All columns? Name them.",)
    assert said(verdict) == "✓ Plays, not loads: right.\n  A remark: All columns? Name them."


NOT_ATTEMPTED = (
    "○ Plays, not loads: not attempted yet. "
    "Replace the ... in the answer cell, run it, then check again."
)


@pytest.mark.parametrize(
    "given",
    [
        Answer("blank"),
        answer(...),
        answer(RIGHT, "%%sql plays_by_day\nSELECT ..."),
        answer(RIGHT, "plays_by_day = ..."),
        Answer("error", source="%%sql plays_by_day\nSELECT ...", error="Parser Error"),
        Answer("missing", source="%%sql plays_by_day\nSELECT ..."),
    ],
)
def test_a_blank_is_not_attempted_whatever_its_variable_holds(given: Answer) -> None:
    verdict = judged(given)
    assert verdict.outcome == "not attempted"
    assert said(verdict) == NOT_ATTEMPTED


@pytest.mark.parametrize("dots", ["...", " … ", ""])
def test_dots_in_quotation_marks_are_not_attempted_either(dots: str) -> None:
    verdict = judged(dots, "b", kind="choice", options=("a", "b"))
    assert verdict.outcome == "not attempted"


def test_dots_that_an_earlier_run_put_elsewhere_are_told_where_they_come_from() -> None:
    verdict = judged(answer(..., "plays_by_day = lines[4]"))
    assert verdict.outcome == "wrong"
    assert "`plays_by_day` holds three dots, and your cell has none." in verdict.message
    assert "Run the cells above once more" in verdict.message


def test_a_cell_handed_out_without_dots_is_to_be_changed() -> None:
    cell = "%%sql plays_by_day\nSELECT city FROM plays"
    verdict = judged(answer(RIGHT, cell), blank=cell)
    assert said(verdict) == (
        "○ Plays, not loads: not attempted yet. Change the answer cell, run it, then check again."
    )


def test_an_answer_that_was_never_run_is_not_attempted() -> None:
    verdict = judged(Answer("missing", source="%%sql plays_by_day\nselect 1"))
    assert verdict.outcome == "not attempted"
    assert said(verdict) == (
        "○ Plays, not loads: not attempted yet. "
        "There is no `plays_by_day` yet: run the answer cell above, then check again."
    )


@pytest.mark.parametrize("cell", ["%%sql plays_per_day\nselect 1", "plays_per_day = 1"])
def test_an_answer_kept_under_another_name_is_told_both_names(cell: str) -> None:
    verdict = judged(Answer("missing", source=cell))
    assert verdict.outcome == "wrong"
    assert said(verdict).split("\n")[0] == (
        "✗ Plays, not loads: not yet. Your cell keeps its answer as `plays_per_day`, "
        "and the check looks for `plays_by_day`."
    )


def test_an_error_shows_its_own_line_and_what_to_do() -> None:
    verdict = judged(Answer("error", error="NameError: name 'plays' is not defined\nmore"))
    assert verdict.outcome == "error"
    lines = said(verdict).split("\n")
    assert lines[0] == "✗ Plays, not loads: not yet. Your cell stopped with an error."
    assert lines[2] == "      NameError: name 'plays' is not defined"
    assert "more" not in said(verdict)
    assert lines[-1].startswith("  Is the name spelt")


def test_an_unknown_error_is_followed_by_what_to_do_too() -> None:
    verdict = judged(Answer("error", error="There is no table `play`. Did you mean `plays`?"))
    assert said(verdict).endswith("run the cell, then check again.")


def test_an_error_that_has_a_name_is_explained_and_still_shown() -> None:
    wrong = Wrong("misspelt", "There is no such table. Which is it?", source="play")
    given = Answer("error", error="Catalog Error: play")
    outcomes = {REFERENCE: RIGHT, "play": Answer("error", error="Catalog Error: play")}
    verdict = judge(task(wrong=(wrong,)), given, runs(outcomes))
    assert (verdict.outcome, verdict.mistakes) == ("error", ("misspelt",))
    lines = said(verdict).split("\n")
    assert lines[0] == "✗ Plays, not loads: not yet. There is no such table."
    assert "      Catalog Error: play" in lines
    assert lines[-1] == "  Which is it?"


def test_an_answer_that_took_too_long_is_told_so() -> None:
    verdict = judged(Answer("timed out"))
    assert verdict.outcome == "timed out"
    assert said(verdict).startswith("✗ Plays, not loads: not yet. Your cell took too long")


def test_an_answer_that_took_too_long_may_have_a_name() -> None:
    cross = Wrong("cross", "Every row meets every other.", when=("sql joins without condition",))
    verdict = judged(Answer("timed out", source="%%sql x\nselect * from a, b"), wrong=(cross,))
    assert (verdict.outcome, verdict.mistakes) == ("timed out", ("cross",))
    assert "took too long" in said(verdict)


@pytest.mark.parametrize(
    ("reference", "changes", "reason"),
    [
        (Answer("error", error="Catalog Error: no plays"), {}, "Catalog Error: no plays"),
        (Answer("timed out"), {}, "timed out"),
        (pd.Series([1]), {}, "no table"),
        (RIGHT, {"order": ("Day",)}, "Day"),
        (Table(RIGHT.columns, 10**6, whole=False), {}, "too large"),
        (RIGHT, {"kind": "value"}, "no single value"),
        (RIGHT, {"kind": "choice", "options": ("a",)}, "no letter"),
    ],
)
def test_a_broken_key_is_no_mistake_of_the_learner(
    reference: Any, changes: dict[str, Any], reason: str
) -> None:
    verdict = judged(RIGHT, reference, **changes)
    assert verdict.outcome == "error"
    assert verdict.mistakes == ()
    first, then = said(verdict).split("\n")
    assert first == "✗ Plays, not loads: could not be checked. The key of this task is broken."
    assert "your mentor: task `plays-not-loads`" in then
    assert reason in then


def test_a_value_and_a_choice_are_judged_too() -> None:
    assert judged(12, 12, kind="value").passed
    assert judged("B", "b", kind="choice", options=("a", "b")).passed
    wrong = Wrong("took-a", "That is the first. Why not?", source="a")
    outcomes = {REFERENCE: answer("b"), "a": answer("a")}
    asked = task(kind="choice", options=("a", "b"), wrong=(wrong,))
    assert judge(asked, answer("A"), runs(outcomes)).mistakes == ("took-a",)


def test_a_right_answer_runs_no_wrong_one() -> None:
    run: list[str] = []

    def counting(source: str) -> Answer:
        run.append(source)
        return answer(RIGHT)

    assert judge(task(wrong=(COUNTED_LOADS,)), answer(RIGHT), counting).passed
    assert run == [REFERENCE]


def test_the_same_answer_is_told_the_same_words() -> None:
    assert judged(LOADS) == judged(LOADS)
    assert judged(table(day=[1, 9], plays=[3, 9])) == judged(table(day=[1, 9], plays=[3, 9]))
