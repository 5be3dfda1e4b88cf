"""Functions that have to stop with an error: at the desk and in marking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from champion.checking.answer import Answer
from champion.checking.judge import judge
from champion.checking.key import Task, Wrong
from champion.checking.verdict import Verdict
from champion.desk import snippet
from champion.lantern import Company
from champion.marking.exams import exams
from champion.marking.judge import Judge
from champion.marking.runner import Runner

from . import doing

REFERENCE = """\
def seconds(header):
    try:
        return int(header)
    except ValueError:
        return 60
"""
SWALLOWED = REFERENCE.replace("except ValueError", "except Exception")
TASK = replace(
    doing.TASKS[0],
    title="Seconds",
    variable="seconds",
    blank="def seconds(header):\n    ...",
    reference=REFERENCE,
    inputs=(
        "inputs = {\n"
        '    "a number": given("12"),\n'
        '    "a date": given("Tue"),\n'
        '    "None": given(None, stops=True),\n'
        "}",
    ),
    wrong=(Wrong("swallowed", "It catches everything. Who should see it?", "", SWALLOWED),),
)


def at_the_desk(source: str, company: Company, task: Task = TASK) -> Verdict:
    run = snippet.runner(task, company)
    return judge(task, run(source), run)


def ran(source: str, runner: Runner, worlds: Sequence[Company]) -> Answer:
    answers = runner.run(
        doing.page(),
        {TASK.slug: source},
        worlds[0].folder,
        variables={TASK.slug: TASK.variable},
        exams=exams([TASK], worlds[0]),
    )
    return answers[TASK.slug]


def in_marking(source: str, runner: Runner, worlds: Sequence[Company]) -> Verdict:
    return Judge(worlds[:1]).verdict(TASK, [ran(source, runner, worlds)])


def test_marking_comes_to_what_the_desk_comes_to(runner: Runner, worlds: Sequence[Company]):
    assert ran(REFERENCE, runner, worlds) == snippet.answer(TASK, REFERENCE, worlds[0])


@pytest.mark.parametrize(
    "source",
    [
        REFERENCE,
        "def seconds(header):\n"
        "    if header is None:\n"
        '        raise RuntimeError("there was no header")\n'
        "    return int(header) if header.isdigit() else 60\n",
    ],
)
def test_any_error_is_right_where_one_is_wanted(
    runner: Runner, worlds: Sequence[Company], source: str
):
    assert at_the_desk(source, worlds[0]).passed
    assert in_marking(source, runner, worlds).passed


def test_a_function_that_goes_on_is_told_so(runner: Runner, worlds: Sequence[Company]):
    for verdict in (at_the_desk(SWALLOWED, worlds[0]), in_marking(SWALLOWED, runner, worlds)):
        assert verdict.mistakes == ("swallowed",)
        assert "With None: `seconds` gives back 60; wanted: that it stops with an error." in (
            verdict.message
        )


def test_an_error_is_wrong_where_a_value_is_wanted(company: Company):
    verdict = at_the_desk("def seconds(header):\n    return int(header)\n", company)
    assert "With a date: `seconds` stopped with an error." in verdict.message


def test_a_reference_that_does_not_stop_is_a_broken_key(company: Company):
    said = at_the_desk(REFERENCE, company, replace(TASK, reference=SWALLOWED)).message
    assert "its reference does not stop with “None”" in " ".join(said.split())


def test_a_wrong_call_inside_a_function_is_not_taken_for_a_wrong_first_line(company: Company):
    inside = (
        "def helper(a, b):\n    return a\n\n\ndef seconds(header):\n    return helper(header)\n"
    )
    assert "cannot be called as the task says" not in at_the_desk(inside, company).message
    outside = "def seconds(header, other):\n    return 12\n"
    said = " ".join(at_the_desk(outside, company).message.split())
    assert "cannot be called as the task says" in said
    assert "it is missing 1 required positional argument: 'other'" in said
