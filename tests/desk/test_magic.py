from tests.desk.conftest import Notebook

from champion.problems import Problem


def test_a_named_query_keeps_its_rows_and_says_how_many(notebook: Notebook) -> None:
    ran = notebook.run("%%sql newest\nSELECT id, subject FROM tickets ORDER BY id LIMIT 3")
    assert ran.text.endswith("\n3 rows")
    assert list(notebook["newest"].columns) == ["id", "subject"]


def test_a_long_result_says_aloud_that_it_is_cut(notebook: Notebook) -> None:
    ran = notebook.run("%%sql everything\nSELECT id FROM plays")
    total = len(notebook["everything"])
    assert f"first 10 of {total:,} rows; `everything` holds all of them" in ran.text
    assert len(ran.text.splitlines()) == 1 + 10 + 1 + 1
    assert (
        "a name after %%sql keeps all of them" in notebook.run("%%sql\nSELECT id FROM plays").text
    )


def test_one_row_and_no_rows_are_said_in_words(notebook: Notebook) -> None:
    assert notebook.run("%%sql\nSELECT 1 AS one").text.endswith("\n1 row")
    assert notebook.run("%%sql\nSELECT 1 AS one WHERE false").text.endswith("\nno rows")


def test_what_is_missing_is_shown_as_null_and_whole_numbers_stay_whole(notebook: Notebook) -> None:
    ran = notebook.run("%%sql\nSELECT * FROM (VALUES (1, 'a'), (NULL, NULL)) AS t (number, word)")
    assert ran.text.splitlines()[:3] == ["number  word", "     1  a", "  NULL  NULL"]


def test_a_value_with_markup_is_shown_not_drawn(notebook: Notebook) -> None:
    ran = notebook.run("%%sql\nSELECT '<b onclick=x>' AS evil")
    assert "&lt;b onclick=x&gt;" in ran.outputs[0].data["text/html"]
    assert "<b onclick" not in ran.outputs[0].data["text/html"]


def test_the_same_query_shows_the_same_bytes(notebook: Notebook) -> None:
    source = "%%sql t\nSELECT * FROM tickets ORDER BY id"
    first, second = (notebook.run(source).outputs[0].data for _ in range(2))
    assert first == second


def test_a_query_that_still_holds_dots_is_a_blank_not_an_error(notebook: Notebook) -> None:
    ran = notebook.run("%%sql mine\nSELECT ...\nFROM tickets")
    assert ran.text == "○ Replace the ... with your query, then run the cell again."
    assert ran.error is None
    assert "mine" not in notebook.shell.user_ns


def test_dots_after_on_ask_for_the_condition_alone(notebook: Notebook) -> None:
    ran = notebook.run("%%sql mine\nSELECT 1 FROM escalations\nJOIN tickets ON ...\nWHERE id = 1")
    assert ran.text == "○ Replace the ... after ON with the condition, then run the cell again."


def test_dots_in_text_are_no_blank(notebook: Notebook) -> None:
    assert notebook.run("%%sql\nSELECT '...' AS dots -- ...").text.endswith("1 row")


def test_a_failed_query_leaves_the_old_result_and_is_an_error_of_one_line(
    notebook: Notebook,
) -> None:
    notebook.run("%%sql mine\nSELECT 1 AS one")
    ran = notebook.run("%%sql mine\nSELECT stauts FROM tickets")
    assert ran.text == "✗ There is no column called `stauts`. Did you mean `status`?"
    assert isinstance(ran.error, Problem)
    assert list(notebook["mine"].columns) == ["one"]


def test_binds_come_from_the_notebook(notebook: Notebook) -> None:
    notebook.run("wanted = ['open', 'pending']")
    notebook.run("%%sql some\nSELECT DISTINCT status FROM tickets WHERE status IN :wanted")
    assert set(notebook["some"]["status"]) <= {"open", "pending"}
    assert "no variable called absent" in notebook.run("%%sql\nSELECT :absent").text


def test_a_name_that_cannot_be_a_result_is_refused(notebook: Notebook) -> None:
    assert "cannot be the name of a result" in notebook.run("%%sql 3rd\nSELECT 1").text
    assert "cannot be the name of a result" in notebook.run("%%sql two words\nSELECT 1").text
    assert "already a word of this course" in notebook.run("%%sql check\nSELECT 1").text


def test_the_clock_is_announced_in_every_cell_that_uses_it(notebook: Notebook) -> None:
    source = "%%sql\nSELECT count(*) AS n FROM tickets WHERE opened_at > now() - INTERVAL 7 DAY"
    for _ in range(2):
        assert (
            "`now()` means Lantern's time here: 2026-03-31 12:00 UTC." in notebook.run(source).text
        )


def test_notes_stand_below_the_result(notebook: Notebook) -> None:
    ran = notebook.run("%%sql\nSELECT id FROM tickets WHERE agent_id = NULL")
    assert ran.text.splitlines()[-2:][0] == "no rows"
    assert ran.text.splitlines()[-1].startswith("Note: Nothing is ever equal to NULL")


def test_schema_lists_tables_and_explains_columns(notebook: Notebook) -> None:
    assert "tickets" in notebook.run("%schema").text
    columns = notebook.run("%schema tickets").text
    assert columns.splitlines()[0].split() == ["column", "kind", "meaning"]
    assert "opened_at       moment" in columns
    assert max(map(len, columns.splitlines())) <= 100


def test_schema_shows_by_an_arrow_where_a_column_leads(notebook: Notebook) -> None:
    columns = notebook.run("%schema tickets").text
    assert "id              key " in columns
    assert "account_id      → accounts " in columns


def test_schema_of_a_misspelt_table_suggests_the_right_one(notebook: Notebook) -> None:
    assert notebook.run("%schema tikets").text.endswith("Did you mean `tickets`?")


def test_without_a_company_a_query_says_how_to_build_it(unbuilt: Notebook) -> None:
    ran = unbuilt.run("%%sql\nSELECT 1")
    assert ran.text.startswith("✗ The sample company is not built yet.")
    assert "champion lantern build" in ran.text
    assert "tickets" in unbuilt.run("%schema").text
