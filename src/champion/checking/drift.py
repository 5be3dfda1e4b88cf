"""How the values of one column are off as a whole: by an hour, a factor, a rounding, a case."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from champion.checking import words
from champion.checking.key import Task
from champion.checking.pairing import near
from champion.checking.values import Kind

Pairs = Sequence[tuple[Any, Any]]
"""Values (mine, wanted), neither of them the same for every row."""

HOUR = 3600 * 10**9
QUARTER = HOUR // 4
DAY = 24 * HOUR
_TIMED = {"day", "clock", "moment", "time"}

_UNITS: dict[float, str] = {
    60: "Are these seconds where minutes are meant, or minutes where hours are?",
    100: "Are these cents where euros are meant, or percent where a share is?",
    1000: "Are these thousandths, such as milliseconds where seconds are meant?",
    3600: "Are these seconds where hours are meant?",
    86400: "Are these seconds where days are meant?",
    1024: "Are these bytes where kilobytes are meant, or kilobytes where megabytes are?",
    10**6: "Are these millionths, such as microseconds where seconds are meant?",
}
_UNITS_UP: dict[float, str] = {
    60: "Are these minutes where seconds are meant, or hours where minutes are?",
    100: "Are these euros where cents are meant, or a share where percent is?",
    1000: "Are these thousands, such as seconds where milliseconds are meant?",
    3600: "Are these hours where seconds are meant?",
    86400: "Are these days where seconds are meant?",
    1024: "Are these kilobytes where bytes are meant, or megabytes where kilobytes are?",
    10**6: "Are these millions, such as seconds where microseconds are meant?",
}


def drift(
    name: str, kind: Kind, pairs: Pairs, tolerance: float, *, rounds: bool = False
) -> list[str] | None:
    """What all differences of a column have in common, in words; None if nothing.

    Args:
        name: what the learner calls it.
        kind: of the wanted values.
        pairs: all values (mine, wanted), the equal ones too; NULL for NULL says nothing.
        tolerance: the task's.
        rounds: whether the reference is known to round.
    """
    test = near(tolerance)
    pairs = [pair for pair in pairs if pair != (None, None)]
    off = [pair for pair in pairs if pair[0] != pair[1] and not test(*pair)]
    if not off:
        return None
    looks: list[Callable[[str, Pairs, Pairs], list[str] | None]] = [_nulls]
    if kind in _TIMED:
        looks += [_hours]
    if kind == "number" and not names_things(name) and None not in chain.from_iterable(pairs):
        looks += [_factor, _sign, _one_off, _cut, _rounded]
        looks += [_unrounded] if rounds or _have_decimals(pairs) else []
        looks += [_close]
    if kind == "text":
        looks += [_writing]
    return next((found for look in looks if (found := look(name, pairs, off))), None)


def rounds(task: Task) -> bool:
    """Whether a task's reference rounds, so that its reader is asked to."""
    return "round" in task.reference.lower()


def names_things(name: str) -> bool:
    """Whether a column holds ids: numbers that name something and measure nothing."""
    return name.lower() == "id" or name.lower().endswith("_id")


