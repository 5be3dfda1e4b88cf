"""A join that one watches: which rows meet, what they add up to, and what is refused."""

from __future__ import annotations

from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.conftest import Notebook

from champion.desk.widgets import fanout
from champion.desk.widgets.fanout import Join
from champion.problems import Problem

VIEW = "application/vnd.jupyter.widget-view+json"
HOURS = pandas.DataFrame({"ticket_id": [1, 2, 2, 3], "minutes": [100, 7, 50, 20]})
TAGS = pandas.DataFrame({"ticket_id": [1, 1, 2, 9], "tag": ["bug", "vip", "api", "docs"]})
JOIN = Join(HOURS, TAGS, "ticket_id", "minutes")
BY_TICKET = """\
%%sql hours
SELECT e.ticket_id, e.developer_minutes
FROM escalations e
JOIN tickets t ON t.id = e.ticket_id
WHERE t.account_id = 226
ORDER BY e.id"""
THEIR_TAGS = """\
%%sql tags
SELECT g.ticket_id, g.tag
FROM ticket_tags g
JOIN tickets t ON t.id = g.ticket_id
WHERE t.account_id = 226
ORDER BY g.id"""
WATCH = 'watch_join(hours, tags, on="ticket_id", adds="developer_minutes")'


def test_a_row_comes_as_often_as_it_finds_partners() -> None:
    assert JOIN.pairs(4, "inner") == [(0, 0), (0, 1), (1, 2), (2, 2)]
    assert JOIN.pairs(1, "inner") == [(0, 0), (0, 1)]
    assert JOIN.pairs(0, "inner") == []


def test_a_left_join_keeps_the_row_that_finds_none() -> None:
    assert JOIN.pairs(4, "left") == [(0, 0), (0, 1), (1, 2), (2, 2), (3, None)]


def test_the_sum_grows_by_each_row_of_the_result() -> None:
    assert [JOIN.total(JOIN.pairs(taken, "inner")) for taken in range(5)] == [0, 200, 207, 257, 257]
    assert [JOIN.total_before(taken) for taken in range(5)] == [0, 100, 107, 157, 177]


def test_a_column_of_the_right_table_is_added_up_as_well() -> None:
    tickets = pandas.DataFrame({"ticket_id": [1, 2, 4]})
    join = Join(tickets, HOURS, "ticket_id", "minutes")
    assert join.total(join.pairs(3, "left")) == join.total_before(3) == 157


def test_what_is_missing_fits_nothing_and_adds_nothing() -> None:
    left = pandas.DataFrame({"agent_id": [1, None], "n": [None, 2.5]})
    right = pandas.DataFrame({"agent_id": [None, 1.0]})
    join = Join(left, right, "agent_id", "n")
    assert join.partners == ((1,), ())
    assert join.total(join.pairs(2, "left")) == 2.5
    assert "agent_id 1: 1 right row fits" in fanout.words(join, 1, "left")
    assert "agent_id NULL: no right row fits. LEFT JOIN keeps" in fanout.words(join, 2, "left")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 4), max_size=8),
    st.lists(st.integers(0, 4), max_size=8),
    st.sampled_from(["inner", "left"]),
)
def test_the_result_has_the_rows_that_pandas_finds(left: Any, right: Any, how: Any) -> None:
    one = pandas.DataFrame({"key": left, "mine": range(len(left))}, dtype="int64")
    other = pandas.DataFrame({"key": right, "yours": range(len(right))}, dtype="int64")
    merged = one.merge(other, on="key", how=how)
    expected = zip(merged["mine"], merged["yours"].fillna(-1), strict=True)
    pairs = Join(one, other, "key").pairs(len(left), how)
    assert sorted((at, -1 if place is None else place) for at, place in pairs) == sorted(expected)


def test_each_step_is_said_in_words() -> None:
    assert fanout.words(JOIN, 0, "inner").startswith("Nothing is joined yet.")
    assert fanout.words(JOIN, 1, "inner") == (
        "Left row 1 of 4, ticket_id 1: 2 right rows fit, so it comes twice."
    )
    assert fanout.words(JOIN, 3, "inner").endswith("1 right row fits, so it comes once.")
    assert fanout.words(JOIN, 4, "inner").endswith("no right row fits. JOIN drops it.")
    assert fanout.sums(JOIN, 2, "inner") == (
        "Rows: 2 before the join, 3 after it. Sum of minutes: 107 before, 207 after."
    )


