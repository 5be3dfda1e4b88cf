"""Cells that keep nothing under the task's name, and what is said of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from champion.checking.answer import Answer
from champion.checking.judge import judge

from .making import REFERENCE, answer, runs, task

TASK = task(kind="value", variable="ticket_number", blank="ticket_number = ...")
RUN = runs({REFERENCE: answer("L-1001")})


def said(source: str, error: str = "") -> str:
    state = Answer("error" if error else "missing", source=source, error=error)
    verdict = judge(TASK, state, RUN)
    assert verdict.outcome == ("error" if error else "wrong")
    assert verdict.message.startswith("✗ Plays, not loads: not yet. ")
    return verdict.message.removeprefix("✗ Plays, not loads: not yet. ")


@pytest.mark.parametrize(
    ("kind", "wants"), [("decision", "a list"), ("reply", "a text"), ("choice", "a letter")]
)
def test_looking_round_in_the_answer_cell_of_what_no_query_gives(kind: str, wants: str) -> None:
    state = Answer("missing", source="%%sql\nSELECT 1")
    message = judge(replace(TASK, kind=kind), state, RUN).message  # type: ignore[arg-type]
    assert f"Your query ran, and this task wants {wants}." in message
    assert "in a cell of your own" in message


@pytest.mark.parametrize(
    ("source", "first", "then"),
    [
        (
            "%%sql\nSELECT 1",
            "Your query ran, but its result was kept under no name.",
            "Write `%%sql ticket_number` as the first line.",
        ),
        (
            'ticket_number == "L-1001"',
            "`==` asks whether two things are the same; one `=` keeps.",
            "Write `ticket_number = `, with one sign.",
        ),
        ('x == "L-1001"', "`==` asks whether two", "Write `ticket_number = ` and"),
        (
            '"L-1001"  # here',
            "Your cell shows it, but keeps nothing.",
            "Begin it with `ticket_number = `.",
        ),
        ('print("L-1001")', "Your cell shows it, but", "Begin it with"),
        ("ticket_number", "`ticket_number` by itself keeps nothing.", "Write `ticket_number = `"),
        ('ticket_number: "L-1001"', "A colon keeps nothing", "Write `ticket_number = `"),
        ("if True:\n    pass", "Your cell ran, and kept nothing as `ticket_number`.", "Begin"),
        (
            "lines[4] = ticket_number\nticket_number",
            "The name stands on the left of the `=`, and what it keeps on the right.",
            "Begin the line with `ticket_number = `. Your line has changed `lines`: run the",
        ),
        (
            "number = ticket_number",
            "The name stands on the left of the `=`",
            "Begin the line with `ticket_number = `. Your line has changed `number`",
        ),
        (
            'number = 1\nticket_number == "L-1001"',
            "`==` asks whether two things are the same; one `=` keeps.",
            "Write `ticket_number = `, with one sign.",
        ),
    ],
)
def test_a_cell_that_ran_and_kept_nothing_is_told_what_to_write(
    source: str, first: str, then: str
) -> None:
    line, _, rest = said(source).partition("\n")
    assert line.startswith(first)
    assert rest.strip().startswith(then)


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("SELECT name\nFROM users", "The first line `%%sql ticket_number` is missing."),
        ("-- mine\nselect *\nfrom users", "The first line `%%sql ticket_number` is missing."),
        ("WITH a AS (SELECT 1) SELECT * FROM a", "The first line `%%sql ticket_number` is missing"),
        ("ticket_number = SELECT 1 FROM users", "A query cannot stand behind an `=`."),
        ("# mine\n%%sql ticket_number\nSELECT 1", "The first line of a query reads `%%sql ticket"),
        ("%sql ticket_number\nSELECT 1", "The first line of a query reads `%%sql ticket_number`."),
        ("%%SQL ticket_number\nSELECT 1", "The first line of a query reads `%%sql ticket_number`."),
        ('ticket number = "L-1001"', "A name is one word, and `ticket number` is two."),
        ('ticket-number = "L-1001"', "A name is one word, and `ticket-number` is two."),
        ('"L-1001" = ticket_number', "The name stands on the left of the `=`"),
        ('ticket_number == "L-1001"', "`==` asks whether two things are the same"),
    ],
)
def test_a_cell_that_python_could_not_read_is_told_what_to_write(source: str, first: str) -> None:
    assert said(source, "SyntaxError: invalid syntax (1.py, line 1)").startswith(first)


@pytest.mark.parametrize(
    "source", ["", "# nothing yet", "%%sql\n", 'check("plays-not-loads")', "ticket_number = 1"]
)
def test_a_cell_with_nothing_in_it_is_not_attempted(source: str) -> None:
    assert judge(TASK, Answer("missing", source=source), RUN).outcome == "not attempted"


def test_a_name_given_away_before_there_was_anything_in_it_has_changed_nothing() -> None:
    told = said("lines[4] = ticket_number", "NameError: name 'ticket_number' is not defined")
    assert told.startswith("The name stands on the left of the `=`")
    assert "has changed" not in told


LOOP = "ticket_number = 0\nfor each in lines:\n    {0}\nticket_number"


@pytest.mark.parametrize("line", ["ticket_number == each", "counts[each] == counts.get(each) + 1"])
@pytest.mark.parametrize("error", ["", "KeyError: 'email'"])
def test_a_line_that_asks_where_it_should_keep_is_told_so(line: str, error: str) -> None:
    source = LOOP.format(line)
    given = Answer("error", source=source, error=error) if error else answer("L-1002", source)
    assert "`==` asks whether two things are the same, and keeps nothing" in (
        judge(TASK, given, RUN).message
    )


@pytest.mark.parametrize("line", ["if each == 1:\n        ticket_number = each", "x = each == 1"])
def test_a_question_in_its_place_is_not_taken_for_a_line_that_keeps(line: str) -> None:
    source = LOOP.format(line) + " == 1"
    assert "keeps nothing" not in judge(TASK, answer("L-1002", source), RUN).message


def test_another_name_is_still_told_as_another_name() -> None:
    assert "keeps its answer as `number`" in said('number = "L-1001"')
    assert "keeps its answer as `numbers`" in said("%%sql numbers\nSELECT 1")


def test_an_error_in_a_cell_that_does_assign_is_told_as_an_error() -> None:
    assert said("ticket_number = 1 / 0", "ZeroDivisionError: x").startswith("Your cell stopped")
    assert said("from users import it", "ModuleNotFoundError: x").startswith("Your cell stopped")
    assert said("for each in x y = 3", "SyntaxError: x").startswith("Your cell stopped")


@pytest.mark.parametrize(
    ("source", "then"),
    [
        ("some = rows[1:]\nsum(some)", "Your last line shows it, but keeps nothing."),
        ("some = rows[1:]", "Your cell ran, and kept nothing as `ticket_number`."),
        ("some = rows[1:]\nsome", "Your cell ran, and kept nothing as `ticket_number`."),
        ("other = rows[1:]\nsum(other)", "Your cell keeps its answer as `other`"),
        ("some = rows[1:]\ncheck('it')", "Your cell keeps its answer as `some`"),
    ],
)
def test_a_name_that_the_blank_has_is_not_the_answer_under_another(source: str, then: str) -> None:
    two = replace(TASK, blank="some = rows\nticket_number = ...")
    assert then in judge(two, Answer("missing", source=source), RUN).message
