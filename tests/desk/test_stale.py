"""A check speaks of the answer cell as it ran last, never of an earlier run of it."""

import pytest
from tests.desk.conftest import Notebook
from tests.desk.test_check import CHECK, OPEN, RIGHT

from champion.desk import session

ANSWER = "tickets-by-channel-answer"
REPLY = "pick-a-reply-answer"

KEPT_NOTHING = [
    '"b"',
    'reply == "b"',
    "%%sql\nSELECT 1 AS one",
    "%%sql replay\nSELECT 1 AS one",
    "SELECT channel FROM tickets",
    "reply.upper()",
]


@pytest.mark.parametrize("source", KEPT_NOTHING)
def test_a_cell_that_kept_nothing_is_not_judged_by_the_value_of_an_earlier_run(
    notebook: Notebook, source: str
) -> None:
    notebook.run('reply = "b"', REPLY)
    notebook.run(source, REPLY)
    assert notebook.run('check("pick-a-reply")').text.startswith("✗ Pick a reply: not yet.")


@pytest.mark.parametrize("source", KEPT_NOTHING)
def test_a_cell_that_kept_nothing_is_not_told_the_error_of_an_earlier_run(
    notebook: Notebook, source: str
) -> None:
    notebook.run("reply = nobody", REPLY)
    notebook.run(source, REPLY)
    assert "nobody" not in notebook.run('check("pick-a-reply")').text


def test_an_error_that_the_text_does_not_foretell_is_the_cells_own(notebook: Notebook) -> None:
    notebook.run(RIGHT, ANSWER)
    notebook.run("%%sql two words\nSELECT 1", ANSWER)
    assert "`two words` cannot be the name of a result" in notebook.run(CHECK).text


def test_an_unlike_name_is_named_when_it_comes_from_the_tasks_own_cell(notebook: Notebook) -> None:
    notebook.run("%%sql looked_at\nSELECT 1 AS one", ANSWER)
    assert "`looked_at`, and the check looks for `by_channel`" in notebook.run(CHECK).text


def test_a_value_made_further_down_after_the_cell_ran_counts(notebook: Notebook) -> None:
    notebook.run('"b"', REPLY)
    notebook.run('reply = "b"')
    assert notebook.run('check("pick-a-reply")').text.startswith("✓")


def test_a_table_that_its_cell_changes_in_place_counts(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    notebook.run("by_channel.sort_values('channel', inplace=True)", ANSWER)
    assert notebook.run(CHECK).text.startswith("✓")
    notebook.run("by_channel['tickets'] = 0", ANSWER)
    assert "`tickets` is" in notebook.run(CHECK).text


def test_an_answer_and_its_check_may_share_the_tasks_own_cell(notebook: Notebook) -> None:
    notebook.run('reply = "b"', REPLY)
    assert notebook.run('check("pick-a-reply")\nreply', REPLY).text.count("✗") == 1
    assert notebook.run('reply = "b"\ncheck("pick-a-reply")', REPLY).text.startswith("✓")


def test_a_cell_mended_after_an_error_is_right(notebook: Notebook) -> None:
    notebook.run("%%sql by_channel\nSELECT chanel FROM tickets", ANSWER)
    notebook.run(RIGHT, ANSWER)
    assert notebook.run(CHECK).text.startswith("✓")
    notebook.run(OPEN, ANSWER)
    assert notebook.run(CHECK).text.startswith("✗ Tickets by channel: not yet. These are the open")


def test_what_the_tasks_own_cell_changed_is_judged_by_that_cell(notebook: Notebook) -> None:
    notebook.run("reply = []", REPLY)
    notebook.run("reply.append(...)", REPLY)
    assert notebook.run('check("pick-a-reply")').text.startswith("○ Pick a reply: not attempted")


def test_ids_that_are_not_the_tasks_change_nothing(notebook: Notebook) -> None:
    notebook.run('reply = "b"', "3f2a")
    notebook.run('"b"', "3f2a")
    assert notebook.run('check("pick-a-reply")').text.startswith("✓")
    assert set(session.current().runs_by_id) == {"3f2a"}


HALF_MADE = [
    'reply = "b"\nnobody',
    'reply = ""\nfor letter in ["b"]:\n    reply = reply + nobody',
    'reply = "b"\nreply.append("c")',
]


@pytest.mark.parametrize("cell", [REPLY, None])
@pytest.mark.parametrize("source", HALF_MADE)
def test_a_cell_that_stopped_half_way_is_told_its_error_whatever_its_variable_holds(
    notebook: Notebook, source: str, cell: str | None
) -> None:
    notebook.run(source, cell)
    said = notebook.run('check("pick-a-reply")').text
    assert said.startswith("✗ Pick a reply: not yet. Your cell stopped with an error.")
    assert "NameError" in said or "AttributeError" in said


def test_a_cell_that_stopped_while_it_changed_its_table_is_told_its_error(
    notebook: Notebook,
) -> None:
    notebook.run(RIGHT)
    notebook.run("by_channel.pop('nobody')", ANSWER)
    assert "Your cell stopped with an error." in notebook.run(CHECK).text


def test_a_cell_that_is_right_after_it_had_stopped_counts(notebook: Notebook) -> None:
    notebook.run('reply = "b"\nnobody', REPLY)
    notebook.run('reply = "b"', REPLY)
    assert notebook.run('check("pick-a-reply")').text.startswith("✓")
