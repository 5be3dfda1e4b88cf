import subprocess
import sys

import pytest

from champion.desk import advice, dictionary, query
from champion.lantern import Company


def said(sql: str) -> tuple[str, ...]:
    return advice.remarks(sql, dictionary.tables(), dictionary.moments())


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("SELECT * FROM tickets WHERE agent_id = NULL", "Did you mean `agent_id IS NULL`?"),
        ("SELECT * FROM tickets WHERE agent_id <> NULL", "Did you mean `agent_id IS NOT NULL`?"),
        ("SELECT * FROM tickets t, accounts a WHERE t.id = 3", "every row meets every row"),
        ("SELECT * FROM tickets t JOIN accounts a ON t.id = t.id", "every row meets every row"),
        ("SELECT * FROM tickets t JOIN accounts a ON true", "every row meets every row"),
        ("SELECT length(subject) AS long FROM tickets WHERE long > 9", "WHERE runs before SELECT"),
        ("SELECT id FROM tickets WHERE opened_at >= '2026-03-01'", "read as 2026-03-01 00:00 UTC"),
        ("SELECT id FROM tickets WHERE opened_at >= DATE '2026-03-01'", "names no zone"),
        ("SELECT id FROM tickets t WHERE t.opened_at < '2026-03-01 18:30'", "2026-03-01 18:30 UTC"),
        (
            "SELECT id FROM tickets WHERE opened_at >= '2026-03-01' AND opened_at < '2026-04-01'",
            "'2026-03-01' and '2026-04-01' name no zone: they are read as 2026-03-01 00:00 and",
        ),
        (
            "SELECT CAST(opened_at AS date) AS day FROM tickets WHERE day = DATE '2026-03-01'",
            "`day` is a name you gave in SELECT",
        ),
        ("SELECT id status, subject FROM tickets", "Is a comma missing?"),
        ("SELECT id FROM tickets WHERE status == 'open'", "SQL writes one `=`"),
        ("SELECT id, FROM tickets", "after the last item"),
        ("SELECT 'id', 'status'\nFROM tickets", "'id' in quotes is the word, not the column."),
        ("SELECT id FROM tickets WHERE 'status' = 'open'", "'status' in quotes is the word"),
        ("SELECT id FROM tickets limit5", "Is a space missing: limit 5?"),
    ],
)  # fmt: skip
def test_what_the_engine_lets_pass_is_noted_once(company: Company, sql: str, part: str) -> None:
    query.frame(company, sql)
    notes = said(sql)
    assert len(notes) == 1, notes
    assert part in notes[0]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM tickets",
        "SELECT * FROM tickets WHERE agent_id IS NULL",
        "SELECT '= NULL' AS a FROM tickets -- = NULL",
        "SELECT * FROM tickets t, accounts a WHERE a.id = t.account_id",
        "SELECT * FROM tickets t JOIN accounts a ON a.id = t.account_id",
        "SELECT subject FROM tickets JOIN accounts a ON account_id = a.id",
        "SELECT * FROM tickets JOIN accounts USING (id)",
        "SELECT * FROM tickets t CROSS JOIN agents",
        "SELECT status AS state FROM tickets WHERE status = 'open'",
        "SELECT lower(status) AS status FROM tickets WHERE status = 'open'",
        "SELECT id AS status_id FROM tickets",
        "SELECT updated_at AS opened_at, id FROM tickets",
        "SELECT 'open' AS kind, status FROM tickets",
        "SELECT * FROM tickets WHERE opened_at >= TIMESTAMPTZ '2026-03-01 00:00:00+01'",
        "SELECT * FROM tickets WHERE opened_at >= '2026-03-01 00:00:00Z'",
        "SELECT * FROM tickets WHERE opened_at::date = DATE '2026-03-01'",
        "SELECT count(*) AS n FROM tickets WHERE opened_at < :now",
    ],
)
def test_a_sound_query_gets_no_note(sql: str) -> None:
    assert said(sql) == ()


def test_a_plain_query_does_not_load_the_grammar() -> None:
    script = (
        "import sys; from champion.desk import advice, dictionary;"
        "advice.remarks('SELECT id, status FROM tickets ORDER BY id LIMIT 3',"
        " dictionary.tables(), dictionary.moments());"
        "print('sqlglot' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
