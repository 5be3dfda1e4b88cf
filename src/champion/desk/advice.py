"""What no engine reports, and yet is rarely meant: said as a note beside the result.

The grammar is sqlglot's, which is imported when a look at the text says it is worth it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from champion.desk import mask

if TYPE_CHECKING:
    from sqlglot import exp

Tables = Mapping[str, Sequence[str]]

_NULL = re.compile(r"(?:=|<>|!=)\s*null\b", re.IGNORECASE)
_TABLES = re.compile(r"\bjoin\b|\bfrom\b[^;]*?,", re.IGNORECASE | re.DOTALL)
_ALIAS = re.compile(r"\bselect\b.*\bwhere\b", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(r"'\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?'")
_ZONE = re.compile(r"(?:Z|[+-]\d{2}(?::?\d{2})?)$|\d\s*[A-Za-z]+(?:/\w+)?$")
_DATE_TEXT = re.compile(r"\s*\d{4}-\d{1,2}-\d{1,2}([ T].*)?")


def remarks(sql: str, tables: Tables, moments: frozenset[str]) -> tuple[str, ...]:
    """One line for each thing in a query that is rarely meant; none for most queries.

    Args:
        sql: a query that the engine accepts.
        tables: the columns of every table.
        moments: names of the columns that hold a moment in time.
    """
    code = mask.code(sql)
    signs = tuple(_signs(sql, code, tables))
    if not _worth_parsing(sql, code, moments):
        return signs
    tree = _parsed(sql)
    if tree is None:
        return signs
    found = [
        *_equals_null(tree),
        *_joins_without_condition(tree, tables),
        *_aliases_in_where(tree, tables),
        *_columns_as_names(tree, tables, code),
        *_naive_dates(tree, moments),
    ]
    return tuple(dict.fromkeys([*found, *signs]))


def _worth_parsing(sql: str, code: str, moments: frozenset[str]) -> bool:
    return bool(
        _NULL.search(code)
        or _TABLES.search(code)
        or _ALIAS.search(code)
        or (_DATE.search(sql) and any(name in code for name in moments))
        or re.search(r"\bselect\b[^,;]*\w\s+\w+\s*(?:,|\bfrom\b)", code, re.IGNORECASE)
    )


def _parsed(sql: str) -> exp.Expr | None:
    import sqlglot

    try:
        return sqlglot.parse_one(sql, read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError):
        return None


def _signs(sql: str, code: str, tables: Tables) -> Iterator[str]:
    if "==" in code:
        yield "`==` is Python's sign; SQL writes one `=`."
    quoted = _quoted_column(sql, {column for columns in tables.values() for column in columns})
    if quoted:
        yield (
            f"'{quoted}' in quotes is the word, not the column. Single quotes make text, not a "
            "column: take them away."
        )
    stuck = re.search(r"\b(limit)(\d+)\b", code, re.IGNORECASE)
    if stuck:
        yield f"`{stuck[0]}` is read as a name. Is a space missing: {stuck[1]} {stuck[2]}?"
    ends = re.finditer(r",\s*(?:from|where|group\s+by|order\s+by|limit)\b", code, re.IGNORECASE)
    if any(sql[end.start() : end.end()] == end[0] for end in ends):
        yield "A comma stands after the last item of a list; most databases refuse that."


def _quoted_column(sql: str, columns: set[str]) -> str:
    """The name of a column in single quotes, where a column is meant; "" when there is none."""
    bare = mask.without_comments(sql)
    places = r"(?:\bselect|\bwhere|\band|\bor)\s+'(\w+)'\s*(?=[=<>,]|\bfrom\b|\b(?:is|i?like|in)\b)"
    named = (found[1] for found in re.finditer(places, bare, re.IGNORECASE))
    return next((name for name in named if name.lower() in columns), "")


def _equals_null(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for comparison in tree.find_all(exp.EQ, exp.NEQ):
        if isinstance(comparison.expression, exp.Null) or isinstance(comparison.this, exp.Null):
            if isinstance(comparison.find_ancestor(exp.Update, exp.Set), exp.Expr):
                continue
            other = (
                comparison.this
                if isinstance(comparison.expression, exp.Null)
                else comparison.expression
            )
            wanted = "IS NULL" if isinstance(comparison, exp.EQ) else "IS NOT NULL"
            yield (
                "Nothing is ever equal to NULL, so this keeps no row. Did you mean "
                f"`{other.sql('duckdb')} {wanted}`?"
            )


def _joins_without_condition(tree: exp.Expr, tables: Tables) -> Iterator[str]:
    from sqlglot import exp

    for select in tree.find_all(exp.Select):
        for join in select.args.get("joins") or []:
            right = join.this
            if not isinstance(right, exp.Table) or join.kind == "CROSS" or join.method:
                continue
            if join.args.get("using") or _links(join.args.get("on"), right, tables):
                continue
            where = select.args.get("where")
            if where is not None and _links(where.this, right, tables):
                continue
            yield (
                f"Nothing says which rows of `{right.name}` belong to which: every row meets every "
                "row. Add a condition that both tables share."
            )


def _links(condition: exp.Expr | None, right: exp.Table, tables: Tables) -> bool:
    """Whether a condition ties the table on the right to another one."""
    from sqlglot import exp

    if condition is None:
        return False
    own = set(tables.get(right.name.lower(), ()))
    for comparison in condition.find_all(exp.Binary):
        if isinstance(comparison, exp.And | exp.Or):
            continue
        sides = [
            {_belongs(column, right.alias_or_name, own) for column in side.find_all(exp.Column)}
            for side in (comparison.this, comparison.expression)
        ]
        if {True} in sides and any(False in side for side in sides):
            return True
        if not own and all(sides):
            return True
        if any(len(side) == 2 for side in sides):
            return True
    return False


def _belongs(column: exp.Column, alias: str, own: set[str]) -> bool:
    if column.table:
        return column.table.lower() == alias.lower()
    return column.name.lower() in own


def _aliases_in_where(tree: exp.Expr, tables: Tables) -> Iterator[str]:
    from sqlglot import exp

    every = {column for columns in tables.values() for column in columns}
    for select in tree.find_all(exp.Select):
        where = select.args.get("where")
        if where is None:
            continue
        read = [table.name.lower() for table in select.find_all(exp.Table)]
        known = all(name in tables for name in read)
        real = {column for name in read for column in tables[name]} if known else every
        given = {each.alias.lower() for each in select.expressions if isinstance(each, exp.Alias)}
        for column in where.find_all(exp.Column):
            name = column.name.lower()
            if not column.table and name in given - real and column.parent_select is select:
                yield (
                    f"`{column.name}` is a name you gave in SELECT. WHERE runs before SELECT, and "
                    "most databases refuse it there: repeat what it stands for."
                )


def _columns_as_names(tree: exp.Expr, tables: Tables, code: str) -> Iterator[str]:
    """`SELECT id status`: a comma is missing, and the second column became the first one's name."""
    from sqlglot import exp

    for select in tree.find_all(exp.Select):
        read = [table.name.lower() for table in select.find_all(exp.Table)]
        held = {column for name in read for column in tables.get(name, ())}
        for each in select.expressions:
            if not isinstance(each, exp.Alias) or not isinstance(each.this, exp.Column):
                continue
            if re.search(rf"\bas\s+{re.escape(each.alias)}\b", code, re.IGNORECASE):
                continue
            if each.alias.lower() in held and each.alias.lower() != each.this.name.lower():
                yield (
                    f"`{each.this.name} {each.alias}` shows {each.this.name} under the name "
                    f"{each.alias}, which is another column. Is a comma missing?"
                )


