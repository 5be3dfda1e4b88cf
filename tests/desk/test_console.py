from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
import sqlalchemy as sa

from champion.checking.canonical import canonical
from champion.checking.nested import held, same
from champion.checking.values import Other
from champion.desk.console import Console
from champion.desk.copies import UNTOUCHED, Copy, left_in, tried_in
from champion.lantern import Company, engine
from champion.problems import Problem

RENAME = "UPDATE videos SET title = 'x' WHERE account_id = 283"


@pytest.fixture
def console(company: Company) -> Console:
    return Console(lambda: company)


@pytest.fixture
def spare(console: Console) -> Copy:
    return console.copy("users", "videos")


def _titles(where: Console | Copy, title: str = "x") -> int:
    with where.connect() as line:
        found = line.execute(sa.text("SELECT count(*) FROM videos WHERE title = :t"), {"t": title})
        return int(found.scalar_one())


def _trouble(where: Console | Copy, statement: object, *given: object) -> Problem:
    with where.connect() as line, pytest.raises(Problem) as caught:
        line.execute(statement, *given)
    return caught.value


def test_a_name_with_an_apostrophe_goes_in_as_a_value(console: Console) -> None:
    asked = sa.text("SELECT account_id FROM users WHERE name = :name ORDER BY 1")
    with console.connect() as line:
        assert line.execute(asked, {"name": "Fiona O'Shea"}).scalars().all() == [283, 284]


def test_a_number_out_of_a_frame_is_a_value_and_now_is_lanterns_time(console: Console) -> None:
    asked = sa.text("SELECT CAST(now() AS date), CAST(:n AS integer)")
    with console.connect() as line:
        row = line.execute(asked, {"n": np.int64(283)}).one()
    assert tuple(row) == (date(2026, 3, 31), 283)


