"""Reads the Markdown of a lesson into blocks, each with its line.

The Markdown is MyST, so jupytext can open it as a notebook; on top of it come task headings,
notes (`> hint 1 · …`) and quizzes. Lines count from 1 and are the file's own.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_blocks import myst_block_plugin

from champion.authoring.mistakes import Mistakes
from champion.authoring.notes import Note, read_notes


@dataclass(frozen=True)
class Front:
    """The YAML between the first two `---` lines, and the line each key stands on."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def line(self, key: str) -> int:
        """The line of a key, or the first line when it is missing."""
        return self.lines.get(key, 1)


@dataclass(frozen=True)
class Heading:
    """A heading; `{#slug minutes=4}` behind its title opens a task, `{#slug}` names a section."""

    line: int
    level: int
    title: str
    slug: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Prose:
    """Markdown for the learner."""

    line: int
    text: str


@dataclass(frozen=True)
class CodeCell:
    """A `{code-cell}`: its options and its code; `line` is that of the opening fence."""

    line: int
    options: Mapping[str, Any]
    code: str


@dataclass(frozen=True)
class Quiz:
    """The text inside a `{quiz}` fence; `line` is that of the opening fence."""

    line: int
    text: str


@dataclass(frozen=True)
class Break:
    """A `+++` line: the next prose starts a cell of its own."""

    line: int


Block = Heading | Prose | CodeCell | Quiz | Note | Break

TASK_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<slug>[^\s}]*)\s*(?P<rest>[^}]*)\}$")
FRONT_KEY = re.compile(r"^([A-Za-z_-]+)\s*:")
ROLE = re.compile(r"(?<![`\\])\{(?P<role>[a-z][a-z-]*)\}`")


def front_matter(text: str, mistakes: Mistakes) -> Front:
    """The front matter; a missing or broken one is noted and read as empty."""
    lines = text.split("\n")
    end = _end_of_front(lines)
    if end == 0:
        mistakes.add(1, "starts with no front matter; write `---`, `title: …`, `---` on top")
        return Front({}, {})
    inside = lines[1:end]
    keys = {
        match[1]: number
        for number, line in enumerate(inside, 2)
        if (match := FRONT_KEY.match(line))
    }
    try:
        values = yaml.safe_load("\n".join(inside)) or {}
    except yaml.YAMLError as error:
        line, why = _yaml_trouble(error)
        mistakes.add(line + 2, f"the front matter is not YAML: {why}; put text with `: ` in quotes")
        return Front({}, keys)
    if not isinstance(values, dict):
        mistakes.add(2, "the front matter is no list of `name: value` lines")
        return Front({}, keys)
    return Front(values, keys)


def blocks(text: str, mistakes: Mistakes) -> list[Block]:
    """The blocks below the front matter, in their order; mistakes in their form are noted."""
    lines = text.split("\n")
    front = _end_of_front(lines)
    body = [""] * (front + 1) + lines[front + 1 :] if front else lines
    tokens = MarkdownIt("commonmark").enable("table").use(myst_block_plugin).parse("\n".join(body))
    return list(_blocks(tokens, body, mistakes))


def _end_of_front(lines: list[str]) -> int:
    if lines[0].rstrip() != "---":
        return 0
    return next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)


