"""Two values within values side by side: how each is said in a few words, and what differs."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from champion.checking import headings, tried, words
from champion.checking.nested import Group, Nested, same
from champion.checking.values import Other, Scalar, Table

SHORTEST = 60
"""Letters within which a value is written out."""
MOST_SHOWN = 3
FEWEST_ALIKE = 4
"""Letters that two sentences share before it is worth saying where they part."""
MOST_COMPARED = 50
LONGEST_COMPARED = 300


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


def withheld(mine: Group, wanted: Nested, tolerance: float = 0.0) -> list[str]:
    """What sets an answer apart from one of the same sort, without a value that only that has.

    The learner's own things are named, and those that are missing are counted.
    """
    if not isinstance(wanted, Group) or not mine.items:
        return [f"Your {mine.sort} is empty.", "Is the line that adds to it ever done?"]
    inside = _keys_withheld if wanted.sort == "dictionary" else _items_withheld
    return list(inside(mine, wanted, tolerance))[:MOST_SHOWN] or ["It is not what is asked for."]


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
    if mine.sort == "list" and len(missing) == len(extra) == 1 < len(mine.items):
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
        yield f"{_keys(missing)} missing."
    if extra:
        yield f"{_keys(extra)} there and should not be."
    for key in wanted.keys:
        if key in ours and not same(ours[key], theirs[key], tolerance):
            yield f"At {written(key)} stands {said(ours[key])}; wanted: {said(theirs[key])}."


def _items_withheld(mine: Group, wanted: Group, tolerance: float) -> Iterator[str]:
    ours, theirs = Counter(mine.items), Counter(wanted.items)
    missing, extra = list((theirs - ours).elements()), list((ours - theirs).elements())
    if not missing and not extra:
        yield "All of it is there, in another order."
        return
    if extra:
        yield _too_much(extra, missing, wanted)
    if missing and (len(missing), len(mine.items)) != (len(extra), len(wanted.items)):
        yield f"{_number(missing, 'thing')} missing."


def _too_much(extra: Sequence[Nested], missing: Sequence[Nested], wanted: Group) -> str:
    """What is to be said of the learner's own things that are not wanted."""
    extra = list(dict.fromkeys(extra))
    be = "is" if len(extra) == 1 else "are"
    kinds = {each.kind for each in wanted.items if isinstance(each, Scalar)}
    odd = [each for each in extra if not (_is_whole(each) or _is_of(each, kinds))]
    if odd and len(kinds) == 1:
        return f"It holds {_kind(odd[0])}; wanted: {headings.ONE[kinds.pop()]} each time."
    if said_of_it := _of_a_copy(extra, missing):
        return said_of_it
    extra = [each for each in extra if not _is_whole(each)]
    be = "is" if len(extra) == 1 else "are"
    plain = {_folded(each) for each in missing} - {""}
    near = [each for each in extra if _folded(each) in plain]
    if near:
        return f"{_some(near)}: are the capital letters and the blanks as they are asked for?"
    if all(each in wanted.items for each in extra):
        return f"{_some(extra)} {be} there too often."
    if parted := _parted(extra, missing):
        return parted
    return f"{_some(extra)} {be} there and should not be."


def _of_a_copy(extra: Sequence[Nested], missing: Sequence[Nested]) -> str:
    """What is to be said of a copy that was left or changed otherwise; "" when other things are."""
    left = next(filter(_is_whole, extra), None)
    wanted = next(filter(_is_whole, missing), None)
    if not isinstance(left, Other):
        return ""
    if not isinstance(wanted, Other) or left.what != wanted.what:
        return f"Yours is {left.what}. Is that how it is to be left?"
    alone = len(extra) == 1
    return tried.otherwise(left, wanted) or (tried.other_values(left) if alone else "")


def _is_of(value: Nested, kinds: Collection[str]) -> bool:
    return isinstance(value, Scalar) and value.kind in kinds


def _is_whole(value: Nested) -> bool:
    return isinstance(value, Other) and value.whole


def _parted(extra: Sequence[Nested], missing: Sequence[Nested]) -> str:
    """How far the first of the learner's sentences is as one that is wanted; "" for others."""
    mine, wanted = _sentences(extra)[:1], _sentences(missing)
    if len(extra) != len(missing) or not mine or not wanted:
        return ""
    theirs = max(wanted, key=lambda each: SequenceMatcher(None, mine[0], each).ratio())
    begun = _common(mine[0], theirs)
    if begun not in (mine[0], theirs):
        begun = begun[: begun.rfind(" ") + 1]  # half a number would tell how it goes on
    ended = _common(mine[0][::-1], theirs[::-1])[::-1]
    ended = ended[ended.find(" ") :]
    if len(begun) >= FEWEST_ALIKE:
        rest = {theirs: "what follows is too much", mine[0]: "something is missing behind it"}
        kept, rest_of_it = begun, rest.get(begun, "what comes next is not")
    elif len(ended) >= FEWEST_ALIKE:
        kept, rest_of_it = ended, "what stands in front of it is not"
    else:
        return ""
    said = f'In "{words.short(mine[0])}", "{words.short(kept.strip())}" is as it should be'
    return f"{said}; {rest_of_it}."


def _common(one: str, other: str) -> str:
    """What two texts begin with."""
    pairs = zip(one, other, strict=False)
    return one[: sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))]


def _sentences(values: Sequence[Nested]) -> list[str]:
    """The texts of several words among some values, the first few."""
    texts = (str(each.value) for each in values if isinstance(each, Scalar) and each.kind == "text")
    return [text[:LONGEST_COMPARED] for text in texts if " " in text][:MOST_COMPARED]


def _keys_withheld(mine: Group, wanted: Group, tolerance: float) -> Iterator[str]:
    ours = dict(zip(mine.keys, mine.items, strict=True))
    theirs = dict(zip(wanted.keys, wanted.items, strict=True))
    extra = [key for key in mine.keys if key not in theirs]
    missing = [key for key in wanted.keys if key not in ours]
    if extra:
        yield f"{_keys(extra)} there and should not be."
    if missing:
        yield f"{_number(missing, 'key')} missing."
    for key in mine.keys:
        if key in theirs and not same(ours[key], theirs[key], tolerance):
            yield f"At {written(key)} stands {said(ours[key])}, and that is not right."


def _kind(value: Nested) -> str:
    if isinstance(value, Scalar):
        return headings.ONE[value.kind]
    return said(value)


def _folded(value: Nested) -> str:
    """A text without what its capital letters and blanks add to it; "" for any other value."""
    if isinstance(value, Scalar) and value.kind == "text":
        return "".join(str(value.value).casefold().split())
    return ""


def _number(values: Sequence[Nested], what: str) -> str:
    return f"{words.count(len(values), what)} {'is' if len(values) == 1 else 'are'}"


def _keys(keys: Sequence[Nested]) -> str:
    one = len(keys) == 1
    return f"The {'key' if one else 'keys'} {_some(keys)} {'is' if one else 'are'}"


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
