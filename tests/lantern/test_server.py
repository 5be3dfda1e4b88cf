"""A throwaway PostgreSQL, started here when the machine has one: slow, for `make test-all`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from champion.desk.console import Console
from champion.lantern import Company, open_company, proven_company, server
from champion.lantern.schema import Base
from champion.lantern.stories import traps
from champion.problems import Problem

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("initdb") is None, reason="no initdb on this machine"),
    pytest.mark.skipif(sys.platform == "win32", reason="no Unix socket to meet it at"),
]


def _as_ordinary_user() -> dict[str, Any]:
    """PostgreSQL refuses to be run by root: then it is nobody's."""
    return {"user": "nobody"} if os.geteuid() == 0 else {}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        home = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(home, "nobody")
        run: dict[str, Any] = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
        run |= _as_ordinary_user()
        data = str(home / "data")
        subprocess.run(["initdb", "-D", data, "-U", "champion", "-A", "trust", "-E", "UTF8"], **run)
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        log = str(home / "log")
        subprocess.run(["pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"], **run)
        yield f"postgresql+psycopg://champion@/postgres?host={folder}"
        subprocess.run(["pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)


@pytest.fixture(scope="module")
def published(url: str, company: Company) -> Iterator[Company]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAMPION_DATABASE_URL", url)
        with pytest.raises(Problem, match="holds no company"):
            open_company()
        server.publish(company.folder, url)
        opened = open_company()
        yield opened
        opened.close()


def test_a_published_company_is_the_same_company(published: Company, company: Company) -> None:
    assert (published.seed, published.scale) == (company.seed, company.scale)
    for table in Base.metadata.tables:
        sql = f"SELECT * FROM {table} ORDER BY id"
        there, here = pd.read_sql(sql, published.engine), pd.read_sql(sql, company.engine)
        pd.testing.assert_frame_equal(there, here, check_dtype=False)


def test_the_traps_hold_there_too(published: Company) -> None:
    assert [lack for trap in traps() for lack in trap.check(published)] == []


def test_nothing_can_be_written_there_by_a_reader(published: Company) -> None:
    with published.engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(sa.text("DELETE FROM ticket_messages"))


def test_the_console_reads_there_and_a_copy_comes_from_the_company_built_here(
    published: Company, tmp_path: Path
) -> None:
    named = sa.text("SELECT count(*) FROM users WHERE name = :name AND created_at < now()")
    away = replace(published, folder=tmp_path)
    here = replace(published, folder=proven_company(published.seed, published.scale).folder)
    with Console(lambda: away).connect() as line:
        assert line.execute(named, {"name": "Fiona O'Shea"}).scalar_one() == 2
        with pytest.raises(Problem, match="UPDATE would change rows"):
            line.execute(sa.text("UPDATE users SET name = 'x'"))
    with pytest.raises(Problem, match="on this computer, and here is none like yours"):
        Console(lambda: away).copy("users")
    with Console(lambda: here).copy("users").connect() as line:
        assert line.execute(named, {"name": "Fiona O'Shea"}).scalar_one() == 2


def test_comments_are_on_the_server(published: Company) -> None:
    inspector = sa.inspect(published.engine)
    assert inspector.get_table_comment("plays") == {"text": Base.metadata.tables["plays"].comment}


def test_publishing_again_replaces_it(published: Company, company: Company, url: str) -> None:
    server.publish(company.folder, url)
    assert server.manifest_at(url).seed == company.seed
