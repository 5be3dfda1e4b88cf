"""What a cell shows when a number out of a column is its last line."""

from __future__ import annotations

import pytest
from IPython.utils.capture import capture_output
from tests.desk.conftest import Notebook


@pytest.mark.parametrize(
    ("last_line", "shown"),
    [
        ("column.mean()", "3.5"),
        ("column.sum()", "7"),
        ("(column > 3).any()", "True"),
        ("[column.max(), column.mean()]", "[4, 3.5]"),
        ("{'longest': column.max()}", "{'longest': 4}"),
        ("column.astype('float32').mean()", "3.5"),
        ("1.5", "1.5"),
    ],
)
def test_a_number_out_of_a_column_looks_like_a_number(
    unbuilt: Notebook, last_line: str, shown: str
) -> None:
    with capture_output() as said:
        unbuilt.shell.run_cell(f"import pandas as pd\ncolumn = pd.Series([3, 4])\n{last_line}")

    assert said.stdout.strip().endswith(f": {shown}") or said.stdout.strip() == shown
