"""What is wrong with an answer's rows: repeated, out of order, a page short, one column off."""

from __future__ import annotations

from collections.abc import Sequence

from champion.checking import sourced, words
from champion.checking.canonical import Table
from champion.checking.drift import drift, names_things, rounds
from champion.checking.overlay import Overlay
from champion.checking.source import is_sql
from champion.checking.values import Cell, Column, Kind

PAGES = (25, 100)
LIMITS = {5, 10, 20, 50}
_TIMED = {"day", "clock", "moment", "time"}


def too_many(mine: Table) -> list[str]:
    """A table that was too large to be read as a whole."""
    read = min((len(column.values) for column in mine.columns), default=0)
    return [
        f"Your table has {words.count(mine.rows, 'row')}, far more than the task asks for.",
        f"Only the first {read:,} were read. Did a join meet every row with every other? "
        "Count the rows of each table before you join them.",
    ]


def empty(mine: Table, wanted: Table, source: str = "") -> list[str] | None:
    """No rows where there should be some, or the other way round."""
    if mine.rows == 0 and wanted.rows:
        return sourced.why_empty(source) or [
            "Your table has no rows.",
            "Which condition lets nothing through? Leave them out one at a time and look.",
        ]
    if mine.rows and not wanted.rows:
        return [
            f"Your table has {words.count(mine.rows, 'row')}, and there should be none.",
            words.small_table(mine.columns, range(mine.rows)),
        ]
    return None


def repeated(over: Overlay) -> list[str] | None:
    """The right rows, but each or some of them too often, or not often enough."""
    if bool(over.missing) == bool(over.extra):
        return None
    ours, theirs = over.counts
    if set(ours) != set(theirs):
        return None
    if over.missing:
        return [
            "Each of your rows belongs, but some belong more than once.",
            "Did DISTINCT, UNION or drop_duplicates drop rows that only look alike?",
        ]
    times = {ours[row] / theirs[row] for row in ours}
    if len(times) == 1:
        return [
            f"Each of your rows appears {round(times.pop())} times: did a join fan out?",
            "Which table has several rows for one row of the other?",
        ]
    return [
        f"The right rows are there, but some come too often: {len(over.extra):,} too many.",
        words.small_table(over.mine.columns, over.extra),
        "Did a join fan out? Which row meets several of the other table?",
    ]


def out_of_order(over: Overlay, source: str = "") -> list[str] | None:
    """The right rows in another sequence than the task asks for."""
    if over.extra or over.missing:
        return None
    order = over.task.order
    first = "The rows are right, their order is not."
    if is_sql(source) and not sourced.sorts(source):
        return [first, "Nothing sorts these rows: which line puts a list in order?"]
    wrong = [name for name in order if not over.in_sequence((name,))]
    if _is_reversed(over):
        return [first, f"By {words.names(order)} they run the other way round."]
    if wrong and wrong[0] != order[0]:
        return [
            first,
            f"{words.names(order[: order.index(wrong[0])])} runs as asked, `{wrong[0]}` does not: "
            "what decides between rows that are alike there?",
        ]
    return [first, f"What puts the rows of your table in order, and is it {words.names(order)}?"]


def _is_reversed(over: Overlay) -> bool:
    backwards = Table(
        tuple(Column(each.name, each.kind, each.values[::-1]) for each in over.mine.columns),
        over.mine.rows,
    )
    return Overlay(
        over.task, backwards, over.wanted, over.ours, over.theirs, over.columns
    ).in_sequence(over.task.order)


def paged(over: Overlay, source: str = "") -> list[str] | None:
    """All rows belong, and they end where a page or a limit does."""
    if over.extra or not over.missing or _null_in_missing(over):
        return None
    have, lack = over.mine.rows, len(over.missing)
    if have in LIMITS or any(have % page == 0 for page in PAGES):
        return [
            f"Your {have:,} rows belong, but they stop at exactly {have:,}, and there are more.",
            "Is that where a LIMIT ends? What comes after it?"
            if is_sql(source)
            else "Is that where a page ends, or a LIMIT? What comes after it?",
        ]
    if is_sql(source):
        return None
    if any(lack % page == 0 for page in PAGES):
        return [
            f"Your rows belong, and exactly {lack:,} are missing, as many as fill a page.",
            "Was a page never fetched: the first, one in between, or the last?",
        ]
    return None


def uncut(over: Overlay, source: str = "") -> list[str] | None:
    """All rows that are wanted, and those that a LIMIT would have cut off."""
    cuts = sourced.has_limit(over.task.reference) and not sourced.has_limit(source)
    if over.missing or not over.extra or not is_sql(source) or not cuts:
        return None
    be = "is" if over.wanted.rows == 1 else "are"
    return [
        f"You show {words.count(over.mine.rows, 'row')} and {over.wanted.rows:,} {be} wanted.",
        "Which line cuts a list?",
    ]


