"""Slips of the pen in Python, and answers of the wrong make."""

from __future__ import annotations

from typing import Any

import pytest

from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.compare import letter
from champion.checking.judge import judge

from .making import REFERENCE, answer, runs, task

CHOICE = task(
    kind="choice", variable="reply", blank="reply = ...", options=("a", "b"), title="Reply"
)
TEXT = task(kind="value", variable="reply", blank="reply = ...", title="Reply")
SYNTAX = "SyntaxError: invalid syntax (1301172285.py, line 1)"
RUNS = {"choice": runs({REFERENCE: answer("a")}), "text": runs({REFERENCE: answer("L-1001")}),
        "number": runs({REFERENCE: answer(42)})}  # fmt: skip


def stopped(source: str, error: str, wanted: str = "choice") -> str:
    asked = CHOICE if wanted == "choice" else TEXT
    verdict = judge(asked, Answer("error", source=source, error=error), RUNS[wanted])
    assert verdict.outcome == "error"
    return verdict.message.removeprefix("✗ Reply: not yet. ")


def wrong(value: Any, wanted: str, **changes: Any) -> str:
    asked = CHOICE if wanted == "choice" else task(kind="value", variable="reply", title="Reply")
    return judge(asked, answer(value), RUNS[wanted]).message.removeprefix("✗ Reply: not yet. ")


@pytest.mark.parametrize(
    ("source", "error", "wanted"),
    [
        ("reply = b", "NameError: name 'b' is not defined", "choice"),
        ("reply = (b)", "NameError: name 'b' is not defined", "choice"),
        ("reply = b  # I think", "NameError: name 'b' is not defined", "choice"),
        ("reply = L-1001", "NameError: name 'L' is not defined", "text"),
        ("reply = Oak Street Yoga", SYNTAX, "text"),
    ],
)
def test_text_without_quotation_marks_is_shown_with_them(
    source: str, error: str, wanted: str
) -> None:
    typed = source.removeprefix("reply = ").partition("  #")[0].strip("()")
    assert stopped(source, error, wanted).startswith(
        f'The quotation marks are missing: "{typed}".\n'
    )


def test_a_place_that_is_not_there_is_no_matter_of_spelling() -> None:
    said = stopped('reply = frame["city"][1]', "KeyError: 1", "text")
    assert said.startswith("There is nothing at the place 1.\n")
    assert "spelling" not in said


def test_a_letter_or_a_move_that_stands_bare_is_told_so() -> None:
    said = stopped("b", "NameError: name 'b' is not defined")
    assert said == 'Your letter is kept nowhere.\n  Write `reply = "b"`.'
    asked = task(kind="decision", variable="decision", blank="decision = [..., ]", title="Reply")
    source = "decision = [escalate, 48211]"
    error = "NameError: name 'escalate' is not defined"
    verdict = judge(asked, Answer("error", source=source, error=error), RUNS["text"])
    assert 'The quotation marks are missing: "escalate".' in verdict.message


def test_an_id_that_stands_bare_in_a_decision_is_told_so() -> None:
    asked = task(kind="decision", variable="decision", blank="decision = [..., ]", title="Reply")

    def message(piece: str) -> str:
        error = "NameError: name 'cztt5g8tw8' is not defined"
        source = f'decision = ["answer", {piece}]'
        return judge(asked, Answer("error", source=source, error=error), RUNS["text"]).message

    assert 'Then quotation marks are missing: "cztt5g8tw8".' in message("cztt5g8tw8")
    assert "quotation marks" not in message('cztt5g8tw8["hashed_id"]')


