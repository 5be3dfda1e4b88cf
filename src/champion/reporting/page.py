"""One HTML file of a notebook that ran: no script, nothing from the network, the code folded away.

nbconvert makes it with the template in `page/`, which has its own style sheet; nbconvert's own
templates would bring JupyterLab's, half a megabyte, and scripts from elsewhere.
"""

from __future__ import annotations

import copy
from importlib import resources
from typing import Any

TEMPLATE = "page"


def html(made: Any, title: str) -> str:
    """The page.

    Args:
        made: a notebook with its outputs. Cells with the tag `remove-output` show their code
            alone; a heading under which nothing is shown is left out.
        title: for the browser's tab, and the name a browser gives the printed page.
    """
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    told = Config()
    told.TagRemovePreprocessor.enabled = True
    told.TagRemovePreprocessor.remove_all_outputs_tags = {"remove-output"}
    with resources.as_file(resources.files(__package__)) as home:
        exporter = HTMLExporter(
            config=told,
            template_name=TEMPLATE,
            extra_template_basedirs=[str(home)],
            exclude_anchor_links=True,
        )
        style = (home / TEMPLATE / "page.css").read_text(encoding="utf-8")
        shown = with_content(made)
        body, _ = exporter.from_notebook_node(
            shown, resources={"style": style, "title": title, "code": _code(made)}
        )
    return str(body)


def with_content(made: Any) -> Any:
    """The notebook without headings, and their prose, under which no cell shows anything."""
    kept = copy.deepcopy(made)
    sections: list[list[Any]] = [[]]
    for cell in kept.cells:
        if cell.cell_type == "markdown" and cell.source.lstrip().startswith("#"):
            sections.append([])
        sections[-1].append(cell)
    opening, *others = sections
    kept.cells = [*opening, *(cell for each in others if any(map(_shows, each)) for cell in each)]
    return kept


def _shows(cell: Any) -> bool:
    return bool(cell.get("outputs")) and "remove-output" not in cell.metadata.get("tags", [])


def _code(made: Any) -> list[tuple[str, list[str]]]:
    """All code by the heading it stands under, for whoever wants to know how it was counted."""
    parts: list[tuple[str, list[str]]] = [("Reading the views", [])]
    for cell in made.cells:
        if cell.cell_type == "markdown" and cell.source.lstrip().startswith("#"):
            parts.append((cell.source.lstrip("# \n").splitlines()[0], []))
        elif cell.cell_type == "code":
            parts[-1][1].append(cell.source)
    return [part for part in parts if part[1]]
