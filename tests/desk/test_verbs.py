"""The desk's verbs, asked by people who have not met brackets and quotation marks before."""

import pytest
from tests.desk.conftest import Notebook

from champion.desk.verbs import USAGE
from champion.problems import Problem


@pytest.mark.parametrize("verb", ["check", "hint", "reference", "ticket"])
def test_empty_brackets_are_one_line_that_says_what_goes_in_them(
    notebook: Notebook, verb: str
) -> None:
    ran = notebook.run(f"{verb}()")
    assert isinstance(ran.error, Problem)
    assert ran.text.startswith(f"✗ Nothing stands in the brackets of {verb}(). To ")
    assert f'write {verb}("' in ran.text


def test_more_than_a_verb_takes_is_one_line(notebook: Notebook) -> None:
    assert notebook.run('queue("x")').text == (
        "✗ queue() was given more than it takes. To see your queue, write queue()."
    )
    assert isinstance(notebook.run('hint("a", "b")').error, Problem)


@pytest.mark.parametrize("verb", USAGE)
def test_a_verb_without_brackets_says_how_to_write_it(notebook: Notebook, verb: str) -> None:
    said = notebook.run(verb).text
    assert f"{verb}(" in said
    assert "0x" not in said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("check(first-check)", 'check("first-check")'),
        ("check(tickets-by-channel)", 'check("tickets-by-channel")'),
        ("hint(greeting)", 'hint("greeting")'),
        ("ticket(L-1001)", 'ticket("L-1001")'),
    ],
)
def test_a_name_without_quotation_marks_is_shown_with_them(
    notebook: Notebook, typed: str, meant: str
) -> None:
    assert notebook.run(typed).text == f"✗ The quotation marks are missing. Write {meant}."


def test_a_name_kept_in_a_variable_needs_no_quotation_marks(notebook: Notebook) -> None:
    notebook.run('task = "pick-a-reply"')
    assert notebook.run("check(task)").text.startswith("○ Pick a reply")
    assert notebook.run('other = "pick-a-reply"\ncheck(other)').text.startswith("○ Pick a reply")
    made = "def ask(name):\n    check(name)\nask('pick-a-reply')"
    assert notebook.run(made).text.startswith("○ Pick a reply")


def test_a_table_that_is_not_there_is_no_name_without_quotation_marks(notebook: Notebook) -> None:
    said = notebook.run("watch_midnight(evenig)")
    assert "quotation marks" not in said.text
    assert "NameError" in said.text


def test_dots_are_told_what_they_stand_for(notebook: Notebook) -> None:
    for dots in ("...", "…"):
        said = notebook.run(f'check("{dots}")').text
        assert said.startswith("✗ The dots stand for the name of a task.")
    assert 'such as ticket("L-1001")' in notebook.run('ticket("")').text


def test_an_overwritten_verb_comes_back_and_is_said(notebook: Notebook) -> None:
    ran = notebook.run('ticket = "L-1001"')
    assert ran.text == (
        "`ticket` is a command of the desk. Choose another name, for example `my_ticket`. "
        "The command is back."
    )
    assert 'such as ticket("L-1001")' in notebook.run('ticket("")').text
    assert notebook.run("x = 1").text == ""


def test_opening_the_desk_again_says_so_and_brings_everything_back(notebook: Notebook) -> None:
    notebook.run("%load_ext champion")
    notebook.shell.user_ns["check"] = "mine"
    ran = notebook.run("%load_ext champion")
    assert ran.text.startswith("The desk is open.")
    assert notebook.run('check("pick-a-reply")').text.startswith("○ Pick a reply")
