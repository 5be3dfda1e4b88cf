"""Numbers in a lesson's prose: each is printed by a cell of the same page, or marked as given.

A number that no cell can print is marked on a line of its own below its paragraph, which the
learner never sees: `% 28, 30, 31 · how many days a month has`. Dates, years, times, ids and
whatever stands in backticks are no numbers here, and neither is a single digit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from champion.authoring.markup import Prose
from champion.authoring.mistakes import Mistake, Mistakes

if TYPE_CHECKING:
    from champion.authoring.products import Product

GIVEN = re.compile(r"% (?P<numbers>\d[\d,. ]*) · \S.*")
FENCE = re.compile(r"^(```|~~~).*?^\1[`~]*$", re.DOTALL | re.MULTILINE)
ASIDE = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>\n]+>|https?://\S+")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
CALENDAR = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?|\d?\d:\d\d(?::\d\d(?:\.\d+)?)?|\d\d? {MONTH}|{MONTH} \d\d?\b"
)
NUMBER = re.compile(r"(?<![\w./#,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/-]|[.,:]\d)")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Figure:
    """A number in prose as it is written, and its line in the source."""

    written: str
    line: int


def read_figures(prose: Prose, mistakes: Mistakes) -> Iterator[Figure]:
    """The numbers of a piece of prose that a cell has to print: those not marked as given."""
    found = [
        Figure(number, prose.line + at)
        for at, line in enumerate(_blanked(prose.text).split("\n"))
        if not line.startswith("%")
        for number in NUMBER.findall(CALENDAR.sub(_blank, line))
        if len(number) > 1 and not YEAR.fullmatch(number)
    ]
    given: set[str] = set()
    for at, line in enumerate(prose.text.split("\n"), prose.line):
        if not line.startswith("%"):
            continue
        match = GIVEN.fullmatch(line)
        if match is None:
            mistakes.add(
                at, "a number that no cell prints is marked `% 28, 30 · why it stands here`"
            )
            continue
        for number in re.split(r", ", match["numbers"]):
            given.add(number)
            if all(figure.written != number for figure in found):
                mistakes.add(at, f"{number} does not stand in the prose above; take it away here")
    return (figure for figure in found if figure.written not in given)


def without_marks(text: str) -> str:
    """Prose as the learner gets it, without the lines that mark numbers as given."""
    kept = [line for line in text.split("\n") if not line.startswith("%")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def unprinted(product: Product) -> Iterator[Mistake]:
    """The numbers of a built lesson's prose that none of its cells holds or prints.

    Numbers of the tasks' references count as held: what a task asks for stands in them.
    """
    if not (product.executed and product.committed):
        return
    built = json.loads(product.path.read_text(encoding="utf-8"))
    references = " ".join(task.reference for task in product.page.tasks)
    told = " ".join([references, *_told(built)])
    printed = {
        Decimal(number.replace(",", "")) for number in NUMBER.findall(CALENDAR.sub(" ", told))
    }
    for figure in product.page.figures:
        if not _is_among(Decimal(figure.written.replace(",", "")), printed):
            yield Mistake(
                product.page.path,
                figure.line,
                f"no cell prints {figure.written}; let one print it, or mark it below the "
                f"paragraph: `% {figure.written} · why it stands here`",
            )


def _is_among(number: Decimal, printed: set[Decimal]) -> bool:
    """Whether a number was printed, to as many places as it is written with."""
    if number in printed:
        return True
    places = number.as_tuple().exponent
    return places != 0 and any(round(each, -int(places)) == number for each in printed)


def _told(notebook: dict[str, Any]) -> Iterator[str]:
    """What the code cells of a notebook hold and show."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        yield "".join(cell["source"])
        for output in cell["outputs"]:
            data = output.get("data", {})
            shown = [output.get("text", ""), data.get("text/plain", ""), data.get("text/html", "")]
            shown += [output.get("evalue", "")]
            yield from (re.sub(r"<[^>]+>", " ", "".join(each)) for each in shown)


def _blanked(text: str) -> str:
    """Prose without its code, links and tags; its lines stay where they are."""
    return ASIDE.sub(_blank, FENCE.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") or " "