def _nulls(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    where = _where(off, pairs)
    if all(mine is None for mine, _ in off):
        return [f"`{name}` is NULL {where} there should be a value."]
    if all(wanted is None for _, wanted in off):
        return [
            f"`{name}` has a value {where} it should be NULL.",
            "Nothing known is not the same as 0, or as an empty text.",
        ]
    return None


def _where(off: Pairs, pairs: Pairs) -> str:
    if len(pairs) == 1:
        return "where"
    if len(off) == len(pairs):
        return "in every row, where"
    return f"in {words.count(len(off), 'row')} where"


def _hours(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    if any(None in pair for pair in pairs):
        return None
    shifts = sorted({mine - wanted for mine, wanted in pairs})
    if any(shift % QUARTER for shift in shifts) or len(shifts) > 2:
        return None
    if len(shifts) == 2 and shifts[1] - shifts[0] != HOUR:
        return None
    every = f"Every `{name}` is" if len(pairs) > 1 else f"`{name}` is"
    if len(shifts) == 1:
        return [f"{every} {_early_or_late(shifts[0])}.", _clock_question(shifts[0])]
    if 0 in shifts:
        shift = next(each for each in shifts if each)
        return [
            f"`{name}` is {_early_or_late(shift)} in {words.count(len(off), 'row')}, "
            "and right in the others.",
            "On which night did the clocks change there?",
        ]
    late = "late" if shifts[0] > 0 else "early"
    ends = " or ".join(str(hours) for hours in sorted(abs(s) / HOUR for s in shifts))
    return [
        f"{every} {ends.replace('.0', '')} hours too {late}, by the time of year.",
        "Whose clock is this: UTC, or the customer's, with summer time?",
    ]


def _early_or_late(shift: int) -> str:
    return f"{words.span(abs(shift))} too {'late' if shift > 0 else 'early'}"


def _clock_question(shift: int) -> str:
    if shift % DAY == 0:
        return "Is this the day of another zone, or was one day added too many?"
    return "Whose clock is this: UTC, or the customer's?"


def _factor(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    """A constant factor; of one value alone, only the factor between two units."""
    ratio = _ratio(pairs, off)
    if ratio is None:
        return None
    every = f"Every `{name}` is" if len(pairs) > 1 else f"`{name}` is"
    for units, size, large in (
        (_UNITS, ratio, "large"),
        (_UNITS_UP, 1 / ratio if ratio else 0, "small"),
    ):
        unit = next((each for each in units if math.isclose(size, each, rel_tol=1e-6)), None)
        if unit is not None:
            return [f"{every} {unit:,} times too {large}.", units[unit]]
    if len({wanted for _, wanted in off}) < 2:
        return None
    if math.isclose(ratio, round(ratio), rel_tol=1e-6) and 2 <= ratio <= 20:
        return [
            f"{every} {round(ratio)} times what it should be.",
            f"Is each thing counted {round(ratio)} times, because a join fanned out?",
        ]
    if ratio > 0 and not math.isclose(ratio, 1, rel_tol=0.2):
        return [
            f"{every} off by the same factor.",
            "Is it counted in another unit, or divided by another total?",
        ]
    return None


def _ratio(pairs: Pairs, off: Pairs) -> float | None:
    """How many times the second numbers the first ones are, where that is the same for all."""
    first = next((pair for pair in pairs if pair[1]), None)
    if first is None:
        return None
    try:
        ratio = float(first[0]) / float(first[1])
        same = all(
            math.isclose(float(mine) / float(wanted), ratio, rel_tol=1e-6) if wanted else not mine
            for mine, wanted in chain(off, pairs)
        )
    except OverflowError:
        return None
    return ratio if same else None


def _sign(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    if all(mine == -wanted for mine, wanted in pairs):
        return [f"`{name}` has the wrong sign.", "Which of the two is taken from the other?"]
    return None


def _one_off(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    if len(off) != len(pairs) or len(pairs) < 2 or not all(_are_whole(*pair) for pair in pairs):
        return None
    steps = {mine - wanted for mine, wanted in pairs}
    if len(steps) != 1 or abs(min(steps)) != 1:
        return None
    many = "much" if min(steps) > 0 else "little"
    return [f"Every `{name}` is one too {many}.", "Is an end counted that should not be, or not?"]


def _are_whole(mine: Any, wanted: Any) -> bool:
    return type(mine) is int and type(wanted) is int


def _cut(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    """Decimals that were cut off, as when whole numbers are divided."""
    if all(_is_finite(*pair) and pair[0] == math.trunc(pair[1]) for pair in chain(off, pairs)):
        return [
            f"`{name}` has lost what stands after the point.",
            "Something cuts it off: in SQL a whole number divided by a whole number, in Python "
            "`//` or int(…). What would keep it?",
        ]
    return None


def _rounded(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    places = _places(pairs, off)
    if places is None:
        return None
    to = words.count(places, "place") if places else "a whole number"
    return [
        f"`{name}` is close, but rounded to {to}.",
        "How exactly does the task want it? Round at the very end, or not at all.",
    ]


def _unrounded(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    turned = [[(wanted, mine) for mine, wanted in each] for each in (pairs, off)]
    if _places(*turned) is None:
        return None
    return [
        f"`{name}` is close, but not rounded as the task asks.",
        "To how many places should it be rounded?",
    ]


def _have_decimals(pairs: Pairs) -> bool:
    """Whether some wanted number is no whole one, as after rounding to a place."""
    may_be = [pair for pair in pairs if type(pair[1]) is not int]
    return any(_is_finite(*pair) and pair[1] != math.trunc(pair[1]) for pair in may_be)


def _places(pairs: Pairs, off: Pairs) -> int | None:
    """To how many places the first numbers are the second ones rounded; None if they are not."""
    if not all(_is_finite(*pair) for pair in off):
        return None
    may_be = [places for places in range(5) if _are_rounded(off, places)]
    if not may_be or not all(_is_finite(*pair) for pair in pairs):
        return None
    return next((places for places in may_be if _are_rounded(pairs, places)), None)


def _are_rounded(pairs: Pairs, places: int) -> bool:
    """Whether the first numbers are the second ones rounded, halves up, down or to even."""
    return all(
        round(float(short), places) == float(short)
        and abs(float(short) - float(full)) <= 0.500001 * 10**-places
        for short, full in pairs
    )


def _close(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    if not all(_is_finite(*pair) and _is_within_a_percent(*pair) for pair in off):
        return None
    if len(pairs) == 1:
        return [
            f"`{name}` is close, but not equal.",
            "Is each number in it the one that is meant? Is something counted, or left out, "
            "that should not be?",
        ]
    some = "" if len(off) == len(pairs) else f" in {words.count(len(off), 'row')}"
    return [
        f"`{name}` is close{some}, but not equal.",
        "What is counted that should not be, or left out, at the edges? "
        "Look at the first and last day, at NULLs, at limits that are included or not.",
    ]


def _is_within_a_percent(mine: Any, wanted: Any) -> bool:
    return abs(float(mine) - float(wanted)) <= 0.01 * abs(float(wanted))


def _is_finite(mine: Any, wanted: Any) -> bool:
    try:
        return math.isfinite(float(mine)) and math.isfinite(float(wanted))
    except OverflowError:
        return False


def _writing(name: str, pairs: Pairs, off: Pairs) -> list[str] | None:
    texts = [(str(mine), str(wanted)) for mine, wanted in off if None not in (mine, wanted)]
    if len(texts) != len(off):
        return None
    if all(mine.split() == wanted.split() for mine, wanted in texts):
        return [f"`{name}` differs only in its spaces.", "Is there one too many, or one too few?"]
    if all(mine.split() == wanted.split() for mine, wanted in _small(texts)):
        return [f"`{name}` differs only in how it is written: capital letters, spaces."]
    return None


def _small(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(mine.casefold(), wanted.casefold()) for mine, wanted in texts]
