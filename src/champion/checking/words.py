"""How what is said to a learner is put together: sentences, and a small table of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from champion.checking.values import Cell, Column, Kind

_BOLD = re.compile(r"(`[^`]*`)|\*\*")
_EMPHASIS = re.compile(
    r"(`[^`]*`)"
    r"|(?<![\w*])\*(?=[\w\"'“‘`…])((?:`[^`]*`|[^*`])*[\w.,!?\"'”’`…])\*(?![\w*])"
)
_END = r"(?:(?<![a-z]\.[a-z])\.|[!?])[\"”)]?(?=\s+[^a-z\s]|\s*$)"  # "e.g." ends no sentence
_SENTENCE = re.compile(rf"(?:`[^`]*`|[^`])*?{_END}", re.DOTALL)
WIDEST_CELL = 28
MOST_COLUMNS = 6
MOST_ROWS = 3
MOST_NAMES = 8


def plain(text: str) -> str:
    """An author's Markdown without its marks for bold and italics; code keeps its own."""
    bare = _BOLD.sub(lambda found: found[1] or "", text)
    return _EMPHASIS.sub(lambda found: found[1] or found[2], bare).strip()


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence of a text, on one line, and the rest of it."""
    found = _SENTENCE.match(text.strip())
    first = found[0] if found else text.strip().partition("\n\n")[0]
    return " ".join(first.split()), text.strip()[len(first) :].strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def line(says: str) -> str:
    """What an author says, without its marks and all on one line."""
    return " ".join(paragraphs(plain(says)))


def message(first: str, rest: Iterable[str]) -> str:
    """A first line, and under it the others, set in by two spaces."""
    lines = [line for part in rest for line in part.split("\n")]
    return "\n".join([first, *(f"  {line}".rstrip() for line in lines)]).rstrip()


def quoted(says: str) -> str:
    """What a customer says, in one pair of quotation marks."""
    return '"' + plain(says).strip('"“”') + '"'


def names(items: Sequence[str]) -> str:
    """Names in code marks, eight at most: `a`, `b` and `c`."""
    marked = [f"`{short(item)}`" for item in items[:MOST_NAMES]]
    if len(items) > MOST_NAMES:
        marked.append(f"{len(items) - MOST_NAMES:,} more")
    return " and ".join(part for part in (", ".join(marked[:-1]), marked[-1]) if part)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "5,000 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def small_table(columns: Sequence[Column], places: Sequence[int]) -> str:
    """The rows at some places as a small text table: the first three, six columns at most.

    It stands between empty lines and is set in, so that Markdown shows it as it is.
    """
    shown = columns[:MOST_COLUMNS]
    lines = [[short(column.name) for column in shown]]
    lines += [
        [cell(column.kind, column.values[place]) for column in shown]
        for place in places[:MOST_ROWS]
    ]
    widths = [max(map(len, texts)) for texts in zip(*lines, strict=True)]
    right = [column.kind == "number" for column in shown]
    rows = [
        "  ".join(
            text.rjust(width) if flush else text.ljust(width)
            for text, width, flush in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    ]
    more = len(places) - MOST_ROWS
    if more > 0:
        rows.append(f"… and {more:,} more")
    return "\n" + "\n".join(f"    {row}" for row in rows) + "\n"


def cell(kind: Kind, value: Cell) -> str:
    """One value as a learner would write it, not too long, on one line."""
    return short(text(kind, value))


def short(text: str) -> str:
    """A text on one line, and not too long to stand in a table or a sentence."""
    line = "".join(letter if letter.isprintable() else "·" for letter in text)
    return line if len(line) <= WIDEST_CELL else line[: WIDEST_CELL - 1] + "…"


def text(kind: Kind, value: Cell) -> str:
    """One value as a learner would write it, in full."""
    if value is None:
        return "NULL"
    if kind == "mixed":
        inner, part = cast(tuple[Kind, Cell], value)
        return text(inner, part)
    if kind in ("day", "clock", "moment", "time"):
        return _time(kind, cast(int, value))
    if kind == "span":
        return span(cast(int, value))
    return number(value) if kind == "number" else str(value)


def number(value: Cell) -> str:
    """A number in full, unless it is too long to be read."""
    if isinstance(value, int) and value.bit_length() > 200:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < 40 else str(value)
    return str(value)


def span(nanoseconds: int) -> str:
    """A length of time: "1 hour", "2 days", "1:30:00"."""
    for unit, size in (("day", 86_400 * 10**9), ("hour", 3600 * 10**9), ("minute", 60 * 10**9)):
        if nanoseconds and nanoseconds % size == 0:
            return count(nanoseconds // size, unit)
    try:
        return str(timedelta(microseconds=nanoseconds // 1000))
    except OverflowError:
        return f"{nanoseconds} ns"


def _time(kind: Kind, nanoseconds: int) -> str:
    try:
        moment = datetime(1970, 1, 1) + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return f"{nanoseconds} ns after 1970"
    if kind == "day":
        return moment.date().isoformat()
    if kind == "time":
        return moment.time().isoformat()
    return moment.isoformat(sep=" ") + ("+00:00" if kind == "moment" else "")
