"""What was handed out: a digest of every copy, so that a learner's change shows as one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from champion.marking.cells import text
from champion.workplace import files

FORMAT = 1


@dataclass(frozen=True)
class Laid:
    """One file as it was handed out.

    Attributes:
        file: digest of its bytes.
        cells: for a notebook, a digest of each cell's source by its id, in order.
    """

    file: str
    cells: Mapping[str, str] = field(default_factory=dict)


def read(memory: Path) -> dict[str, Laid]:
    """What was laid out, by path in the work folder; nothing when the memory is lost."""
    try:
        data = json.loads(memory.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            return {}
        return {name: Laid(each["file"], each["cells"]) for name, each in data["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write(memory: Path, laid: Mapping[str, Laid]) -> None:
    """Remember what was laid out."""
    data = {"format": FORMAT, "files": {name: asdict(laid[name]) for name in sorted(laid)}}
    files.write(memory, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def describe(content: bytes) -> Laid:
    """The digests of one file."""
    notebook = as_notebook(content)
    cells = (
        {} if notebook is None else {cell["id"]: cell_digest(cell) for cell in cells_of(notebook)}
    )
    return Laid(_digest(content), cells)


def is_untouched(content: bytes, laid: Laid) -> bool:
    """Whether a copy is as it was handed out, a notebook's outputs aside."""
    if _digest(content) == laid.file:
        return True
    present = describe(content)
    return bool(laid.cells) and list(present.cells.items()) == list(laid.cells.items())


def as_notebook(content: bytes) -> dict[str, Any] | None:
    """A notebook's JSON, or None when the bytes are no notebook."""
    try:
        data = json.loads(content)
    except ValueError:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        return None
    return data


def cells_of(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cells of a notebook, each with an id, whatever an editor left of them."""
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    return [{"id": f"nameless-{place}", **cell} for place, cell in enumerate(cells)]


def cell_digest(cell: Mapping[str, Any]) -> str:
    """A digest of what a person wrote in a cell: its kind and its text."""
    return _digest(f"{cell.get('cell_type')}\n{text(cell)}".encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
