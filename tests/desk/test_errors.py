"""Mistakes that people make, on the real company: the line they read."""

import pytest

from champion.desk import dictionary, errors, query, syntax
from champion.lantern import Company
from champion.problems import Problem

MISTAKES = [
    # a name that is not there
    ("SELECT * FROM tikets", "no table called `tikets`. Did you mean `tickets`?"),
    ("SELECT * FROM customers_of_ours", "`%schema` lists the tables"),
    ("SELECT stauts FROM tickets", "no column called `stauts`. Did you mean `status`?"),
    (
        "SELECT id FROM plays WHERE row_number() OVER (ORDER BY id) = 1",
        "WHERE chooses rows before any window is opened, so it cannot use one. Make the query "
        "with the window a step of its own, WITH name AS (…), and choose after it.",
    ),
    ("SELECT t.stauts FROM tickets t", "`t` has no column called `stauts`. Did you mean `status`?"),
    ("SELECT country FROM tickets", "`country` is a column of `accounts`"),
    ("SELECT zzz FROM tickets", "`%schema tickets` lists what there is"),
    ("SELECT t.id FROM tickets a", "No table in this query is called `t`. Did you mean `a`?"),
    ("SELECT x.id FROM tickets t", "No table in this query is called `x`. Did you mean `t`?"),
    ("SELECT tickets.id FROM tickets t", "calls `tickets` by another name, `t`"),
    ("SELECT accounts.id FROM tickets", "`accounts` is not in FROM"),
    ("SELECT cuont(id) FROM tickets", "no function called `cuont`. Did you mean `count()`?"),
    # quotes
    ('SELECT * FROM tickets WHERE status = "open"', "Text goes in single quotes: 'open'"),
    ('SELECT * FROM tickets WHERE subject LIKE "%a%"', "Text goes in single quotes: '%a%'"),
    ("SELECT * FROM tickets WHERE status = open", "If it is text, quote it: 'open'"),
    ("SELECT * FROM tickets WHERE status IN (open, closed)", "If it is text, quote it: 'open'"),
    ("SELECT * FROM tickets WHERE status = ‘open’", "Type the quotes again: 'open'"),
    ("SELECT * FROM tickets WHERE status = 'open", "quote ' is opened and never closed"),
    ('SELECT "status FROM tickets', 'quote " is opened and never closed'),
    ("SELECT * FROM tickets WHERE subject LIKE %a%", "Put it in single quotes: LIKE '%a%'"),
    # groups
    ("SELECT status, count(*) FROM tickets", "Add status to GROUP BY"),
    ("SELECT status, count(*) FROM tickets GROUP BY channel", "Add status to GROUP BY"),
    ("SELECT * FROM tickets GROUP BY status", "`SELECT *` with GROUP BY"),
    ("SELECT * FROM tickets WHERE count(*) > 1", "into HAVING, after GROUP BY"),
    (
        "SELECT lower(status) AS state, state || 'x' AS more, count(*) FROM tickets GROUP BY 1, 2",
        "`state` is a name you gave in SELECT",
    ),
    # which table's column
    ("SELECT id FROM tickets t JOIN accounts a ON a.id = t.account_id", "`t.id` or `a.id`"),
    (
        "SELECT name FROM folders f JOIN folder_shares s ON s.folder_id = f.id "
        "JOIN users u ON u.id = s.user_id",
        "Say which: `f.name` or `u.name`.",
    ),
    # short names
    (
        "SELECT s.access FROM folders JOIN folder_shares ON s.folder_id = folders.id",
        "called `s`. A short name stands behind its table: `folder_shares s`.",
    ),
    (
        "SELECT f.name FROM folders f LEFT JOIN users u ON u.id = s.user_id\n"
        "LEFT JOIN folder_shares s ON s.folder_id = f.id",
        "`s` is joined only further on, and this ON cannot see it yet.",
    ),
    # what a join says
    (
        "SELECT e.id\nFROM escalations e\nWHERE e.id = 1\nJOIN tickets t ON t.id = e.ticket_id",
        "WHERE comes after all joins. Move each JOIN, with its ON, up before WHERE.",
    ),
    (
        "SELECT e.id FROM escalations e JOIN tickets t WHERE t.id = e.ticket_id "
        "JOIN ticket_tags g WHERE g.ticket_id = t.id",
        "After JOIN comes ON",
    ),
    (
        "SELECT e.id FROM escalations e JOIN tickets t JOIN ticket_tags g ON g.ticket_id = t.id",
        "The JOIN of `tickets` does not say which rows belong together. Add ON, and the two",
    ),
    (
        "SELECT 1 FROM escalations JOIN tickets ON escalations.ticket_id, tickets.id",
        "No sign compares `escalations.ticket_id` with `tickets.id`. Write = between",
    ),
    (
        "SELECT 1 FROM escalations e JOIN tickets t ON e.ticket_id → t.id",
        "No sign compares `e.ticket_id` with `t.id`.",
    ),
    (
        "SELECT 1 FROM escalations e JOIN tickets t ON e.ticket_id t.id",
        "No sign compares `e.ticket_id` with `t.id`.",
    ),
    ("SELECT 1 FROM users u LEFTJOIN tickets t ON t.id = u.id", "`LEFTJOIN` is two words."),
    ("SELECT count(*) FROM users GROUPBY role", "Write GROUP BY, with a space."),
    (
        "SELECT 1 FROM escalations e JOIN agents a ON a.id = e.agent_id WHERE e.account_id = 226",
        "`e` has no column called `account_id`; `tickets` has. `ticket_id` leads there: join",
    ),
    (
        "SELECT 1 FROM escalations e JOIN tickets t ON t.id = e.ticket_id WHERE e.account_id = 1",
        "`e` has no column called `account_id`; `tickets` has. Did you mean `t.account_id`?",
    ),
    # a table in a column's place
    (
        "SELECT 1 FROM escalations JOIN tickets ON ticket_id = tickets",
        "`tickets` is a table; a column is needed here. Which column of it?",
    ),
    ("SELECT 1 FROM escalations JOIN tickets ON tickets", "`tickets` is a table; a column"),
    ("SELECT 1 FROM escalations e JOIN tickets t ON e.ticket_id = t", "`t` is a table; a column"),
    (
        "SELECT u.name, count(tickets) AS tickets FROM users u "
        "JOIN tickets t ON t.requester_id = u.id GROUP BY u.name",
        "`tickets` is a table, and a column is needed here.",
    ),
    ("SELECT count(tickets) AS n FROM tickets t", "`tickets` is a table, and a column is needed"),
    ("SELECT sum(minutes) AS minutes FROM escalations", "`minutes` is the name that you give here"),
    # kinds
    (
        "SELECT 1 FROM escalations JOIN tickets ON escalations.ticket_id = tickets.reference",
        "such as 'L-1001', and is compared with a whole number. Two columns fit when",
    ),
    ("SELECT tag FROM ticket_tags WHERE tag IN (`api`)", "Backticks make api the name of a column"),
    (
        "SELECT * FROM tickets WHERE account_id = 'abc'",
        "`account_id` holds whole numbers, and 'abc'",
    ),
    ("SELECT * FROM tickets WHERE opened_at > 'yesterday'", "Write dates as '2026-03-31'"),
    ("SELECT * FROM tickets WHERE opened_at > '2026-13-40'", "'2026-13-40' is not a date"),
    ("SELECT * FROM tickets WHERE channel = 5", "`channel` holds text"),
    ("SELECT * FROM tickets WHERE opened_at = 5", "a whole number is compared with a moment"),
    ("SELECT sum(status) FROM tickets", "`sum()` does not take text"),
    ("SELECT id + status FROM tickets", "`+` does not work between a whole number and text"),
    ("SELECT * FROM tickets WHERE id IN 1", "Write IN (1, 2)"),
    ("SELECT * FROM tickets WHERE id = (SELECT id FROM tickets)", "Use IN instead of ="),
    ("SELECT * FROM tickets WHERE status IN 'open', 'closed'", "IN takes a list in brackets"),
    ("SELECT * FROM tickets WHERE opened_at LIKE '2026-03%'", "the moment at which March begins"),
    ("SELECT * FROM tickets WHERE status LIKE ('open', 'closed')", "LIKE takes one pattern"),
    ("SELECT * FROM tickets WHERE opened_at > 2026-03-01", "in single quotes: '2026-03-01'"),
    # zones
    (
        "SELECT opened_at AT TIME ZONE 'America/Los_Angles' FROM tickets",
        "no time zone called 'America/Los_Angles'. Did you mean 'America/Los_Angeles'?",
    ),
    ("SELECT opened_at AT TIME ZONE 'Berlin' FROM tickets", "Did you mean 'Europe/Berlin'?"),
    ("SELECT opened_at AT TIME ZONE 'Sacramento' FROM tickets", "a continent and a large town"),
    ("SELECT opened_at AT TIME ZONE Europe/Berlin FROM tickets", "AT TIME ZONE 'Europe/Berlin'"),
    ("SELECT opened_at AT TIMEZONE 'UTC' FROM tickets", "Write AT TIME ZONE, three words"),
    ("SELECT opened_at TIME ZONE 'UTC' FROM tickets", "Write AT TIME ZONE, three words"),
    (
        "SELECT id FROM tickets WHERE opened_at > '2026-03-01' AT TIME ZONE 'UTC'",
        "and this is text. Put TIMESTAMP before it",
    ),
    (
        "SELECT CAST(opened_at AS date AT TIME ZONE 'UTC') FROM tickets",
        "AT TIME ZONE and its zone stand before AS",
    ),
    ("SELECT date_trunc(month, opened_at) FROM tickets", "Write date_trunc('month', …)"),
    (
        "SELECT date_trunc('month' opened_at AT TIME ZONE 'UTC') FROM tickets",
        "A comma is missing after 'month'",
    ),
    (
        "SELECT date_trunc('hour' AT TIME ZONE 'UTC', opened_at) FROM tickets",
        "Write date_trunc('hour', … AT TIME ZONE '…')",
    ),
    (
        "SELECT id FROM tickets WHERE opened_at > '2026-01-01 Australia/Sydney'",
        "has a zone and no time before it. Write the time as well: '2026-01-01 00:00 Australia/Syd",
    ),
    (
        "SELECT id FROM tickets WHERE opened_at > '2026-01-01 00:00' Australia/Sydney",
        "Write '2026-01-01 00:00 Australia/Sydney'",
    ),
    (
        "SELECT id FROM tickets WHERE opened_at > '2026-01-01' Australia/Sydney AND id > 3",
        "Write '2026-01-01 00:00 Australia/Sydney'",
    ),
    (
        "SELECT CAST(opened_at IN 'America/New_York' AS date) FROM tickets",
        "Write AT TIME ZONE 'America/New_York'",
    ),
    (
        "SELECT CAST(opened_at 'America/New_York' AS date) FROM tickets",
        "Write AT TIME ZONE 'America/New_York'",
    ),
    ("SELECT id FROM accounts WHERE time_zone IN 'Europe/Rome', 'UTC'", "Write IN (1, 2)"),
    ("SELECT 'Europe/Berlin' AS here, stauts FROM tickets", "no column called `stauts`"),
    (
        "SELECT CAST(opened_at AT TIME ZONE AS date) FROM tickets",
        "After AT TIME ZONE its zone is missing",
    ),
    (
        "SELECT CAST(AT TIME ZONE 'UTC' AS date) FROM tickets",
        "AT TIME ZONE has nothing at its left",
    ),
    ("SELECT CAST(opened_at AT TIME ZONE 'UTC') FROM tickets", "End it with AS date"),
    ("SELECT opened_at AT TIME ZONE 'Asia/Mumbai' FROM tickets", "'Asia/Mumbai'. A zone is called"),
    ("SELECT date_trunc(opened_at, 'month') FROM tickets", "wants the part first"),
    (
        "SELECT '2026-03-01'::timestamp with time zone, stauts FROM tickets",
        "no column called `stauts`",
    ),
    # what is missing
    ("SELECT * FROM tickets WHERE closed_at IS NOT 'NULL'", "IS is for NULL alone"),
    ("SELECT * FROM tickets WHERE closed_at = 'NULL'", "Write IS NULL or IS NOT NULL"),
    (
        "SELECT * FROM tickets WHERE status IN ('a', 'b') AND NOT NULL closed_at",
        "Write closed_at IS NOT NULL",
    ),
    (
        "SELECT * FROM tickets WHERE status IN ('a', 'b', 'c') AND status IS 'open'",
        "IS is for NULL alone",
    ),
    # FROM
    ("SELECT id", "Add FROM"),
    ("SELECT * tickets", "Add FROM tickets"),
    ("SELECT id tickets", "Add FROM tickets"),
    ("SELECT id FROM", "The query stops after `FROM`"),
    # commas
    ("SELECT id subject status FROM tickets", "A comma is missing before `status`"),
    ("SELECT status count(*) FROM tickets", "A comma is missing before `count(`"),
    ("SELECT id,, status FROM tickets", "Two commas"),
    # words
    ("SELCT * FROM tickets", "`SELCT` is not an SQL word. Did you mean SELECT?"),
    ("SELECT * FORM tickets", "`FORM` is not an SQL word. Did you mean FROM?"),
    ("SELECT * FROM tickets WERE id = 1", "Did you mean WHERE?"),
    ("SELECT * FROM tickets WHERE id = 1 ODER BY id", "Did you mean ORDER?"),
    ("SELECT * FROM tickets ORDER id", "ORDER needs BY"),
    ("SELECT status FROM tickets GROUP status", "GROUP needs BY"),
    ("SELECT TOP 5 * FROM tickets", "Write LIMIT 5 at the end"),
    ("SELECT * FROM tickets LIMIT ten", "LIMIT takes a number"),
    ("SELECT id AS FROM tickets", "AS is followed by no name"),
    # order of clauses
    ("SELECT * FROM tickets LIMIT 3 ORDER BY id", "ORDER BY comes before LIMIT"),
    ("SELECT * FROM tickets ORDER BY id WHERE id = 3", "WHERE comes before ORDER BY"),
    ("SELECT * FROM tickets WHERE id = 1 WHERE id = 2", "Join two conditions with AND"),
    ("SELECT * FROM tickets WHERE id > 3 AND", "The query stops after `AND`"),
    ("SELECT * FROM tickets WHERE id = 1 status = 'open'", "Join two conditions with AND or OR"),
    # order of clauses, whatever stands in brackets and quotes
    (
        "SELECT * FROM accounts WHERE lower(city) = 'leeds' LIMIT 3 ORDER BY id",
        "ORDER BY comes before LIMIT",
    ),
    ("SELECT * FROM users ORDER BY id WHERE lower(name) = 'a'", "WHERE comes before ORDER BY"),
    ("SELECT * FROM users WHERE lower(name) = 'a' WHERE id = 2", "Join two conditions with AND"),
    (
        "SELECT * FROM users WHERE lower(name) = 'where' ORDER BY id ORDER BY name",
        "ORDER BY stands here twice. Write it once, with a comma",
    ),
    # text
    ("SELECT * FROM accounts WHERE name = Oak Street Yoga", "'Oak Street Yoga'"),
    ("SELECT * FROM accounts WHERE name = Oak Street Yoga AND id = 1", "Several words of text"),
    ("SELECT * FROM accounts WHERE name = ‘Oak Street Yoga’", "curly quotation marks, perhaps"),
    ("SELECT * FROM accounts WHERE name = “Oak” AND id = 1", "curly quotation marks, perhaps"),
    ("SELECT * FROM accounts WHERE city = 'berlin' OR 'Berlin'", "Repeat the column: city = …"),
    # conditions
    ("SELECT * FROM accounts WHERE lower name = 'oak'", "Write lower(name)"),
    ("SELECT * FROM users WHERE account_id 110", "A sign is missing between `account_id` and"),
    ("SELECT * FROM users WHERE id = 1, name = 'a'", "A comma does not join two conditions"),
    ("SELECT * FROM users WHERE id = 1 & name = 'a'", "Did you mean AND?"),
    ("SELECT * FROM users WHERE deleted_at IS nothing", "Write IS NULL"),
    ("SELECT * FROM users WHERE deleted_at IS NOT EMPTY", "Write IS NOT NULL"),
    ("SELECT * FROM users WHERE IS NULL deleted_at", "Put the column first: deleted_at IS NULL"),
    # lists
    ("SELECT * FROM videos ORDER BY created_at DESC AND title", "In ORDER BY, commas part"),
    ("SELECT city and created_at FROM accounts", "In SELECT, commas part the columns"),
    ("SELECT * FROM accounts SORT BY name", "Write ORDER BY"),
    ("SELECT * FROM accounts ORDER BY name DECS", "Did you mean DESC?"),
    ("SELECT * FROM accounts LIMIT three", "LIMIT takes a number in digits"),
    ("SELECT * FROM accounts LIMIT -1", "`-1` is not one. Write, for example, LIMIT 3."),
    # beginnings
    ("SELECIONE * FROM accounts", "A query begins with SELECT"),
    ("hello", "A query begins with SELECT"),
    ("# my answer\nSELECT * FROM accounts", "begins with --"),
    ("SELECT 1\n%%sql b\nSELECT 2", "A cell holds one query"),
    # another table's column
    ("SELECT account_id FROM accounts", "In `accounts`, did you mean `id`?"),
    ("SELECT name FROM videos", "In `videos`, did you mean `title`?"),
    # brackets and signs
    ("SELECT count(* FROM tickets", "bracket ( is opened and never closed"),
    ("SELECT id) FROM tickets", "bracket ) closes nothing"),
    ("SELECT * FROM tickets WHERE id => 3", "Did you mean >=?"),
    ("SELECT * FROM tickets WHERE id =< 3", "Did you mean <=?"),
    ("SELECT * FROM tickets WHERE status IS 'open'", "IS is for NULL alone"),
    ("SELECT CASE WHEN id = 1 THEN 'a' FROM tickets", "Write END"),
    ("SELECT t.id FROM tickets t JOIN accounts a", "Add ON"),
]


