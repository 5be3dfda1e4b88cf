"""Two values within values side by side: how each is said in a few words, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from champion.checking import words
from champion.checking.nested import Group, Nested, same
from champion.checking.values import Other, Scalar, Table

SHORTEST = 60
"""Letters within which a value is written out."""
MOST_SHOWN = 3


def said(value: Nested | None) -> str:
    """A value in a few words: `[1, 2, 3]`, `a list of 100: "A", "B", "C", …`, `None`."""
    whole = written(value)
    if len(whole) <= SHORTEST or not isinstance(value, Group):
        return whole
    parts = _parts(value)
    what = f"a {value.sort} of {len(value.items)}" if len(parts) > 1 else f"a {value.sort}"
    return f"{what}: {_first(parts)}"


def written(value: Nested | None) -> str:
    """A value as Python would write it, its texts cut short."""
    match value:
        case Group(sort="dictionary"):
            return "{" + ", ".join(_parts(value)) + "}"
        case Group(sort="set"):
            return "{" + ", ".join(_parts(value)) + "}" if value.items else "set()"
        case Group():
            return "[" + ", ".join(_parts(value)) + "]"
        case Scalar(kind="text"):
            return f'"{words.short(str(value.value))}"'
        case Scalar(kind="empty") | None:
            return "None"
        case Scalar(kind="bytes"):
            return words.short(repr(value.value))
        case Scalar():
            return words.cell(value.kind, value.value)
        case Table():
            rows = words.count(value.rows, "row")
            return f"a frame of {rows} and {words.count(len(value.columns), 'column')}"
        case Other():
            return value.what


def apart(mine: Nested | None, wanted: Nested | None, tolerance: float = 0.0) -> list[str]:
    """What sets a value apart from the one that is wanted, in one to three lines.

    What is missing comes first, then what should not be there.
    """
    if isinstance(mine, Group) and isinstance(wanted, Group) and mine.sort == wanted.sort:
        inside = _keyed if wanted.sort == "dictionary" else _listed
        found = list(inside(mine, wanted, tolerance))
        if found:
            return found[:MOST_SHOWN]
    return [f"It is {said(mine)}; wanted: {said(wanted)}."]


def surplus(mine: Nested | None, wanted: Nested | None) -> bool:
    """Whether there is something that should not be there."""
    if not (isinstance(mine, Group) and isinstance(wanted, Group)):
        return False
    if mine.sort == wanted.sort == "dictionary":
        theirs = dict(zip(wanted.keys, wanted.items, strict=True))
        pairs = zip(mine.keys, mine.items, strict=True)
        return any(key not in theirs or surplus(each, theirs[key]) for key, each in pairs)
    return bool(Counter(mine.items) - Counter(wanted.items))


def _listed(mine: Group, wanted: Group, tolerance: float) -> Iterator[str]:
    ours, theirs = Counter(mine.items), Counter(wanted.items)
    missing, extra = list((theirs - ours).elements()), list((ours - theirs).elements())
    if not missing and not extra:
        yield "All of it is there, in another order."
        return
    if len(missing) == len(extra) == 1 and len(mine.items) == len(wanted.items) > 1:
        yield f"{written(extra[0])} stands where {written(missing[0])} belongs."
        return
    if missing:
        yield f"{_some(missing)} {'is' if len(missing) == 1 else 'are'} missing."
    if extra:
        again = all(each in theirs for each in extra)
        found = "there too often" if again else "there and should not be"
        yield f"{_some(extra)} {'is' if len(extra) == 1 else 'are'} {found}."


def _keyed(mine: Group, wanted: Group, tolerance: float) -> Iterator[str]:
    ours = dict(zip(mine.keys, mine.items, strict=True))
    theirs = dict(zip(wanted.keys, wanted.items, strict=True))
    missing = [key for key in wanted.keys if key not in ours]
    extra = [key for key in mine.keys if key not in theirs]
    if missing:
        yield f"The key {_some(missing)} is missing."
    if extra:
        yield f"The key {_some(extra)} is there and should not be."
    for key in wanted.keys:
        if key in ours and not same(ours[key], theirs[key], tolerance):
            yield f"At {written(key)} stands {said(ours[key])}; wanted: {said(theirs[key])}."


def _some(values: Sequence[Nested]) -> str:
    shown = [written(each) for each in values[:MOST_SHOWN]]
    if len(values) > MOST_SHOWN:
        shown.append(f"{len(values) - MOST_SHOWN:,} more")
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def _parts(value: Group) -> list[str]:
    most = SHORTEST  # more could not be shown, and they may be many
    if value.sort == "dictionary":
        pairs = zip(value.keys[:most], value.items[:most], strict=True)
        return [f"{written(key)}: {written(each)}" for key, each in pairs]
    return [written(each) for each in value.items[:most]]


def _first(parts: Sequence[str]) -> str:
    shown = [part if len(part) <= SHORTEST else part[:SHORTEST] + "…" for part in parts]
    more = ", …" if len(parts) > MOST_SHOWN else ""
    return ", ".join(shown[:MOST_SHOWN]) + more
