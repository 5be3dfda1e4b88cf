r"""The small language in which a key describes a mistake by the learner's source.

    source has `= NULL`              source lacks `ORDER BY`
    source matches `'\d{4}-\d\d'`    source does not match `…`
    sql uses `BETWEEN`               sql does not use `DISTINCT`
    sql reads `loads`                sql does not read `plays`
    sql joins without condition
    reply has `spam folder`          reply lacks `provider`
    reply matches `we (will|shall)`  reply does not match `…`
    python calls `iterrows`          python does not call `merge`

`has`, `lacks`, `uses` compare words and signs one by one, so comments and white space never
matter, nor do capital letters in SQL outside quoted text. `matches` takes a regular
expression, tried on the text without its comments, in SQL whatever the capitals. `sql`
patterns look at a `%%sql` cell, or at the queries that a Python cell holds as text;
`python` patterns at Python cells only. `reply` patterns look at the text of a reply, word by
word and whatever the capitals. What cannot be read fulfils no `sql` or `python`
pattern, not even a negative one. Of a cell that makes a function for a task, they see the
lines that make it (`checking.defined`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

from champion.checking import queries
from champion.checking.source import is_sql, python_tokens, python_tree, query

_FORM = re.compile(
    r"\s*(?P<subject>source|sql|python|reply)\s+(?P<verb>[a-z ]+?)\s*(?:`(?P<what>.*)`)?\s*"
)


@dataclass(frozen=True)
class Pattern:
    """A condition on a source.

    Attributes:
        text: as the author wrote it.
        test: whether a source fulfils it.
    """

    text: str
    test: Callable[[str], bool]

    @property
    def is_of_reply(self) -> bool:
        """Whether it looks at a reply's text, not at the source of a cell."""
        return self.text.split()[0] == "reply"


def parse(pattern: str) -> Pattern:
    """The condition that a text of this language states.

    Raises:
        ValueError: the text is no pattern; the message names it and says what is wrong.
    """
    form = _FORM.fullmatch(pattern)
    if form is None:
        raise ValueError(f"not a pattern: {pattern!r}: it starts with source, sql, python or reply")
    start = f"{form['subject']} {' '.join(form['verb'].split())}"
    what = form["what"]
    if start in _PLAIN:
        if what is not None:
            raise ValueError(f"not a pattern: {pattern!r}: `{start}` takes nothing after it")
        return Pattern(pattern, _PLAIN[start])
    if start not in _WITH:
        known = ", ".join(f"`{each}`" for each in (*_WITH, *_PLAIN))
        raise ValueError(f"not a pattern: {pattern!r}: `{start}` is none of {known}")
    if what is None or not what.strip():
        raise ValueError(f"not a pattern: {pattern!r}: after `{start}` comes `something`")
    try:
        return Pattern(pattern, _WITH[start](what))
    except re.error as error:
        raise ValueError(f"not a pattern: {pattern!r}: {error}") from error


def holds(pattern: str, source: str) -> bool:
    """Whether a source fulfils a pattern; errors as `parse`'s."""
    return parse(pattern).test(source)


def _has(what: str) -> Callable[[str], bool]:
    return lambda source: any(
        _contains(tokens(what), tokens(text)) for text, tokens in _read(source)
    )


def _lacks(what: str) -> Callable[[str], bool]:
    has = _has(what)
    return lambda source: not has(source)


def _matches(what: str) -> Callable[[str], bool]:
    strict, easy = re.compile(what), re.compile(what, re.IGNORECASE)

    def test(source: str) -> bool:
        if is_sql(source):
            return easy.search(queries.without_comments(query(source))) is not None
        return strict.search(_python_without_comments(source)) is not None

    return test


def _matches_not(what: str) -> Callable[[str], bool]:
    matches = _matches(what)
    return lambda source: not matches(source)


def _uses(what: str) -> Callable[[str], bool]:
    wanted = queries.tokens(what)
    return lambda source: any(_contains(wanted, queries.tokens(text)) for text in _queries(source))


def _uses_not(what: str) -> Callable[[str], bool]:
    uses = _uses(what)
    return lambda source: bool(_queries(source)) and not uses(source)


def _reads(what: str) -> Callable[[str], bool]:
    return lambda source: any(what.lower() in queries.tables(text) for text in _queries(source))


def _reads_not(what: str) -> Callable[[str], bool]:
    def test(source: str) -> bool:
        found = [queries.tables(text) for text in _queries(source)]
        return any(found) and not any(what.lower() in tables for tables in found)

    return test


def _joins_without_condition(source: str) -> bool:
    return any(queries.joins_without_condition(text) for text in _queries(source))


def _calls(what: str) -> Callable[[str], bool]:
    return lambda source: what in _called(source)


def _calls_not(what: str) -> Callable[[str], bool]:
    return lambda source: python_tree(source) is not None and what not in _called(source)


def _says(what: str) -> Callable[[str], bool]:
    words = r"\s+".join(map(re.escape, what.split()))
    said = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return lambda text: said.search(text) is not None


def _says_not(what: str) -> Callable[[str], bool]:
    says = _says(what)
    return lambda text: not says(text)


def _reads_as(what: str) -> Callable[[str], bool]:
    form = re.compile(what, re.IGNORECASE)
    return lambda text: form.search(text) is not None


def _reads_not_as(what: str) -> Callable[[str], bool]:
    reads = _reads_as(what)
    return lambda text: not reads(text)


_WITH: dict[str, Callable[[str], Callable[[str], bool]]] = {
    "source has": _has,
    "source lacks": _lacks,
    "source matches": _matches,
    "source does not match": _matches_not,
    "sql uses": _uses,
    "sql does not use": _uses_not,
    "sql reads": _reads,
    "sql does not read": _reads_not,
    "python calls": _calls,
    "python does not call": _calls_not,
    "reply has": _says,
    "reply lacks": _says_not,
    "reply matches": _reads_as,
    "reply does not match": _reads_not_as,
}
_PLAIN: dict[str, Callable[[str], bool]] = {"sql joins without condition": _joins_without_condition}


def _read(source: str) -> list[tuple[str, Callable[[str], list[str]]]]:
    """The texts of a cell, each with how to take it apart into words and signs."""
    if is_sql(source):
        return [(query(source), queries.tokens)]
    return [(source, python_tokens), *((text, queries.tokens) for text in _queries(source))]


def _queries(source: str) -> list[str]:
    """The queries of a cell: its own, or those that Python holds as text."""
    if is_sql(source):
        return [query(source)]
    tree = python_tree(source)
    return [
        node.value
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"\s*(select|with)\s", node.value, re.IGNORECASE)
    ]


def _called(source: str) -> set[str]:
    """The names that a Python cell calls, plain (`merge`) and dotted (`pd.merge`)."""
    tree = python_tree(source)
    called = [node.func for node in (ast.walk(tree) if tree else ()) if isinstance(node, ast.Call)]
    dotted = {ast.unparse(function) for function in called}
    return dotted | {function.attr for function in called if isinstance(function, ast.Attribute)}


def _contains(part: list[str], whole: list[str]) -> bool:
    """Whether some words follow one another in a text."""
    if not part:
        return False
    return any(
        whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1)
    )


def _python_without_comments(source: str) -> str:
    """A Python cell without its comments; as it is where it cannot be read."""
    lines = []
    for line in source.splitlines():
        words = python_tokens(line)
        lines.append(line if not words or "#" not in line else _cut_comment(line, words))
    return "\n".join(lines)


def _cut_comment(line: str, words: list[str]) -> str:
    end = 0
    for word in words:
        end = line.find(word, end) + len(word)
    return line[:end]
