"""Figures in words, the same on every page: 1,240 · 41.2 % · 3 h 20 min · +124 (+11 %)."""

from __future__ import annotations

from datetime import date

SPACE = "\N{NO-BREAK SPACE}"
NONE = "–"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def whole(number: float) -> str:
    """A whole number, its thousands parted: "1,240"."""
    return _minus(f"{number:,.0f}")


def decimal(number: float | None) -> str:
    """A number with one digit behind the point: "34.2"."""
    return NONE if _missing(number) else _minus(f"{number:,.1f}")


def percent(number: float | None) -> str:
    """A number of per cent: 57.31 is "57.3 %"."""
    return NONE if _missing(number) else f"{decimal(number)}{SPACE}%"


def share(part: float | None) -> str:
    """A part of one: 0.4121 is "41.2 %"."""
    return NONE if part is None or _missing(part) else percent(part * 100)


def length(seconds: float) -> str:
    """How long: "12 h 40 min", "3 min", "50 s"."""
    if seconds < 60:
        return f"{int(seconds)}{SPACE}s"
    hours, minutes = divmod(int(seconds) // 60, 60)
    return (f"{whole(hours)}{SPACE}h " if hours else "") + f"{minutes}{SPACE}min"


def hours(seconds: float) -> str:
    """How long in one figure: "24.4 h", or "3 min" for less than an hour."""
    return f"{decimal(seconds / 3600)}{SPACE}h" if seconds >= 3600 else length(seconds)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 play", "1,240 plays"."""
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"


def day(day: date) -> str:
    """A day with its weekday, in no machine's own language: "Tuesday 2026-02-10"."""
    return f"{_DAYS[day.weekday()]} {day.isoformat()}"


def weekday(number: int) -> str:
    """0 is Monday."""
    return _DAYS[number]


def change(now: float, before: float) -> str:
    """From before to now: "+124 (+11 %)"; never a percentage of nothing."""
    if now == before:
        return "no change"
    if not before:
        return f"{_sign(now)}{whole(now)}, from none"
    return f"{_sign(now - before)}{whole(abs(now - before))} ({growth(now, before)})"


def growth(now: float, before: float) -> str:
    """From before, which is not 0, to now: "+11 %"."""
    part = (now - before) / before * 100
    few = abs(part) < 10 and round(abs(part), 1) != round(abs(part))
    return f"{_sign(part)}{abs(part):,.{1 if few else 0}f}{SPACE}%"


def points(now: float | None, before: float | None) -> str:
    """From one percentage to another: "+3.2 points"; nothing when either is missing."""
    if now is None or before is None or _missing(now) or _missing(before):
        return NONE
    moved = round(now, 1) - round(before, 1)
    return "no change" if abs(moved) < 0.05 else f"{_sign(moved)}{abs(moved):.1f} points"


def _sign(number: float) -> str:
    return "+" if number >= 0 else "−"


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _missing(number: float | None) -> bool:
    return number is None or number != number
