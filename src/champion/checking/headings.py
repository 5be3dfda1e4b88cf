"""What is wrong with an answer's columns: a name, or the kind of what they hold."""

from __future__ import annotations

import difflib
import re
from typing import cast

from champion.checking import words
from champion.checking.canonical import Canonical, Column, Other, Scalar, Table
from champion.checking.cell import DAY
from champion.checking.compare import partners
from champion.checking.pairing import aligned
from champion.checking.values import Kind

HOLDS: dict[Kind, str] = {
    "empty": "only NULL",
    "truth": "true and false",
    "number": "numbers",
    "text": "text",
    "day": "dates",
    "clock": "dates with a time but no zone",
    "moment": "moments (date, time and zone)",
    "time": "times of day",
    "span": "lengths of time",
    "bytes": "bytes",
    "period": "periods",
    "list": "lists",
    "mixed": "values of several kinds",
    "thing": "things that cannot be compared",
}
ONE: dict[Kind, str] = {
    "empty": "None (nothing)",
    "truth": "true or false",
    "number": "a number",
    "text": "a piece of text",
    "day": "a date",
    "clock": "a date with a time but no zone",
    "moment": "a moment (date, time and zone)",
    "time": "a time of day",
    "span": "a length of time",
    "bytes": "bytes",
    "period": "a period",
    "list": "a list",
    "mixed": "a value",
    "thing": "a thing that cannot be compared",
}
"""What a column holds and what one value is, in words."""
NOTHING_KEPT = (
    "What stands on the right of its `=` gave nothing back. "
    "Does it only show something, or change something that is already there?"
)


def no_table(variable: str, value: Scalar | Other, wanted: Canonical) -> list[str]:
    """An answer that is no table at all."""
    if isinstance(value, Other):
        what, then = value.what, value.then
        if "[[" in then and isinstance(wanted, Table) and len(wanted.columns) > 1:
            then = "A name in square brackets took this one column out; the others are gone."
    elif value.kind == "empty":
        return [f"`{variable}` holds nothing (None); the task wants a table.", NOTHING_KEPT]
    else:
        what, then = ONE[value.kind], _of_one_value(value.kind)
    return [f"`{variable}` is {what}; the task wants a table.", *([then] if then else [])]


def _of_one_value(kind: Kind) -> str:
    if kind == "text":
        return "If it is a query: has it been run? A cell that starts with %%sql runs it."
    return ""


def misnamed(mine: Table, wanted: Table, source: str = "") -> list[str] | None:
    """Columns that are missing, misspelt, hidden in the index, too many or there twice."""
    missing = [name for name in wanted.names if name not in mine.names]
    spare = [name for name in mine.names if name not in wanted.names]
    if missing:
        return _comma_left_out(missing, mine, source) or _missing(missing, spare, mine, source)
    if spare:
        if re.search(r"^\s*\w+\s*\[\s*\[[^=\n]*\]\s*\]\s*$", source, re.MULTILINE):
            return [
                "You chose the columns, and did not keep what came out.",
                "What stands on the left of the `=`?",
            ]
        be = "is" if len(spare) == 1 else "are"
        return [
            f"{words.names(spare)} {be} not asked for.",
            f"The task asks for {words.names(wanted.names)}: leave out the others.",
        ]
    twice = sorted({name for name in mine.names if mine.names.count(name) > 1})
    if partners(mine, wanted) is None:
        return [
            f"There is more than one column called {words.names(twice)}.",
            "Which of them is meant? Leave out the others, or give them their own names.",
        ]
    return None