def test_where_nothing_is_drawn_the_whole_join_stands_as_text() -> None:
    assert fanout.table(JOIN, "inner").splitlines() == [
        "The left table JOIN the right table, by ticket_id; each line is a left row:",
        "",
        "ticket_id  minutes  rows that fit  rows so far  sum so far",
        "        1      100              2            2         200",
        "        2        7              1            3         207",
        "        2       50              1            4         257",
        "        3       20              0            4         257",
        "",
        "Rows: 4 before the join, 4 after it. Sum of minutes: 177 before, 257 after.",
    ]


def test_an_empty_table_joins_to_nothing() -> None:
    said = fanout.table(Join(HOURS.head(0), TAGS, "ticket_id", "minutes"), "left")
    assert said.endswith("Rows: 0 before the join, 0 after it. Sum of minutes: 0 before, 0 after.")


def test_the_notebook_shows_the_companys_fan_out(notebook: Notebook) -> None:
    notebook.run(BY_TICKET)
    notebook.run(THEIR_TAGS)
    said = notebook.run(WATCH).text
    right = int(notebook["hours"]["developer_minutes"].sum())
    assert f"Rows: {len(notebook['hours'])} before the join" in said
    assert f"{right} before, " in said
    assert f"{right} after" not in said


def test_where_a_kernel_answers_the_join_can_be_moved(notebook: Notebook) -> None:
    notebook.shell.kernel = object()
    notebook.run(BY_TICKET)
    notebook.run(THEIR_TAGS)
    (drawn,) = notebook.run(WATCH).outputs
    assert set(drawn.data) == {"text/plain", VIEW}


def test_the_buttons_the_slider_and_the_kind_move_what_is_seen() -> None:
    from champion.desk.widgets import fanout_panel

    (row, shown) = fanout_panel.drawn(JOIN, "inner").children
    back, on, slider, kind = row.children
    assert back.disabled
    assert shown.value == fanout_panel.page(JOIN, 0, "inner")
    on.click()
    assert slider.value == 1
    assert shown.value == fanout_panel.page(JOIN, 1, "inner")
    slider.value = 4
    assert on.disabled
    on.click()
    assert slider.value == 4
    kind.value = "left"
    assert "LEFT JOIN keeps it" in shown.value
    back.click()
    assert shown.value == fanout_panel.page(JOIN, 3, "left")


def test_a_sign_and_not_weight_alone_marks_the_rows_that_meet() -> None:
    from champion.desk.widgets import fanout_panel

    seen = fanout_panel.page(JOIN, 1, "inner")
    assert seen.count("<strong>→</strong></td>") == 1 + 2 + 2
    assert "result, 2 rows so far" in seen


def test_only_the_end_of_a_long_result_is_drawn_and_says_so() -> None:
    from champion.desk.widgets import fanout_panel

    same = pandas.DataFrame({"key": [1] * 5})
    seen = fanout_panel.page(Join(same, same, "key"), 5, "inner")
    assert "result, 25 rows so far, the last 12" in seen
    assert seen.count("<tr>") == 3 + 5 + 5 + 12


def test_what_customers_wrote_is_shown_as_text_and_never_read_as_html() -> None:
    from champion.desk.widgets import fanout_panel

    nasty = pandas.DataFrame({"key": [1], "subject": ["<img src=x onerror=alert(1)>"]})
    assert "<img" not in fanout_panel.page(Join(nasty, nasty[["key"]], "key"), 1, "inner")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("watch_join(hours)", "watch_join() needs more than it was given."),
        ('watch_join(hours, "tags")', "The right table is no table: it is a str."),
        ('watch_join(hours, tags, on="id")', "`id` is not a column of both tables. Both have"),
        ('watch_join(hours, tags, adds="hours")', "There is no column `hours` to add up."),
        ('watch_join(hours, tags, adds="tag")', "`tag` holds no numbers."),
        ('watch_join(hours, tags, how="outer")', "There is no join called 'outer'."),
        ("watch_join(hours, tags[['tag']])", "Which column ties them? They share none"),
        ("watch_join(hours, pd.concat([tags] * 9))", "rows, too many to watch. Choose at most 40"),
        ("watch_join(hours, pd.concat([tags, tags], axis=1))", "Two columns of the right table"),
    ],
)
def test_a_mistake_is_one_line(notebook: Notebook, call: str, says: str) -> None:
    notebook.run(BY_TICKET)
    notebook.run(THEIR_TAGS)
    ran = notebook.run(call)
    assert isinstance(ran.error, Problem)
    assert says in ran.text
    assert "\n" not in ran.text
