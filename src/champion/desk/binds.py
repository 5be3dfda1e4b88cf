"""The `:name` of a query: its value comes from the notebook's variable of that name."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from champion.desk import mask
from champion.problems import Problem

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, TextClause

_BIND = re.compile(r"(?<![:\w'\"\]]):(?P<name>[A-Za-z_]\w*)(?![:\w])")
_COLON = re.compile(r"(?P<back>\\)?(?P<word>:[\w$]*)(?![:\w$])")
_PLAIN = (str, bool, int, float, Decimal, datetime, date, timedelta, bytes)
_STEPS = (BuiltinFunctionType, FunctionType, MethodType)


def names(sql: str) -> tuple[str, ...]:
    """The names a query asks for, each once, in the order it does.

    A cast (`::date`), a time in quotes ('12:30') and a slice ([1:3]) ask for nothing.
    """
    return tuple(dict.fromkeys(found["name"] for found in _places(sql)))


def clause(sql: str, values: Mapping[str, Any]) -> TextClause:
    """The query with its values bound, for SQLAlchemy.

    Args:
        sql: a query that may ask for `:name`.
        values: the notebook's variables.

    Raises:
        Problem: a name that is no variable, or a value that cannot be put into a query.
    """
    import sqlalchemy

    bound = {name: _value(name, values) for name in names(sql)}
    lists = {name for name, value in bound.items() if isinstance(value, list)}
    text = sqlalchemy.text(_escaped(_bracketed(sql, lists)))
    params: list[BindParameter[Any]] = [
        sqlalchemy.bindparam(name, value, expanding=name in lists) for name, value in bound.items()
    ]
    return text.bindparams(*params)


def _places(sql: str) -> list[re.Match[str]]:
    code = mask.code(sql)
    found = _BIND.finditer(code)
    return [each for each in found if sql[each.start() - 1 : each.start()] not in {"'", '"'}]


def _bracketed(sql: str, lists: set[str]) -> str:
    """SQLAlchemy brings its own brackets for a list: `IN (:ids)` becomes `IN :ids`."""
    for name in lists:
        sql = re.sub(rf"\(\s*:{name}\s*\)", f":{name}", sql)
    return sql


def _escaped(sql: str) -> str:
    """Every colon that asks for nothing, so marked that SQLAlchemy leaves it alone."""
    asked = {found.start() for found in _places(sql)}

    def mark(found: re.Match[str]) -> str:
        if not found["back"] and (found["word"] == ":" or found.start("word") in asked):
            return found[0]
        return f"\\{found[0]}"

    return _COLON.sub(mark, sql)


def _value(name: str, values: Mapping[str, Any]) -> Any:
    if name not in values:
        near = difflib.get_close_matches(name, [n for n in values if not n.startswith("_")], 1)
        raise Problem(
            f"The query asks for `:{name}`, and there is no variable called {name}.",
            f"Did you mean `:{near[0]}`?"
            if near
            else f"Give it a value in a cell above: {name} = …",
        )
    return _bindable(name, values[name])


def _bindable(name: str, value: Any) -> Any:
    if hasattr(value, "to_pydatetime") and not hasattr(value, "__len__"):
        return value.to_pydatetime()
    if hasattr(value, "tolist") and not hasattr(value, "columns"):
        value = value.tolist()
    if isinstance(value, list | tuple | set | frozenset | range):
        return [_bindable(name, each) for each in value]
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, _STEPS):
        raise Problem(
            f"`:{name}` holds a step that was not taken: its round brackets are missing.",
            f"Write {value.__name__}(), with them.",
        )
    held = "a blank" if value is Ellipsis else f"a {type(value).__name__}"
    raise Problem(
        f"`:{name}` holds {held}, and a query takes a number, a text, a date or a list of them.",
        f"Look at {name} in a cell of its own.",
    )