def test_a_name_that_is_not_known_is_no_text_where_none_is_asked_for() -> None:
    said = stopped("reply = total", "NameError: name 'total' is not defined", "number")
    assert said.startswith("Your cell stopped with an error.")
    said = stopped("reply = len(total)", "NameError: name 'total' is not defined", "text")
    assert said.startswith("Your cell stopped with an error.")


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("reply = “b”", "These are curly quotation marks, perhaps pasted."),
        ("reply = ‘L-1001’", "These are curly quotation marks, perhaps pasted."),
        ("reply = 7 x 6", "Python does not calculate with `x`."),
        ("reply = 7x6", "Python does not calculate with `x`."),
        ("reply = team x 6", "Python does not calculate with `x`."),
        ("reply = 7 × 6", "Python does not calculate with `×`."),
        ("reply = 360 ÷ 8", "Python does not calculate with `÷`."),
        ("reply = (6*60) : 8", "Python does not calculate with `:`."),
        ("reply = 6 − 8", "Python does not calculate with `−`."),
    ],
)
def test_signs_that_python_does_not_know_are_named(source: str, first: str) -> None:
    assert stopped(source, SYNTAX, "number").startswith(first)


@pytest.mark.parametrize("source", ["if a: b = = 3", 'reply = "7 x 6', "reply = = 3  # 7 x 6"])
def test_other_lines_that_python_cannot_read_are_not_blamed_on_a_sign(source: str) -> None:
    assert stopped(source, SYNTAX, "number").startswith("Your cell stopped with an error.")


@pytest.mark.parametrize(
    ("error", "first"),
    [
        ("SyntaxError: unterminated string literal (1.py, line 1)", "A quotation mark is opened"),
        ("SyntaxError: '(' was never closed (1.py, line 1)", "A bracket ( is opened"),
        ("SyntaxError: unmatched ')' (1.py, line 1)", "A bracket ) closes nothing."),
    ],
)
def test_what_is_not_closed_is_named(error: str, first: str) -> None:
    assert stopped("reply = (7", error, "number").startswith(first)


LETTER = task(kind="reply", variable="reply", blank='reply = """\n...\n"""', title="Reply")


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        (
            'reply = "Hello Noor,\nnothing is missing"',
            "SyntaxError: unterminated string literal (detected at line 1)",
            "A text of several lines needs three quotation marks at each end.",
        ),
        (
            'reply = """\nHello Noor,\nnothing is missing',
            "SyntaxError: incomplete input",
            "Three quotation marks are opened and never closed.",
        ),
        (
            'reply = "Hello Noor, nothing is missing',
            "SyntaxError: unterminated string literal (detected at line 1)",
            "A quotation mark is opened and never closed.",
        ),
    ],
)
def test_a_letter_of_several_lines_is_told_of_three_quotation_marks(
    source: str, error: str, said: str
) -> None:
    verdict = judge(LETTER, Answer("error", source=source, error=error), RUNS["text"])
    assert said in verdict.message


@pytest.mark.parametrize("said", ["unterminated string literal", "invalid syntax"])
def test_an_apostrophe_that_ends_a_text_is_named(said: str) -> None:
    told = stopped("reply = f({'name': 'Fiona O'Shea', 'account': 283})", f"SyntaxError: {said}")
    assert told.startswith("The apostrophe ends the text: Python reads 'Fiona O'")


def test_a_dict_in_the_brackets_of_a_query_is_named() -> None:
    said = "TypeError: text() takes 1 positional argument but 2 were given"
    told = stopped('reply = f(sa.text("SELECT :n", {"n": 1}))', said)
    assert told.startswith("The dict has gone into the brackets of sa.text.")


def test_the_file_of_an_error_is_not_told() -> None:
    said = stopped("reply = = 3", SYNTAX, "number")
    assert "SyntaxError: invalid syntax\n" in said
    assert "1301172285" not in said