@pytest.mark.parametrize(("sql", "line"), MISTAKES, ids=[sql for sql, _ in MISTAKES])
def test_a_mistake_is_one_line_with_the_likely_fix(company: Company, sql: str, line: str) -> None:
    with pytest.raises(Problem) as caught:
        query.frame(company, sql)
    said = str(caught.value)
    assert line.lower() in said.lower(), said
    assert "\n" not in said
    assert "Error:" not in said


def test_a_longer_query_names_the_line(company: Company) -> None:
    with pytest.raises(Problem, match=r"^In the line `stauts`: There is no column called `stauts`"):
        query.frame(company, "SELECT\n  id,\n  stauts\nFROM tickets")


def test_an_error_nobody_foresaw_is_still_one_line(company: Company) -> None:
    with pytest.raises(Problem) as caught:
        query.frame(company, "SELECT error('this went wrong\nbadly')")
    assert str(caught.value).startswith("The query failed: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ('relation "tikets" does not exist\nLINE 1: …', "Did you mean `tickets`?"),
        ('column "stauts" does not exist', "Did you mean `status`?"),
        ('column "tickets.status" must appear in the GROUP BY clause', "to GROUP BY"),
        ('invalid input syntax for type bigint: "abc"', "cannot be read as a whole number"),
        ("operator does not exist: bigint = text", "a whole number, the other text"),
        ('column reference "id" is ambiguous', "More than one table"),
        ("cannot execute UPDATE in a read-only transaction", "UPDATE would change rows"),
        ("canceling statement due to statement timeout", "The query failed"),
    ],
)
def test_postgresql_is_understood_too(said: str, line: str) -> None:
    problem = errors.explain("SELECT stauts FROM tickets", Exception(said), dictionary.tables())
    assert line in str(problem)


def test_a_comma_too_many_is_seen_where_the_engine_minds_it() -> None:
    said = Exception('syntax error at or near "FROM"\nLINE 1: SELECT id, FROM tickets\n')
    problem = errors.explain("SELECT id, FROM tickets", said, dictionary.tables())
    assert problem.what == "A comma stands before FROM."


def test_a_step_stands_on_the_right_of_set() -> None:
    change = "UPDATE users SET lower(email) = email WHERE id = 282 AND email <> lower(email)"
    said = str(syntax.explain(change, "(", 'syntax error at or near "("', {}))
    assert "Behind SET stands a column alone" in said
