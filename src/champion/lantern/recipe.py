"""The recipe: the small tables in `data/` that the company is made from, and what it all weighs."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from champion import places
from champion.problems import Problem


@cache
def table(name: str) -> dict[str, Any]:
    """One of the recipe's tables: `data/<name>.toml`.

    Raises:
        Problem: it is missing or damaged.
    """
    path = places.recipes() / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Problem(
            f"The recipe's table {path} is missing.", "Is this a whole checkout?"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"The recipe's table {path} cannot be read: {error}.") from None


@cache
def fingerprint() -> str:
    """A digest of everything that decides what is built: this package's sources and the tables.

    A company built from other sources is rebuilt before anything is proven on it.
    """
    running = hashlib.sha256()
    here = Path(__file__).parent
    sources = sorted(here.rglob("*.py"), key=lambda path: path.relative_to(here).as_posix())
    for path in [*sources, *sorted(places.recipes().glob("*.toml"))]:
        running.update(path.name.encode())
        running.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return running.hexdigest()
