"""Notes: the lines of a blockquote that are meant for the key, `> hint 1 · Which table …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from champion.authoring.mistakes import Mistakes

WORDS = ("hint", "says", "customer says", "when", "after", "thanks", "next")
LABELLED = ("must", "evidence", "rubric")
NOTE = re.compile(
    rf"^(?P<word>{'|'.join(WORDS)})(?: (?P<about>[^\s·]+))? · ?(?P<text>.*)$"
    rf"|^(?P<word2>{'|'.join(LABELLED)})(?: (?P<label>[^·]*[^\s·]))? · ?(?P<text2>.*)$"
)
"""A note: what it is about is one word, or a label of the evidence, which may have several."""
WRONG_SIGN = re.compile(rf"^(?:{'|'.join((*WORDS, *LABELLED))})(?: [^\s·]+)?\s*[:\-–—.] ")
WRONG_WORD = re.compile(r"^[a-z-]{3,12}(?: [\w-]+)? · ")
OWN_LINE = re.compile(r"\s*(?:[-*+] |\d+\. |[|#>])")


@dataclass(frozen=True)
class Note:
    """A line of a blockquote that is meant for the key: `> word about · text`."""

    line: int
    word: str
    about: str
    text: str


def read_notes(quoted: list[str], line: int, mistakes: Mistakes) -> list[Note] | None:
    """The notes in the lines of a blockquote; None when it is a quote like any other."""
    bare = [re.sub(r"^ {0,3}> ?", "", each) for each in quoted]
    if not NOTE.match(bare[0]):
        if _nearly_a_note(bare[0]):
            mistakes.add(
                line,
                f"`> {bare[0][:30]}` looks like a note and is none; notes are "
                "`> hint 1 · …`, and `says`, `customer says`, `when`, `after`, `thanks 5`, "
                "`next L-1004` in the same form",
            )
        return None
    found: list[tuple[int, re.Match[str], list[str]]] = []
    for number, (raw, text) in enumerate(zip(quoted, bare, strict=True), line):
        if raw.strip() and not raw.lstrip().startswith(">"):
            mistakes.add(number, "leave an empty line after the notes, or start this one with `> `")
        if match := NOTE.match(text):
            found.append((number, match, [match["text"] or match["text2"] or ""]))
        else:
            if _nearly_a_note(text):
                mistakes.add(number, f"`> {text[:30]}` looks like a note and is none")
            found[-1][2].append(text)
    return [
        Note(
            number,
            match["word"] or match["word2"],
            match["about"] or match["label"] or "",
            unwrapped(texts),
        )
        for number, match, texts in found
    ]


def unwrapped(lines: list[str]) -> str:
    """Wrapped lines of a paragraph put back on one; lists, tables and code stay as they are."""
    text: list[str] = []
    fenced = False
    joins = False
    for line in lines:
        fence = line.lstrip().startswith("```")
        own_line = fenced or fence or not line.strip() or OWN_LINE.match(line) is not None
        if joins and not own_line:
            text[-1] = f"{text[-1]} {line.strip()}"
        else:
            text.append(line.rstrip())
        fenced = fenced != fence
        joins = (
            not fenced and not fence and bool(line.strip()) and not line.lstrip().startswith("|")
        )
    return "\n".join(text).strip()


def _nearly_a_note(text: str) -> bool:
    return bool(WRONG_SIGN.match(text) or WRONG_WORD.match(text))
