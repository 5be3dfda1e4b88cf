"""Errors of tables and columns, in words that help somebody who meets pandas for the first time."""

from __future__ import annotations

import re

AROUND = "sorted|len|int|str|print|list|sum|max|min|zip"
"""Functions that go around what they work on, and never stand behind its dot."""
_MADE = "mean|size|count|sum|max|min|median|nunique"
_OF_A_COLUMN = "mean|count|size|median|nunique|isna|notna|fillna|isnull"
_OF_A_FRAME = "groupby|merge|agg|reset_index|sort_values|pivot_table"


def of_a_name(kind: str, source: str, error: str) -> str:
    """What a name that is not there may have been meant for, by where the cell uses it; "" else."""
    named = re.search(r"['\"](\w+)['\"]", error)
    name = re.escape(named[1]) if named else ""
    if not name:
        return ""
    if kind == "KeyError" and re.search(rf"\bon\s*=\s*\[?\s*['\"]{name}['\"]", source):
        return _OF_BOTH.format(name)
    if kind == "KeyError" and re.search(rf"\(\s*['\"](?:{_MADE})['\"]\s*,", source):
        return _TURNED_ROUND
    if kind == "KeyError" and re.search(r"\.groupby\s*\(", source):
        return _OF_A_GROUP
    if kind == "NameError" and re.search(
        rf"(?:groupby|merge|(?<![<>=!])=|on\s*=)\s*\(?\s*{name}\s*[,)]", source
    ):
        return _OF_A_COLUMN_NAME.format(name)
    return ""


def of_two_conditions(source: str, error: str) -> str:
    """What is missing between two pairs of round brackets that stand side by side; "" else."""
    called = re.search(r"TypeError: '(?:Series|DataFrame)' object is not callable", error)
    return _BETWEEN if called and re.search(r"\)\s*\(\s*\w+\s*\[", source) else ""


SAID = (
    (
        r"AttributeError: 'tuple' object has no attribute '(\w+)'",
        "`{0}` stands behind a pair of round brackets here. Where does the table end?",
    ),
    (
        r"TypeError: unsupported operand type\(s\) for /: 'tuple'",
        "The pair says what is to be made, and cannot be divided. Which step divides the column "
        "when it is there?",
    ),
    (
        r"operation '(?:and|or)_'|operand type\(s\) for [&|]:",
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
        rf"'(?!(?:{AROUND})')(\w+)'",
        "pandas knows no `{0}` here. Is it spelt right, and does it stand behind the right thing?",
    ),
    (
        rf"AttributeError: 'DataFrame' object has no attribute '(?!(?:{AROUND})')(\w+)'",
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
        rf"AttributeError: 'str' object has no attribute '({_OF_A_COLUMN})'",
        "`{0}` belongs to a column, and this is its name alone: first the table, then the name in "
        "square brackets, then the dot.",
    ),
    (
        r"NameError: name '(NaN|nan|NULL|Null|null)' is",
        "What is missing has no name to be compared with. Which word asks a column for it?",
    ),
    (
        r"AttributeError: 'Verb' object",
        "That is a word of the desk. Which table did a cell above keep?",
    ),
    (
        r"InvalidIndexError",
        "A comma does not join two conditions. Between columns stands `&`.",
    ),
    (
        r"TypeError: unsupported operand type\(s\) for [/*-]: 'str' and '(?:int|float)'",
        "A word in quotation marks cannot be reckoned with. Which step makes a number of the "
        "column first?",
    ),
    (
        r"SyntaxError: leading zeros",
        "Without quotation marks Python takes a day for a subtraction. Which name holds the day?",
    ),
    (
        r"SyntaxError: cannot assign to (?:subscript|literal|comparison).* meant '=='",
        "One `=` keeps something under a name. How many does a comparison have?",
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
"""Patterns over an error, and what to say; `{0}` is what the first group found."""

_OF_BOTH = (
    "`on` names a column that is there in both tables, and `{0}` is not. Which do both have, and "
    "are these the two tables that you mean?"
)
_OF_A_COLUMN_NAME = (
    "Without quotation marks, `{0}` would be the name of something kept before. Is it the name of "
    "a column?"
)
_TURNED_ROUND = (
    "The pair is the wrong way round: first the column, then what is made of it. "
    "Both stand in quotation marks."
)
_BETWEEN = "Two conditions stand side by side. Which sign joins them, when both must be true?"
_OF_A_GROUP = (
    "There is no column of that name. Is it spelt as in the table? After `groupby` the groups are "
    "no column but the index; `reset_index` makes one of it."
)
