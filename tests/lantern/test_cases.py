from __future__ import annotations

import ast
import importlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.lantern import solvers

from champion.lantern import PROVEN, Company
from champion.lantern.cases.case import Case
from champion.lantern.stories import cases, truths
from champion.lantern.traps.asking import rows

FILES = sorted(Path(__file__).parent.glob("solvers*.py"))
EVIDENCE = Path(__file__).with_name("evidence.py")
SOLVERS = {
    ticket: solver
    for file in FILES
    for ticket, solver in importlib.import_module(f"tests.lantern.{file.stem}").SOLVERS.items()
}
"""Of all modules of solvers, by ticket."""
EVERY = pytest.mark.parametrize("case", cases(), ids=lambda case: case.ticket)


def test_every_case_has_a_solver_and_every_solver_a_case() -> None:
    assert [case.ticket for case in cases()] == sorted(SOLVERS)


@pytest.mark.parametrize("file", [*FILES, EVIDENCE], ids=lambda file: file.stem)
def test_solvers_do_not_look_at_the_truth(file: Path) -> None:
    """Of the project they know an open company, each other, how to read a log, nothing else."""
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
    ours = {name for name in imported if name.startswith(("champion", "tests", "importlib", "."))}
    known = ("tests.lantern.solvers", "tests.lantern.evidence")
    assert {name for name in ours if not name.startswith(known)} == {"champion.lantern.Company"}


@EVERY
def test_the_truth_is_found_in_the_tables(companies: tuple[Company, ...], case: Case) -> None:
    for company in companies:
        found = SOLVERS[case.ticket](company)
        assert found == dict(truths(company.seed)[case.ticket].evidence), f"seed {company.seed}"


ASKING = [case.ticket for case in cases() if case.ticket != "L-1001"]


@pytest.mark.parametrize("ticket", ASKING)
def test_what_is_found_moves_with_the_seed(ticket: str) -> None:
    evidence = [truths(seed)[ticket].evidence for seed in range(1, 13)]
    assert len({str(each) for each in evidence}) > 1


@pytest.mark.parametrize("ticket", ["L-1003", "L-1004", "L-1042"])
def test_an_answer_typed_in_at_home_is_wrong_on_the_proven_companies(ticket: str) -> None:
    home, *others = (truths(seed)[ticket].evidence for seed, _ in PROVEN)
    assert all(home != other for other in others)


@EVERY
def test_a_ticket_waits_in_the_queue_in_its_customers_words(
    companies: tuple[Company, ...], case: Case
) -> None:
    sql = """
        SELECT t.account_id, t.status, t.agent_id, t.first_reply_at, t.closed_at, t.opened_at,
               u.name, m.body, m.author_kind, m.visibility
        FROM tickets t JOIN users u ON u.id = t.requester_id
        JOIN ticket_messages m ON m.ticket_id = t.id WHERE t.reference = :ticket"""
    for company in companies:
        (row,) = rows(company, sql, ticket=case.ticket)
        account, status, agent, replied, closed, opened, name, body, kind, visibility = row
        assert (account, status) == (case.account, "open")
        assert (agent, replied, closed) == (None, None, None)
        assert company.now - timedelta(days=2) < opened < company.now
        assert name in body
        assert "{" not in body
        assert (kind, visibility) == ("customer", "public")


@EVERY
def test_customer_and_ids_are_the_same_on_every_seed(
    companies: tuple[Company, ...], case: Case
) -> None:
    def fixed(company: Company) -> list[Any]:
        account = "SELECT id, name, domain, city, time_zone FROM accounts WHERE id = :account"
        people = (
            "SELECT id, name, email, role FROM users WHERE account_id = :account AND id < 10000"
        )
        videos = (
            "SELECT id, hashed_id, title FROM videos WHERE account_id = :account AND id < 50000"
        )
        return [
            sorted(rows(company, sql, account=case.account)) for sql in (account, people, videos)
        ]

    first, *others = (fixed(company) for company in companies)
    assert all(first == other for other in others)


