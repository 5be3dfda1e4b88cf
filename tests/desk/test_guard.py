import pytest

from champion.desk import guard, query
from champion.lantern import Company
from champion.problems import Problem


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("UPDATE tickets SET status = 'solved'", "read-only: UPDATE would change rows"),
        ("DELETE FROM tickets", "read-only: DELETE would change rows"),
        ("INSERT INTO tickets VALUES (1)", "read-only: INSERT would change rows"),
        ("WITH a AS (SELECT 1) DELETE FROM tickets", "read-only: DELETE would change rows"),
        ("/* hi */ drop table tickets", "read-only: DROP would change its tables"),
        ("CREATE TABLE mine AS SELECT 1", "read-only: CREATE would change its tables"),
        ("COPY tickets TO 'all.csv'", "opens no files: COPY"),
        ("ATTACH 'other.db'", "opens no files: ATTACH"),
        ("INSTALL httpfs", "opens no files: INSTALL"),
        ("SELECT * FROM read_csv('a.csv')", r"opens no files: read_csv\(\)"),
        ("SELECT * FROM READ_TEXT ('/etc/hosts')", r"opens no files: READ_TEXT\(\)"),
        ("SELECT * FROM 'a.parquet'", "opens no files: 'a.parquet'"),
        ("SELECT * FROM tickets JOIN '/etc/passwd' ON true", "opens no files: '/etc/passwd'"),
        ("SELECT * FROM 'tickets'", "Write the table's name without quotes: FROM tickets"),
        ("SET TimeZone = 'Europe/Berlin'", "settings are locked: SET"),
        ("PRAGMA version", "settings are locked: PRAGMA"),
        ("BEGIN", "nothing to begin"),
        ("SELECT 1; SELECT 2", "holds 2 statements"),
        ("SELECT 1; DROP TABLE tickets", "read-only: DROP"),
        ("", "no query"),
        ("-- only a note", "no query"),
    ],
)
def test_what_does_not_read_is_refused_in_a_sentence(company: Company, sql: str, why: str) -> None:
    with pytest.raises(Problem, match=why):
        query.frame(company, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'DROP TABLE tickets; DELETE' AS joke",
        "SELECT 1 -- ; DELETE FROM tickets",
        "WITH a AS (SELECT 1 AS x) SELECT * FROM a;",
        "(SELECT 1) UNION (SELECT 2)",
        "FROM tickets LIMIT 1",
        "SELECT count(*) AS n FROM tickets WHERE subject = 'from ''a.csv'''",
    ],
)
def test_what_reads_is_let_through(company: Company, sql: str) -> None:
    assert len(query.frame(company, sql)) >= 1


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM glob('*')", "SELECT * FROM query('SELECT * FROM read_text(''/etc/hosts'')')"],
)
def test_the_engine_itself_opens_no_file_either(
    company: Company, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "refuse", lambda *_: None)
    with pytest.raises(Problem, match="opens no files"):
        query.frame(company, sql)
