"""`champion report` from the command to the files, with the notebook run in a kernel."""

from __future__ import annotations

import csv
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from tests.reporting.conftest import ask

from champion.lantern import Company
from champion.problems import Problem
from champion.reporting import report, running

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def at_home(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small company of seed 2, and a work folder with a space and an accent."""
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder.resolve()))
    monkeypatch.setenv("CHAMPION_WORK", str(tmp_path / "mon été"))
    monkeypatch.delenv("CHAMPION_DATABASE_URL", raising=False)


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_report_is_a_page_and_two_csv_files_that_agree(company, tmp_path):
    steps: list[tuple[int, int, str]] = []
    page, days, videos, notebook = report.report(
        "Harbor & Pine", "2026-03", notebook=True, step=lambda *told: steps.append(told)
    )
    assert page == tmp_path / "mon été" / "reports" / "105-harbor-pine-outfitters-2026-03.html"
    wanted = ask(company, 105, "2026-03").totals
    assert sum(int(line["plays"]) for line in lines(days)) == wanted.plays > 0
    assert sum(int(line["plays"]) for line in lines(videos)) == wanted.plays
    assert len(lines(days)) == 31
    whole = page.read_text(encoding="utf-8")
    assert "Harbor &amp; Pine Outfitters" in whole
    assert f"played {wanted.plays:,} times by {wanted.viewers:,} unique viewers" in whole
    assert "until 2026-03-31 12:00 UTC" in whole
    assert re.findall(r"https?:", whole) == []
    assert [what for _, _, what in steps if what == "Day by day"]
    assert steps[-1][0] == steps[-1][1] - 1
    kept = nbformat.read(notebook, as_version=4)
    nbformat.validate(kept)
    for place in (tmp_path, company.folder, sys.prefix):
        assert str(place) not in whole + notebook.read_text(encoding="utf-8")
    keys = set(ask(company, 105, "2026-03").plays["visitor_key"])
    assert [key for key in keys if key in whole] == []


def test_a_second_report_replaces_the_first_and_is_the_same(tmp_path):
    folder = tmp_path / "here"
    first = report.report("104", "2026-02", folder)
    before = [path.read_bytes() for path in first]
    first[0].write_bytes(b"half a page")
    again = report.report("104", "2026-02", folder)
    assert again == first
    assert [path.read_bytes() for path in again] == before
    assert sorted(folder.iterdir()) == sorted(first)
    whole = first[0].read_text(encoding="utf-8")
    assert "Nothing was played in February 2026." in whole
    assert "<img" not in whole
    assert "Day by day</h2>" not in whole
    assert {line["plays"] for line in lines(first[1])} == {"0"}


def test_nothing_is_written_when_the_account_or_the_month_is_wrong(tmp_path):
    for account, month, said in (
        ("no such customer", None, "No account is called “no such customer”."),
        ("105", "2026-13", "“2026-13” is no month."),
    ):
        with pytest.raises(Problem, match=re.escape(said)) as told:
            report.report(account, month, tmp_path / "out")
        assert "\n" not in str(told.value)
        assert list((tmp_path / "out").iterdir()) == []


def test_without_a_company_it_says_how_to_build_one(tmp_path, monkeypatch):
    monkeypatch.setenv("CHAMPION_COMPANY", str(tmp_path / "nowhere"))
    with pytest.raises(Problem, match=r"not built yet\. Run `champion lantern build`"):
        report.report("105", None, tmp_path / "out")


def test_a_file_in_the_way_of_the_folder_is_one_line(tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(Problem, match="A file is in the way; nothing was lost"):
        report.report("105", None, tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_cell_that_fails_is_named_by_its_section_and_old_files_stay(tmp_path, monkeypatch):
    good = running.notebook

    def broken(values: dict[str, object]) -> object:
        made = good(values)
        at = next(n for n, cell in enumerate(made.cells) if cell.source.startswith("## Day by day"))
        made.cells[at + 1].source = "1 / 0"
        return made

    monkeypatch.setattr(running, "notebook", broken)
    old = tmp_path / "105-harbor-pine-outfitters-2026-02.html"
    old.write_text("the old page", encoding="utf-8")
    with pytest.raises(Problem, match="stopped in “Day by day”: ZeroDivisionError"):
        report.report("105", "2026-02", tmp_path)
    assert old.read_text(encoding="utf-8") == "the old page"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_is_one_line_and_leaves_no_file(tmp_path):
    command = [sys.executable, "-c", "from champion.cli import main; main()", "report", "105"]
    process = subprocess.Popen(
        [*command, "--to", str(tmp_path)], stderr=subprocess.PIPE, encoding="utf-8"
    )
    deadline = time.monotonic() + 60
    while not psutil.Process(process.pid).children() and time.monotonic() < deadline:
        time.sleep(0.05)  # until its kernel is there, and the notebook begins to run
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert told.strip() == "champion: Stopped. Nothing is lost; run it again to go on."
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []
