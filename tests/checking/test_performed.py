"""What is said of a function or a state that is not right yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from champion.checking.answer import Answer, Run
from champion.checking.canonical import canonical
from champion.checking.contrast import apart, said, surplus
from champion.checking.judge import judge
from champion.checking.key import Task, Wrong
from champion.checking.nested import nested
from champion.checking.trial import Asked, Trial, alike, answered, rushed
from champion.checking.verdict import Verdict

TASK = Task(
    slug="every-title",
    lesson="2-api/02-functions",
    page="exercise",
    number="2.1",
    title="Every title",
    minutes=5,
    kind="function",
    variable="every_title",
    blank="def every_title(client):\n    ...",
    reference="reference",
    inputs=("inputs = {}",),
)
STATE = replace(TASK, kind="state", title="A folder", variable="made", inputs=(), look=("…",))


def one(value: Any, label: str = "two pages", **more: Any) -> Trial:
    return Trial(label, "value", nested(value), **more)


def answer(*trials: Trial, source: str = "def every_title(client): pass") -> Answer:
    return Answer("value", canonical(test_the_words), source, trials=trials)


def of(mine: Answer, wanted: Answer, task: Task = TASK, **wrong: Answer) -> Verdict:
    more = tuple(Wrong(name, f"It is {name}.", "", name) for name in wrong)
    task = replace(task, wrong=(*task.wrong, *more))
    run: Run = {"reference": wanted, **wrong}.__getitem__
    return judge(task, mine, run)


def test_the_words() -> None:
    wanted = answer(one(["a", "b"]), one([], "no videos"))
    assert of(wanted, wanted).passed
    words: dict[str, Answer] = {
        'gives back ["a"]; wanted: ["a", "b"].': answer(one(["a"]), one([], "no videos")),
        "gives nothing back (None).": answer(one(None), one([], "no videos")),
        "gives nothing back: it prints instead.": answer(one(None, printed=True)),
        "gives back a generator; wanted:": answer(one(x for x in "ab")),
        "never ended.": answer(Trial("two pages", "timed out")),
        "stopped with an error.": answer(Trial("two pages", "error", error="KeyError: 'a'")),
        "changes what it is called with.": answer(one(["a", "b"], left=nested([[1]]))),
        "cannot be called as the task says.": answer(
            Trial("two pages", "error", error="TypeError: every_title() missing 1 …")
        ),
    }
    for expected, mine in words.items():
        first = of(mine, wanted).message.partition("\n")[0]
        assert first.startswith("✗ Every title: not yet. With two pages: `every_title` " + expected)


def test_the_first_input_that_differs_is_the_one_that_is_told() -> None:
    wanted = answer(one([1]), one([2], "one page"), one([3], "no page"))
    mine = answer(one([1]), one([5], "one page"), one([6], "no page"))
    assert "With one page: `every_title` gives back [5]; wanted: [2]." in of(mine, wanted).message


def test_an_error_and_an_endless_call_are_outcomes_of_their_own() -> None:
    wanted = answer(one([1]))
    assert of(answer(Trial("two pages", "timed out")), wanted).outcome == "timed out"
    failed = answer(Trial("two pages", "error", error="KeyError: 'a'"))
    assert of(failed, wanted).outcome == "error"
    assert of(answer(one([2])), wanted).outcome == "wrong"


def test_a_mistake_is_known_by_all_inputs_together() -> None:
    wanted = answer(one([1]), one([2], "b"))
    early = answer(one([9]), one([2], "b"))
    late = answer(one([9]), one([8], "b"))
    assert of(early, wanted, early=early, late=late).mistakes == ("early",)
    assert of(late, wanted, early=early, late=late).mistakes == ("late",)
    assert of(answer(one([9]), one([7], "b")), wanted, early=early, late=late).mistakes == ()


def test_a_mistake_is_known_by_its_error_whatever_the_number() -> None:
    wanted = answer(one([1]))
    failed = answer(Trial("two pages", "error", error="IndexError: 3 of 4"))
    again = answer(Trial("two pages", "error", error="IndexError: 30 of 4"))
    assert of(again, wanted, failed=failed).mistakes == ("failed",)


def test_a_number_is_no_function() -> None:
    mine = Answer("value", canonical(3), "every_title = 3")
    message = of(mine, answer(one([1]))).message
    assert "`every_title` is a number; the task wants a function." in message


def test_a_cell_that_defines_another_name_is_told_so() -> None:
    wanted = answer(one([1]))
    mine = Answer("missing", source="def titles(client):\n    return []")
    assert "Your cell defines `titles`, and the check looks for `every_title`" in (
        of(mine, wanted).message
    )
    mine = Answer("missing", source="[video for video in []]")
    assert "Your cell defines no function." in of(mine, wanted).message
    assert of(Answer("missing"), wanted).outcome == "not attempted"


def test_a_return_outside_the_function_is_told_whatever_the_name_held_before() -> None:
    slipped = "def every_title(client):\n    titles = []\nreturn titles"
    for mine in (answer(one(None), source=slipped), Answer("missing", source=slipped)):
        message = of(mine, answer(one([1]))).message
        assert "A `return` stands outside the function, too far to the left." in message
    within = "def every_title(client):\n    def inner():\n        return 1\n    return inner()"
    assert of(answer(one([1]), source=within), answer(one([1]))).passed


def test_what_tries_a_function_out_below_it_is_no_mistake_in_it() -> None:
    named = Wrong("always-the-club", "It asks with `club`.", when=("source has `club`",))
    task = replace(TASK, wrong=(named, replace(named, name="remark", advice=True)))
    function = "def every_title(client): return client"
    tried = answer(one([1]), source=f"{function}\nevery_title(club)")
    assert of(tried, answer(one([1])), task).message == "✓ Every title: right."
    assert of(tried, answer(one([2])), task).mistakes == ()
    within = answer(one([1]), source=f"{function.replace('return client', 'return club')}")
    assert of(within, answer(one([1])), task).advice == ("It asks with `club`.",)
    assert of(within, answer(one([2])), task).mistakes == ("always-the-club",)


def test_a_right_function_is_right_whatever_stopped_below_it() -> None:
    tried = replace(answer(one([1])), error="KeyError: 'title' (3.py, line 4)")
    verdict = of(tried, answer(one([1])))
    assert verdict.passed
    assert verdict.message == (
        "✓ Every title: right.\n"
        "  A remark: A line below your function stopped: KeyError: 'title'. "
        "What you try out belongs in a cell of its own."
    )
    assert "A remark" not in of(tried, answer(one([2]))).message


def test_a_cell_without_a_function_is_told_so_before_any_guess() -> None:
    guess = Wrong("forgets", "It forgets.", when=("source lacks `return`",))
    task = replace(TASK, wrong=(guess,))
    wanted = answer(one([1]))
    called = Answer("error", source="every_title(1)", error="NameError: name 'every_title' is")
    assert "not yet. Your cell defines no function." in of(called, wanted, task).message
    titles = Answer("value", canonical(["a"]), "every_title = ['a']")
    assert "`every_title` is a list; the task wants a function." in of(titles, wanted, task).message
    lent = replace(called, source="every_title = lambda client: client\nevery_title(1)")
    assert "It forgets." in of(lent, wanted, task).message


def test_a_function_without_its_shape_is_told_that_before_any_guess() -> None:
    guess = Wrong("forgets", "It forgets.", when=("source lacks `return`",))
    task, wanted = replace(TASK, wrong=(guess,)), answer(one([1]))
    for error, says in {
        "IndentationError: expected an indented block after function definition on line 1": "`def`",
        "SyntaxError: expected ':'": "The colon is missing",
    }.items():
        slipped = Answer("error", source="def every_title(client)\n1", error=error)
        assert says in of(slipped, wanted, task).message
    other = Answer("error", source="def every_title(client):\n(1", error="SyntaxError: invalid")
    assert "It forgets." in of(other, wanted, task).message


@pytest.mark.parametrize(
    ("asked", "after"),
    [((), ""), ((Asked("GET", "/a", "", 404),), " The last answer was GET /a: 404.")],
)
def test_an_error_of_the_learners_own_is_told(asked: tuple[Asked, ...], after: str) -> None:
    source = "def every_title(client):\n    raise RuntimeError('trouble')"
    mine = answer(
        Trial("two pages", "error", error="RuntimeError: trouble", asked=asked), source=source
    )
    message = of(mine, answer(one([1]))).message
    assert f"Your own `raise` stopped it, and here it has to go on.{after}\n" in message
    other = replace(mine, source="def every_title(client):\n    is_there(client)")
    assert "Your own `raise`" not in of(other, answer(one([1]))).message


def test_an_error_inside_a_function_has_its_words_and_is_shown_with_a_named_mistake() -> None:
    came = Trial(
        "two pages", "error", error="AttributeError: 'dict' object has no attribute 'append'"
    )
    mine, wanted = answer(came), answer(one([1]))
    assert "A dict has no `append`" in of(mine, wanted).message
    named = of(mine, wanted, named=mine).message
    assert "stopped with an error.\n\n      AttributeError: 'dict' object" in named


REFUSED_LAST = (Asked("GET", "/v1/videos", "", 404),)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("KeyError: 'title'", True),
        ("TypeError: string indices must be integers, not 'str'", True),
        ("NameError: name 'titels' is not defined", False),
        ("AttributeError: 'dict' object has no attribute 'title'", False),
        ("TypeError: status_of() missing 1 required positional argument: 'video'", False),
    ],
)
def test_a_refusal_is_told_beside_errors_that_it_may_have_brought_about(
    error: str, told: bool
) -> None:
    mine = answer(Trial("two pages", "error", error=error, asked=REFUSED_LAST))
    assert ("The last answer was no success" in of(mine, answer(one([1]))).message) is told


def test_a_list_that_nobody_made_is_told() -> None:
    error = "NameError: name 'titles' is not defined"
    mine = answer(Trial("two pages", "error", error=error), source="titles.append(1)")
    assert "Nothing has made `titles` before" in of(mine, answer(one([1]))).message
    mine = answer(Trial("two pages", "error", error=error), source="return titles")
    assert "Nothing has made" not in of(mine, answer(one([1]))).message


def test_a_key_under_which_no_list_stands_is_told() -> None:
    source = "def every_title(client):\n    heaps = {}\n    heaps['failed'].append(client)"
    mine = answer(Trial("two pages", "error", error="KeyError: 'failed'"), source=source)
    assert 'Nothing stands under "failed" yet' in of(mine, answer(one([1]))).message
    other = replace(mine, source=source.replace(".append(client)", ""))
    assert "Nothing stands" not in of(other, answer(one([1]))).message


def test_a_blank_function_is_not_attempted() -> None:
    blank = Answer("value", canonical(test_the_words), TASK.blank)
    assert of(blank, answer(one([1]))).outcome == "not attempted"


ASK = Asked("GET", "/v1/videos", "page=1", 200)
REFUSED = Asked("GET", "/v1/videos", "page=1", 429, told_to_wait=5)


@pytest.mark.parametrize(
    ("refused", "how"),
    [
        (replace(REFUSED, waited=5), set()),
        (replace(REFUSED, waited=9), set()),
        (replace(REFUSED, waited=4), {"too soon"}),
        (REFUSED, {"at once"}),
        (replace(REFUSED, status=500, told_to_wait=0), {"at once"}),
        (replace(REFUSED, status=500, told_to_wait=0, waited=0.1), set()),
        (replace(REFUSED, status=404, told_to_wait=0), set()),
    ],
)
def test_who_was_refused_waits(refused: Asked, how: set[str]) -> None:
    assert rushed(one([], asked=(refused, ASK))) == how
    assert rushed(one([], asked=(ASK, refused))) == set(), "nothing was asked after it"


def test_waits_and_requests_count_where_they_are_watched_alone() -> None:
    patient = (one([1], asked=(replace(REFUSED, waited=5), ASK)),)
    hasty = (one([1], asked=(REFUSED, ASK)),)
    chatty = (one([1], asked=(replace(REFUSED, waited=5), ASK, ASK)),)
    assert alike(patient, hasty, 0, ("requests",))
    assert not alike(patient, hasty, 0, ("waits",))
    assert alike(patient, chatty, 0, ("waits",))
    assert not alike(patient, chatty, 0, ("requests",))
    assert alike(patient, chatty, 0, ())
    assert answered(chatty[0]) == ("GET 429", "GET 200", "GET 200")


def test_hurry_is_shown_by_the_log() -> None:
    task = replace(TASK, watch=("waits", "requests"))
    wanted = answer(one([1], asked=(replace(REFUSED, waited=5), ASK)))
    message = of(answer(one([1], asked=(REFUSED, ASK))), wanted, task).message
    assert "`every_title` asks again at once after it was refused." in message
    assert "GET /v1/videos?page=1: 429\n" in message
    soon = answer(one([1], asked=(replace(REFUSED, waited=1), ASK)))
    assert "waits 1 second; the answer asked for 5 seconds." in of(soon, wanted, task).message
    more = answer(one([1], asked=(replace(REFUSED, waited=5), ASK, ASK)))
    assert "makes 3 requests; 2 would do." in of(more, wanted, task).message


def test_a_state_says_what_is_missing_and_what_should_not_be_there() -> None:
    wanted = Answer("value", trials=(one({"folders": {"a", "b"}, "calls": ["POST"]}, ""),))
    mine = Answer("value", trials=(one({"folders": {"a", "c"}, "calls": []}, ""),))
    lines = of(mine, wanted, STATE).message.splitlines()
    assert lines[0] == '✗ A folder: not yet. folders: "b" is missing.'
    assert lines[1] == '  folders: "c" is there and should not be.'
    assert lines[2] == '  calls: "POST" is missing.'
    assert "api.reset()" in lines[-1]
    less = Answer("value", trials=(one({"folders": {"a"}, "calls": ["POST"]}, ""),))
    assert of(less, wanted, STATE).message == '✗ A folder: not yet. folders: "b" is missing.'


def test_a_key_that_cannot_be_performed_is_no_mistake_of_the_learner() -> None:
    broken = Answer("error", error="its inputs fail: NameError")
    assert "its inputs fail: NameError" in of(answer(one([1])), broken).message
    odd = answer(one(x for x in "ab"))
    assert "its reference gives a generator" in of(answer(one([1])), odd).message
    failing = answer(Trial("two pages", "error", error="KeyError: 'a'"))
    assert (
        "its reference stops with KeyError: 'a' with “two pages”"
        in of(answer(one([1])), failing).message
    )


def test_values_are_said_briefly_and_told_apart() -> None:
    assert said(nested([1, "a", None, {"b": 2.5}])) == '[1, "a", None, {"b": 2.5}]'
    long = nested([f"a rather long title {n}" for n in range(100)])
    assert said(long).startswith('a list of 100: "a rather long title 0", ')
    assert said(nested(set())) == "set()"
    assert apart(nested([1, 2, 3]), nested([3, 2, 1])) == ["All of it is there, in another order."]
    assert apart(nested([1, 1, 2]), nested([1, 2])) == ["1 is there too often."]
    assert apart(nested({"a": 1}), nested({"a": 2, "b": 3})) == [
        'The key "b" is missing.',
        'At "a" stands 1; wanted: 2.',
    ]
    assert apart(nested(3), nested([3])) == ["It is 3; wanted: [3]."]
    assert surplus(nested({"a": {1, 2}}), nested({"a": {1}}))
    assert not surplus(nested({"a": {1}}), nested({"a": {1, 2}}))
