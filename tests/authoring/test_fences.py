"""Queries in prose run."""

from __future__ import annotations

import pytest

from champion.authoring.fences import queries_in, query_troubles
from champion.authoring.prove import prove
from champion.authoring.source import read_lesson
from champion.lantern import Company

from .conftest import COUNTING, Edit

KEPT = "SELECT name FROM plans   -- what there is to buy"


def troubles(company: Company) -> list[str]:
    page = read_lesson(COUNTING).pages[0]
    return [str(mistake) for mistake in query_troubles(page, company, "seed 2")]


@pytest.mark.parametrize(
    "written",
    [
        "-- all of them\nWITH p AS (SELECT name FROM plans)\nSELECT * FROM p",
        "lower(title) LIKE '%first week%'   -- a part of a text",
        "deleted_at IS NULL\n(agent_id <> 1 OR agent_id IS NULL)",
        "received_at AT TIME ZONE 'Asia/Kolkata'   -- a clock\n-- a month:\n"
        "received_at >= '2026-01-01' AND\nreceived_at < '2026-02-01'\nlower(\n  title\n)",
        "SELECT name FROM plans -- and so on …",
        "SELECT name FROM plans WHERE … -- what you look for",
        "SELECT nothing FROM nowhere WHERE ...",
    ],
)
def test_a_query_or_a_list_of_conditions_runs(edit: Edit, company: Company, written: str) -> None:
    edit("lesson", KEPT, written)
    assert troubles(company) == []


@pytest.mark.parametrize(
    ("written", "at", "told"),
    [
        ("SELECT nam FROM plans", 0, "`nam`"),
        ("SELECT name\nFROM plan", 0, "`plan`"),
        ("DELETE FROM plans", 0, ""),
        ("deleted_at IS NULL\ntitel = 'x'", 1, "no table has all of its columns"),
        ("deleted_at IS NULL\ntitle = 'x' AND titel = 'y'", 1, "`titel`"),
        ("lower(title LIKE 'x'", 0, ""),
        ("SELECT nam -- …\nFROM plans", 0, "`nam`"),
    ],
)
def test_one_that_does_not_run_is_told_with_its_line(
    edit: Edit, company: Company, written: str, at: int, told: str
) -> None:
    path = edit("lesson", KEPT, written)
    first = path.read_text(encoding="utf-8").split("\n").index(written.split("\n")[0]) + 1
    [mistake] = troubles(company)
    start = f"curriculum/{COUNTING}/lesson.md:{first + at}: this does not run on seed 2: "
    assert mistake.startswith(start)
    assert told in mistake


def test_pieces_stand_in_what_their_fence_says(edit: Edit, company: Company) -> None:
    piece = "CAST(p.received_at AT TIME ZONE a.time_zone AS date)"
    edit("lesson", KEPT, piece)
    assert len(troubles(company)) == 1
    within = "FROM plays p, accounts a"
    edit("lesson", f"```sql\n{piece}", f"```sql {within}\n{piece}")
    assert troubles(company) == []
    edit("lesson", within, "FROM plays p, accounts b")
    assert len(troubles(company)) == 1


def test_a_proof_runs_the_queries_of_prose(edit: Edit, company: Company) -> None:
    edit("lesson", KEPT, "SELECT nam FROM plans")
    proof = prove(companies={"seed 2": company.folder})
    [trouble] = proof.troubles
    assert "this does not run on seed 2" in trouble.what


def test_fences_of_keys_and_other_languages_are_left_alone(edit: Edit) -> None:
    edit("lesson", KEPT, "SELECT name FROM plans")
    edit(
        "lesson", "> hint 1 · Which", "> hint 1 · Like\n> ```sql\n> SELECT nothing\n> ```\n> Which"
    )
    edit("lesson", "`len` counts.", "```python\nSELECT nothing\n```")
    path = read_lesson(COUNTING).pages[0].path
    assert [query.source for query in queries_in(path)] == ["SELECT name FROM plans"]
