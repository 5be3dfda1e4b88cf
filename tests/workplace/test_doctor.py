"""Ten lines that a learner can paste."""

from __future__ import annotations

from pathlib import Path

import pytest

from champion.workplace import doctor, jupyter, layout, lease

NAMES = [
    *("Champion", "System", "Python", "Packages", "Company", "Database", "Keys", "Work"),
    *("JupyterLab", "Last error"),
]


def said(name: str) -> str:
    """What the doctor says under a name."""
    return next(line for line in doctor.lines() if line.startswith(f"{name}:"))


@pytest.fixture
def healthy(course, company, monkeypatch):
    """A course that is laid out, with a company."""
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    layout.update()
    return course


def test_ten_lines_each_with_its_name(healthy):
    assert [line.split(":")[0] for line in doctor.lines()] == NAMES


def test_a_broken_course_still_gets_its_ten_lines(course):
    course.work.write_text("a file in the way", encoding="utf-8")
    lines = doctor.lines()
    assert [line.split(":")[0] for line in lines] == NAMES
    assert "✗ The sample company is not built yet. Run `champion lantern build`." in lines[4]


def test_the_company_is_counted_and_its_locks_are_shown(healthy):
    assert "seed 2, scale 0.02" in said("Company")
    assert said("Company").endswith("rows, as built")
    database = said("Database")
    assert "access_mode=read_only" in database
    assert "enable_external_access=False" in database
    assert "lock_configuration=True" in database
    assert database.endswith("2026-03-31 12:00 UTC")


def test_a_company_that_lost_rows_is_named(healthy, monkeypatch):
    monkeypatch.setattr(doctor, "_tables_that_differ", lambda engine, rows: ["plays"])
    assert "✗ not as built: plays" in said("Company")


def test_a_package_of_another_version_is_named(healthy, monkeypatch):
    real = doctor._installed
    monkeypatch.setattr(
        doctor, "_installed", lambda name: "1.4" if name == "duckdb" else real(name)
    )
    assert "✗ not as the lock has them: duckdb 1.4" in said("Packages")


def test_the_last_error_is_shown_without_its_token(healthy):
    log = jupyter.log(healthy.work)
    log.write_text(
        "[I all is well]\n[E 2026] Uncaught error for http://x/lab?token=abc123&x=1\n[I and on]\n",
        encoding="utf-8",
    )
    line = said("Last error")
    assert "Uncaught error" in line
    assert "abc123" not in line


def test_neither_home_nor_password_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    told = doctor.discreet(f"{tmp_path}/x postgresql://ada:secret@host/db password=hunter2 ok")
    assert told == "~/x postgresql://…@host/db password=… ok"


def test_an_open_lab_shows(healthy):
    assert said("JupyterLab").endswith("not open")
    with lease.lease(healthy.work):
        assert said("JupyterLab").endswith("open now")


def test_a_read_only_work_folder_shows(healthy, as_nobody):
    healthy.work.chmod(0o555)
    with as_nobody():
        assert "✗ not writable" in doctor._work()
