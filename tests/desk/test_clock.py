from datetime import UTC, datetime

import pytest

from champion.desk import clock, query
from champion.lantern import Company

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "word",
    ["now()", "NOW ( )", "current_timestamp", "CURRENT_DATE", "today()", "current_timestamp(3)",
     "localtimestamp"],
)  # fmt: skip
def test_the_engines_clock_stands_at_lanterns_time(company: Company, word: str) -> None:
    rows = query.frame(company, f"SELECT ({word})::text AS said")
    assert rows.loc[0, "said"].startswith("2026-03-31")
    assert ("12:00:00" in rows.loc[0, "said"]) is (
        "date" not in word.lower() and "today" not in word
    )


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'now()'",
        'SELECT "current_date" FROM t',
        "SELECT t.now() -- now()",
        "SELECT 1 AS  current_date",
    ],
)
def test_what_only_looks_like_the_clock_is_left_alone(sql: str) -> None:
    assert clock.stand_still(sql, NOW) == (sql, ())


def test_everything_else_stays_as_it_was_written() -> None:
    sql = "SELECT *  -- keep\nFROM t WHERE a < now() AND 'now()' = b;"
    still, words = clock.stand_still(sql, NOW)
    assert words == ("now()",)
    assert still.replace("(TIMESTAMPTZ '2026-03-31 12:00:00+00:00')", "now()") == sql


def test_age_counts_from_lanterns_day(company: Company) -> None:
    rows = query.frame(company, "SELECT age(TIMESTAMPTZ '2026-03-30 00:00:00+00') AS one")
    assert rows.loc[0, "one"].days == 1
    assert clock.stand_still("SELECT age(a, b)", NOW) == ("SELECT age(a, b)", ())


def test_the_notice_names_the_words_and_the_time() -> None:
    said = clock.notice(("now()", "current_date"), NOW)
    assert said == "`now()` and `current_date` mean Lantern's time here: 2026-03-31 12:00 UTC."
