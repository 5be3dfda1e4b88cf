"""Python's own errors in words that help somebody who meets them for the first time."""

from __future__ import annotations

import re

from champion.checking import mishaps

_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[\"'][^\n]*")
_OF_A_TEXT = "lower|upper|strip|split|splitlines|startswith|endswith|replace|title"


def advice(source: str, error: str) -> str:
    """What to do about an error that stopped a Python cell: one to three sentences.

    Args:
        source: the text of the cell.
        error: the first line of its error: "NameError: name 'lower' is not defined".
    """
    kind = error.partition(":")[0].strip()
    if kind == "SyntaxError" and (said := _unreadable(source)):
        return said
    said = known(source, error) or mishaps.of_a_name(kind, source, error)
    return said or _BY_KIND.get(kind, _ANY)


def known(source: str, error: str) -> str:
    """What to do about an error that has words of its own here; "" for any other."""
    if said := mishaps.of_two_conditions(source, error):
        return said
    for pattern, says in (*mishaps.SAID, *_SAID):
        if found := re.search(pattern, error):
            return says.format(*found.groups())
    if _UNORDERED.match(error) and re.search(r"\b(sort|sorted|min|max)\b", source):
        return (
            "What is in the list cannot be put in order. Look at it before it is sorted: is it "
            "what you wanted to add?"
        )
    return ""


def _unreadable(source: str) -> str:
    """What in a cell that Python cannot read comes from SQL, or stops too early; "" else."""
    code = _TEXT.sub(lambda found: "_" * len(found[0]), source)
    code = re.sub(r"#[^\n]*", "", code)
    return next((says for pattern, says in _WRITTEN if re.search(pattern, code, re.M)), "")


_TRY_ALONE = (
    "A `try` has an `except` below it, as far to the left as itself. Which error do you expect?"
)
_UNORDERED = re.compile(r"TypeError: '<' not supported between")
_WRITTEN = (
    (
        r"\b(NOT|IN|AND|OR|IS|IF|FOR|ELSE|ELIF)\b",
        "Python knows these words in small letters only: `not in`, `and`, `if`.",
    ),
    (
        r"\{[^{}\n]*_{2,}\s*=[^=]",
        "In a dict a colon stands between a key and its value. Where does yours have an `=`?",
    ),
    (r"<>", "That is SQL's sign for *not equal*. Python writes `!=`."),
    (
        r"^\s*(?:if|elif|while)\b[^=\n]*[^=!<>\n]=[^=]",
        "One `=` keeps something under a name. How many does a comparison in Python have?",
    ),
    (
        r"\b(?:if|elif|and|or)\s+(?:not\s+)?in\b",
        "In front of `in` stands what is looked for, and behind it where. What do you look for?",
    ),
    (r"^\s*\w+\s*=[ \t]*$", "Nothing stands on the right of an `=`. What is to be kept?"),
    (
        r"\bis\s+(?:not\s+)?in\b",
        "Python asks without *is*: `in`, or `not in`.",
    ),
    (
        r"=[ \t]*[A-Za-z_]\w*(?:[ \t]+|\.)-?\d+[ \t]*$",
        "Something is missing between the name and the number: "
        "which brackets take one thing out of a list?",
    ),
    (r"\A(?![\s\S]*^\s*(?:except|finally)\b)[\s\S]*^\s*try\s*:", _TRY_ALONE),
)
"""Patterns over a cell that Python cannot read, its texts masked, and what to say."""