def _count(company: Company, what: str, hashed: str) -> int:
    return int(rows(company, what, hashed=hashed)[0][0])


def test_loads_are_about_three_times_the_plays_of_l_1042(companies: tuple[Company, ...]) -> None:
    of = "FROM {} x JOIN videos v ON v.id = x.video_id WHERE v.hashed_id = :hashed"
    for company in companies:
        loads = _count(company, "SELECT count(*) " + of.format("loads"), "hpspring26")
        plays = _count(company, "SELECT count(*) " + of.format("plays"), "hpspring26")
        assert 2.3 < loads / plays < 3.5


def test_on_one_day_only_staff_watched_the_video_of_l_1042(companies: tuple[Company, ...]) -> None:
    sql = """
        SELECT CAST(p.received_at AT TIME ZONE 'America/New_York' AS date)
        FROM plays p JOIN videos v ON v.id = p.video_id WHERE v.hashed_id = 'hpspring26'
        GROUP BY 1 HAVING count(*) = count(p.viewer_user_id)"""
    for company in companies:
        assert len(rows(company, sql)) == 1


WRONG = {
    "the UTC day": ("p.received_at AT TIME ZONE 'UTC'", "p.viewer_user_id IS NULL"),
    "a fixed offset": (
        "p.received_at AT TIME ZONE 'UTC' - INTERVAL '5 hours'",
        "p.viewer_user_id IS NULL",
    ),
    "staff counted": ("p.received_at AT TIME ZONE 'America/New_York'", "true"),
    "only staff": ("p.received_at AT TIME ZONE 'America/New_York'", "p.viewer_user_id IS NOT NULL"),
    "February too": ("p.received_at AT TIME ZONE 'America/New_York'", "p.viewer_user_id IS NULL"),
}


def test_every_mistake_in_l_1042_gives_another_table(companies: tuple[Company, ...]) -> None:
    for company in companies:
        tables = [str(solvers.plays_and_loads(company)["days"])]
        for mistake, (local, which) in WRONG.items():
            start = "2026-02-01" if mistake == "February too" else "2026-03-01"
            sql = f"""
                SELECT CAST(CAST({local} AS date) AS text), count(*)
                FROM plays p JOIN videos v ON v.id = p.video_id
                WHERE v.hashed_id = 'hpspring26' AND {which} AND {local} >= '{start}'
                  AND {local} < '2026-04-01' GROUP BY 1 ORDER BY 1"""
            tables.append(str(dict(rows(company, sql))))
        assert len(set(tables)) == len(tables), f"seed {company.seed}"


def test_mistakes_in_l_1004_give_different_lists(companies: tuple[Company, ...]) -> None:
    queries = (
        "account_id = 104 AND deleted_at IS NULL ORDER BY duration_ms DESC, title",
        "account_id = 104 AND deleted_at IS NULL ORDER BY duration_ms DESC, id",
        "account_id = 104 AND deleted_at IS NULL ORDER BY duration_ms, title",
        "account_id = 104 AND deleted_at IS NULL ORDER BY title DESC",
        "account_id = 104 AND deleted_at IS NULL ORDER BY id",
        "account_id = 104 AND deleted_at IS NULL ORDER BY created_at DESC",
        "account_id = 104 ORDER BY duration_ms DESC, title",
        "account_id = 104 AND deleted_at IS NOT NULL ORDER BY duration_ms DESC, title",
        "deleted_at IS NULL AND duration_ms IS NOT NULL ORDER BY duration_ms DESC, title",
        "deleted_at IS NULL ORDER BY duration_ms DESC, title",
    )
    for company in companies:
        lists = [
            tuple(rows(company, f"SELECT title FROM videos WHERE {q} LIMIT 3")) for q in queries
        ]
        assert len(set(lists)) == len(lists), f"seed {company.seed}"
