"""Finds what identifies somebody or something in a text: addresses, hosts, ids, ticket numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_ENDINGS = "example|com|net|org|io|dev|app|co|info|biz|tv|eu|de|uk|fr|nz|au|ca|us|in|jp|br"
_FORMS = (
    r"https?://[^\s<>()\"']{1,300}",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
    rf"(?<![\w.@-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}(?:{_ENDINGS})(?![\w-]|\.\w)",
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])",
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b",
    r"\blnt_\w{2,60}",
    r"\bL-\d{3,7}\b",
    r"\b(?=[0-9a-f]{0,63}[a-f])(?=[0-9a-f]{0,63}\d)[0-9a-f]{12,64}\b",
    r"\b(?=[a-z0-9]{0,9}\d)(?=[a-z0-9]{0,9}[a-z])[a-z0-9]{10}\b",
    r"\b(?=\w{0,40}\d)(?=\w{0,40}[a-z])[a-z0-9_]{14,64}\b",
)
_MARK = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)
_VERSION = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){2,}(?!\w|\.\d)")
_SPACES = {"\t": " ", "\r": "\n"}
_SIGNS = str.maketrans("‘’‚“”„«»‐‑‒−", '\'\'\'"""""----')


@dataclass(frozen=True)
class Mark:
    """One identifying piece: its text without what ends a sentence, and where it stands."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """A text in plain letters: one kind of quotation mark, dash and space, nothing invisible.

    Line breaks stay where they are, so lines count as its writer sees them.
    """
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n")).translate(_SIGNS)
    return "".join(_SPACES.get(letter, letter) for letter in text if _is_seen(letter))


def find(text: str) -> Iterator[Mark]:
    """The identifying pieces of a plain text, in their order."""
    for found in _MARK.finditer(text):
        piece = found[0].rstrip(".,;:!?)-")
        yield Mark(piece, found.start(), found.start() + len(piece))


def masked(text: str, found: Iterable[Mark]) -> str:
    """A plain text with blanks in place of its identifying pieces and versions (5.1.1)."""
    text = blanked(text, [(each.start, each.end) for each in found])
    return _VERSION.sub(lambda version: " " * len(version[0]), text)


def blanked(text: str, spans: Iterable[tuple[int, int]], blank: str = " ") -> str:
    """A text with other letters in place of some of its pieces; nothing else moves."""
    parts, place = [], 0
    for start, end in spans:
        parts += [text[place:start], blank * (end - start)]
        place = end
    return "".join([*parts, text[place:]])


def _is_seen(letter: str) -> bool:
    """Whether a letter takes room; control and format characters hide things from readers."""
    return letter in "\n\t\r" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
