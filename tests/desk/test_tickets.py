from pathlib import Path

import pytest
from tests.desk.conftest import CHOICE, Notebook

from champion.desk import progress, query, tickets
from champion.lantern import Company
from champion.problems import Problem


@pytest.fixture
def reference(company: Company) -> str:
    """A ticket that a known user wrote and an agent answered."""
    found = query.frame(
        company,
        """SELECT t.reference FROM tickets t JOIN ticket_messages m ON m.ticket_id = t.id
           WHERE m.author_kind = 'agent' AND t.requester_id IS NOT NULL
           ORDER BY t.id LIMIT 1""",
    )
    return str(found.loc[0, "reference"])


def test_a_ticket_shows_who_wrote_what_and_when(notebook: Notebook, reference: str) -> None:
    ran = notebook.run(f'ticket("{reference}")')
    lines = ran.text.splitlines()
    assert lines[0].startswith(f"{reference} · ")
    assert lines[1].startswith("from ")
    assert " · opened 20" in lines[1]
    assert "(Lantern)" in ran.text
    assert max(map(len, lines)) <= 120
    assert set(ran.outputs[0].data) == {"text/plain", "text/html"}


def test_every_ticket_of_the_company_can_be_shown(company: Company) -> None:
    for number in query.frame(company, "SELECT reference FROM tickets")["reference"]:
        shown = tickets.card(company, number)
        assert shown.messages, number
        assert shown.text()
        assert shown.html()


def test_a_ticket_number_is_forgiving_about_its_spelling(company: Company, reference: str) -> None:
    digits = reference.removeprefix("L-")
    assert tickets.card(company, f" l-{digits} ").reference == reference
    assert tickets.card(company, digits).reference == reference


def test_a_ticket_that_does_not_exist_is_one_line(notebook: Notebook) -> None:
    assert notebook.run('ticket("L-9999999")').text.startswith("✗ There is no ticket L-9999999.")
    assert notebook.run("ticket(None)").text.startswith("✗ There is no ticket None.")


def test_a_customers_markup_is_shown_not_drawn(company: Company, reference: str) -> None:
    from dataclasses import replace

    card = tickets.card(company, reference)
    evil = replace(card.messages[0], body="<script>x</script>\n\nsecond")
    shown = replace(card, subject="<b>", messages=(evil,)).html()
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "<p>second</p>" in shown


def test_a_ticket_lists_what_came_with_it(company: Company, tmp_path: Path) -> None:
    import shutil

    import duckdb

    from champion.lantern import engine, open_company

    shutil.copytree(company.folder, tmp_path / "lantern")
    with duckdb.connect(str(tmp_path / "lantern" / engine.FILE)) as connection:
        connection.execute("DELETE FROM ticket_attachments")
        connection.execute(
            "INSERT INTO ticket_attachments SELECT 1, id, 'L-1001-<one>.har', 'application/json', "
            "18423 FROM tickets WHERE reference = 'L-1001'"
        )
    opened = open_company(tmp_path / "lantern")
    line = "attached: L-1001-<one>.har (application/json, 18,423 bytes)"
    assert tickets.card(opened, "L-1001").text().endswith(f"\n\n{line}")
    assert "<p>attached: L-1001-&lt;one&gt;.har " in tickets.card(opened, "L-1001").html()
    without = tickets.card(opened, "L-1002")
    assert "attached" not in without.text() + without.html()
    opened.close()


def test_the_queue_shows_what_is_solved_and_what_is_next(company: Company, work: Path) -> None:
    before = tickets.waiting(company, [CHOICE], frozenset())
    assert [line[:2] for line in before.lines] == [("→ next", "L-1002"), ("· waits", "L-1003")]
    after = tickets.waiting(company, [CHOICE], frozenset({CHOICE.slug}))
    assert [line[:2] for line in after.lines] == [("✓ solved", "L-1002"), ("→ next", "L-1003")]
    assert after.foot == "1 of 2 solved"


def test_solving_the_task_moves_the_queue_on(notebook: Notebook) -> None:
    assert notebook.run("queue()").text.endswith("0 of 2 solved")
    notebook.run('reply = "b"\ncheck("pick-a-reply")')
    assert progress.solved() == {"pick-a-reply"}
    assert notebook.run("queue()").text.endswith("1 of 2 solved")


def test_a_ticket_that_you_solved_says_so_although_the_replica_does_not(
    notebook: Notebook,
) -> None:
    assert notebook.run('ticket("L-1002")').text.splitlines()[1].endswith(" · open")
    notebook.run('reply = "b"\ncheck("pick-a-reply")')
    assert notebook.run('ticket("L-1002")').text.splitlines()[1].endswith(" · closed by you")


def test_a_ticket_without_a_company_is_one_line(unbuilt: Notebook) -> None:
    assert unbuilt.run('ticket("L-1002")').text.startswith("✗ The sample company is not built yet")


def test_a_number_that_tries_to_be_sql_is_only_a_number(company: Company) -> None:
    with pytest.raises(Problem, match="There is no ticket"):
        tickets.card(company, "L-1' OR '1'='1")