def one_column_off(over: Overlay) -> list[str] | None:
    """One column off, or all of one kind, while the others are right."""
    if over.mine.rows != over.wanted.rows or not over.extra:
        return None
    changed = {
        places: pairs
        for places in _candidates(over.columns)
        if (pairs := over.pairs_but_for(places)) is not None
    }
    for places, pairs in changed.items():
        said = _drift(over, places, pairs)
        if said:
            return said if len(said) > 1 else [*said, _own(over)]
    alone = [places[0] for places in changed if len(places) == 1 < len(over.columns)]
    return _one_wrong(over, over.columns[alone[-1]].name) if alone else None


def _drift(
    over: Overlay, places: tuple[int, ...], pairs: list[list[tuple[Cell, Cell]]]
) -> list[str] | None:
    """What the differences of some columns have in common, told of the first of them."""
    if len(places) == len(over.columns) and any(mine == wanted for mine, wanted in pairs[0]):
        return None  # nothing but the order tells these rows apart: the pairs may be chance
    said = None
    for place, each in zip(places, pairs, strict=True):
        found = drift(
            over.columns[place].name,
            over.columns[place].kind,
            each,
            over.task.tolerance,
            rounds=rounds(over.task),
        )
        if not found:
            return None
        said = said or found
    return said


def _candidates(columns: Sequence[Column]) -> list[tuple[int, ...]]:
    """Which columns may be off together: each alone, all times, all numbers."""
    alone = [(place,) for place in range(len(columns))]
    times = tuple(at for at, column in enumerate(columns) if column.kind in _TIMED)
    numbers = tuple(at for at, column in enumerate(columns) if column.kind == "number")
    return alone + [each for each in (times, numbers) if 1 < len(each) < len(columns)]


def _one_wrong(over: Overlay, name: str) -> list[str]:
    off, among = len(over.extra), over.mine.rows
    if among == 1:
        first = f"`{name}` is wrong; the rest of your row is right:"
    elif off == among:
        first = f"`{name}` is wrong in every row; the rest is right:"
    else:
        first = f"`{name}` is wrong in {off:,} of your {among:,} rows; the rest is right:"
    return [first, _own(over)]


def others(over: Overlay) -> list[str]:
    """Rows that do not belong, shown, and rows that are missing, counted and hinted at."""
    extra, missing = len(over.extra), len(over.missing)
    have = over.mine.rows
    if not extra:
        all_of = "Your only row belongs" if have == 1 else f"All your {have:,} rows belong"
        return [f"{all_of}, but {_are(missing)} missing.", *_missing(over)]
    if not missing:
        return [
            f"All the right rows are there, and with them {extra:,} that {_do(extra)} not belong:",
            _own(over),
            *_nulls_among_extra(over),
        ]
    if extra == have:
        none = "your row is not right" if have == 1 else f"none of your {have:,} rows is right"
        return [f"The columns are as asked, but {none}:", _own(over)]
    return [
        f"{extra:,} of your {have:,} rows {_do(extra)} not belong, and {_are(missing)} missing:",
        _own(over),
        *_nulls_among_extra(over),
        *_missing(over),
    ]


def _own(over: Overlay) -> str:
    """The learner's rows that do not belong."""
    return words.small_table(over.mine.columns, over.extra)


def _are(number: int) -> str:
    return f"{number:,} {'is' if number == 1 else 'are'}"


def _do(number: int) -> str:
    return "does" if number == 1 else "do"


def _missing(over: Overlay) -> list[str]:
    """A hint at the missing rows: NULLs they share, or what their first column names them by.

    The other columns are never shown: they are what the task asks for.
    """
    null = _null_in_missing(over)
    if null:
        return [f"In each row that is missing, `{null}` is NULL."]
    first = over.wanted.columns[0]
    if len(over.wanted.columns) < 2 or not _names_rows(first.name, first.kind):
        return []
    known = set(over.ours[0])
    lacking = dict.fromkeys(
        over.theirs[0][place] for place in over.missing if over.theirs[0][place] not in known
    )
    if not lacking:
        return []
    shown = [words.cell(first.kind, value) for value in list(lacking)[: words.MOST_ROWS]]
    more = f" and {len(lacking) - len(shown):,} more" if len(lacking) > len(shown) else ""
    return [f"Missing, by `{first.name}`: {', '.join(shown)}{more}."]


def _null_in_missing(over: Overlay) -> str:
    """The column that is NULL in all rows that are missing, and in none that is there."""
    for ours, theirs, column in zip(over.ours, over.theirs, over.columns, strict=True):
        if None not in ours and all(theirs[place] is None for place in over.missing):
            return column.name
    return ""


def _names_rows(name: str, kind: Kind) -> bool:
    """Whether a column says which row it is, rather than what was asked for."""
    return kind in ("text", "day", "clock", "moment") or names_things(name)


def _nulls_among_extra(over: Overlay) -> list[str]:
    for ours, theirs, column in zip(over.ours, over.theirs, over.columns, strict=True):
        if None not in theirs and all(ours[place] is None for place in over.extra):
            return [f"In each of them, `{column.name}` is NULL."]
    return []
