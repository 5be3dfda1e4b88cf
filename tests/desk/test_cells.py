import pytest

from champion.desk import cells


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = 1\nb, c = 2, 3", {"a", "b", "c"}),
        ("%%sql plays\nSELECT 1", {"plays"}),
        ("\n%%sql plays  # mine\nSELECT 1", {"plays"}),
        ("%%sql\nSELECT 1", set()),
        ("for x in y:\n    z = x\nif (n := 3):\n    pass", {"x", "z", "n"}),
        ("def f():\n    inside = 1\n    return inside", {"f"}),
        ("squares = [i for i in range(3)]", {"squares"}),
        ("import pandas as pd", {"pd"}),
        ("%time x = 3\ny = 4", {"y"}),
        ("plays = plays[", {"plays"}),
        ("if x == 1", set()),
        ("x: 1\ny: int = 2", {"y"}),
    ],
)
def test_a_cells_text_tells_which_variables_it_gives(source: str, names: set[str]) -> None:
    assert cells.assigned(source) == names


def test_the_query_begins_below_the_sql_line() -> None:
    assert cells.query("%%sql plays\nSELECT 1\n") == cells.Query("plays", "SELECT 1\n")
    assert cells.query("x = '%%sql'") is None
    assert cells.query("%%sqlite x") is None