_SAID = (
    (
        r"SyntaxError: expected ':'",
        "The colon is missing: a line that begins with def, for, if, elif, else, try or except "
        "ends in `:`.",
    ),
    (
        r"SyntaxError: cannot assign to (?:function )?call",
        "Round brackets have something done, and nothing can be kept there. "
        "Under a key of a dict, something is kept with square brackets.",
    ),
    (
        r"SyntaxError: f-string",
        "Something in the curly brackets cannot be read. The sign that begins a text ends it, too: "
        "is it used once more inside? A name needs no quotation marks.",
    ),
    (
        r"SyntaxError: expected 'except' or 'finally' block",
        _TRY_ALONE,
    ),
    (
        r"IndentationError: expected an indented block after function",
        "What a function does stands in the lines below its `def`, moved to the right by four "
        "blanks.",
    ),
    (
        r"IndentationError: expected an indented block after '(try|except|else|elif)'",
        "What belongs to `{0}` stands in the lines below it, moved to the right by four blanks.",
    ),
    (
        r"IndentationError: expected an indented",
        "What a loop or an `if` does stands in the lines below it, moved to the right by four "
        "blanks.",
    ),
    (
        r"IndentationError: unexpected indent",
        "A line is moved to the right, and no line above it ends in a colon.",
    ),
    (
        r"IndentationError: unindent|TabError",
        "The lines of one loop begin at the same place. Count the blanks in front of each.",
    ),
    (
        rf"NameError: name '({_OF_A_TEXT})' is",
        "`{0}` belongs to a text: first the text, then a dot, then `{0}` and round brackets.",
    ),
    (
        r"NameError: name '(append)' is",
        "`{0}` belongs to a list: first the list, then a dot, then `{0}` and round brackets.",
    ),
    (
        r"NameError: name '(?:true|false|TRUE|FALSE)' is",
        "True and False have one capital letter in Python.",
    ),
    (
        rf"AttributeError: 'list' object has no attribute '({_OF_A_TEXT})'",
        "`{0}` belongs to a text, and this is a list. Which name holds one text of it?",
    ),
    (
        rf"AttributeError: '\w+' object has no attribute '({mishaps.AROUND})'",
        "`{0}` does not stand behind a dot: what it works on goes into its round brackets.",
    ),
    (
        r"AttributeError: 'dict' object has no attribute '(append|add)'",
        "A dict has no `{0}`: in it, a value is kept under a key, in square brackets.",
    ),
    (
        r"AttributeError: 'dict' object has no attribute '(sort)'",
        "A dict has no `{0}`. `sorted(…)` takes it into its round brackets, and gives its keys in "
        "order.",
    ),
    (
        r"AttributeError: '(?:str|int|float)' object has no attribute 'append'",
        "`append` belongs to a list, and this is none. What did the name begin with?",
    ),
    (
        r"'NoneType' object has no attribute|argument of type 'NoneType' is not iterable",
        "One of the names in this line holds nothing (None). `append` and `sort` change a list and "
        "give nothing back: no `=` stands in front of them.",
    ),
    (
        r"TypeError: argument of type '(?:int|float|numpy\.\w+)' is not iterable",
        "`in` looks into a list, a text or a dict. A number is compared with two equals signs.",
    ),
    (
        r"TypeError: argument of type '(?:builtin_function_or_method|method)' is not iterable"
        r"|TypeError: '(?:builtin_function_or_method|method)' object is not subscriptable",
        "To have something done, round brackets stand behind its name.",
    ),
    (
        r"TypeError: can only concatenate list|TypeError: unsupported operand .*'list'"
        r"|UFuncTypeError",
        "`+` does not put one thing into a list. What adds one at its end?",
    ),
    (
        r"TypeError: can only concatenate str|TypeError: unsupported operand .*'str'",
        "A text and a number cannot be added. An f-string writes a number into a text.",
    ),
    (
        r"TypeError: '(?:int|float)' object is not iterable",
        "A loop goes through a list, a dict or a column, and this is one number.",
    ),
    (
        r"values? to unpack|TypeError: cannot unpack",
        "Two names behind `for` need two things each time. What does the loop go through, and how "
        "many things does that give?",
    ),
    (
        r"TypeError: '[<>]=?' not supported between .*'NoneType'",
        "One of the two is nothing (None), and that is neither more nor less than anything.",
    ),
    (
        r"IndexError: list index",
        "The list has no such place. The first has the number 0, and len(…) says how many there "
        "are.",
    ),
    (
        r"MultipleResultsFound",
        "The query found several rows, and `scalar_one()` wants exactly one. Which condition is "
        "missing? Run it with `all()` and look.",
    ),
    (
        r"NoResultFound",
        "The query found no row. Which of its conditions does nothing fulfil? Look at the values, "
        "capital letters too.",
    ),
    (
        r"RuntimeError: dictionary changed size",
        "The loop walks along the dict that it changes. Let it go through something else.",
    ),
)
"""Patterns over an error, and what to say; `{0}` is what the first group found."""

_BY_KIND = {
    "NameError": "Is the name spelt as it was made, and did the cell that makes it run? "
    "Run the cells from the top, then check again.",
    "KeyError": "There is nothing of that name in the table or dictionary. "
    "Compare the spelling, capital letters too, then run the cell and check again.",
    "SyntaxError": "Python cannot read the line. Is a bracket, a quotation mark or a comma "
    "missing? Correct it, run the cell, then check again.",
    "ModuleNotFoundError": "Is the name after import spelt right? "
    "Correct it, run the cell, then check again.",
}
_ANY = "Correct what this line names, run the cell, then check again."
