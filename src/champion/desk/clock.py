"""Lantern's clock in a query: `now()` and its relatives mean the company's time.

The company's clock stands still, the engine's does not. The words are replaced in the
query's own text, so that everything else in it stays as it was written.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from champion.desk import mask

_WORDS = re.compile(
    r"""(?<![.\w:])(?:
        (?P<moment>(?:now|get_current_timestamp|transaction_timestamp|statement_timestamp
                     |clock_timestamp)\s*\(\s*\)
                   |current_timestamp\b(?:\s*\(\s*\d*\s*\))?)
      | (?P<wall>localtimestamp\b(?:\s*\(\s*\d*\s*\))?)
      | (?P<date>today\s*\(\s*\)|current_date\b(?:\s*\(\s*\))?)
      | (?P<age>age\s*\()
    )(?!\s*\.)""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED = re.compile(r"\bas\s+$", re.IGNORECASE)


def stand_still(sql: str, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The query with the company's time in place of the engine's.

    Args:
        sql: what the learner wrote.
        now: the company's time, aware.

    Returns:
        The query to run, and the words that were replaced, as written, each once.
    """
    code = mask.code(sql)
    pieces: list[str] = []
    words: list[str] = []
    done = 0
    for found in _WORDS.finditer(code):
        replacement = _replacement(found, code, now)
        if replacement is None:
            continue
        pieces += [sql[done : found.start()], replacement]
        done = found.end()
        words.append(sql[found.start() : found.end()].rstrip("(") + ("(…)" if found["age"] else ""))
    return "".join([*pieces, sql[done:]]), tuple(dict.fromkeys(words))


def notice(words: tuple[str, ...], now: datetime) -> str:
    """One line that says whose time the query used."""
    named = " and ".join(f"`{word}`" for word in words)
    verb = "means" if len(words) == 1 else "mean"
    return f"{named} {verb} Lantern's time here: {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC."


def _replacement(found: re.Match[str], code: str, now: datetime) -> str | None:
    if _NAMED.search(code[: found.start()]):
        return None
    utc = now.astimezone(UTC)
    if found["moment"]:
        return f"(TIMESTAMPTZ '{utc:%Y-%m-%d %H:%M:%S}+00:00')"
    if found["wall"]:
        return f"(TIMESTAMP '{utc:%Y-%m-%d %H:%M:%S}')"
    if found["date"]:
        return f"(DATE '{utc:%Y-%m-%d}')"
    if _has_one_argument(code[found.end() :]):
        return f"age(TIMESTAMPTZ '{utc:%Y-%m-%d} 00:00:00+00:00', "
    return None


def _has_one_argument(rest: str) -> bool:
    depth = 0
    for sign in rest:
        if sign == ")" and depth == 0:
            return True
        if sign == "," and depth == 0:
            return False
        depth += {"(": 1, ")": -1}.get(sign, 0)
    return False
