"""Each of Python's errors has words of its own: what a person who meets it first should do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from champion.checking.answer import Answer
from champion.checking.canonical import canonical
from champion.checking.errors import advice
from champion.checking.judge import judge
from champion.checking.nested import held

from .making import REFERENCE, runs, task

LOOP = "kept = []\nfor line in ['a']:\n    {0}\n"
MET = [
    ("if 'a' NOT IN []:\n    pass", "small letters only"),
    ("if 1 <> 2:\n    pass", "Python writes `!=`"),
    ("day = 1\nif day = 1:\n    pass", "How many does a comparison"),
    ("for line in []\n    pass", "The colon is missing: a line that begins with def, for, if"),
    ("def title_of(video):\nreturn video", "What a function does stands in the lines below its"),
    ("try:\n    pass\nexcept ValueError:\npass", "What belongs to `except` stands in the lines"),
    ("try:\n    int('a')\nprint(1)", "A `try` has an `except` below it"),
    ("3 > None", "neither more nor less than anything"),
    ("if not in [1]:\n    pass", "What do you look for?"),
    ('given = {"name" = "Fiona", "account": 283}', "In a dict a colon stands between a key"),
    ("strangers =\n", "Nothing stands on the right"),
    ("lines = [1]\nfifth = lines 4", "which brackets take one thing out"),
    ("if 'a' is not in []:\n    pass", "without *is*"),
    ("{}.sort()", "gives its keys in order"),
    ("counts = {}\ncounts('a') = 1", "with square brackets"),
    ("for line in []:\nprint(line)", "moved to the right by four blanks"),
    ("kept = []\n    kept", "no line above it ends in a colon"),
    (LOOP.format("address = lower(line)"), "`lower` belongs to a text"),
    (LOOP.format("append(line)"), "`append` belongs to a list"),
    (LOOP.format("kept.append(['A'].lower())"), "this is a list. Which name holds one text"),
    ("{'a': 1}.sorted()", "`sorted` does not stand behind a dot"),
    ("{}.append('a')", "kept under a key"),
    ("''.append('a')", "What did the name begin with?"),
    ("kept = [].append(1)\nkept.append(2)", "no `=` stands in front of them"),
    ("sorted([{}, {}])", "cannot be put in order"),
    ("if 1 in 1:\n    pass", "compared with two equals signs"),
    ("mondays = [] + 1", "What adds one at its end?"),
    ("'email: ' + 3", "An f-string writes a number"),
    ("for a, b in ['email']:\n    pass", "Two names behind `for`"),
    ("['a'][5]", "The list has no such place"),
    ("nobody", "Is the name spelt as it was made"),
]
TABLE = "import pandas as pd\nt = pd.DataFrame({'day': [1, 1], 'plays': [3, 4]})\n"
OF_TABLES = [
    ("t[t['day'] >= 1.5 & 'a']", "take first what stands nearest"),
    ("t[(t['day'] > 0), (t['plays'] > 3)]", "A comma does not join two conditions"),
    ("t[t['day'] == NaN]", "has no name to be compared with"),
    ("t['plays'.mean()]", "this is its name alone"),
    ("'plays' / 60", "cannot be reckoned with"),
    ("t['day'] > 2026-02-03", "takes a day for a subtraction"),
    ("t[(t['day'] = 1)]", "How many does a comparison have?"),
    ("t.groupby(day).sum()", "Is it the name of a column?"),
    ("t[day.isna()]", "Is it the name of a column?"),
    ("t[(day >= 3) & (t['day'] < 5)]", "Is it the name of a column?"),
    ("t.merge(t, on='day', how=left)", "a word that `how` understands"),
    ("t.groupby('day').agg(plays=(plays, 'sum'))", "Is it the name of a column?"),
    ("t.merge(t, on='week')", "are these the two tables that you mean?"),
    ("t[(t['day'] >= second)]", "Run the cells from the top"),
    ("t[(t['day'] > 0)(t['plays'] > 3)]", "Which sign joins them"),
    ("t.groupby('day').agg(plays=('sum', 'plays'))", "the wrong way round"),
    ("t.groupby('day').agg(plays=('plays', 'sum').reset_index())", "Where does the table end"),
    ("t.groupby('day').agg(plays=('plays', 'sum') / 60)", "cannot be divided"),
    ("t.groupby('day').sum()['day', 'plays']", "a list has square brackets"),
    ("t.merge(t, on='day', validate='one_to_one')", "stopped a fan-out"),
    ("t['plays' > 3]", "compared with a number. For a column"),
    (
        "import datetime\nt['day'] = datetime.date(2026, 3, 1)\nt['day'] < '2026-03-01'",
        "holds days",
    ),
    ("t[t['plays'] > '3']", "How is a number written?"),
    ("t.groupby('day').agg(plays=('plays', 'avg'))", "`avg` is SQL's word"),
    ("t['plays'].avg()", "`avg` is SQL's word"),
    ("t.groupby('day').agg(plays=('plays', 'sise'))", "pandas knows no `sise`"),
    ("t.len()", "`len` does not stand behind a dot"),
    ("t.pleys", "A table has no `pleys`"),
    ("t.groupby('day').agg(plays=('plays', mean))", "Inside `agg` it stands in quotation"),
    ("reset_index(t)", "`reset_index` belongs to a table"),
    ("t('day')", "which brackets choose from it?"),
    ("t.groupby('day').agg(plays='size')", "Behind each new name in `agg`"),
    ("t['day', 'plays']", "a list has square brackets"),
    ("by = t.groupby('day').sum()\nby['day']", "no column but the index"),
    ("t['pleys']", "There is nothing of that name"),
]


@pytest.mark.parametrize(("source", "says"), OF_TABLES)
def test_an_error_of_a_table_is_told_what_to_do_about_it(source: str, says: str) -> None:
    assert says in advice(source, _error(TABLE + source))


@pytest.mark.parametrize(("source", "says"), MET)
def test_an_error_is_told_what_to_do_about_it(source: str, says: str) -> None:
    assert says in advice(source, _error(source))


def test_no_two_of_these_errors_have_the_same_words() -> None:
    assert len({advice(source, _error(source)) for source, _ in MET}) == len(MET)


def test_a_place_behind_a_dot_is_told_of_brackets_and_not_of_quotation_marks() -> None:
    plain = {"kind": "value", "variable": "fifth", "reference": "fifth = lines[4]"}
    source = "fifth = lines.4"
    stopped = Answer("error", source=source, error="SyntaxError: invalid syntax")
    run = runs({"fifth = lines[4]": "ada@north.example"})
    said = judge(task(**plain, blank="fifth = ..."), stopped, run).message
    assert "which brackets take one thing out" in said
    assert "quotation" not in said


@pytest.mark.parametrize("place", ["five", '"five"'])
def test_a_place_in_letters_is_told_of_digits(place: str) -> None:
    source = f"lines = ['ada', 'ines']\nreply = lines[{place}]"
    stopped = Answer("error", source=source, error=_error(source))
    blank = {"kind": "value", "variable": "reply", "blank": "reply = ..."}
    said = judge(task(**blank), stopped, runs({REFERENCE: "ada"})).message
    assert "To Python, `five` is a word." in said
    assert "written in digits" in said


def test_a_try_alone_is_told_whatever_python_says() -> None:
    alone = "def wait(text):\n    try:\n        return int(text)"
    assert "A `try` has an `except`" in advice(alone, "SyntaxError: incomplete input")
    both = f"{alone}\n    except ValueError\n        return 60"
    assert "The colon is missing" in advice(both, "SyntaxError: expected ':'")


def test_only_what_is_sorted_is_said_to_have_no_order() -> None:
    error = "TypeError: '<' not supported between instances of 'str' and 'int'"
    assert "cannot be put in order" in advice("sorted(['a', 1])", error)
    assert "cannot be put in order" not in advice("'a' < 1", error)


@pytest.mark.parametrize(
    "source",
    ["reply = 'IN or OUT", "kept = [1, 2\n# IF this", "said = ('a = ', 'b' 'c'", "x = (1 <= 2"],
)
def test_what_stands_in_a_text_or_a_remark_is_not_taken_for_the_mistake(source: str) -> None:
    assert "Is a bracket, a quotation mark or a comma" in advice(source, "SyntaxError: invalid")


@pytest.mark.parametrize(
    ("source", "error", "says"),
    [
        (
            'notes = [f"{by["email"]}"]',
            "SyntaxError: f-string: expecting '}' (3.py, line 1)",
            "A name needs no quotation marks.",
        ),
        (
            "if days['weekday'] == 1:\n    kept.append(2)",
            "ValueError: The truth value of a Series is ambiguous.",
            "a whole column at once",
        ),
        (
            "names = lines['4']",
            "TypeError: list indices must be integers or slices, not str",
            "stands between quotation marks",
        ),
    ],
)
def test_the_check_says_it_too(source: str, error: str, says: str) -> None:
    def kept(value: object) -> Answer:
        return Answer("value", canonical(value), holds=held(value))

    asked = task(kind="value", variable="names", blank="names = ...")
    stopped = Answer("error", source=source, error=error)
    verdict = judge(asked, stopped, runs({REFERENCE: kept(["a"])}))
    assert verdict.outcome == "error"
    assert says in verdict.message


def _error(source: str) -> str:
    return next(_errors(source))


def _errors(source: str) -> Iterator[str]:
    try:
        exec(compile(source, "cell", "exec"), {})
    except Exception as error:
        yield f"{type(error).__name__}: {error}"
