"""The desk in a real kernel, as JupyterLab and nbval start one."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from tests.desk.conftest import LESSON, Notebook
from tests.desk.test_check import CHECK, RIGHT

from champion.lantern import Company

VIEW = "application/vnd.jupyter.widget-view+json"


def executed(cells: list[str], folder: Path) -> list[Any]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return [cell.outputs for cell in notebook.cells]


def test_opening_the_desk_says_one_line_and_gives_the_verbs(notebook: Notebook) -> None:
    assert {"check", "hint", "reference", "ticket", "queue", "submit", "show", "pd"} <= set(
        notebook.shell.user_ns
    )
    again = notebook.run("%reload_ext champion")
    assert again.error is None
    assert again.text.startswith("The desk is open.")


def test_an_unbuilt_company_is_said_when_the_desk_opens(unbuilt: Notebook, course: Path) -> None:
    said = unbuilt.run("%reload_ext champion").text
    assert said.splitlines()[1].startswith("The sample company is not built yet. Run `champion")
    (course / "data" / "lantern").mkdir(parents=True)
    (course / "data" / "lantern" / "manifest.json").write_text("{}", encoding="utf-8")
    assert unbuilt.run("%reload_ext champion").text == "The desk is open."


def test_a_lesson_runs_in_a_real_kernel_and_prints_the_same_twice(
    course: Path, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    ordered = f"{RIGHT} ORDER BY channel"
    cells = ["%load_ext champion", ordered, CHECK, "%%sql\nSELECT nope FROM tickets",
             'hint("tickets-by-channel")', "queue()"]  # fmt: skip
    monkeypatch.setenv("CHAMPION_PROGRESS", "off")
    first, second = (executed(cells, course / "work") for _ in range(2))
    opened, _, checked, failed, hinted, _ = first
    assert opened[0]["text"] == "The desk is open.\n"
    assert checked[0]["data"]["text/plain"] == "✓ Tickets by channel: right."
    assert VIEW in checked[0]["data"]
    assert failed[0]["output_type"] == "error"
    assert failed[0]["traceback"] == [f"✗ {failed[0]['evalue']}"]
    assert hinted[0]["data"]["text/plain"].startswith("hint 1 of 3")
    for outputs in (*first, *second):
        for output in outputs:
            output.get("data", {}).pop(VIEW, None)
    assert first == second


def test_a_kernel_killed_in_mid_check_loses_nothing(
    course: Path, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbclient.exceptions import DeadKernelError

    from champion.desk import progress

    monkeypatch.setenv("CHAMPION_COMPANY", str(company.folder))
    killed = (
        "import os, signal, champion.desk.check as c\n"
        "c.judge = lambda *a: os.kill(os.getpid(), signal.SIGTERM)\n" + CHECK
    )
    with pytest.raises(DeadKernelError):
        executed(["%load_ext champion", RIGHT, CHECK, killed], course / "work")
    assert [each.outcome for each in progress.attempts()] == ["passed"]
    after = executed(["%load_ext champion", RIGHT, CHECK], course / "work")
    assert after[2][0]["data"]["text/plain"] == "✓ Tickets by channel: right."
    assert [each.outcome for each in progress.attempts()] == ["passed", "passed"]
    assert (course / "build" / "keys" / f"{LESSON}.json").exists()


def test_opening_the_desk_loads_neither_grammar_nor_widgets_nor_plots() -> None:
    script = (
        "import sys, pandas, sqlalchemy\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from champion.desk import open_desk\n"
        "open_desk(InteractiveShell.instance())\n"
        "heavy = ('sqlglot', 'anywidget', 'ipywidgets', 'matplotlib', 'duckdb', 'nbformat',"
        " 'champion.reading')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
