"""Python's own errors in words that help somebody who meets them for the first time."""

from __future__ import annotations

import re

_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[\"'][^\n]*")
_OF_A_TEXT = "lower|upper|strip|split|splitlines|startswith|endswith|replace|title"
_OF_A_COLUMN = "mean|count|size|median|nunique|isna|notna|fillna|isnull"
_OF_A_FRAME = "groupby|merge|agg|reset_index|sort_values|pivot_table"
_AROUND = "sorted|len|int|str|print|list|sum|max|min|zip"


def advice(source: str, error: str) -> str:
    """What to do about an error that stopped a Python cell: one to three sentences.

    Args:
        source: the text of the cell.
        error: the first line of its error: "NameError: name 'lower' is not defined".
    """
    kind = error.partition(":")[0].strip()
    if kind == "SyntaxError" and (said := _unreadable(source)):
        return said
    if kind == "KeyError" and re.search(r"\.groupby\s*\(", source):
        return _OF_A_GROUP
    for pattern, says in (*_OF_TABLES, *_SAID):
        if found := re.search(pattern, error):
            return says.format(*found.groups())
    return _BY_KIND.get(kind, _ANY)


def _unreadable(source: str) -> str:
    """What in a cell that Python cannot read comes from SQL, or stops too early; "" else."""
    code = _TEXT.sub(lambda found: "_" * len(found[0]), source)
    code = re.sub(r"#[^\n]*", "", code)
    return next((says for pattern, says in _WRITTEN if re.search(pattern, code, re.M)), "")


_WRITTEN = (
    (
        r"\b(NOT|IN|AND|OR|IS|IF|FOR|ELSE|ELIF)\b",
        "Python knows these words in small letters only: `not in`, `and`, `if`.",
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
        r"=[ \t]*[A-Za-z_]\w*[ \t]+-?\d+[ \t]*$",
        "Something is missing between the name and the number: "
        "which brackets take one thing out of a list?",
    ),
)
"""Patterns over a cell that Python cannot read, its texts masked, and what to say."""

_SAID = (
    (
        r"SyntaxError: expected ':'",
        "The colon is missing: a line that begins with for, if, elif or else ends in `:`.",
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
        rf"AttributeError: '\w+' object has no attribute '({_AROUND})'",
        "`{0}` does not stand behind a dot: what it works on goes into its round brackets.",
    ),
    (
        r"AttributeError: 'dict' object has no attribute '(append|add)'",
        "A dict has no `{0}`: in it, a value is kept under a key, in square brackets.",
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
        r"TypeError: '<' not supported between",
        "What is in the list cannot be put in order. Look at it before it is sorted: is it what "
        "you wanted to add?",
    ),
    (
        r"IndexError: list index",
        "The list has no such place. The first has the number 0, and len(…) says how many there "
        "are.",
    ),
    (
        r"RuntimeError: dictionary changed size",
        "The loop walks along the dict that it changes. Let it go through something else.",
    ),
)
"""Patterns over an error, and what to say; `{0}` is what the first group found."""

_OF_TABLES = (
    (
        r"ValueError: The truth value of a (?:Series|DataFrame)",
        "A whole column is no single yes or no. Between two conditions on columns stands `&` for "
        "and, `|` for or, and each condition has round brackets of its own.",
    ),
    (
        r"operation 'r?(?:and|or)_'|Cannot perform 'r?(?:and|or)_'|operand type\(s\) for [&|]:",
        "`&` and `|` take first what stands nearest to them. Put each condition into round "
        "brackets of its own.",
    ),
    (
        r"MergeError: Merge keys are not unique",
        "`validate` has stopped a fan-out: a value of the column that you merge on is there more "
        "than once. In which of the two tables is that so?",
    ),
    (
        r"TypeError: '(?:>=?|<=)' not supported between instances of 'str' and '(?:int|float)'",
        "A word in quotation marks is compared with a number. For a column you write its table "
        "and, in square brackets, its name.",
    ),
    (
        r"TypeError: '(?:<|>)=?' not supported between instances of 'datetime\.date' and 'str'",
        "The column holds days, and they are compared with a text. Which of the two can become "
        "what the other is?",
    ),
    (
        r"Invalid comparison between dtype=int|Invalid comparison between dtype=float",
        "The column holds numbers, and it is compared with a text. How is a number written?",
    ),
    (
        r"AttributeError: '(?:SeriesGroupBy|Series)' object has no attribute 'avg'",
        "`avg` is SQL's word. In pandas the average is called otherwise.",
    ),
    (
        r"AttributeError: '(?:SeriesGroupBy|DataFrameGroupBy|Series)' object has no attribute "
        rf"'(?!(?:{_AROUND})')(\w+)'",
        "pandas knows no `{0}` here. Is it spelt right, and does it stand behind the right thing?",
    ),
    (
        rf"AttributeError: 'DataFrame' object has no attribute '(?!(?:{_AROUND})')(\w+)'",
        "A table has no `{0}`. Is it a column? Its name stands in square brackets and quotation "
        "marks, spelt as in the head of the table.",
    ),
    (
        rf"NameError: name '({_OF_A_COLUMN})' is",
        "`{0}` belongs to a column: first the column, then a dot. Inside `agg` it stands in "
        "quotation marks.",
    ),
    (
        rf"NameError: name '({_OF_A_FRAME})' is",
        "`{0}` belongs to a table: first the table, then a dot, then `{0}` and round brackets.",
    ),
    (
        r"TypeError: '(?:Series|DataFrame)' object is not callable",
        "Round brackets have something done, and a table or a column holds something: which "
        "brackets choose from it?",
    ),
    (
        r"TypeError: Must provide 'func' or tuples",
        "Behind each new name in `agg` stands a pair in round brackets: the column, and what is "
        "made of it.",
    ),
    (
        r"KeyError: \('",
        "Several columns at once are a list, and a list has square brackets of its own.",
    ),
)
"""The same for tables and columns."""

_OF_A_GROUP = (
    "There is no column of that name. Is it spelt as in the table? After `groupby` the groups are "
    "no column but the index; `reset_index` makes one of it."
)

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
