import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy

from champion.desk import query
from champion.desk.query import Stopped, TooSlow
from champion.lantern import Company
from champion.problems import Problem

ENDLESS = "SELECT sum(a.range * b.range) AS n FROM range(10000000) a, range(10000000) b"


def test_an_endless_query_stops_at_its_limit_and_says_so(company: Company) -> None:
    began = time.monotonic()
    with pytest.raises(TooSlow, match=r"stopped after 0\.3 seconds"):
        query.frame(company, ENDLESS, limit_seconds=0.3)
    assert time.monotonic() - began < 10
    assert len(query.frame(company, "SELECT 1 AS one")) == 1


def test_too_many_rows_are_refused_not_swallowed(company: Company) -> None:
    with pytest.raises(Problem, match="more than 50 rows"):
        query.frame(company, "SELECT * FROM range(51)", max_rows=50)
    assert len(query.frame(company, "SELECT * FROM range(50)", max_rows=50)) == 50


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot press Stop on itself there")
def test_a_stopped_query_is_one_line_at_once(company: Company) -> None:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    began = time.monotonic()
    with pytest.raises(Stopped, match="You stopped the query"):
        query.frame(company, ENDLESS, limit_seconds=60)
    assert time.monotonic() - began < 20
    assert len(query.frame(company, "SELECT 1 AS one")) == 1


def test_an_empty_result_keeps_its_columns(company: Company) -> None:
    rows = query.frame(company, "SELECT id, subject FROM tickets WHERE id < 0")
    assert list(rows.columns) == ["id", "subject"]
    assert len(rows) == 0


def test_percent_signs_and_colons_reach_the_engine(company: Company) -> None:
    rows = query.frame(company, "SELECT 'a%b' LIKE '%b' AS yes, 7 % 4 AS rest, '%s :x' AS text")
    assert rows.iloc[0].tolist() == [True, 3, "%s :x"]


def test_a_database_that_went_away_is_one_line(company: Company, tmp_path: Path) -> None:
    from dataclasses import replace

    gone = replace(company, engine=sqlalchemy.create_engine(f"duckdb:///{tmp_path}/no/such.db"))
    with pytest.raises(Problem, match="The query failed"):
        query.frame(gone, "SELECT 1")
