"""What the text of a cell tells of a difference that its result alone does not explain."""

from __future__ import annotations

import re

from champion.checking.source import is_sql, query

_FOLDED = re.compile(
    r"\b(?P<fold>lower|upper)\s*\([^()]*\)\s*(?:=|<>|!=|\bi?like\b|\bin\b\s*\()\s*'(?P<text>[^']*)'"
    r"|'(?P<text2>[^']*)'\s*=\s*(?P<fold2>lower|upper)\s*\(",
    re.IGNORECASE,
)
_TEXT = re.compile(r"'((?:[^']|'')*)'")
_EQUAL_PATTERN = re.compile(r"=\s*('(?:%[^']*|[^']*%)')")
_AT_MIDNIGHT = re.compile(r"_at\s*(?:=|in\s*\()\s*'\d{4}-\d\d?-\d\d?'", re.IGNORECASE)
_STARRED = re.compile(r"\blike\s+'([^'%_]*\*[^'%_]*)'", re.IGNORECASE)


def why_empty(source: str) -> list[str] | None:
    """What in a query may let no row through; None when nothing stands out."""
    if not is_sql(source):
        return _no_line(source)
    text = query(source)
    readings = (_letter_case, _stars, _equal_pattern, _midnight, _spaces, _word_null)
    return next((said for reading in readings if (said := reading(text))), None)


def not_from_a_reader(source: str) -> list[str] | None:
    """An answer that was kept from a line that begins with `!`, or as the text of a call."""
    if re.search(r"=\s*[\"']\s*logs\.", source):
        return [
            "The call stands between quotation marks, so it is a text and does nothing.",
            "Take the outer ones away: logs.grep(…).",
        ]
    if not re.search(r"^\s*\w+\s*=\s*!", source, re.MULTILINE):
        return None
    return [
        "What the shell shows are texts without their file and line.",
        "For an answer, write the same with logs.grep(…).",
    ]


def _no_line(source: str) -> list[str] | None:
    """A pattern that is found in no line of a log."""
    if not re.search(r"\bgrep\(", source):
        return None
    return [
        "Your pattern is found in no line of that file.",
        "Are its letters those of the log, small and large, accents too? Is it the right file? "
        "Try a shorter part of it, and look at one line of the log.",
    ]


def has_limit(source: str) -> bool:
    """Whether a query cuts its rows off."""
    return is_sql(source) and bool(re.search(r"\b(?:limit|fetch|top)\b", _code(source), re.I))


def sorts(source: str) -> bool:
    """Whether a query puts its rows in an order."""
    return bool(re.search(r"\border\s+by\b", _code(source), re.I))


def _code(source: str) -> str:
    return _TEXT.sub("''", re.sub(r"--[^\n]*", "", query(source)))


def _letter_case(text: str) -> list[str] | None:
    for found in _FOLDED.finditer(text):
        fold = (found["fold"] or found["fold2"]).lower()
        written = found["text"] or found["text2"] or ""
        folded = written.lower() if fold == "lower" else written.upper()
        if written != folded:
            size = "small" if fold == "lower" else "capital"
            return [
                f"Your table has no rows: {fold}() makes {size} letters, '{written}' has others.",
                "One side is in small letters, the other is not.",
            ]
    return None


def _stars(text: str) -> list[str] | None:
    found = _STARRED.search(text)
    if found is None:
        return None
    return [f"Your table has no rows: in '{found[1]}' the * is only a star.",
            "For any letters at all, SQL writes % where you wrote *."]  # fmt: skip


def _equal_pattern(text: str) -> list[str] | None:
    found = _EQUAL_PATTERN.search(text)
    if found is None:
        return None
    return [f"Your table has no rows: to =, the % in {found[1]} is only a sign.",
            "LIKE compares with a pattern."]  # fmt: skip


def _midnight(text: str) -> list[str] | None:
    if _AT_MIDNIGHT.search(text) is None:
        return None
    return ["Your table has no rows: a date alone means the first moment of its day.",
            "For a whole day, ask from that day on and before the next one."]  # fmt: skip


def _spaces(text: str) -> list[str] | None:
    for found in _TEXT.finditer(text):
        if found[1].strip() and (found[1] != found[1].strip() or "  " in found[1]):
            return [f"There is a space too many in '{found[1]}'.", "A space is a letter to SQL."]
    return None


def _word_null(text: str) -> list[str] | None:
    if not re.search(r"=\s*'null'", text, re.IGNORECASE):
        return None
    return ["'NULL' in quotes is a word, not a missing value.", "Write IS NULL, without quotes."]
