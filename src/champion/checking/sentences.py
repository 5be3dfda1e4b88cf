"""The sentences of a letter, each with its place, and which of its lines are a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?])[\"')]*\s+|\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,2}[.)])\s)|;\s|:\s*\n")
_CLOSING = re.compile(
    r"^\s*(?:(?:with\s+|my\s+|many\s+)?(?:kind|kindest|best|warm|warmest|all the best|regards"
    r"|thanks|thank you|cheers|yours|sincerely|greetings|take care|have a|speak soon|talk soon)\b"
    r"[^.!?\n]{0,40}[,.!]?\s*|--+\s*)$",
    re.IGNORECASE,
)
MOST_OF_A_NAME = 5
"""Words of a last line that is a signature, when nothing ends it as a sentence."""
_SIGNED = re.compile(
    r"(?:\b(?:regards|best|cheers|thanks|thank you|yours|sincerely|greetings|wishes)\b[,.!\s-]+"
    r"|,\s+|(?:^|\n)[ \t]*[-\u2013\u2014]*[ \t]*|--?[ \t]*)"
    r"(?:[A-Z][\w.'-]*[ \t,|/()]*){1,5}\s*\Z"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, bullet or heading, and where it begins in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


def find(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in their order; those without a letter are left out."""
    start = 0
    for end in _END.finditer(text):
        yield from _sentence(text, start, end.end())
        start = end.end()
    yield from _sentence(text, start, len(text))


def signature(text: str) -> int:
    """Where the signature begins: at the last line that says goodbye, or with the name at the
    text's very end; the text's end if there is none.
    """
    place, found = 0, len(text)
    for line in text.splitlines(keepends=True):
        if _CLOSING.match(line.rstrip("\n")):
            found = place
        place += len(line)
    signed = _SIGNED.search(text, max(0, len(text) - 120))
    last = text.rstrip().rpartition("\n")[2]
    if len(last.split()) <= MOST_OF_A_NAME and not last.endswith((".", "!", "?")):
        found = min(found, len(text.rstrip()) - len(last))
    return min(found, signed.start()) if signed else found


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    inside = text[start:end]
    if any(letter.isalnum() for letter in inside):
        ahead = len(inside) - len(inside.lstrip())
        yield Sentence(inside.strip(), start + ahead)