@pytest.mark.parametrize(
    "statement",
    [
        "SET default_transaction_read_only = off",
        "SELECT 1; UPDATE videos SET title = 'x'",
        "BEGIN READ WRITE",
        "COPY videos TO '/dev/null'",
    ],
)
def test_what_could_open_the_company_for_writing_is_refused_before_it_is_sent(
    console: Console, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    sent: list[object] = []
    with console.connect() as line:
        monkeypatch.setattr(sa.Connection, "execute", lambda self, asked: sent.append(asked))
        with pytest.raises(Problem):
            line.execute(sa.text(statement))
    assert sent == []


def test_the_company_itself_is_only_read(console: Console) -> None:
    found = _trouble(console, sa.text(RENAME))
    assert found.what == "The lesson database is read-only: UPDATE would change rows."


def test_what_is_not_committed_is_undone_when_the_connection_closes(spare: Copy) -> None:
    with spare.connect() as line:
        assert line.execute(sa.text(RENAME)).rowcount == 38
    assert _titles(spare) == 0
    assert left_in(spare) == UNTOUCHED


def test_what_is_committed_stays_in_the_copy_and_reaches_neither_company_nor_another_copy(
    console: Console, spare: Copy
) -> None:
    with spare.connect() as line:
        line.execute(sa.text(RENAME))
        line.commit()
    assert left_in(spare).startswith("a copy with other rows in `videos` (38 changed)")
    assert (_titles(spare), _titles(console), _titles(console.copy("videos"))) == (38, 0, 0)


def test_rows_that_are_gone_or_new_are_told_from_changed_ones(spare: Copy) -> None:
    with spare.connect() as line:
        line.execute(sa.text("DELETE FROM videos WHERE account_id = 284"))
        line.execute(sa.text("INSERT INTO videos SELECT * FROM videos WHERE account_id = 283"))
        line.commit()
    assert "`videos` (5 gone, 38 new)" in left_in(spare)


def test_the_same_rows_changed_otherwise_are_another_outcome(console: Console) -> None:
    said = []
    for title in ("x", "y", "x"):
        spare = console.copy("videos")
        with spare.connect() as line:
            line.execute(sa.text(RENAME.replace("'x'", f"'{title}'")))
            line.commit()
        said.append((left_in(spare), tried_in(spare)))
    assert said[0] == said[2] != said[1]


def test_a_change_on_a_connection_that_is_kept_open_counts_only_once_it_is_committed(
    spare: Copy,
) -> None:
    line = spare.connect()
    line.execute(sa.text(RENAME))
    assert left_in(spare) == UNTOUCHED
    assert "has not ended its transaction" in _trouble(spare, sa.text(RENAME)).what
    line.commit()
    assert left_in(spare) != UNTOUCHED


def _undone(console: Console, statement: str) -> Copy:
    spare = console.copy("users", "videos")
    with spare.connect() as line:
        line.execute(sa.text(statement))
        line.rollback()
        line.execute(sa.text("SELECT count(*) FROM videos"))
    assert left_in(spare) == UNTOUCHED
    return spare


def test_what_was_changed_and_undone_is_known_by_its_columns_and_values(console: Console) -> None:
    wanted = _undone(console, RENAME)
    again = _undone(console, RENAME.replace("WHERE", ", updated_at = now() WHERE"))
    assert [item.rpartition(" ")[0] for item in tried_in(wanted)] == ["`title` of `videos`"]
    assert same(held([38, again]), held([38, wanted]))
    for other in (
        RENAME.replace("'x'", "'lower(title)'"),
        RENAME.replace("WHERE", ", account_id = 1 WHERE"),
        RENAME.replace("283", "284"),
        "DELETE FROM videos WHERE account_id = 283",
    ):
        assert not same(held([38, _undone(console, other)]), held([38, wanted]))
    assert not same(held([38, console.copy("users", "videos")]), held([38, wanted]))


def test_only_the_last_transaction_counts_as_tried_and_statements_in_it_together(
    console: Console,
) -> None:
    spare = _undone(console, "UPDATE videos SET title = 'x'")
    with spare.connect() as line:
        for account in (283, 284):
            changed = line.execute(
                sa.text("UPDATE videos SET title = 'x' WHERE account_id = :a"), {"a": account}
            )
            assert line.execute(sa.text("SELECT 1")).scalar_one() == 1
            assert changed.rowcount == {283: 38, 284: 5}[account]
    both = RENAME.replace("= 283", "IN (283, 284)")
    assert tried_in(spare) == tried_in(_undone(console, both))


def test_a_dropped_table_and_one_of_another_shape_are_seen(spare: Copy) -> None:
    with spare.connect() as line:
        line.execute(sa.text("DROP TABLE users"))
        line.execute(sa.text("CREATE OR REPLACE TABLE videos AS SELECT 1 AS x"))
        line.commit()
    assert left_in(spare) == "a copy with no table `users` any more; no table `videos` any more"


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH '{file}' AS company",
        "ATTACH '{file}' AS company (READ_ONLY)",
        "UPDATE company.videos SET title = 'x'",
        "COPY videos TO '{folder}/copied.csv'",
        "SELECT * FROM read_csv('{file}')",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "INSTALL httpfs",
        "EXPORT DATABASE '{folder}/all'",
    ],
)
def test_nothing_leads_from_a_copy_to_the_companys_file_or_any_other(
    company: Company, spare: Copy, tmp_path: Path, statement: str
) -> None:
    company.engine.dispose()  # else the engine's own guard against a file opened twice answers
    gc.collect()
    file = company.folder / engine.FILE
    before = file.stat()
    filled = statement.format(file=file, folder=tmp_path)
    with spare.connect() as line, pytest.raises(Problem):
        line.execute(sa.text(filled))
    with pytest.raises(duckdb.Error):
        spare._base.execute(filled)
    assert list(tmp_path.iterdir()) == []
    assert (file.stat().st_mtime_ns, file.stat().st_size) == (before.st_mtime_ns, before.st_size)


def test_a_check_sees_what_was_left_whatever_the_answer_says_of_itself(console: Console) -> None:
    kept, changed = console.copy("videos"), console.copy("videos")
    with changed.connect() as line:
        line.execute(sa.text(RENAME))
        line.commit()
    wanted = held([38, kept])
    assert same(held([38, console.copy("videos")]), wanted)
    assert not same(held([38, changed]), wanted)
    assert not same(held([38, UNTOUCHED]), wanted)


def test_a_copy_that_was_closed_or_belied_stops_no_check(spare: Copy) -> None:
    spare._base.close()
    assert "no table `videos` any more" in str(canonical(spare))
    del spare._before
    assert "could not be read" in str(canonical(spare))


