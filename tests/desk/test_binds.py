from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from champion.desk import binds, query
from champion.lantern import Company
from champion.problems import Problem


def test_only_a_name_after_a_single_colon_asks_for_a_value() -> None:
    sql = """SELECT ':text', '12:30', opened_at::date, x[1:2], "a:b", {'k':v} -- :comment
    FROM t WHERE id = :id AND name LIKE :name||'%' AND b=:id"""
    assert binds.names(sql) == ("id", "name")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, 7),
        ("it's :x", "it's :x"),
        (np.int64(7), 7),
        (pd.Timestamp("2026-03-01", tz="UTC"), datetime(2026, 3, 1, tzinfo=UTC)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (True, True),
    ],
)
def test_a_notebook_value_reaches_the_query_unchanged(
    company: Company, value: Any, shown: Any
) -> None:
    rows = query.frame(company, "SELECT :value AS value, '12:30 \\:a' AS kept", {"value": value})
    assert rows.loc[0, "value"] == shown
    assert rows.loc[0, "kept"] == "12:30 \\:a"


@pytest.mark.parametrize("written", ["IN :ids", "IN (:ids)", "IN ( :ids )"])
def test_a_list_fits_into_in(company: Company, written: str) -> None:
    ids = query.frame(company, "SELECT id FROM tickets ORDER BY id LIMIT 3")["id"]
    rows = query.frame(company, f"SELECT id FROM tickets WHERE id {written}", {"ids": ids})
    assert sorted(rows["id"]) == list(ids)


def test_a_cast_beside_a_bind_stays_a_cast(company: Company) -> None:
    rows = query.frame(company, "SELECT (:day)::date AS day", {"day": "2026-03-01"})
    assert str(rows.loc[0, "day"])[:10] == "2026-03-01"


def test_a_missing_name_is_one_line_with_the_near_one(company: Company) -> None:
    with pytest.raises(Problem, match=r"`:accout`.*no variable.*Did you mean `:account`\?"):
        query.frame(company, "SELECT :accout", {"account": 1})


@pytest.mark.parametrize("value", [pd.DataFrame({"a": [1]}), ..., object(), {"a": 1}])
def test_a_value_no_query_can_take_is_named(company: Company, value: Any) -> None:
    with pytest.raises(Problem, match="`:x` holds"):
        query.frame(company, "SELECT :x", {"x": value})


@pytest.mark.parametrize("value", ["Oak".lower, len])
def test_a_step_without_its_brackets_is_named(company: Company, value: Any) -> None:
    with pytest.raises(Problem, match=rf"brackets are missing.*{value.__name__}\(\)"):
        query.frame(company, "SELECT :x", {"x": value})


def test_now_and_today_are_lanterns(company: Company) -> None:
    rows = query.frame(company, "SELECT :now AS now, :today AS today", {"now": "the learner's"})
    assert rows.loc[0, "now"] == company.now
    assert str(rows.loc[0, "today"])[:10] == "2026-03-31"