@pytest.mark.parametrize(
    ("value", "wanted", "parts"),
    [
        (("b", "Pro"), "choice", ["`reply` is two things parted by a comma; the task wants one",
                                  "Keep the one that is asked for."]),
        ((0, 7 * 60), "number", ["two things parted by a comma; the task wants one value",
                                 "Python writes 0.7 with a point"]),
        (("b",), "choice", ["one thing with a comma after it", "Take the comma away."]),
        ([42], "number", ["`reply` is a list; the task wants one value",
                          "Take the square brackets away"]),
        (["b"], "choice", ["`reply` is a list; the task wants one letter",
                           "Take the square brackets away"]),
        ("7 * 6", "number", ["a piece of text; the task wants a number", "quotation marks around"]),
        (None, "number", ["`reply` holds nothing (None); the task wants a number.",
                          "gave nothing back"]),
        (None, "choice", ["`reply` holds nothing (None)."]),
        ("Pro", "choice", ['"Pro" is none of the options.']),
        (" B ", "choice", ['"B" is not it.']),
    ],
)  # fmt: skip
def test_an_answer_of_the_wrong_make_is_told_what_it_is(
    value: Any, wanted: str, parts: list[str]
) -> None:
    said = wrong(value, wanted)
    assert all(part in said for part in parts), said
    assert "tuple" not in said
    assert "DataFrame" not in said


def test_a_letter_may_stand_in_brackets() -> None:
    assert letter(canonical("(b)")) == "b"


def test_rounding_is_spoken_of_only_where_the_task_may_ask_for_it() -> None:
    close = "`reply` is close, but not equal."
    assert wrong(6 * 60 / 8.57, "number").startswith(close)
    asked = task(kind="value", variable="reply", reference="reply = round(360 / 8.57)")
    run = runs({asked.reference: answer(42)})
    assert "not rounded as the task asks" in judge(asked, answer(6 * 60 / 8.57), run).message


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('reply = logs.grep(aroha@wool.example, "app.jsonl")', "missing around aroha@wool.example"),
        ('reply = logs.grep("aroha", app.jsonl)', "missing around app.jsonl"),
        ('reply = logs.grep("aroha", "app.jsonl", older=true)', "capital letter"),
        ('reply = grep("aroha", "app.jsonl")', "belongs to the logs"),
    ],
)
def test_a_reader_that_is_given_a_bare_word_says_which(source: str, says: str) -> None:
    assert says in stopped(source, "NameError: name 'app' is not defined", "number")


def test_a_moment_without_quotation_marks_is_no_calculation() -> None:
    said = stopped("reply = 2026-03-26T22:39:08.000Z", SYNTAX, "text")
    assert said.startswith("The quotation marks are missing")


def test_a_reader_without_its_file_is_told_of_the_file() -> None:
    error = "TypeError: Logs.grep() missing 1 required positional argument: 'path'"
    assert stopped('reply = logs.grep("aroha")', error, "number").startswith("The name of the file")


@pytest.mark.parametrize(
    "error",
    [
        "TypeError: Cannot perform 'rand_' with a dtyped [str] array and scalar of type [bool]",
        "ValueError: The truth value of a Series is ambiguous. Use a.empty, a.bool(), a.item()",
    ],
)
def test_conditions_without_their_brackets_are_told_of_them(error: str) -> None:
    source = 'reply = app[app["a"] == 1 & app["b"] == 2]'
    assert "each in brackets of its own" in stopped(source, error, "number")


@pytest.mark.parametrize(
    "error",
    [
        "JSONDecodeError: Expecting value: line 1 column 1 (char 0) of “Too many requests: an "
        "account may make 600 a minute.”",
        "HTTPStatusError: Client error '429 Too Many Requests' for url 'http://x/v1/plays'",
    ],
)
def test_a_right_cell_that_was_refused_for_an_earlier_one_is_told_how_to_go_on(error: str) -> None:
    said = stopped('reply = api.get("/v1/plays").json()', error, "text")
    assert said.startswith("The minute's requests are used up")
    assert "`api.reset()`" in said


def test_another_body_that_is_no_json_says_nothing_of_a_minute() -> None:
    error = "JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
    assert "used up" not in stopped('reply = api.get("/v1/plays").json()', error, "text")


def test_a_number_that_may_stay_unrounded_is_not_said_to_lack_a_rounding() -> None:
    asked = task(kind="value", variable="reply", reference="reply = mean", tolerance=0.006)
    said = judge(asked, answer(14.5078), runs({asked.reference: answer(14.5)})).message
    assert "`reply` is close, but not equal." in said
