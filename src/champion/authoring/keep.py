"""The keep sheet of a part: what its lessons say under `## Keep`, on one page to print.

A lesson's lines are its first piece of prose under that heading, up to a quiz or a `+++`. The
sheet is one HTML file beside the part's lessons: it needs nothing else, and any browser prints it
on one A4 page.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from champion import places
from champion.authoring.coursemap import part_title
from champion.authoring.mistakes import Mistake
from champion.authoring.source import Lesson

SECTION = "keep"
HEADING = "## Keep"
NAME = "Keep.html"
FENCES = ("```", "~~~")
MOST_ROWS = 14
"""Of one lesson, and rather half as many: a part has ten lessons, and its page is one page."""
SIZES = ((70, "9"), (88, "8"), (1000, "7"))
"""Points of the letters on a page of as many rows at most; a lesson's heading counts three."""
WIDEST = 86
"""Signs in a row of the sheet."""

HOW_TO_PRINT = (
    '<p class="on-screen">To print this page, open it in a browser (in JupyterLab: right-click its '
    "name in the list of files, <em>Open in New Browser Tab</em>), then press Ctrl+P, on a Mac "
    "⌘P.</p>\n"
)
STYLE = """\
@page { size: A4 landscape; margin: 9mm 11mm }
html { background: white; color: #1a1a1a }
body { font: SIZEpt/1.3 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  margin: 0 auto; max-width: 275mm; padding: 1em }
h1 { font-size: 1.5em; margin: 0 0 0.5em }
main { columns: 130mm 2; column-gap: 8mm }
section { break-inside: avoid; margin: 0 0 0.7em }
h2 { border-bottom: 1px solid #0b6e75; color: #0b6e75; font-size: 1.1em; margin: 0 0 0.3em }
p, ul { margin: 0 0 0.3em }
ul { padding-left: 1.4em }
pre { background: #f3f5f5; margin: 0 0 0.3em; overflow-wrap: anywhere; padding: 0.3em 0.5em;
  white-space: pre-wrap }
code, kbd { font: 0.87em/1.3 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
  monospace }
pre code { font-size: min(0.87em, 7.1pt) }
@media screen { body { font-size: 11pt } pre code { font-size: 0.87em } }
@media print { body { max-width: none; padding: 0 } .on-screen { display: none } }
"""


def keep_lines(lesson: Lesson) -> str:
    """What a lesson wants to be kept, as Markdown without its heading; "" when there is nothing."""
    for cell in lesson.pages[0].cells:
        if cell.section == SECTION and cell.role == "prose" and not cell.task:
            return cell.text.removeprefix(HEADING).strip()
    return ""


def sheets(lessons: Sequence[Lesson]) -> dict[Path, str]:
    """The sheets of all parts: their HTML by where they lie, `notebooks/1-querying/Keep.html`."""
    parts: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        if keep_lines(lesson):
            parts.setdefault(lesson.name.partition("/")[0], []).append(lesson)
    return {sheet_path(part): _sheet(part, inside) for part, inside in parts.items()}


def sheet_path(part: str) -> Path:
    """Where the sheet of a part lies."""
    return places.notebooks() / part / NAME


def sheets_there() -> list[Path]:
    """The sheets that were built, wherever their lessons are now."""
    return sorted(places.notebooks().glob(f"*/{NAME}"))


def keep_troubles(lesson: Lesson) -> Iterator[Mistake]:
    """A lesson without anything to keep, or with more than has room on its part's page."""
    path = lesson.pages[0].path
    source = path.read_text(encoding="utf-8-sig").split("\n")
    heading = source.index(HEADING) + 1 if HEADING in source else len(source)
    rows = _rows(lesson)
    if not rows:
        yield Mistake(path, heading, "nothing to keep; write three or four lines below `## Keep`")
    if rows > MOST_ROWS:
        yield Mistake(
            path,
            heading,
            f"{rows} rows to keep; a lesson has {MOST_ROWS} of its part's page at most",
        )


def _rows(lesson: Lesson) -> int:
    """How many rows of a column a lesson's lines take."""
    lines = keep_lines(lesson).split("\n")
    return sum(-(-len(line) // WIDEST) for line in lines if not line.startswith(FENCES))


def _sheet(part: str, lessons: Sequence[Lesson]) -> str:
    title = html.escape(f"{part_title(part)}: what to keep")
    rows = sum(_rows(lesson) + 3 for lesson in lessons)
    size = next(size for most, size in SIZES if rows <= most)
    style = STYLE.replace("SIZE", size)
    sections = "".join(_section(lesson) for lesson in lessons)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>\n{style}</style>\n<h1>{title}</h1>\n{HOW_TO_PRINT}<main>\n{sections}</main>\n</html>\n"
    )


def _section(lesson: Lesson) -> str:
    number = int(lesson.name.rpartition("/")[2][:2])
    markdown = MarkdownIt("commonmark")
    for mark in ("link_open", "link_close"):  # on paper a link leads nowhere
        markdown.add_render_rule(mark, lambda *_: "")
    return (
        f"<section>\n<h2>{number} · {html.escape(lesson.title)}</h2>\n"
        f"{markdown.render(keep_lines(lesson))}</section>\n"
    )
