"""Where the grammar of a query broke, and what was likely meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from champion.desk import joins, mask
from champion.problems import Problem

_KEYWORDS = frozenset(
    re.findall(
        r"\S+",
        """
        select from where group by order limit having join left right inner outer full cross on
        using as and or not in is null like ilike between case when then else end distinct union
        all asc desc with exists over partition offset interval date timestamp timestamptz
        extract at time zone true false any filter within rows nulls first last cast
        """,
    )
)
_MISSPELT = ("select", "from", "where", "group", "order", "limit", "having", "join", "distinct",
             "between", "union", "inner", "exists", "desc")  # fmt: skip
_SIGNS = {
    "=>": ">=", "=<": "<=", "=!": "<>", "===": "=", "&&": "AND",
    ">=": ">=", "<=": "<=", "!=": "<>",
}  # fmt: skip
_UNFINISHED = frozenset(
    re.findall(
        r"\S+",
        """
        select from where by and or on in like between limit having join not as = < > , <> != >=
        <=
        """,
    )
)


def explain(sql: str, near: str, said: str, tables: Mapping[str, Sequence[str]]) -> Problem:
    """What is likely wrong with a query that the engine could not read.

    Args:
        sql: the query as written.
        near: the word at which the engine stopped; "" when it named none.
        said: all that the engine said.
        tables: the tables there are, with their columns: their names are never misspelt words.
    """
    code = mask.code(sql)
    at = _position(sql, near, said)
    for reading in _readings(sql, code, near, at, tables):
        if reading is not None:
            return reading
    if near:
        return Problem(
            f"The query could not be read at `{near}`.",
            "Look at the word before it: is something missing or misspelt there?",
        )
    return Problem("The query could not be read.", "Compare it with one that works, word by word.")


def _readings(
    sql: str, code: str, near: str, at: int, tables: Mapping[str, Sequence[str]]
) -> Iterator[Problem | None]:
    yield _quotes(sql)
    yield _blank(code)
    yield _brackets(code)
    yield _misspelt(code, at, tables)
    yield _commas(_with_text(sql))
    yield _in_without_brackets(code)
    yield _null_before_its_column(code)
    yield _top(code)
    yield _by_missing(code)
    yield _ends_early(_with_text(sql), at)
    yield _is_with_a_value(sql, at)
    yield _unquoted_pattern(code, near)
    yield _operator(code)
    yield joins.without_on(code, tables)
    yield _case_without_end(code)
    yield _step_behind_set(code)
    yield _name_missing(code, near, at)
    yield _comma_missing(code, near, at)


def _position(sql: str, near: str, said: str) -> int:
    """Where the engine's caret points in the query; else the first place of its word."""
    shown = re.search(r"^LINE (\d+): ?(.*)\n( *)\^", said, re.MULTILINE)
    if shown and "..." not in shown[2]:
        line = int(shown[1]) - 1
        column = len(shown[3]) - len(f"LINE {shown[1]}: ")
        starts = [0, *(found.end() for found in re.finditer("\n", sql))]
        if line < len(starts):
            return min(len(sql), starts[line] + max(0, column))
    found = sql.rfind(near) if near else -1
    return found if found >= 0 else len(sql)


def _quotes(sql: str) -> Problem | None:
    bare = re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*", "", sql)
    if "'" in bare or '"' in bare:
        sign = "'" if "'" in bare else '"'
        return Problem(
            f"A quote {sign} is opened and never closed.",
            "Text has one quote on each side: 'open'.",
        )
    return None


def _blank(code: str) -> Problem | None:
    if "..." in code or "…" in code:
        return Problem("The query still holds `...`.", "Replace it, then run the cell again.")
    return None


def _brackets(code: str) -> Problem | None:
    opened, closed = code.count("("), code.count(")")
    if opened > closed:
        return Problem("A bracket ( is opened and never closed.", "Add the ) where it ends.")
    if closed > opened:
        return Problem("A bracket ) closes nothing.", "Take it out, or open it before with (.")
    return None


def _misspelt(code: str, at: int, tables: Mapping[str, Sequence[str]]) -> Problem | None:
    known = {*tables, *(column for columns in tables.values() for column in columns)}
    for word in re.finditer(r"(?<![.\w:])[A-Za-z_]+(?![\w.(])", code[: at + 40]):
        bare = word[0].lower()
        if word.start() > at or bare in _KEYWORDS or bare in known or len(bare) < 3:
            continue
        near = difflib.get_close_matches(bare, _MISSPELT, 1, 0.74)
        if near:
            return Problem(f"`{word[0]}` is not an SQL word.", f"Did you mean {near[0].upper()}?")
    return None


def _commas(code: str) -> Problem | None:
    if re.search(r",\s*,", code):
        return Problem("Two commas stand side by side.", "Take one out.")
    before = re.search(r",\s*(from|where|group|order|having|limit|\))", code, re.IGNORECASE)
    if before:
        return Problem(
            f"A comma stands before {before[1].upper()}.",
            "The last item of a list has none after it.",
        )
    return None


