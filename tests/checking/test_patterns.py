"""Mistakes described by the learner's source."""

from __future__ import annotations

import pytest

from champion.checking.patterns import holds, parse


def sql(text: str) -> str:
    return f"%%sql answer\n{text}"


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("source has `= NULL`", sql("select * from a where b  =\n null")),
        ("source has `= null`", sql("SELECT * FROM a WHERE b=NULL")),
        ("source has `'Active'`", sql("select 1 where s = 'Active'")),
        ('source has `"open"`', sql('select 1 where s = "open"')),
        ("source has `order by`", sql("select 1 ORDER -- so\n BY 1")),
        ("source has `count(*)`", sql("select COUNT( * ) from a")),
        ("source has `= NULL`", sql("select 'open quote, b = NULL")),
        ("source has `= NULL`", 'a = pd.read_sql("select 1 where b = null", engine)'),
        ("source has `df.iterrows`", "for a in df . iterrows(): pass"),
        ("source has `merge(`", "a = left.merge(right,"),
        ("source lacks `ORDER BY`", sql("select 1 -- order by 1")),
        ("source lacks `ORDER BY`", sql("select 'order by'")),
        ("source lacks `'active'`", sql("select 1 where s = 'Active'")),
        ("source lacks `merge`", "a = 1  # merge"),
        ("source matches `\\bIN\\s*\\(SELECT`", sql("select 1 where a in (select 1)")),
        ("source matches `'2026-03-\\d+'`", sql("select '2026-03-31'")),
        ("source matches `^a = \\d$`", "a = 1  # one"),
        ("source does not match `2026`", sql("select 1 -- 2026")),
        ("source does not match `A =`", "a = 1"),
        ("sql uses `between`", sql("select 1 where a BETWEEN 1 AND 2")),
        ("sql uses `GROUP BY`", sql("select 1 group  by 1")),
        ("sql does not use `distinct`", sql("select 1")),
        ("sql reads `loads`", sql("select * from main.Loads l join plays p on l.id = p.id")),
        ("sql reads `loads`", 'x = run("""\n SELECT * FROM loads""")'),
        (
            "sql does not read `plays`",
            sql("with plays as (select * from loads) select * from plays"),
        ),
        ("sql joins without condition", sql("select * from a, b")),
        ("sql joins without condition", sql("select * from a cross join b")),
        ("sql joins without condition", sql("select * from a, b where a.x = 1")),
        ("sql joins without condition", sql("select * from a join b on a.x = a.y")),
        ("sql joins without condition", sql("select * from (select * from a, b) c")),
        ("python calls `iterrows`", "for a, b in df[x].iterrows(): pass"),
        ("python calls `pd.merge`", "c = pd.merge(a, b)"),
        ("python calls `len`", "n = len(a)"),
        ("python does not call `merge`", "a = merge"),
    ],
)
def test_a_pattern_that_fits(pattern: str, source: str) -> None:
    assert holds(pattern, source)


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("source has `= NULL`", sql("select 1 where b != null")),
        ("source has `= NULL`", sql("select 1 where b is null -- not = null")),
        ("source has `= NULL`", sql("select '= null'")),
        ("source has `'active'`", sql("select 1 where s = 'Active'")),
        ("source has `Merge`", "a = merge(b)"),
        ("source has `merge`", "a = b  # merge"),
        ("source has `row`", "a = iterrows"),
        ("source lacks `ORDER BY`", sql("select 1 order by 1")),
        ("source matches `2026`", sql("select 1 /* 2026 */")),
        ("source matches `one`", "a = 1  # one"),
        ("source matches `one`", "a = '#'  # one"),
        ("source does not match `'#'`", "a = '#'  # one"),
        ("sql uses `between`", "between = 1"),
        ("sql does not use `between`", "a = 1"),
        ("sql does not use `between`", sql("select 1 where a between 1 and 2")),
        ("sql reads `loads`", sql("select loads from plays")),
        ("sql reads `loads`", sql("select * from where")),
        ("sql does not read `plays`", sql("select * from plays")),
        ("sql does not read `plays`", sql("select * from where")),
        ("sql does not read `plays`", "a = 1"),
        ("sql joins without condition", sql("select * from a")),
        ("sql joins without condition", sql("select * from a join b on a.x = b.x")),
        ("sql joins without condition", sql("select * from a join b using (x)")),
        ("sql joins without condition", sql("select * from a natural join b")),
        ("sql joins without condition", sql("select * from a, b where a.x = b.x")),
        ("sql joins without condition", sql("select * from a, b where x = y")),
        ("sql joins without condition", sql("select * from a, unnest(a.x)")),
        ("sql joins without condition", sql("select * from a join b on a.t >= b.t")),
        ("sql joins without condition", sql("select from where")),
        ("python calls `iterrows`", "a = df.iterrows"),
        ("python calls `iterrows`", sql("select iterrows(1)")),
        ("python does not call `merge`", "c = a.merge(b)"),
        ("python does not call `merge`", sql("select 1")),
        ("python does not call `merge`", "c = ("),
    ],
)
def test_a_pattern_that_does_not_fit(pattern: str, source: str) -> None:
    assert not holds(pattern, source)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "starts with"),
        ("has `a`", "starts with"),
        ("source has", "comes `something`"),
        ("source has ``", "comes `something`"),
        ("source has `  `", "comes `something`"),
        ("source resembles `a`", "is none of"),
        ("sql joins without condition `a`", "takes nothing"),
        ("source matches `(`", "unterminated"),
        ("source has `a` and more", "starts with"),
        ("python reads `a`", "is none of"),
    ],
)
def test_a_malformed_pattern_is_refused_by_name(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match="not a pattern") as refused:
        parse(pattern)
    assert repr(pattern) in str(refused.value)
    assert why in str(refused.value)


def test_a_pattern_may_hold_backticks_and_stand_among_spaces() -> None:
    assert holds("  source   has  `a`  ", "a = 1")
    assert parse("source has `a`").text == "source has `a`"
