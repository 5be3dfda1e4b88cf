"""The manifest of a built company: which recipe, seed and scale, and a digest for all it holds.

A table's digest is taken over the content, column by column, not over the database file: that
may differ between systems, the content may not. A log's is taken over its text, not gzipped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from champion.lantern.columns import Column, Rows

FILE = "manifest.json"
RECIPE = 9
"""Version of the recipe: raise it with every change that changes a built company."""


@dataclass(frozen=True)
class Manifest:
    """What was built.

    Attributes:
        recipe: version of the recipe.
        seed, scale: which company, and how large.
        source: digest of the sources and tables it was built from.
        rows: number of rows by table.
        tables: SHA-256 of the content by table, in hexadecimal.
        files: SHA-256 of the uncompressed content of logs and customers' files, by their path
            within the company's folder. Older recipes had none.
    """

    recipe: int
    seed: int
    scale: float
    source: str
    rows: dict[str, int]
    tables: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)


def manifest_of(
    seed: int, scale: float, source: str, tables: Mapping[str, Rows], files: Mapping[str, str]
) -> Manifest:
    """The manifest of these tables, and of files whose digests are known."""
    return Manifest(
        RECIPE,
        seed,
        scale,
        source,
        rows={name: len(rows["id"]) for name, rows in tables.items()},
        tables={name: digest(rows) for name, rows in tables.items()},
        files=dict(files),
    )


def digest(rows: Rows) -> str:
    """SHA-256 over a table's content: names, what is missing, and values, column by column."""
    running = hashlib.sha256()
    for name, column in sorted(rows.items()):
        running.update(f"{name}\0{len(column)}\0".encode())
        running.update(b"" if column.missing is None else np.packbits(column.missing).tobytes())
        running.update(_bytes(column))
    return running.hexdigest()


def to_json(manifest: Manifest) -> str:
    """A manifest as JSON text, the same bytes for the same manifest."""
    return json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n"


def stamp(manifest: Manifest) -> str:
    """A short text that tells two builds apart."""
    return hashlib.sha256(to_json(manifest).encode()).hexdigest()[:16]


def from_json(text: str) -> Manifest:
    """The manifest that `to_json` wrote.

    Raises:
        ValueError: the text is no manifest.
    """
    try:
        return Manifest(**json.loads(text))
    except TypeError as error:
        raise ValueError("not a manifest") from error


def read(folder: Path) -> Manifest | None:
    """The manifest of the company in a folder; None when there is none that can be read."""
    try:
        return from_json((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _bytes(column: Column) -> bytes:
    if column.values.dtype == object:
        return "\0".join(column.values.tolist()).encode()
    return column.values.astype(column.values.dtype.newbyteorder("<"), copy=False).tobytes()
