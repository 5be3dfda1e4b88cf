"""Slips of the pen that stop a Python cell: quotation marks, signs for times and divided by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from champion.checking import parts, refusals, words
from champion.checking.canonical import Canonical
from champion.checking.compare import single
from champion.checking.decisions import MOVES
from champion.checking.key import Task
from champion.checking.source import is_sql
from champion.checking.unkept import compared

_CURLY = "“”„‟‘’‚«»"
_SIGN = re.compile(
    r"[\w)]\s*(?P<odd>[×·÷−])\s*[\w(]|[\d)]\s*(?P<x>[xX])\s*[\w(]|\w\s+(?P<letter>[xX])\s+\d"
    r"|=[^\n\[{]*[\d)]\s*(?P<colon>:)\s*[\d(]"
)
_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[#\"'][^\n]*")
_BARE = re.compile(r"[\w.:@/-]+(?: [\w.:@/-]+)*")
_CALL = re.compile(
    r"(?:(?P<shelf>logs|files)\.)?\b(?P<verb>grep|head|tail)\((?P<inside>[^()\n]*)\)"
)


def slip(task: Task, source: str, error: str, wanted: Canonical | None) -> list[str] | None:
    """What is wrong with a Python cell that an error stopped; None when that cannot be told.

    Args:
        task: whose variable is asked for.
        source: the text of the cell.
        error: the first line of its error, "NameError: name 'b' is not defined".
        wanted: the reference's value, whose kind alone counts.
    """
    if is_sql(source):
        return None
    return next((said for said in _readings(task, source, error, wanted) if said), None)


def _readings(
    task: Task, source: str, error: str, wanted: Canonical | None
) -> Iterator[list[str] | None]:
    kind = error.partition(":")[0]
    yield refusals.used_up(error)
    yield compared(source)
    if kind in ("SyntaxError", "NameError") and _is_text(wanted):
        yield _unquoted(task, source)
    if kind == "NameError":
        yield _bare_letter(task, source)
        yield _bare_move(task, error)
        yield _bare_piece(task, source, error)
    if kind in ("SyntaxError", "NameError"):
        yield _call(source)
    yield parts.stopped(task.variable, source, error)
    yield _place(error)
    yield _whole_column(source, error)
    if "'rand_'" in error or "'ror_'" in error or "truth value of a Series" in error:
        yield [
            "Two conditions on a frame go together with `&`, each in brackets of its own.",
            'Write frame[(frame["a"] == 1) & (frame["b"] == 2)].',
        ]
    if kind == "TypeError" and "argument: 'path'" in error and _CALL.search(source):
        yield [
            "The name of the file is missing in the brackets.",
            'After the pattern come a comma and the file: logs.grep("ERROR", "worker.log").',
        ]
    if kind == "TypeError" and "text() takes 1 positional argument" in error:
        yield [
            "The dict has gone into the brackets of sa.text.",
            'It stands behind them: execute(sa.text("…"), {"name": …}).',
        ]
    if kind == "SyntaxError":
        yield _apostrophe(source)
        code = _TEXT.sub(lambda found: " " * len(found[0]), source)
        yield _curly(code)
        yield _sign(code)
        yield _several_lines(task, source, error)
        if "f-string" not in error:
            yield _open(error)


def _is_text(value: Canonical | None) -> bool:
    one = single(value)
    return one is not None and one.kind == "text"


def _unquoted(task: Task, source: str) -> list[str] | None:
    """`reply = b`, where text is asked for."""
    line = re.search(rf"^\s*{re.escape(task.variable)}\s*=\s*(.+?)\s*(?:#.*)?$", source, re.M)
    if line is None:
        return None
    bare = re.sub(r"^\(\s*(\w+)\s*\)$", r"\1", line[1])
    if not _BARE.fullmatch(bare):
        return None
    place = re.fullmatch(r"(\w+)[ .]-?\d+", bare)
    if place is not None and re.search(rf"\b{place[1]}\s*\[", task.reference):
        return None  # brackets are missing, not quotation marks
    if task.options and bare.lower() not in [option.lower() for option in task.options]:
        return [
            f"The task wants one letter, and `{bare}` is none of them.",
            f"The options are {words.names(task.options)}. Write one of them in quotation marks.",
        ]
    return [
        f'The quotation marks are missing: "{bare}".',
        "Without them Python takes a word for the name of something kept before.",
    ]


def _place(error: str) -> list[str] | None:
    """`frame[0]`, or `frame["a"][5]` of five rows."""
    place = re.fullmatch(r"KeyError: (-?\d+)", error)
    if place is None:
        return None
    return [
        f"There is nothing at the place {place[1]}.",
        "A column is taken by its name, in quotation marks; the places in it are counted from 0.",
    ]


def _whole_column(source: str, error: str) -> list[str] | None:
    """`if frame["a"] == 1:`, where a loop has a name for one value of the column."""
    if "truth value of a Series" not in error or re.search(r"[&|]|\band\b|\bor\b", source):
        return None
    return [
        "Your condition asks about a whole column at once.",
        "In a loop, which name holds one value of it?",
    ]


def _bare_letter(task: Task, source: str) -> list[str] | None:
    """`b` alone, where a letter is to be kept."""
    letter = source.strip()
    if letter.lower() not in [option.lower() for option in task.options]:
        return None
    return ["Your letter is kept nowhere.", f'Write `{task.variable} = "{letter}"`.']


def _bare_move(task: Task, error: str) -> list[str] | None:
    """`[answer, 429]`, where a decision begins with a word."""
    if task.kind != "decision":
        return None
    move = next((each for each in MOVES if f"name '{each}' is not" in error), None)
    return [f'The quotation marks are missing: "{move}".', "The move is text."] if move else None


def _bare_piece(task: Task, source: str, error: str) -> list[str] | None:
    """`["answer", cztt5g8tw8]`: an id in a decision, typed without its quotation marks."""
    found = re.search(r"name '(\w+)' is not", error)
    if task.kind != "decision" or found is None:
        return None
    piece = found[1]
    if not re.search(rf"[\[,]\s*{piece}\s*[,\]]", source):
        return None
    return [
        f'Is `{piece}` an id or a word? Then quotation marks are missing: "{piece}".',
        "Without them Python takes it for the name of something kept before.",
    ]


def _call(source: str) -> list[str] | None:
    """`logs.grep(hamish@…, app.jsonl)`: what is given to a reader, and how."""
    call = _CALL.search(source)
    if call is None:
        return None
    if call["shelf"] is None:
        return [f"`{call['verb']}` belongs to the logs.", f"Write logs.{call['verb']}(…)."]
    for given in map(str.strip, call["inside"].split(",")):
        if re.fullmatch(r"\w+\s*=\s*(?:true|false)", given):
            return ["True and False have a capital letter in Python.", "For example older=True."]
        if given and "=" not in given and not re.match(r"[\"'\d]|[rf][\"']|files\.|logs\.", given):
            return [
                f"Quotation marks are missing around {given}.",
                "Text in the brackets stands between two of them, and so does the name of a file.",
            ]
    return None


def _curly(code: str) -> list[str] | None:
    if not any(mark in code for mark in _CURLY):
        return None
    return [
        "These are curly quotation marks, perhaps pasted.",
        'Type them again: ". Python knows the straight ones only.',
    ]


def _apostrophe(source: str) -> list[str] | None:
    """`'Fiona O'Shea'`."""
    found = re.search(r"[\[({=:,]\s*('[^'\"\n]*[A-Za-z])'[A-Za-z][^'\"\n]*'", source)
    if found is None:
        return None
    return [
        f"The apostrophe ends the text: Python reads {found[1]}', and then something odd.",
        'A text with an apostrophe in it stands between double quotation marks: ".',
    ]


def _sign(code: str) -> list[str] | None:
    found = _SIGN.search(code)
    if found is None:
        return None
    sign = next(filter(None, found.groups()))
    return [
        f"Python does not calculate with `{sign}`.",
        "Times is `*`, divided by is `/`, plus is `+`, minus is `-`.",
    ]


def _several_lines(task: Task, source: str, error: str) -> list[str] | None:
    """A letter between single quotation marks, or one whose last three were forgotten."""
    if source.count('"""') % 2 and ("triple-quoted" in error or "incomplete input" in error):
        return [
            "Three quotation marks are opened and never closed.",
            'Put another """ on a line of its own, below the last line of the text.',
        ]
    lines = [line for line in source.splitlines() if line.strip()]
    if task.kind == "reply" and "unterminated string" in error and len(lines) > 1:
        return [
            "A text of several lines needs three quotation marks at each end.",
            f'Write {task.variable} = """, then your lines, then """.',
        ]
    return None


def _open(error: str) -> list[str] | None:
    if "unterminated string" in error:
        return [
            "A quotation mark is opened and never closed.",
            'Text has the same mark on each side: "open".',
        ]
    if found := re.search(r"'([(\[{])' was never closed", error):
        return [f"A bracket {found[1]} is opened and never closed.", "Close it where it ends."]
    if found := re.search(r"unmatched '([)\]}])'", error):
        return [f"A bracket {found[1]} closes nothing.", "Take it out, or open it before."]
    return None