def _with_text(sql: str) -> str:
    """The code of a query with a sign in place of each letter of a text: a text is an item, too."""
    bare = mask.without_comments(sql)
    return "".join(
        "_" if masked == " " and not letter.isspace() else masked
        for masked, letter in zip(mask.code(bare), bare, strict=True)
    )


def _in_without_brackets(code: str) -> Problem | None:
    if re.search(r"\b(?:position|trim)\s*\(", code, re.IGNORECASE):
        return None
    if not re.search(r"\bin\b(?!\s*[($])", code, re.IGNORECASE):
        return None
    return Problem("IN takes a list in brackets.", "Write IN (1, 2), or IN ('a', 'b') for text.")


def _null_before_its_column(code: str) -> Problem | None:
    found = re.search(r"\b(?:is\s+)?((?:not\s+)?null)\s+(?!and\b|or\b)([a-z_.]+_\w+)", code, re.I)
    if found is None:
        return None
    words = " ".join(found[1].upper().split())
    return Problem("The column stands before IS.", f"Write {found[2]} IS {words}.")


def _ends_early(code: str, at: int) -> Problem | None:
    text = code.rstrip().rstrip(";").rstrip()
    last = re.search(r"(\w+|[=<>,+*/-]+)$", text)
    if last and at >= last.start() and last[0].lower() in _UNFINISHED:
        return Problem(f"The query stops after `{last[0]}`.", "Write what follows it.")
    return None


def _is_with_a_value(sql: str, at: int) -> Problem | None:
    if re.search(r"\bis\s+(?:not\s+)?$", sql[:at], re.IGNORECASE):
        return Problem("IS is for NULL alone.", "Compare with a value by = or <>.")
    return None


def _unquoted_pattern(code: str, near: str) -> Problem | None:
    if "%" in near and re.search(r"\blike\s+%", code, re.IGNORECASE):
        return Problem("The pattern after LIKE is text.", "Put it in single quotes: LIKE '%a%'.")
    return None


def sign(written: str) -> Problem | None:
    """What to say of a sign that SQL does not have; None for one that is not known."""
    meant = _SIGNS.get(written.replace(" ", ""))
    return Problem(f"`{written}` is not an SQL sign.", f"Did you mean {meant}?") if meant else None


def _operator(code: str) -> Problem | None:
    found = re.search(r"===|=>|=<|=!|[<>!] =|&&", code)
    return sign(found[0]) if found else None


def _top(code: str) -> Problem | None:
    found = re.search(r"\bselect\s+top\s*\(?\s*(\d+)", code, re.IGNORECASE)
    if found is None:
        return None
    return Problem("TOP is another database's word.", f"Write LIMIT {found[1]} at the end.")


def _by_missing(code: str) -> Problem | None:
    found = re.search(r"\b(group|order)\s+(?!by\b)(\w+)", code, re.IGNORECASE)
    if found is None:
        return None
    word = found[1].upper()
    return Problem(f"{word} needs BY.", f"Write {word} BY {found[2]}.")


def _case_without_end(code: str) -> Problem | None:
    opened = len(re.findall(r"\bcase\b", code, re.IGNORECASE))
    if opened > len(re.findall(r"\bend\b", code, re.IGNORECASE)):
        return Problem("A CASE is never closed.", "Write END after its last branch.")
    return None


def _name_missing(code: str, near: str, at: int) -> Problem | None:
    if re.search(r"\bas\s+(?:from\s+)?$", code[:at], re.IGNORECASE):
        return Problem(
            "AS is followed by no name of your own.", "Write one word after AS, or drop it."
        )
    return None


def _step_behind_set(code: str) -> Problem | None:
    if step := re.search(r"\bset\s+(\w+)\s*\(", code, re.IGNORECASE):
        return Problem(
            "Behind SET stands a column alone, then =, then its new value.",
            f"Which side of the = takes {step[1]}(…)?",
        )
    return None


def _comma_missing(code: str, near: str, at: int) -> Problem | None:
    before = code[:at]
    word = re.search(r"(\w+|\))\s*$", before)
    if not near or word is None or word[1].lower() in _KEYWORDS:
        return None
    shown = re.search(r"\w+\s*$", before) if near == "(" else None
    item = f"{shown[0].strip()}(" if shown else near
    clause = re.findall(r"\b(select|from|where|having|by)\b", before, re.IGNORECASE)
    last = clause[-1].lower() if clause else ""
    if last in ("where", "having") and re.match(r"[A-Za-z_']", item):
        return Problem(
            f"Something is missing before `{item}`.", "Join two conditions with AND or OR."
        )
    if last in ("select", "by") and re.match(r"[A-Za-z_'\d]", item):
        return Problem(f"A comma is missing before `{item}`.", "Put one between any two columns.")
    return None