def _yaml_trouble(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    return (mark.line if mark else 0), str(getattr(error, "problem", None) or "cannot be read")


def _blocks(tokens: list[Token], lines: list[str], mistakes: Mistakes) -> Iterator[Block]:
    prose_from = 0

    def prose_until(end: int) -> Iterator[Block]:
        start = prose_from
        while start < end and not lines[start].strip():
            start += 1
        written = "\n".join(lines[start:end]).rstrip()
        if written:
            _look_over(written, start + 1, mistakes)
            yield Prose(start + 1, written)

    for position, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = token.map
        if token.level > 0:
            if token.type == "fence" and token.info.startswith("{"):
                mistakes.add(start + 1, "a cell inside a list or quote is no cell; move it out")
            continue
        made = _block(token, tokens[position + 1 : position + 2], lines, mistakes)
        if made is not None:
            yield from prose_until(start)
            yield from made
            prose_from = end
    yield from prose_until(len(lines))


def _block(
    token: Token, inside: list[Token], lines: list[str], mistakes: Mistakes
) -> Sequence[Block] | None:
    """What a token at the top level stands for; None for prose."""
    assert token.map is not None
    start, end = token.map
    match token.type:
        case "heading_open":
            return [_heading(int(token.tag[1]), inside[0].content, start + 1, mistakes)]
        case "myst_block_break":
            return [Break(start + 1)]
        case "fence":
            return _fence(token, lines, mistakes)
        case "blockquote_open":
            return read_notes(lines[start:end], start + 1, mistakes)
    return None


def _heading(level: int, written: str, line: int, mistakes: Mistakes) -> Heading:
    match = TASK_HEADING.match(written)
    if match is None:
        if "{" in written:
            mistakes.add(
                line, "a task's heading ends in `{#its-slug minutes=4}`; this one has stray braces"
            )
        return Heading(line, level, written)
    attributes: dict[str, str] = {}
    try:
        words = shlex.split(match["rest"])
    except ValueError:
        mistakes.add(line, "a quote in the heading's braces is never closed")
        words = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value:
            mistakes.add(line, f"`{word}` in the heading's braces: write `{name}=value`")
        elif name in attributes:
            mistakes.add(line, f"`{name}` stands twice in the heading's braces")
        else:
            attributes[name] = value
    return Heading(line, level, match["title"], match["slug"], attributes)


def _fence(token: Token, lines: list[str], mistakes: Mistakes) -> Sequence[Block] | None:
    assert token.map is not None
    start, end = token.map
    info = token.info.strip()
    closing = lines[end - 1].strip() if end - 1 > start and end <= len(lines) else ""
    if not closing or set(closing) != {token.markup[0]} or len(closing) < len(token.markup):
        mistakes.add(start + 1, f"this fence is never closed; end it with `{token.markup}`")
    if info.split(" ")[0] == "{code-cell}":
        return [_code_cell(token.content, start + 1, mistakes)]
    if info == "{quiz}":
        return [Quiz(start + 1, token.content)]
    if info.startswith("{"):
        mistakes.add(
            start + 1, f"`{info}` is unknown here; fences are `{{code-cell}}` or `{{quiz}}`"
        )
    return None


def _code_cell(content: str, line: int, mistakes: Mistakes) -> CodeCell:
    written = content.split("\n")
    count = next((n for n, each in enumerate(written) if not each.startswith(":")), len(written))
    options: dict[str, Any] = {}
    for number, each in enumerate(written[:count], line + 1):
        name = each[1:].partition(":")[0].strip()
        if name in options:
            mistakes.add(number, f"`:{name}:` stands twice in this cell")
        try:
            value = _option(each[1:])
        except yaml.YAMLError as error:
            mistakes.add(number, f"`:{name}:` cannot be read: {_yaml_trouble(error)[1]}")
            continue
        if not isinstance(value, dict):
            mistakes.add(number, f"`{each}` is no option; write `:name: value`")
            continue
        options.update({str(key): given for key, given in value.items()})
    return CodeCell(line, options, "\n".join(written[count:]).strip("\n"))


@cache
def _option(written: str) -> Any:
    """What a cell's option says; nearly all of a course's thousands are the same few lines."""
    return yaml.safe_load(written)


def _look_over(prose: str, line: int, mistakes: Mistakes) -> None:
    """Notes what a notebook would show as raw markup."""
    fenced = False
    for number, each in enumerate(prose.split("\n"), line):
        if each.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and each.startswith(":::"):
            mistakes.add(number, "JupyterLab shows `:::` as it stands; write a quote or a heading")
        elif not fenced:
            for match in ROLE.finditer(each):
                if match["role"] != "term":
                    mistakes.add(
                        number, f"`{{{match['role']}}}` is unknown here; only `{{term}}` is"
                    )
