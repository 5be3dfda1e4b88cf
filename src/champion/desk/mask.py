"""Which parts of an SQL text are code, and which are text, quoted names or comments."""

from __future__ import annotations

import re

_TEXT = r"'(?:[^']|'')*(?:'|\Z)"
_QUOTED = r'"(?:[^"]|"")*(?:"|\Z)'
_COMMENT = r"--[^\n]*|/\*.*?(?:\*/|\Z)"
_DOLLARS = r"\$(?P<tag>(?:[A-Za-z_]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z)"
_INERT = re.compile(f"{_TEXT}|{_QUOTED}|{_COMMENT}|{_DOLLARS}", re.DOTALL)
_COMMENTS = re.compile(f"{_TEXT}|{_QUOTED}|{_DOLLARS}|(?P<comment>{_COMMENT})", re.DOTALL)


def code(sql: str) -> str:
    """The same text, as long as before, with spaces where nothing is code.

    Text in quotes, quoted names and comments become blanks; line ends stay. So a pattern
    found in the result stands at the same place in the query.
    """
    return _INERT.sub(_blanked, sql)


def without_comments(sql: str) -> str:
    """The same text, as long as before, with spaces where comments are."""
    return _COMMENTS.sub(lambda m: _blanked(m) if m["comment"] is not None else m[0], sql)


def statements(sql: str) -> list[str]:
    """The statements of a text, without the empty ones, comments and semicolons."""
    bare = without_comments(sql)
    ends = [at for at, sign in enumerate(code(sql)) if sign == ";"]
    starts = [0, *(at + 1 for at in ends)]
    pieces = (bare[a:b].strip() for a, b in zip(starts, [*ends, len(bare)], strict=True))
    return [piece for piece in pieces if piece]


def closing(code: str, opening: int) -> int:
    """Where the bracket closes that opens here; the end of the code where it never does."""
    depth = 0
    for at in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return at
    return len(code)


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
