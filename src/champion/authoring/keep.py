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
MOST_ROWS = 10
"""Of one lesson; a part has ten lessons at most."""
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
body { font: 8.5pt/1.35 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  margin: 0 auto; max-width: 275mm; padding: 4mm }
h1 { font-size: 13pt; margin: 0 0 2mm }
main { columns: 2; column-gap: 8mm }
section { break-inside: avoid; margin: 0 0 3mm }
h2 { border-bottom: 0.3mm solid #0b6e75; color: #0b6e75; font-size: 9.5pt; margin: 0 0 1mm }
p, ul { margin: 0 0 1mm }
ul { padding-left: 4mm }
pre { background: #f3f5f5; margin: 0 0 1mm; overflow-wrap: anywhere; padding: 1mm 1.5mm;
  white-space: pre-wrap }
code, kbd { font: 7.4pt/1.35 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
  monospace }
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
    return places.notebooks() / part / "Keep.html"


def keep_troubles(lesson: Lesson) -> Iterator[Mistake]:
    """A lesson without anything to keep, or with more than has room on its part's page."""
    path = lesson.pages[0].path
    source = path.read_text(encoding="utf-8-sig").split("\n")
    heading = source.index(HEADING) + 1 if HEADING in source else len(source)
    lines = [line for line in keep_lines(lesson).split("\n") if line.strip("`~ ")]
    if not lines:
        yield Mistake(path, heading, "nothing to keep; write three or four lines below `## Keep`")
    if (count := sum(_rows(line) for line in lines)) > MOST_ROWS:
        yield Mistake(
            path, heading, f"{count} rows to keep; the part's page has room for {MOST_ROWS} of each"
        )


def _rows(line: str) -> int:
    """How many rows a line takes in a column of the sheet."""
    return -(-len(line) // WIDEST)


def _sheet(part: str, lessons: Sequence[Lesson]) -> str:
    title = html.escape(f"{part_title(part)}: what to keep")
    sections = "".join(_section(lesson) for lesson in lessons)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>\n{STYLE}</style>\n<h1>{title}</h1>\n{HOW_TO_PRINT}<main>\n{sections}</main>\n</html>\n"
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
