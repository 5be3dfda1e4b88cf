"""Parts of an API's answer: what a cell reached for in it, and which brackets it took.

A client asks, and gets an answer; the answer has a status, headers and a body; the body, once it
is read as JSON, is a dict with names or a list with places. Whoever mixes two of these gets an
error in Python's words, or more than was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from champion.checking import numerals
from champion.checking.canonical import Canonical, Other, Scalar

_ATTRIBUTE = re.compile(r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'")
_METHODS = re.compile(
    "append|add|sort|sorted|len|int|str|lower|upper|strip|split|splitlines|startswith|join"
)
_MISUSE = re.compile(r"'(?P<kind>\w+)' object is not (?P<use>subscriptable|callable)")
_PATH = re.compile(r"\.(?:get|post|put|patch|delete)\(\s*/")
_CLIENTS = ("Api", "Client")
_AN_ANSWER_HAS = "An answer has .status_code, .headers, .text, and .json() for what stands in it."
_ASK_FIRST = [
    "A client asks, and what it gets is the answer.",
    "Ask with a method, such as .get(…), and with the path in its round brackets.",
]


def stopped(variable: str, source: str, error: str) -> list[str] | None:
    """What a cell that an error stopped took for something else; None when it is not that.

    Args:
        variable: that the task asks for.
        source: the text of the cell.
        error: the first line of its error: "TypeError: 'Response' object is not subscriptable".
    """
    kind, _, said = error.partition(": ")
    if kind == "KeyError" and re.search(rf"[\])\w]\[\s*{re.escape(variable)}\s*\]", source):
        return _unquoted(variable)
    reading = _READINGS.get(kind)
    return reading(source, said) if reading is not None else None


def unread(value: Canonical | None, source: str) -> list[str] | None:
    """Why a text is a whole body, or a letter of one, that nothing has read, or why nothing is
    there; None when it is not that."""
    if not isinstance(value, Scalar):
        return None
    if value.kind == "empty" and re.search(r"\.(json\(\)|headers).*\.get\(", source):
        return [
            "There is nothing of that name in the answer, so .get(…) gave nothing (None).",
            "Is the name spelt as it stands there, and in quotation marks?",
        ]
    if value.kind != "text":
        return None
    if len(str(value.value)) == 1 and re.search(r"\]\s*\[\s*-?\d+\s*\]", source):
        return [
            "This is one letter: a number in square brackets takes a letter out of a text.",
            "Which pair of brackets is one too many?",
        ]
    if re.search(r"\.text\s*\[", source):
        return [
            "`.text` is one long text, and a number in brackets takes a letter out of it.",
            "What reads the text first, so that it has parts?",
        ]
    if re.match(r"\s*[{\[]\s*[{\"\]}]", str(value.value)):
        return [
            "This is the whole body, and still one long text.",
            "What reads it, so that one part can be taken out?",
        ]
    return None


def within(value: Other, source: str) -> str:
    """How to take one thing out of a list or a dict that was not typed into the cell; else ""."""
    opening, advice = _WITHIN.get(value.what, ("", ""))
    return "" if not source or re.search(rf"=\s*{opening}", source) else advice


_WITHIN = {
    "a list": (
        r"\[",
        "Which of it is asked for? A number in square brackets takes it out; 0 is the first.",
    ),
    "a dictionary": (
        r"\{",
        "Which of it is asked for? A name in square brackets, in quotation marks, takes it out.",
    ),
}


def _type_error(source: str, said: str) -> list[str] | None:
    if said.startswith("string indices must be integers"):
        return [
            "Here is a text, and in a text no name can be looked up.",
            "Is it a body that nothing has read yet, or are there brackets too many?",
        ]
    if said.startswith("list indices") and re.search(r"\[\s*[\"']-?\d+[\"']\s*\]", source):
        return [
            "The number stands between quotation marks, so it is a text.",
            "A place in a list is a number: take them away.",
        ]
    word = re.search(r"\[\s*[\"'](\w+)[\"']\s*\]", source)
    if said.startswith("list indices") and word and numerals.is_word(word[1]):
        return _digits(word[1])
    if said.startswith("list indices must be integers"):
        return [
            "This is a list: its things have places, not names.",
            "First the place, a number in square brackets; then the name.",
        ]
    if ".json() takes 1 positional argument" in said:
        return [
            "`.json()` takes nothing into its brackets: it reads the whole body.",
            "What you take out of it comes behind, in square brackets.",
        ]
    if other := re.search(r"Client\.(\w+)\(\) got an unexpected keyword argument '(\w+)'", said):
        return [
            f"`.{other[1]}` knows no `{other[2]}`.",
            "What the API is to do with a question goes into params={…}. Does the task ask for it?",
        ]
    found = _MISUSE.search(said)
    if found is None:
        return None
    if found["kind"] in _CLIENTS:
        return _ASK_FIRST
    if found["use"] == "subscriptable":
        return _not_in_brackets(source, found["kind"])
    return _not_to_be_called(found["kind"])


def _not_in_brackets(source: str, kind: str) -> list[str] | None:
    if kind == "Response":
        return ["Square brackets take nothing out of an answer itself.", _AN_ANSWER_HAS]
    if kind == "int" and ".json(" in source:
        return [
            "This is a number already, and nothing can be taken out of it.",
            "Which pair of square brackets is one too many?",
        ]
    if kind == "method" and re.search(r"\.(get|post|put|patch|delete)\s*\[", source):
        return [
            "The path stands in round brackets.",
            "They say: do it. Square brackets take something out.",
        ]
    if kind == "method" and re.search(r"\.json\s*\[", source):
        return [
            "The round brackets after `.json` are missing.",
            "They say: do it. What you take out comes after them.",
        ]
    return None


def _not_to_be_called(kind: str) -> list[str] | None:
    if kind in ("dict", "list", "Headers"):
        return [
            "Round brackets do something; square brackets take something out.",
            "Which of them do you need here?",
        ]
    if kind in ("str", "int"):
        return [
            "After a text or a number there are no round brackets.",
            "`.text` and `.status_code` are there already; `.json()` is to be done.",
        ]
    return None


def _attribute_error(source: str, said: str) -> list[str] | None:
    found = _ATTRIBUTE.search(said)
    if found is None:
        return None
    kind, name = found["kind"], found["name"]
    if kind == "Headers" or (name == "lower" and ".headers" in source):
        return [
            "A header is looked up by its name, in square brackets and in quotation marks.",
            "Which headers are there? Look at .headers alone.",
        ]
    if kind == "str" and re.search(r"\.(text|headers|json\(\))", source):
        return [
            f"What stands before `.{name}` is a text already.",
            "Is it what the task asks for, or a whole body that nothing has read yet?",
        ]
    if kind in ("dict", "list") and _METHODS.fullmatch(name):
        return None  # taken for a method of it, not for a thing in it
    if kind == "dict":
        return [
            f"A name in a dict does not stand behind a point: `{name}`.",
            "It stands in square brackets, in quotation marks.",
        ]
    if kind == "list":
        return [
            "This is a list: it has places, and nothing behind a point.",
            "First the place, a number in square brackets; then the name in square brackets.",
        ]
    if kind == "Response":
        return [f"An answer has no `.{name}`.", _AN_ANSWER_HAS]
    return _ASK_FIRST if kind in _CLIENTS else None


def _key_error(source: str, said: str) -> list[str] | None:
    if re.search(r"\.headers\b", source):
        return [
            f"This answer has no header {said}.",
            "Which has it? Look at its .headers alone, and at the path that you ask.",
        ]
    if ".json(" not in source:
        return None
    if said.isdigit():
        return [
            "This is a dict: it has names, not places.",
            "Look at the whole of it. Is it what you asked for, or does it say no?",
        ]
    return [
        f"This answer has no {said} in it.",
        "Look at its status, and at the whole of .json(): does it say no, or is the name another?",
    ]


def _index_error(source: str, said: str) -> list[str] | None:
    if ".json(" not in source:
        return None
    return [
        "The list has no such place.",
        "How many things are in it? The first has the number 0, and len(…) counts them.",
    ]


def _value_error(source: str, said: str) -> list[str] | None:
    if ".text" not in source or "invalid literal" not in said:
        return None
    return [
        "`.text` is the whole body, one long text, and no number.",
        "What reads it, so that one part can be taken out?",
    ]


def _name_error(source: str, said: str) -> list[str] | None:
    name = re.match(r"name '(\w+)' is not defined", said)
    if name and re.search(rf"[\])\w]\[\s*{name[1]}\s*\]", source):
        return _digits(name[1]) if numerals.is_word(name[1]) else _unquoted(name[1])
    return None


def _digits(word: str) -> list[str]:
    return [
        f"To Python, `{word}` is a word.",
        "A place in a list is a number, written in digits and without quotation marks.",
    ]


def _unquoted(name: str) -> list[str]:
    return [
        f'The quotation marks are missing: ["{name}"].',
        "Without them Python takes a word for the name of something kept before.",
    ]


def _syntax_error(source: str, said: str) -> list[str] | None:
    if _PATH.search(source):
        return ["The path has no quotation marks.", 'It is text: .get("/v1/…").']
    return None


def _no_json(source: str, said: str) -> list[str] | None:
    return [
        "What came is no JSON.",
        "Look at its status, its content type and its .text: it may be a sentence for people.",
    ]


_READINGS: dict[str, Callable[[str, str], list[str] | None]] = {
    "TypeError": _type_error,
    "AttributeError": _attribute_error,
    "KeyError": _key_error,
    "IndexError": _index_error,
    "ValueError": _value_error,
    "NameError": _name_error,
    "SyntaxError": _syntax_error,
    "JSONDecodeError": _no_json,
}
