"""A built company: opening it, and the proven ones that tests and marking rely on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from champion import places
from champion.lantern import clock, engine, manifest, recipe
from champion.lantern.logs import FILES, LOGS
from champion.lantern.manifest import RECIPE, Manifest
from champion.lantern.site import Site
from champion.problems import Problem

PROVEN: tuple[tuple[int, float], ...] = ((1, 1), (2, 0.02), (3, 0.02))
"""Seed and scale of the companies on which every trap, case and task is proven."""

BUILD = "Run `champion lantern build`."


@dataclass(frozen=True)
class Company:
    """A company to ask questions of.

    Attributes:
        folder: where it lies.
        seed, scale: which one, and how large.
        now: its time, with zone; it stands still.
        engine: a SQLAlchemy engine that can only read.
    """

    folder: Path
    seed: int
    scale: float
    now: datetime
    engine: Engine

    @property
    def logs(self) -> Path:
        """The folder of the logs; they are files, also where a team's server has the tables."""
        return self.folder / LOGS

    @property
    def files(self) -> Path:
        """The folder of what customers attached: `ticket_attachments.file_name` lies in it."""
        return self.folder / FILES

    def close(self) -> None:
        """Let go of the database; a company built over this one needs that."""
        self.engine.dispose()


def open_company(folder: Path | None = None) -> Company:
    """Open a built company to read it.

    Args:
        folder: where it lies; None: the one in use (`places.company()`), or, where
            CHAMPION_DATABASE_URL is set, the team's own PostgreSQL.

    Raises:
        Problem: it is not built, was built by another recipe, or cannot be reached.
    """
    url = os.environ.get("CHAMPION_DATABASE_URL")
    if folder is None and url:
        from champion.lantern.server import manifest_at

        return _company(places.company(), manifest_at(url), engine.server_reader(url))
    folder = folder or places.company()
    built = manifest.read(folder)
    if built is None and Site(folder).was_interrupted():
        with Site(folder).alone():
            built = manifest.read(folder)
    if built is None or not (folder / engine.FILE).is_file():
        raise Problem("The sample company is not built yet.", BUILD)
    return _company(folder, built, engine.reader(folder / engine.FILE, manifest.stamp(built)))


def proven_company(seed: int, scale: float) -> Company:
    """One of the proven companies, built now if it is not there yet.

    The learners' own company serves as the proven one when it has that seed and scale.

    Raises:
        Problem: it cannot be built.
    """
    folder = _home(seed, scale)
    if not _is_there(folder, seed, scale):
        from champion.lantern.build import build_company

        build_company(seed, scale, to=folder, unless=lambda: _is_there(folder, seed, scale))
    return open_company(folder)


def _company(folder: Path, built: Manifest, database: Engine) -> Company:
    if built.recipe != RECIPE:
        age = "an older" if built.recipe < RECIPE else "a newer"
        raise Problem(f"The sample company was built by {age} recipe.", BUILD)
    return Company(folder, built.seed, built.scale, clock.now(), database)


def _home(seed: int, scale: float) -> Path:
    in_use = places.company()
    if _is_there(in_use, seed, scale):
        return in_use
    return places.build() / "companies" / f"{seed}-{scale:g}"


def _is_there(folder: Path, seed: int, scale: float) -> bool:
    built = manifest.read(folder)
    return (
        built is not None
        and (built.recipe, built.seed, built.scale) == (RECIPE, seed, scale)
        and built.source == recipe.fingerprint()
        and all((folder / name).is_file() for name in (engine.FILE, *built.files))
    )
