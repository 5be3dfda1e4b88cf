"""A report from a team's own PostgreSQL: slow, for `make test-all`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.lantern.test_server import published, url  # noqa: F401 — a PostgreSQL of its own

from champion.lantern import Company
from champion.reporting import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("initdb") is None, reason="no initdb on this machine"),
    pytest.mark.skipif(sys.platform == "win32", reason="no Unix socket to meet it at"),
]


@pytest.mark.parametrize(("account", "month"), [("105", "2026-03"), ("104", "2026-02")])
def test_it_is_the_same_to_the_byte(
    published: Company,  # noqa: F811
    url: str,  # noqa: F811
    company: Company,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    account: str,
    month: str,
) -> None:
    monkeypatch.delenv("CHAMPION_DATABASE_URL", raising=False)
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder.resolve()))
    here = report.report(account, month, tmp_path / "here")
    monkeypatch.setenv("CHAMPION_DATABASE_URL", url)
    monkeypatch.setenv("CHAMPION_COMPANY", str(tmp_path / "nowhere"))
    there = report.report(account, month, tmp_path / "there")
    assert [path.read_bytes() for path in here] == [path.read_bytes() for path in there]
