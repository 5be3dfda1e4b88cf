"""What lessons and the desk ask of the database, in eighteen steps, and what it must refuse."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from champion.lantern import Company
from champion.lantern.engine import reader
from champion.lantern.schema import Account, Plan, Video

ANSWERS = {
    "a plain select": ("SELECT code FROM plans WHERE id = 1", "free"),
    "a whole division": ("SELECT 3 / 2", 1),
    "the session's zone": ("SELECT to_char(TIMESTAMPTZ '2026-01-01 00:00+02', '%H:%M')", "22:00"),
    "a local day": (
        "SELECT (TIMESTAMPTZ '2026-03-11 02:30+00' AT TIME ZONE 'America/Los_Angeles')::date::text",
        "2026-03-10",
    ),
    "a half-hour zone": (
        "SELECT (TIMESTAMPTZ '2026-01-01 00:00+00' AT TIME ZONE 'Asia/Kolkata')::text",
        "2026-01-01 05:30:00",
    ),
    "missing values last going up": (
        "SELECT x FROM (VALUES (1), (NULL)) AS t(x) ORDER BY x LIMIT 1",
        1,
    ),
    "missing values first going down": (
        "SELECT x FROM (VALUES (1), (NULL)) AS t(x) ORDER BY x DESC LIMIT 1",
        None,
    ),
    "a pattern": ("SELECT 'Berlin' ILIKE 'ber%'", True),
    "a regular expression": ("SELECT 'L-1042' ~ '[0-9]+'", True),
    "a date cut to its month": (
        "SELECT date_trunc('month', TIMESTAMPTZ '2026-03-31 12:00+00')",
        datetime(2026, 3, 1, tzinfo=UTC),
    ),
    "a count by condition": (
        "SELECT count(*) FILTER (WHERE retired_at IS NOT NULL) FROM plans",
        1,
    ),
    "a window": (
        "SELECT max(n) FROM (SELECT row_number() OVER (ORDER BY id) AS n FROM plans) t",
        6,
    ),
    "a common table expression": ("WITH one AS (SELECT 1 AS x) SELECT x FROM one", 1),
    "an interval": (
        "SELECT TIMESTAMPTZ '2026-03-31 12:00+00' - INTERVAL '1 month'",
        datetime(2026, 2, 28, 12, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize("step", ANSWERS)
def test_lessons_get_what_postgresql_would_answer(company: Company, step: str) -> None:
    sql, answer = ANSWERS[step]
    with company.engine.connect() as connection:
        assert connection.execute(sa.text(sql.replace("::", "\\:\\:"))).scalar_one() == answer


def test_a_bound_value_is_a_value(company: Company) -> None:
    query = sa.text("SELECT name FROM plans WHERE code = :code")
    with company.engine.connect() as connection:
        assert connection.execute(query, {"code": "basic"}).scalar_one() == "Basic"


def test_a_frame_has_the_types_that_lessons_name(company: Company) -> None:
    frame = pd.read_sql("SELECT id, title, created_at, deleted_at FROM videos", company.engine)
    assert frame["id"].dtype == "int64"
    assert str(frame["created_at"].dtype).endswith("UTC]")
    assert frame["deleted_at"].isna().any()


def test_models_can_be_asked_instead_of_tables(company: Company) -> None:
    query = sa.select(Account.name, Plan.code).join(Plan, Plan.id == Account.plan_id)
    with Session(company.engine) as session:
        assert session.execute(query.where(Account.id == 104)).one() == (
            "Nordlicht Museum",
            "business",
        )
        assert session.scalars(sa.select(Video).where(Video.account_id == 104)).first() is not None


def test_comments_are_in_the_file(company: Company) -> None:
    query = """
        SELECT comment FROM duckdb_columns()
        WHERE table_name = 'videos' AND column_name = 'deleted_at'"""
    with company.engine.connect() as connection:
        assert "soft delete" in connection.execute(sa.text(query)).scalar_one()


REFUSED = (
    "DELETE FROM plans",
    "CREATE TABLE mine (x INTEGER)",
    "SELECT * FROM read_text('pyproject.toml')",
    "SELECT * FROM read_csv('pyproject.toml')",
    "SELECT * FROM glob('*')",
    "COPY plans TO 'plans.csv'",
    "ATTACH 'other.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET TimeZone = 'Europe/Berlin'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET integer_division",
    "EXPORT DATABASE 'elsewhere'",
)


@pytest.mark.parametrize("sql", REFUSED)
def test_a_reader_can_do_nothing_but_read(company: Company, sql: str) -> None:
    with company.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(sa.text(sql))


def test_every_connection_of_a_reader_is_locked_alike(company: Company) -> None:
    second = reader(company.folder / "lantern.duckdb")
    asked = "SELECT current_setting('TimeZone'), current_setting('lock_configuration'), 3 / 2"
    with (
        company.engine.connect() as one,
        company.engine.connect() as two,
        second.connect() as three,
    ):
        for connection in (one, two, three):
            assert tuple(connection.execute(sa.text(asked)).one()) == ("UTC", True, 1)
    second.dispose()


def test_rows_without_an_order_come_in_the_same_sequence_every_time(company: Company) -> None:
    query = sa.text(
        "SELECT n % 997 AS part, row_number() OVER (PARTITION BY n % 997 ORDER BY n) AS nth "
        "FROM range(300000) AS t(n) QUALIFY nth = 1"
    )
    with company.engine.connect() as connection:
        seen = {tuple(connection.execute(query).scalars()) for _ in range(10)}
    assert len(seen) == 1


def test_a_slow_query_draws_no_bar_into_a_notebook(company: Company) -> None:
    """A notebook looks interactive to DuckDB, as `python -c` does: there is no main file."""
    code = """
        from pathlib import Path
        import sys
        from champion.lantern.engine import reader
        engine = reader(Path(sys.argv[1]))
        sql = "SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'"
        with engine.connect() as one, engine.connect() as two:
            print(one.exec_driver_sql(sql).scalar(), two.exec_driver_sql(sql).scalar())
        """
    database = str(company.folder / "lantern.duckdb")
    command = [sys.executable, "-c", textwrap.dedent(code), database]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "false false\n"


def test_the_file_holds_no_index_and_no_key(company: Company) -> None:
    with company.engine.connect() as connection:
        for what in ("duckdb_indexes", "duckdb_constraints"):
            kinds = connection.execute(sa.text(f"SELECT * FROM {what}()")).mappings().all()
            assert [row for row in kinds if row.get("constraint_type") != "NOT NULL"] == []


def test_an_accented_path_with_spaces_is_a_path(company: Company, tmp_path: Path) -> None:
    odd = tmp_path / "Größe mit Leerzeichen & %41" / "lantern.duckdb"
    odd.parent.mkdir()
    odd.write_bytes((company.folder / "lantern.duckdb").read_bytes())
    engine = reader(odd)
    assert len(pd.read_sql("SELECT * FROM plans", engine)) == 6
    engine.dispose()
