"""Mistakes with steps and windows, on the real company: the line that people read."""

import pytest

from champion.desk import errors, query
from champion.lantern import Company
from champion.problems import Problem

SENT = "WITH sent AS (SELECT id, account_id FROM webhook_events WHERE account_id = 204)"
LATEST = "WITH latest AS (SELECT id FROM invoices WHERE account_id = 207 LIMIT 1)"
COUNTED = "WITH sent AS (SELECT event_id FROM webhook_deliveries)"
MISTAKES = [
    # OVER and its brackets
    ("SELECT lag(id) AS more FROM invoices", "`lag(…)` needs OVER (…) behind it"),
    ("SELECT row_number() AS nth FROM invoices", "`row_number(…)` needs OVER (…)"),
    ("SELECT id FROM invoices WHERE row_number() = 1", "`row_number(…)` needs OVER (…)"),
    ("SELECT rank OVER (ORDER BY id) AS nth FROM invoices", "Write rank() OVER (…)"),
    ("SELECT rank() OVER ORDER BY id AS nth FROM invoices", "OVER is followed by brackets"),
    ("SELECT rank() (ORDER BY id) AS nth FROM invoices", "OVER is missing behind `rank(…)`"),
    (
        "SELECT rank() OVER (ORDER BY id PARTITION BY account_id) FROM invoices",
        "First PARTITION BY, then ORDER BY, then ROWS",
    ),
    ("SELECT rank() OVER (GROUP BY account_id) FROM invoices", "said by PARTITION BY there"),
    ("SELECT rank() OVER (PARTITION account_id) FROM invoices", "Write PARTITION BY account_id"),
    ("SELECT rank() OVER (account_id ORDER BY id) FROM invoices", "nothing says what for"),
    (
        "SELECT sum(id) OVER (ORDER BY id ROWS 6 PRECEDING AND CURRENT ROW) FROM invoices",
        "BETWEEN is missing behind ROWS",
    ),
    (
        "SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 6 PRECEDING CURRENT ROW) FROM invoices",
        "AND is missing behind ROWS",
    ),
    # WITH
    ("WITH sent AS SELECT id FROM plays SELECT id FROM sent", "The step `sent` needs brackets"),
    ("WITH sent AS (SELECT id FROM plays SELECT id FROM sent", "lack the ) where it ends"),
    ("sent AS (SELECT id FROM plays) SELECT id FROM sent", "Write WITH before `sent`, once"),
    ("WITH sent (SELECT id FROM plays) SELECT id FROM sent", "AS is missing behind `sent`"),
    (f"{SENT} a AS (SELECT id FROM sent) SELECT id FROM a", "comma is missing between two steps"),
    (f"{SENT}, WITH a AS (SELECT id FROM sent) SELECT id FROM a", "WITH stands once"),
    (SENT, "Add one that reads from the last: SELECT … FROM sent"),
    # names
    (
        f"{SENT} SELECT id, uuid FROM sent",
        "The step `sent` hands on id, account_id; `uuid` is not among them. Add it to the step",
    ),
    (f"{SENT} SELECT id, nth FROM sent", "or write what it is: … AS nth"),
    (f"{SENT} SELECT s.uuid FROM sent s", "The step `sent` hands on id, account_id; `uuid`"),
    (f"{SENT} SELECT acount_id FROM sent", "Did you mean `account_id`?"),
    (f"{SENT} SELECT id FROM sents", "Did you mean your step `sent`?"),
    (f"{SENT} SELECT e.id FROM sent", "No table in this query is called `e`"),
    ("WITH a AS (SELECT id FROM b), b AS (SELECT id FROM plays) SELECT id FROM a", "comes later"),
    (
        "WITH a AS (SELECT p.id FROM plays p) SELECT p.id FROM a",
        "`p` is known inside the step `a` alone. Behind the step, take `p.` out",
    ),
    (f"{LATEST} SELECT id FROM invoice_lines WHERE invoice_id = latest", "Read it like one: JOIN"),
    (
        f"{LATEST} SELECT id FROM invoice_lines WHERE invoice_id = latest.id",
        "`latest` is a step, and this part of the query does not read it. Add JOIN latest ON",
    ),
    ("SELECT * FROM by_day", "a result that you kept is for Python alone"),
    ("SELECT day FROM daily_stats WHERE account_id = 107", "a column of `videos`, which"),
    # text without its quotes stays what it is
    (f"{SENT} SELECT id FROM sent WHERE account_id = open", "If it is text, quote it: 'open'"),
    # conditions on a count
    (
        f"{COUNTED} SELECT event_id FROM sent GROUP BY event_id WHERE count(*) > 1",
        "A condition on a count is HAVING",
    ),
    (
        f"{COUNTED} SELECT event_id, count(*) AS n FROM sent GROUP BY event_id WHERE n > 1",
        "A condition on a count is HAVING",
    ),
    (
        f"{COUNTED} SELECT event_id, n FROM sent GROUP BY event_id HAVING n > 1",
        "`n` is a name of yours, and nothing says what it holds",
    ),
    ("SELECT id FROM users GROUP BY id WHERE name = 'a'", "WHERE comes before GROUP BY"),
]


@pytest.mark.parametrize(("sql", "line"), MISTAKES, ids=[sql for sql, _ in MISTAKES])
def test_a_mistake_is_one_line_with_the_likely_fix(company: Company, sql: str, line: str) -> None:
    with pytest.raises(Problem) as caught:
        query.frame(company, sql)
    said = str(caught.value)
    assert line.lower() in said.lower(), said
    assert "\n" not in said


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT zzz, rank() OVER w FROM plays WINDOW w AS (ORDER BY id)",
        f"{SENT}, a AS (SELECT zzz, exists (SELECT 1) AS b FROM sent) SELECT * FROM a",
        "SELECT zzz, sum(id) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM plays",
    ],
)
def test_windows_and_steps_that_are_in_order_are_not_blamed(company: Company, sql: str) -> None:
    with pytest.raises(Problem, match="zzz"):
        query.frame(company, sql)


def test_a_step_with_a_star_is_not_said_to_lack_a_column(company: Company) -> None:
    with pytest.raises(Problem, match="There is no column called `zzz`"):
        query.frame(company, "WITH sent AS (SELECT * FROM plays) SELECT zzz FROM sent")


def test_postgresql_says_the_same_of_a_step() -> None:
    said = Exception('column "uuid" does not exist\nLINE 1: …')
    tables = {"webhook_events": ("id", "uuid", "account_id")}
    problem = errors.explain(f"{SENT} SELECT uuid FROM sent", said, tables)
    assert problem.what.startswith("The step `sent` hands on id, account_id")
