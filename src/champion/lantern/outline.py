"""The outline of the dictionary: of every column what a builder needs to know, and no more.

The models in `schema` are the truth. Importing them takes longer than building a small company,
so their outline is kept in `build/`, with the fingerprint of the sources it was taken from; with
other sources the models are asked anew.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np

from champion import places
from champion.lantern import recipe

Kind = Literal["text", "hex", "flag", "moment", "day", "number"]

_DTYPES = {"text": np.dtype(object), "hex": np.dtype(np.uint64), "flag": np.dtype(np.bool_)}


@dataclass(frozen=True)
class Field:
    """A column of a table.

    Attributes:
        table, name: where it stands: "accounts", "name".
        kind: what it holds; `hex` is a key of sixteen hexadecimal digits.
        sql: its type in the lesson database.
        nullable: whether it may be missing.
        comment: what a value means.
    """

    table: str
    name: str
    kind: Kind
    sql: str
    nullable: bool
    comment: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        """What the builder keeps its values in."""
        return _DTYPES.get(self.kind, np.dtype(np.int64))


@dataclass(frozen=True)
class Outline:
    """A table: what it is about, and its columns by name, in their order."""

    comment: str
    fields: dict[str, Field]


@cache
def outlines() -> dict[str, Outline]:
    """All tables by name, in the order of definition."""
    file, source = places.build() / "outline.json", recipe.fingerprint()
    kept = _read(file, source)
    if kept is None:
        from champion.lantern.outlining import outlines_of_models

        kept = outlines_of_models()
        _keep(file, source, kept)
    return kept


def _read(file: Path, source: str) -> dict[str, Outline] | None:
    """What was kept, if it was taken from these sources."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return _outlines(kept["tables"]) if kept["source"] == source else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _outlines(tables: dict[str, Any]) -> dict[str, Outline]:
    return {
        name: Outline(
            table["comment"], {each: Field(**field) for each, field in table["fields"].items()}
        )
        for name, table in tables.items()
    }


def _keep(file: Path, source: str, tables: dict[str, Outline]) -> None:
    """Keep it for the next builder; where nothing can be written, that one asks the models too."""
    text = json.dumps({"source": source, "tables": {n: asdict(t) for n, t in tables.items()}})
    new = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(file)
