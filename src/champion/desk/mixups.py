"""Mistakes in a query that failed which its text alone gives away, wherever the engine stopped."""

from __future__ import annotations

import re
from collections.abc import Callable

from champion.desk import joins, mask, zones
from champion.problems import Problem

CLAUSES = ("select", "from", "where", "group by", "having", "order by", "limit")
_CLAUSE = re.compile(r"\b(select|from|where|group\s+by|having|order\s+by|limit)\b", re.IGNORECASE)
_WORDS_OF_SQL = frozenset(
    re.findall(
        r"\w+",
        """
        and or not in is like ilike between group order limit having asc desc from where join on
        left right inner full cross union then else end when as using select case
        """,
    )
)
_FUNCTIONS = "lower|upper|trim|length|count|sum|avg|min|max|round|abs|coalesce"
_BEGINNINGS = "select|with|from|values|describe|desc|show|explain|summarize|pivot|unpivot|table"
_I = re.IGNORECASE


def mixup(sql: str) -> Problem | None:
    """What was mixed up in a query that the engine refused; None when its text does not tell."""
    code = mask.code(sql)
    return next((said for read in _READINGS if (said := read(sql, code))), None)


def outermost(code: str) -> str:
    """The text outside all brackets, as long as before."""
    while (inner := re.sub(r"\([^()]*\)", lambda m: "_" * len(m[0]), code)) != code:
        code = inner
    return code


def _second_query(sql: str, code: str) -> Problem | None:
    if not re.search(r"^\s*%%sql\b", code, re.MULTILINE):
        return None
    return Problem("A cell holds one query.", "Put the second `%%sql` into a cell of its own.")


def _beginning(sql: str, code: str) -> Problem | None:
    word = re.match(r"[\s(]*([^\W\d]\w*|#[^\n]*)", code)
    if word is None or re.fullmatch(_BEGINNINGS, word[1], _I):
        return None
    if word[1].startswith("#"):
        return Problem("A query begins with SELECT.", "A remark in SQL begins with --, not with #.")
    if re.search(r"\bselect\b", code, _I) or not _is_like_select(word[1]):
        return Problem("A query begins with SELECT.", f"Take `{word[1]}` away, or replace it.")
    return None


def _is_like_select(word: str) -> bool:
    import difflib

    return bool(difflib.get_close_matches(word.lower(), ["select", "with"], 1, 0.74)) and (
        len(word) <= len("select") + 1
    )


def _curly(sql: str, code: str) -> Problem | None:
    if not re.search("[‘’“”„‚]", code):
        return None
    text = re.search("[‘’“”„‚]+([^‘’“”„‚]*)[‘’“”„‚]+", code)
    shown = f"'{text[1]}'" if text else "'"
    return Problem(
        "These are curly quotation marks, perhaps pasted.", f"Type the quotes again: {shown}."
    )


def _several_words(sql: str, code: str) -> Problem | None:
    for found in re.finditer(r"(?:[=<>]|\bi?like\b)\s*([A-Za-z]\w*(?: +[A-Za-z]\w*)+)", code, _I):
        words: list[str] = []
        for word in found[1].split():
            if word.lower() in _WORDS_OF_SQL | {"date", "timestamp", "timestamptz", "interval"}:
                break
            words.append(word)
        after = code[found.start(1) + len(" ".join(words)) :]
        is_value = not re.search(r"['\"]", sql[found.start() : found.start(1)])
        if len(words) > 1 and is_value and not re.match(r"\s*[=<>(.]", after):
            text = " ".join(words)
            return Problem("Several words of text need single quotes around them.", f"'{text}'")
    return None


def _function_without_brackets(sql: str, code: str) -> Problem | None:
    found = re.search(rf"\b({_FUNCTIONS})[ \t]+(\w+)\s*(?=[=<>,]|\b(?:from|i?like|in)\b)", code, _I)
    if found is None or found[2].lower() in _WORDS_OF_SQL:
        return None
    return Problem(f"`{found[1]}` needs brackets.", f"Write {found[1]}({found[2]}).")


def _where_for_having(sql: str, code: str) -> Problem | None:
    """`GROUP BY uuid WHERE count(*) > 1`, or WHERE and the name of a count."""
    counts = r"(?:count|sum|avg|min|max)\s*\([^()]*\)"
    late = re.search(r"\bgroup\s+by\b(?:(?!\b(?:select|where)\b)[^()])*\bwhere\b(.*)", code,
                     _I | re.DOTALL)  # fmt: skip
    if late is None:
        return None
    named = "|".join(re.findall(rf"\b{counts}\s*as\s+(\w+)", code, _I))
    if not re.search(rf"\b{counts}" + (rf"|\b(?:{named})\b" if named else ""), late[1], _I):
        return None
    return Problem("A condition on a count is HAVING.", "Write HAVING where that WHERE stands.")


