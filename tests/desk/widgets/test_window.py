"""A window that moves: which rows each row sees, what comes out, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.conftest import Notebook

from champion.desk.widgets import window
from champion.desk.widgets.window import WINDOWS

BEFORE, MOVING, SO_FAR = WINDOWS
VIEW = "application/vnd.jupyter.widget-view+json"
DAYS = """\
%%sql by_day
SELECT CAST(received_at AS date) AS day, count(*) AS plays
FROM plays WHERE video_id = 10801 GROUP BY day ORDER BY day"""
LABELS, PLAYS = ["Mon", "Tue", "Wed"], [4, 2, 9]


def test_the_first_row_has_none_before_it() -> None:
    assert BEFORE.result(PLAYS, 0) is None
    assert window.sentence(BEFORE, LABELS, PLAYS, 0) == (
        "Mon: there is no row before the first, so the result is NULL."
    )


def test_each_window_sees_its_own_rows() -> None:
    assert [list(each.seen(9)) for each in WINDOWS] == [[8], [3, 4, 5, 6, 7, 8, 9], [*range(10)]]
    assert window.sentence(SO_FAR, LABELS, PLAYS, 2) == (
        "Wed sees 3 rows, Mon to Wed. Together: 15."
    )
    assert window.sentence(MOVING, LABELS, PLAYS, 1) == (
        "Tue sees 2 rows, Mon to Tue. Their average: 3."
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=12))
def test_what_is_shown_is_what_the_database_says(values: list[int]) -> None:
    rows = ", ".join(f"({at}, {value})" for at, value in enumerate(values))
    asked = ", ".join(each.sql.format("value", "place") for each in WINDOWS)
    with sa.create_engine("duckdb:///:memory:").connect() as database:
        said = database.execute(
            sa.text(f"SELECT {asked} FROM (VALUES {rows}) AS given (place, value) ORDER BY place")
        ).all()
    for at, row in enumerate(said):
        for each, wanted in zip(WINDOWS, row, strict=True):
            shown = each.result(values, at)
            assert shown is None if wanted is None else shown == pytest.approx(float(wanted))


def test_the_text_holds_every_row_and_all_three_windows(notebook: Notebook) -> None:
    notebook.run(DAYS)
    said = notebook.run('watch_window(by_day, "plays")').text.splitlines()
    days, plays = notebook.shell.user_ns["by_day"], notebook.shell.user_ns["by_day"]["plays"]
    assert said[0].split("  ")[0] == "day"
    assert len(said) >= len(days) + 1
    assert said[len(days)].endswith(str(plays.sum()))


def test_a_key_press_moves_the_window_and_a_button_changes_it(notebook: Notebook) -> None:
    drawn: Any = window._drawn("day", LABELS, "plays", PLAYS)
    choice, sql, slider, view = drawn.children
    slider.value = 3
    assert "Wed sees 3 rows" in view.value
    assert view.value.count(">seen<") == 3
    choice.value = BEFORE
    assert "Wed sees one row, Tue. The result is 2." in view.value
    assert sql.value == "<code>lag(plays) OVER (ORDER BY day)</code>"


def test_what_customers_wrote_is_shown_as_text_and_never_read_as_html() -> None:
    nasty = "<img src=x onerror=alert(1)>"
    assert "<img" not in window.picture(SO_FAR, nasty, [nasty], [1], 0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("watch_window([1, 2])", "watch_window() takes a table, and this is a list."),
        ('watch_window(by_day, "play")', "`play` is no column of numbers. There is `plays`."),
        ("watch_window(by_day[['day']])", "Which column shall it look at? There is none behind"),
        ("watch_window(by_day.head(0))", "The table has 0 rows."),
        ("watch_window(pd.concat([by_day, by_day]))", "rows. Choose from 1 to 40"),
        ("watch_window(by_day.assign(plays=by_day['plays'].shift()))", "are missing."),
    ],
)
def test_a_mistake_is_one_line(notebook: Notebook, call: str, says: str) -> None:
    notebook.run(DAYS)
    said = notebook.run(call).text
    assert says in said
    assert said.startswith("✗")
    assert "\n" not in said
