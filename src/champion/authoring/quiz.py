"""A quiz whose every option, right or wrong, explains itself; no kernel needed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt

from champion.authoring.markup import Quiz
from champion.authoring.mistakes import Mistakes
from champion.authoring.notes import unwrapped

OPTION = re.compile(r"^- \[(?P<mark>[ xX])\] (?P<text>.*)$")
SEPARATOR = " · "


@dataclass(frozen=True)
class Option:
    """An answer to choose: its text, whether it is right, and what to say to whoever took it."""

    text: str
    right: bool
    says: str


def rendered(quiz: Quiz, mistakes: Mistakes) -> str:
    """The quiz as Markdown: the question, and under it one `<details>` per option."""
    question, options = _read(quiz, mistakes)
    return "\n".join([question, "", *(_details(option) for option in options)])


def _read(quiz: Quiz, mistakes: Mistakes) -> tuple[str, list[Option]]:
    question: list[str] = []
    written: list[tuple[int, bool, list[str]]] = []
    for line, text in enumerate(quiz.text.rstrip().split("\n"), quiz.line + 1):
        if match := OPTION.match(text):
            written.append((line, match["mark"] != " ", [match["text"]]))
        elif text.startswith("- "):
            mistakes.add(line, "an option starts `- [ ] ` or, when it is right, `- [x] `")
        elif written:
            written[-1][2].append(text.strip())
        else:
            question.append(text)
    options = [_option(line, right, texts, mistakes) for line, right, texts in written]
    if not "".join(question).strip():
        mistakes.add(quiz.line, "the quiz asks nothing; put the question above its options")
    if not any(option.right for option in options) or all(option.right for option in options):
        mistakes.add(quiz.line, "a quiz needs a right option (`- [x] `) and a wrong one (`- [ ] `)")
    return unwrapped(question), options


def _option(line: int, right: bool, texts: list[str], mistakes: Mistakes) -> Option:
    text, _, says = unwrapped(texts).partition(SEPARATOR)
    if not says.strip():
        mistakes.add(line, "this option does not explain itself; write `- [ ] text · why`")
    return Option(text, right, says)


def _details(option: Option) -> str:
    markdown = MarkdownIt("commonmark")
    sign = "✓ Right." if option.right else "✗ Not this one."
    return (
        f"<details><summary>{markdown.renderInline(option.text)}</summary>"
        f"<p>{sign} {markdown.renderInline(option.says)}</p></details>"
    )