@pytest.mark.parametrize(
    ("statement", "given", "what"),
    [
        ("SELECT 1", (), "SQL that stands in plain quotes is only text to Python."),
        (sa.text("SELECT :n"), (), "Nothing says what `:n` is."),
        (sa.text("SELECT :n"), ("x",), "A value goes by its name."),
        (
            sa.text("SELECT :n"),
            ({"n": "x".lower},),
            "`:n` holds a step that was not taken",
        ),
        (sa.text("SELECT :n"), ({"n": object()},), "`:n` holds a object"),
        (sa.text("SELECT :n"), ("x", 1), "A value goes by its name, in a dict."),
        (
            sa.text("SELECT id FROM videos WHERE id = hers"),
            ({"hers": 1},),
            "`hers` is a value of yours, and without a colon",
        ),
        (
            sa.text("SELECT id FROM videos WHERE id = :n"),
            ({"n": "Fiona O'Shea"},),
            "'Fiona O'Shea' is a text, and it meets a column of whole numbers.",
        ),
        (sa.text("SELECT ':n'"), ({"n": 1},), "':n' in quotes is a text of its own"),
        (sa.text("SELECT titel FROM videos"), (), "There is no column called `titel`."),
        (sa.text("UPDATE videos SET titel = 'x'"), (), "There is no column called `titel`."),
        (sa.text("UPDATE video SET title = 'x'"), (), "There is no table called `video`."),
        (sa.text("SELECT :n"), ({":n": 1},), 'In the dict the name has no colon: "n".'),
        (sa.text("SELECT 1 = : n"), ({"n": 1},), "Between the colon and `n` stands a blank."),
        (
            sa.text("SELECT id FROM users WHERE lower(name) = lower(:n)"),
            ({"n": ["a", "b"]},),
            "`:n` holds a list of 2, and stands where one value belongs.",
        ),
        (sa.text("UPDATE plays SET id = 1"), (), "Your copy has no `plays`; it has `users` and `v"),
        (sa.text("UPDATE videos SET title = 'x' were id = 1"), (), "`were` is not an SQL word."),
    ],
)
def test_a_slip_is_told_in_one_line(
    spare: Copy, statement: object, given: tuple[object, ...], what: str
) -> None:
    assert _trouble(spare, statement, *given).what.startswith(what)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE videos WHERE id = 1 SET title = 'x'", "UPDATE videos SET title TO 'x' WHERE id = 1",
     "UPDATE videos title = 'x' WHERE id = 1"],
)  # fmt: skip
def test_an_update_out_of_order_is_told_the_order(spare: Copy, statement: str) -> None:
    assert "UPDATE, a table, SET" in _trouble(spare, sa.text(statement)).then


def test_values_by_name_go_into_a_dict(console: Console) -> None:
    with console.connect() as line, pytest.raises(Problem, match="in a dict"):
        line.execute(sa.text("SELECT :n"), n=1)


def test_a_change_of_the_company_is_sent_to_a_copy(console: Console) -> None:
    assert "connect to a copy of it" in _trouble(console, sa.text(RENAME)).then


@pytest.mark.parametrize("name", ["execute", "rollback", "commit"])
def test_who_asks_without_a_connection_is_told_so(console: Console, name: str) -> None:
    for unconnected in (console, console.copy("users")):
        with pytest.raises(Problem, match="belongs to a connection"):
            getattr(unconnected, name)("SELECT 1")
        assert not hasattr(unconnected, "cursor")


def test_a_list_is_still_a_value_for_in(console: Console) -> None:
    asked = sa.text("SELECT count(*) FROM users WHERE account_id IN (:them)")
    with console.connect() as line:
        assert line.execute(asked, {"them": [283, 284]}).scalar_one() > 0


def test_a_connection_after_its_block_says_so(console: Console) -> None:
    with console.connect() as line:
        pass
    with pytest.raises(Problem, match="with block has ended"):
        line.execute(sa.text("SELECT 1"))


def test_after_a_statement_that_failed_the_next_one_says_what_to_do(spare: Copy) -> None:
    with spare.connect() as line:
        for statement in ("SELECT nothing FROM videos", "SELECT 1"):
            with pytest.raises(Problem) as caught:
                line.execute(sa.text(statement))
    assert caught.value.then == "Write connection.rollback(), and begin again."


@pytest.mark.parametrize(
    ("tables", "what"), [((), "Which tables?"), (("vidoes",), "There is no table `vidoes`.")]
)
def test_a_copy_of_no_table_is_refused(
    console: Console, tables: tuple[str, ...], what: str
) -> None:
    with pytest.raises(Problem) as caught:
        console.copy(*tables)
    assert caught.value.what == what


def test_on_a_server_alone_there_is_no_copy_and_one_line_says_so(
    company: Company, tmp_path: Path
) -> None:
    away = Company(tmp_path, company.seed, company.scale, company.now, company.engine)
    elsewhere = Company(company.folder, 99, company.scale, company.now, company.engine)
    for each in (away, elsewhere):
        with pytest.raises(Problem) as caught:
            Console(lambda each=each: each).copy("videos")
        assert "on this computer" in caught.value.what
        assert caught.value.then.startswith("Run `champion lantern build --seed")


def test_the_console_says_how_it_is_asked(console: Console) -> None:
    assert "console.connect()" in repr(console)
    assert repr(console.copy("videos", "users")).startswith("A copy of `videos` and `users`.")


def test_a_class_that_claims_to_be_a_copy_is_none() -> None:
    class Claims(type):
        def __eq__(cls, other: object) -> bool:
            return True

        def __hash__(cls) -> int:
            return hash(Copy)

    class Claimed(metaclass=Claims):
        pass

    assert canonical(Claimed()) == Other("an object of type Claimed")
