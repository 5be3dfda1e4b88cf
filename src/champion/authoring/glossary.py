"""The words of the course, each explained once in `curriculum/glossary.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from champion import places
from champion.authoring.mistakes import Mistakes

ENTRY = re.compile(r"^(?:- )?\*\*(?P<term>[^*]+)\*\*: (?P<meaning>.+)$", re.MULTILINE)
TERM = re.compile(r"\{term\}`(?P<shown>[^`<]*[^`<\s])(?:\s*<(?P<entry>[^`>]+)>)?`")


def read_glossary() -> Mapping[str, str]:
    """Meanings by term, terms in lower case; empty when there is no glossary yet."""
    path = places.curriculum() / "glossary.md"
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    return {match["term"].lower(): match["meaning"] for match in ENTRY.finditer(text)}


def in_bold(prose: str, line: int, terms: Mapping[str, str], mistakes: Mistakes) -> str:
    """Prose whose {term} roles are bold words; notes those that the glossary does not explain."""
    for number, each in enumerate(prose.split("\n"), line):
        for match in TERM.finditer(each):
            entry = match["entry"] or match["shown"]
            if entry.lower() not in terms:
                mistakes.add(
                    number,
                    f"“{entry}” is not in curriculum/glossary.md; add `**{entry}**: …` there",
                )
    return TERM.sub(lambda match: f"**{match['shown']}**", prose)