def _clause_order(sql: str, code: str) -> Problem | None:
    if re.search(r"\b(union|intersect|except)\b", code, _I):
        return None
    seen: list[str] = []
    for found in _CLAUSE.finditer(outermost(code)):
        word = " ".join(found[0].lower().split())
        later = [each for each in seen if CLAUSES.index(each) > CLAUSES.index(word)]
        if later and "select" in seen and word not in seen:
            return Problem(
                f"{word.upper()} comes before {later[0].upper()}.",
                "The order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.",
            )
        if word in seen:
            return Problem(f"{word.upper()} stands here twice.", _ONCE.get(word, "Keep one."))
        seen.append(word)
    return None


_ONCE = {
    "where": "Join two conditions with AND.",
    "order by": "Write it once, with a comma between the columns.",
    "group by": "Write it once, with a comma between the columns.",
}


def _columns_joined_by_and(sql: str, code: str) -> Problem | None:
    listed = re.search(r"\bselect\b(.*?)\bfrom\b", outermost(code), _I | re.DOTALL)
    if listed is None or re.search(r"\b(case|between)\b|[=<>]", listed[1], _I):
        return None
    if not re.search(r"\band\b", listed[1], _I):
        return None
    return Problem("In SELECT, commas part the columns.", "Write a comma where AND stands.")


def _order_joined_by_and(sql: str, code: str) -> Problem | None:
    found = re.search(r"\border\s+by\b(.*)", outermost(code), _I | re.DOTALL)
    if found is None or re.search(r"\bcase\b|[=<>]", found[1], _I):
        return None
    if not re.search(r"\band\b", found[1], _I):
        return None
    return Problem("In ORDER BY, commas part the columns.", "Write a comma where AND stands.")


def _sort_by(sql: str, code: str) -> Problem | None:
    if not re.search(r"\bsort(?:ed)?\s+by\b", code, _I):
        return None
    return Problem("SORT BY is not SQL.", "Write ORDER BY.")


def _comma_between_conditions(sql: str, code: str) -> Problem | None:
    where = re.search(r"\bwhere\b(.*?)(?=\b(?:group|order|limit|having)\b|\Z)", outermost(code),
                      _I | re.DOTALL)  # fmt: skip
    if where is None or not re.search(r",\s*\w+\s*(?:[=<>]|\b(?:is|like|in)\b)", where[1], _I):
        return None
    return Problem("A comma does not join two conditions.", "Write AND, or OR, in its place.")


def _ampersand(sql: str, code: str) -> Problem | None:
    found = re.search(r"&&?", code)
    if found is None:
        return None
    return Problem(f"`{found[0]}` does not join two conditions in SQL.", "Did you mean AND?")


def _sign_missing(sql: str, code: str) -> Problem | None:
    found = re.search(
        r"\b(?:where|and|or)\s+(\w+)\s+(\d+|'[^'\n]*')", mask.without_comments(sql), _I
    )
    if found is None or found[1].lower() in _WORDS_OF_SQL | {"date", "timestamp", "interval"}:
        return None
    return Problem(
        f"A sign is missing between `{found[1]}` and `{found[2]}`.", "Write =, or < or >."
    )


def _value_alone(sql: str, code: str) -> Problem | None:
    found = re.search(r"(\w+)\s*=\s*'[^'\n]*'\s+(or|and)\s+'[^'\n]*'\s*(?![\s=<>!])", sql, _I)
    if found is None:
        return None
    column, word = found[1], found[2].upper()
    return Problem(
        f"After {word} stands a text alone, and no condition.",
        f"Repeat the column: {column} = … {word} {column} = ….",
    )


def _nothing(sql: str, code: str) -> Problem | None:
    found = re.search(r"\bis\s+(not\s+)?(nothing|empty|none|nil|missing|blank|unknown)\b", code, _I)
    if found is None:
        return None
    return Problem(
        f"`{found[2]}` is not SQL's word for nothing.",
        f"Write IS {'NOT ' if found[1] else ''}NULL.",
    )


def _null_first(sql: str, code: str) -> Problem | None:
    found = re.search(r"\b(?:where|and|or)\s+(is\s+(?:not\s+)?null)\s+(\w+)", code, _I)
    if found is None or found[2].lower() in _WORDS_OF_SQL:
        return None
    return Problem(
        f"{found[1].upper()} stands behind its column.",
        f"Put the column first: {found[2]} {found[1].upper()}.",
    )


def _limit_in_words(sql: str, code: str) -> Problem | None:
    found = re.search(r"\blimit\s+(-\s*\d+|[A-Za-z]\w*)", code, _I)
    if found is None or found[1].lower() == "all":
        return None
    return Problem(
        f"LIMIT takes a number in digits, and `{found[1]}` is not one.",
        "Write, for example, LIMIT 3.",
    )


_READINGS: tuple[Callable[[str, str], Problem | None], ...] = (
    _second_query,
    _beginning,
    _curly,
    zones.worded,
    zones.unquoted,
    zones.truncated,
    zones.alone,
    zones.words_missing,
    zones.outside_the_quotes,
    zones.cast_first,
    zones.cast_into,
    _sort_by,
    _where_for_having,
    *joins.READINGS,
    _clause_order,
    _null_first,
    _nothing,
    _ampersand,
    _several_words,
    _function_without_brackets,
    _columns_joined_by_and,
    _order_joined_by_and,
    _comma_between_conditions,
    _value_alone,
    _sign_missing,
    _limit_in_words,
)
