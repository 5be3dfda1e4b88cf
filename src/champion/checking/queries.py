"""What a SQL text says, read by sqlglot, which is imported only when a query must be read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_COMMENT = re.compile(r"('(?:''|[^'])*'|\"(?:\"\"|[^\"])*\")|--[^\n]*|/\*.*?\*/", re.DOTALL)


def without_comments(text: str) -> str:
    """A query on one line: comments left out, white space one space each."""
    return " ".join(_COMMENT.sub(lambda found: found[1] or " ", text).split())


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[str, ...]:
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        tokens = sqlglot.tokenize(text, read="duckdb")
    except SqlglotError:
        return tuple(without_comments(text).lower().split())
    return tuple(
        f"'{token.text}'"
        if token.token_type.name == "STRING"
        else f'"{token.text}"'
        if token.token_type.name == "IDENTIFIER"
        else " ".join(token.text.lower().split())
        for token in tokens
    )


def tokens(text: str) -> list[str]:
    """The words and signs of a query, in small letters except quoted text, without comments.

    A text that cannot be taken apart (an open quote) is split at its spaces.
    """
    return [word for token in _tokens(text) for word in _words(token)]


def tables(text: str) -> frozenset[str]:
    """The names of the tables a query reads, in small letters; none if it cannot be read."""
    tree = _tree(text)
    if tree is None:
        return frozenset()
    from sqlglot import exp

    named_here = {each.alias.lower() for each in tree.find_all(exp.CTE)}
    return frozenset(each.name.lower() for each in tree.find_all(exp.Table)) - named_here


def joins_without_condition(text: str) -> bool:
    """Whether a query puts tables side by side with nothing that ties their rows together.

    A condition counts wherever it stands: after ON, in USING, or in WHERE.
    """
    tree = _tree(text)
    if tree is None:
        return False
    from sqlglot import exp

    return any(_has_loose_join(select, exp) for select in tree.find_all(exp.Select))


def _has_loose_join(select: Any, exp: Any) -> bool:
    where = select.args.get("where")
    return any(
        isinstance(join.this, exp.Table)
        and not (join.args.get("using") or join.method == "NATURAL")
        and not _ties(join.args.get("on"), exp)
        and not _ties(where, exp)
        for join in select.args.get("joins") or []
    )


def _ties(condition: Any, exp: Any) -> bool:
    """Whether a condition compares a column of one table with one of another."""
    if condition is None:
        return False
    return any(
        isinstance(each.this, exp.Column)
        and isinstance(each.expression, exp.Column)
        and (each.this.table != each.expression.table or not each.this.table)
        for each in condition.find_all(exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
    )


@lru_cache(maxsize=256)
def _tree(text: str) -> Any:
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        return sqlglot.parse_one(text, read="duckdb")
    except (SqlglotError, RecursionError):
        return None


def _words(token: str) -> list[str]:
    return [token] if token[:1] in "'\"" else token.split()