def _naive_dates(tree: exp.Expr, moments: frozenset[str]) -> Iterator[str]:
    from sqlglot import exp

    kinds = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)
    bare: dict[str, list[str]] = {}
    for comparison in tree.find_all(*kinds):
        column = comparison.this
        if not isinstance(column, exp.Column) or column.name.lower() not in moments:
            continue
        others = [comparison.args.get(part) for part in ("expression", "low", "high")]
        bare.setdefault(column.name, []).extend(filter(None, map(_naive, others)))
    for name, texts in bare.items():
        if texts:
            yield _read_as(name, sorted(set(texts)))


def _read_as(column: str, texts: Sequence[str]) -> str:
    """What becomes of the times without a zone that a moment is compared with."""
    quoted = " and ".join(f"'{text}'" for text in texts)
    read = " and ".join(f"{text}{' 00:00' if len(text) <= 10 else ''}" for text in texts)
    if len(texts) == 1:
        said = f" and {quoted} names no zone: it is read"
    else:
        said = f". {quoted} name no zone: they are read"
    return f"`{column}` is a moment in time{said} as {read} UTC."


def _naive(value: exp.Expr | None) -> str:
    from sqlglot import exp

    if isinstance(value, exp.Cast):
        if "TZ" in value.to.sql("duckdb").upper():
            return _naive(value.this) if _only_a_date(value.this) else ""
        value = value.this
    if not isinstance(value, exp.Literal) or not value.is_string:
        return ""
    text = str(value.this).strip()
    if _DATE_TEXT.fullmatch(text) and (len(text) <= 10 or not _ZONE.search(text[10:])):
        return text
    return ""


def _only_a_date(value: exp.Expr) -> bool:
    return bool(re.fullmatch(r"'[\d-]{8,10}'", value.sql("duckdb")))
