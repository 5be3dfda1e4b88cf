"""What a learner sees of an error that came out of the depths of a library."""

from __future__ import annotations

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from tests.desk.conftest import Notebook

from champion.desk import tracebacks


def told(shell: InteractiveShell, code: str) -> list[str]:
    """The lines that a cell shows, without colours and empty ones."""
    with capture_output() as shown:
        shell.run_cell(code)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.stdout)
    return [line for line in plain.splitlines() if line.strip()]


@pytest.fixture
def shell(unbuilt: Notebook) -> InteractiveShell:
    unbuilt.shell.run_cell("import pandas as pd\nframe = pd.DataFrame({'plays': [1, 2]})")
    return unbuilt.shell


def test_a_misspelt_column_shows_the_learners_line_and_the_name(shell: InteractiveShell) -> None:
    lines = told(shell, "first = 1\nframe['pleys']")

    assert any(line.startswith("----> 2 frame['pleys']") for line in lines)
    assert lines[-1] == "KeyError: 'pleys'"
    assert len(lines) < 8
    assert not any("site-packages" in line or "direct cause" in line for line in lines)


def test_a_table_that_holds_itself_fills_no_screens(shell: InteractiveShell) -> None:
    shell.run_cell("held = frame['plays'].astype(object)\nheld['itself'] = held")
    lines = told(shell, "held")

    assert lines[-1].startswith("RecursionError")
    assert len(lines) < 15


def test_a_query_without_the_one_row_shows_the_learners_line_alone(
    shell: InteractiveShell,
) -> None:
    shell.run_cell("import sqlalchemy as sa\nline = sa.create_engine('sqlite://').connect()")
    for table, told_of in (
        ("(SELECT 1 WHERE 0)", "No row"),
        ("(VALUES (1), (2))", "Multiple rows"),
    ):
        lines = told(
            shell, f"asked = sa.text('SELECT * FROM {table}')\nline.execute(asked).scalar_one()"
        )

        assert any(line.startswith("----> 2 line.execute(asked)") for line in lines)
        assert told_of in lines[-1]
        assert len(lines) < 8
        assert not any("site-packages" in line or "Could not get" in line for line in lines)


def test_an_error_in_a_function_of_the_notebook_shows_both_cells(shell: InteractiveShell) -> None:
    shell.run_cell("def of(row):\n    return row['pleys']")
    lines = told(shell, "frame.apply(of, axis=1)")

    assert any("frame.apply(of, axis=1)" in line for line in lines)
    assert any("return row['pleys']" in line for line in lines)
    assert not any("site-packages" in line for line in lines)


def test_an_error_raised_in_a_cell_from_another_keeps_both(shell: InteractiveShell) -> None:
    lines = told(
        shell, "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('b') from e"
    )

    assert "KeyError: 'a'" in lines
    assert lines[-1] == "ValueError: b"


def test_an_error_that_is_shown_can_still_be_looked_into(shell: InteractiveShell) -> None:
    told(shell, "frame['pleys']")
    shell.run_cell("import sys\ncause = sys.last_value.__cause__")

    assert isinstance(shell.user_ns["cause"], KeyError)


def test_asking_again_shortens_once(shell: InteractiveShell) -> None:
    told_by = shell.InteractiveTB.structured_traceback
    tracebacks.shorten(shell)

    assert shell.InteractiveTB.structured_traceback is told_by
