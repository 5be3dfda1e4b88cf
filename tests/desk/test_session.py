from tests.desk.conftest import Notebook

from champion.desk import open_desk, session


def test_the_newest_cell_that_assigned_a_variable_is_its_origin(notebook: Notebook) -> None:
    notebook.run("x = 1")
    notebook.run("x = 2  # the second")
    notebook.run("y = x")
    assert session.current().origins["x"].source == "x = 2  # the second"
    assert session.current().origins["x"].error == ""


def test_a_cell_that_fails_before_it_assigns_is_remembered_with_its_error(
    notebook: Notebook,
) -> None:
    notebook.run("x = 1")
    notebook.run("x = {}['day']")
    origin = session.current().origins["x"]
    assert (origin.source, origin.error) == ("x = {}['day']", "KeyError: 'day'")


def test_a_cell_that_fails_after_it_assigned_is_remembered_with_its_error(
    notebook: Notebook,
) -> None:
    notebook.run("x = []\nx.nothing")
    assert session.current().origins["x"].error.startswith("AttributeError")


def test_a_cell_that_runs_to_its_end_after_it_had_failed_is_remembered_without_an_error(
    notebook: Notebook,
) -> None:
    notebook.run("x = []\nx.nothing")
    notebook.run("x = []")
    assert session.current().origins["x"].error == ""


def test_a_query_that_fails_is_remembered_in_the_desks_own_words(notebook: Notebook) -> None:
    notebook.run("%%sql mine\nSELECT stauts FROM tickets")
    assert session.current().origins["mine"].error.startswith("There is no column called `stauts`")


def test_a_cell_that_python_cannot_read_is_remembered_too(notebook: Notebook) -> None:
    notebook.run("x = (1")
    assert session.current().origins["x"].error.startswith(("SyntaxError", "_Incomplete"))


def test_opening_the_desk_twice_keeps_what_it_knows(notebook: Notebook) -> None:
    notebook.run("x = 1")
    before = session.current()
    open_desk(notebook.shell)
    assert session.current() is before
    notebook.run("x = 2")
    assert session.current().cell == 2


def test_a_refusal_that_was_read_as_json_is_remembered_with_its_words(notebook: Notebook) -> None:
    notebook.run("import json")
    notebook.run('x = json.loads("Too many requests: an account may make 600 a minute.\\n")')
    told = "Expecting value: line 1 column 1 (char 0) of “Too many requests: an account may"
    assert told in session.current().origins["x"].error
    notebook.run('x = json.loads("<html>")')
    assert "html" not in session.current().origins["x"].error
