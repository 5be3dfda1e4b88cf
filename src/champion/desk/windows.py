"""Slips in a window, `rank() OVER (…)`, which a failed query's text alone gives away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from champion.desk import mask
from champion.problems import Problem

FUNCTIONS = "row_number|rank|dense_rank|lag|lead|ntile|first_value|last_value"
_I = re.IGNORECASE


def slip(sql: str) -> Problem | None:
    """What is wrong with a window of a query that the engine refused; None when it does not tell.

    A query that names its windows, WINDOW w AS (…), is left alone.
    """
    code = mask.code(sql)
    if re.search(r"\bwindow\b", code, _I):
        return None
    return next((said for read in _READINGS if (said := read(code))), None)


def _brackets_of_function(code: str) -> Problem | None:
    found = re.search(rf"\b({FUNCTIONS})\s+over\b", code, _I)
    if found is None:
        return None
    return Problem(f"`{found[1]}` needs brackets of its own.", f"Write {found[1]}() OVER (…).")


def _over_missing(code: str) -> Problem | None:
    for found in re.finditer(rf"\b({FUNCTIONS})\s*(?=\()", code, _I):
        after = code[mask.closing(code, found.end()) + 1 :]
        if re.match(r"\s*\(", after):
            return Problem(f"OVER is missing behind `{found[1]}(…)`.", "Write OVER before the (.")
        if not re.match(r"\s*(?:over|filter|ignore|respect|within)\b", after, _I):
            return Problem(
                f"`{found[1]}(…)` needs OVER (…) behind it.",
                "In its brackets stands which rows it looks at, and in which order.",
            )
    return None


def _over_without_brackets(code: str) -> Problem | None:
    if not re.search(r"\)\s*over\b(?!\s*\()", code, _I):
        return None
    return Problem(
        "OVER is followed by brackets.", "Write OVER (ORDER BY …), or OVER (PARTITION BY …)."
    )


def _inside(code: str) -> Problem | None:
    return next((said for text in _windows(code) for read in _WITHIN if (said := read(text))), None)


def _windows(code: str) -> Iterator[str]:
    """What stands in the brackets behind each OVER."""
    for found in re.finditer(r"\bover\s*(?=\()", code, _I):
        yield code[found.end() + 1 : mask.closing(code, found.end())]


def _group_by(window: str) -> Problem | None:
    if not re.search(r"\bgroup\s+by\b", window, _I):
        return None
    return Problem(
        "A window has no GROUP BY.", "Which rows belong together is said by PARTITION BY there."
    )


def _by_missing(window: str) -> Problem | None:
    found = re.search(r"\b(partition|order)\s+(?!by\b)(\w+)", window, _I)
    if found is None:
        return None
    word = found[1].upper()
    return Problem(f"{word} needs BY.", f"Write {word} BY {found[2]}.")


def _sequence(window: str) -> Problem | None:
    words = re.findall(r"\b(partition\s+by|order\s+by|rows|range)\b", window, _I)
    places = [("p", "o", "r").index(word[0].lower()) for word in words]
    if places == sorted(places):
        return None
    return Problem(
        "The parts of this window stand in another sequence than SQL reads.",
        "First PARTITION BY, then ORDER BY, then ROWS.",
    )


def _frame(window: str) -> Problem | None:
    found = re.search(r"\b(rows|range)\s+(between\b)?(.*)", window, _I | re.DOTALL)
    if found is None or bool(found[2]) == bool(re.search(r"\band\b", found[3], _I)):
        return None
    return Problem(
        f"{'AND' if found[2] else 'BETWEEN'} is missing behind {found[1].upper()}.",
        "Write ROWS BETWEEN 6 PRECEDING AND CURRENT ROW.",
    )


def _bare_column(window: str) -> Problem | None:
    found = re.match(r"\s*([\w.]+)", window)
    if found is None or re.match(r"partition|order|rows|range|groups", found[1], _I):
        return None
    return Problem(
        f"`{found[1]}` stands in the window, and nothing says what for.",
        "Write PARTITION BY, or ORDER BY, before it.",
    )


_READINGS: tuple[Callable[[str], Problem | None], ...] = (
    _brackets_of_function,
    _over_missing,
    _over_without_brackets,
    _inside,
)
_WITHIN: tuple[Callable[[str], Problem | None], ...] = (
    _group_by,
    _by_missing,
    _sequence,
    _frame,
    _bare_column,
)
