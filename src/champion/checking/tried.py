"""What was tried on a copy of the company's tables and undone, where another was wanted."""

from __future__ import annotations

from champion.checking.values import Other

_ROWS = "the number of rows of"


def otherwise(mine: Other, wanted: Other) -> str:
    """How a change reaches other columns than the one that is wanted; "" when it does not."""
    if not mine.items and wanted.items:
        return (
            "Nothing was changed in this copy, not even for a moment. "
            "Is a statement executed on it that changes rows, and to something else than they hold?"
        )
    ours, theirs = _columns(mine), _columns(wanted)
    if too_many := [column for column in ours if column not in theirs]:
        named = " and ".join(too_many[:3])
        asked = (
            "Which statement changes what rows hold, and leaves every row there?"
            if any(column.startswith(_ROWS) for column in too_many)
            else "What does your statement say between SET and WHERE?"
        )
        return f"It was undone, and until then {named} had changed, which nobody asked for. {asked}"
    if theirs != ours:
        return "Your statement changed less than the task asks. What has to stand behind SET?"
    return ""


def other_values(mine: Other) -> str:
    """That the right columns were changed, in other rows or to other values."""
    return (
        f"The numbers are right, and {' and '.join(_columns(mine))} did not become what is asked "
        "for: other rows, or other values. Look at one row inside the transaction. "
        "What stands there?"
    )


def _columns(copy: Other) -> list[str]:
    return [item.rpartition(" ")[0].replace("`rows` of", _ROWS) for item in copy.items]