def _missing(missing: list[str], spare: list[str], mine: Table, source: str) -> list[str]:
    hidden = [name for name in missing if name in mine.index]
    if hidden:
        be = "is" if len(hidden) == 1 else "are"
        if re.search(r"^\s*\w+\.reset_index\(\s*\)\s*$", source, re.MULTILINE):
            then = (
                "You made columns of it, and did not keep them: what stands on the left of the `=`?"
            )
        else:
            then = "`.reset_index()` turns an index into columns."
        return [
            f"{words.names(hidden)} {be} in the index of your table, not among its columns.",
            then,
        ]
    if re.search(r"reset_index\([^)]*drop\s*=\s*True", source):
        be = "is no column" if len(missing) == 1 else "are no columns"
        return [
            f"There {be} {words.names(missing)}.",
            "`drop=True` throws the index away. Is it wanted?",
        ]
    alike = {name: found for name in missing if (found := _alike(name, spare))}
    if alike:
        pairs = ", ".join(f"`{name}` is there as `{found}`" for name, found in alike.items())
        return [f"{pairs}.", "Names count letter by letter. Which name does the task ask for?"]
    unnamed = [name for name in spare if "(" in name]
    if len(missing) == 1 and unnamed:
        return [
            f"There is no column `{missing[0]}`; `{unnamed[0]}` was given no name of its own.",
            f"In SQL a name follows AS: … AS {missing[0]}.",
        ]
    be = "is no column" if len(missing) == 1 else "are no columns"
    details = [f"Your columns are {words.names(mine.names)}."] if mine.names else []
    return [f"There {be} {words.names(missing)}.", *details]


def _comma_left_out(missing: list[str], mine: Table, source: str) -> list[str] | None:
    """`SELECT name plan_id` shows the names under the other column's name."""
    for name in missing:
        for other in mine.names:
            if re.search(
                rf"\b{re.escape(name)}[ \t\n]+{re.escape(other)}\b", source, re.IGNORECASE
            ):
                return [
                    f"There is no column `{name}`.",
                    f"Is a comma missing between `{name}` and `{other}`?",
                ]
    return None


def _alike(name: str, spare: list[str]) -> str:
    """The spare name that is the same but for capitals, spaces and signs, or nearly so."""
    for other in spare:
        if _bare(other) == _bare(name):
            return other
    close = difflib.get_close_matches(_bare(name), [_bare(other) for other in spare], 1, 0.8)
    return next((other for other in spare if close and _bare(other) == close[0]), "")


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def of_another_kind(mine: Table, wanted: Table) -> list[str] | None:
    """Columns that hold another kind of value than is meant."""
    for ours, theirs in partners(mine, wanted) or []:
        if aligned(ours, theirs) is None or _is_less_plain(ours, theirs):
            return [
                f"`{ours.name}` holds {HOLDS[ours.kind]}; the task wants {HOLDS[theirs.kind]}.",
                *kind_advice(ours.kind, theirs.kind),
            ]
    return None


def _is_less_plain(ours: Column, theirs: Column) -> bool:
    """Whether there are several kinds where one is meant, or times where days are."""
    if (ours.kind, theirs.kind) == ("clock", "day"):
        return any(value is not None and cast(int, value) % DAY for value in ours.values)
    return ours.kind == "mixed" and theirs.kind != "mixed"


def kind_advice(mine: Kind, wanted: Kind) -> list[str]:
    """What to ask someone whose values are of another kind than is meant."""
    return [_ADVICE[mine, wanted]] if (mine, wanted) in _ADVICE else []


_NO_ZONE = "A time without zone may be any of many moments. Whose clock does it show?"
_ADVICE: dict[tuple[Kind, Kind], str] = {
    (
        "text",
        "number",
    ): 'The text "12" is not the number 12. Are there quotation marks around it? Take them away.',
    ("text", "day"): "It may look like a date and still be text. What turned it into text?",
    ("text", "moment"): "It may look like a time and still be text. What turned it into text?",
    ("text", "clock"): "It may look like a time and still be text. What turned it into text?",
    (
        "number",
        "text",
    ): 'The number 12 is not the text "12". Text stands between quotation marks.',
    ("truth", "number"): "A comparison gives true or false. Is a count or a sum asked for?",
    ("moment", "day"): "Which day a moment falls on depends on the zone. Whose day is asked for?",
    (
        "moment",
        "clock",
    ): "On whose wall should the clock hang? AT TIME ZONE turns a moment into it.",
    ("clock", "moment"): _NO_ZONE,
    ("clock", "day"): "Which day does each of them fall on? `::date` cuts the time off.",
    ("day", "moment"): "A date is a whole day. Which moment of it is asked for?",
    ("period", "day"): "A period is not yet a date: `.dt.start_time` gives its beginning.",
    ("period", "clock"): "A period is not yet a date: `.dt.start_time` gives its beginning.",
    ("list", "text"): "A list was kept where one value is asked for.",
}
