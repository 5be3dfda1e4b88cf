"""Failures over kinds: text where a number is meant, a date that is none, a wrong comparison."""

from __future__ import annotations

import re

from champion.desk import joins, mask, zones
from champion.desk.failure import Failure
from champion.problems import Problem

_TYPES = (
    (r"TIMESTAMP WITH TIME ZONE|timestamp with time zone", "a moment"),
    (r"TIMESTAMP\w*|timestamp without time zone", "a date with a time"),
    (r"VARCHAR|STRING_LITERAL|text|character varying", "text"),
    (r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?(?:_LITERAL)?\d*|bigint|integer", "a whole number"),
    (r"DECIMAL(?:\([\d,]*\))?|DOUBLE|FLOAT|numeric|double precision", "a number"),
    (r"BOOL(?:EAN)?|boolean", "true or false"),
    (r"DATE|date", "a date"),
    (r"INTERVAL|interval", "a length of time"),
)

_LIKES = ("~~", "!~~", "~~*", "!~~*")
"""What the engine calls LIKE, NOT LIKE, ILIKE and NOT ILIKE."""


def conversion(failure: Failure, found: re.Match[str]) -> Problem:
    """A text that cannot be read as what its column holds."""
    value, wanted = found["value"], _in_words(found["type"])
    column = re.search(
        rf"(\w+)(?:::\w+)?\s*(?:=|<>|!=|<=?|>=?|in\s*\()\s*'{re.escape(value)}'",
        failure.sql,
        re.IGNORECASE,
    )
    if column:
        return Problem(
            f"`{column[1]}` holds {_plural(wanted)}, and '{value}' is not one.",
            "Compare it with a value of its own kind, or compare another column.",
        )
    return Problem(f"'{value}' cannot be read as {wanted}.", "Is this the column you meant?")


def bad_date(failure: Failure, found: re.Match[str]) -> Problem:
    """A date that is none."""
    if found["value"].lower() == "null":
        return Problem("'NULL' in quotes is a word.", "Write IS NULL or IS NOT NULL, unquoted.")
    return zones.without_a_time(found["value"]) or Problem(
        f"'{found['value']}' is not a date or time.",
        "Write dates as '2026-03-31': year, month, day.",
    )


def types_differ(failure: Failure, found: re.Match[str]) -> Problem:
    """A comparison of two kinds."""
    if unquoted := _unquoted_date(failure):
        return unquoted
    left, right = _in_words(found["left"]), _in_words(found["right"])
    return Problem(
        f"One side of a comparison is {left}, the other {right}.",
        "Compare two columns of the same kind; `%schema` and a table's name show the kinds.",
    )


def no_function_for(failure: Failure, found: re.Match[str]) -> Problem:
    """A function or sign that does not take what it was given."""
    name = found["name"].strip('"')
    kinds = [_in_words(each) for each in re.split(r",\s*(?![^(]*\))", found["types"]) if each]
    given = " and ".join(kinds) or "nothing"
    if name == "contains" and re.search(r"\bin\b(?!\s*\()", mask.code(failure.sql), re.IGNORECASE):
        return Problem("IN takes a list in brackets.", "Write IN (1, 2).")
    if name in _LIKES:
        return _like(kinds)
    if not name[:1].isalpha():
        return Problem(
            f"`{name}` does not work between {given}.", "Look at which columns stand beside it."
        )
    return Problem(
        f"`{name}()` does not take {given}.",
        "Is this the column you meant? `%schema` shows the kinds.",
    )


def no_cast(failure: Failure, found: re.Match[str]) -> Problem:
    """A comparison of two kinds that nothing turns into one another."""
    if unquoted := _unquoted_date(failure):
        return unquoted
    return Problem(
        f"{_in_words(found['left']).capitalize()} is compared with {_in_words(found['right'])}.",
        "Compare the column with a value of its own kind.",
    )


def text_column(failure: Failure, found: re.Match[str]) -> Problem:
    """A column of text, used as something else."""
    wanted = _in_words(found["type"])
    if joins.two_columns(failure, found["name"]):
        return Problem(
            f"`{found['name']}` holds text, such as '{found['value']}', and is compared with "
            f"{wanted}.",
            "Two columns fit when they hold the same numbers. `%schema` shows where a → leads.",
        )
    return Problem(
        f"`{found['name']}` holds text, and here it is used as {wanted}.",
        f"One of its values is '{found['value']}'. Text to compare with goes in single quotes.",
    )


def _like(kinds: list[str]) -> Problem:
    """LIKE with something that is no text on one of its sides."""
    if kinds and kinds[0] in ("a moment", "a date", "a date with a time"):
        return Problem(
            f"LIKE compares text, and this column holds {kinds[0]}.",
            "Write >= with the moment at which March begins, AND < with that of April."
            if kinds[0] == "a moment"
            else "For March, write >= '2026-03-01' AND … < '2026-04-01'.",
        )
    if len(kinds) > 1 and kinds[1].startswith("tuple"):
        return Problem(
            "LIKE takes one pattern, not a list.",
            "Write IN for a list of values, or two LIKEs with OR between them.",
        )
    given = " and ".join(kinds)
    return Problem("LIKE compares text with a text.", f"Here it stands between {given}.")


def _unquoted_date(failure: Failure) -> Problem | None:
    found = re.search(r"(?<![\w-])(\d{4}-\d\d?-\d\d?)(?![\w-])", mask.code(failure.sql))
    if found is None:
        return None
    return Problem(
        f"{found[1]} without quotes is a calculation.",
        f"A date goes in single quotes: '{found[1]}'.",
    )


def _in_words(kind: str) -> str:
    bare = kind.strip()
    for pattern, words in _TYPES:
        if re.fullmatch(pattern, bare):
            return words
    return bare.lower()


def _plural(kind: str) -> str:
    return {"text": "text", "true or false": "true or false"}.get(
        kind, kind.removeprefix("a ").replace("date with a time", "date and time") + "s"
    )
