"""Mistakes in a source, collected so that an author sees all of a file's at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from champion import places
from champion.problems import Problem


@dataclass(frozen=True)
class Mistake:
    """One mistake of an author: in which file, on which line, and what to do about it."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{from_course(self.path)}:{self.line}: {self.what}"


@dataclass
class Mistakes:
    """The mistakes found so far in one file."""

    path: Path
    found: list[Mistake] = field(default_factory=list)

    def add(self, line: int, what: str) -> None:
        """Notes a mistake; lines count from 1."""
        self.found.append(Mistake(self.path, line, what))


def from_course(path: Path) -> str:
    """A path as people write it: from the course's folder, with forward slashes."""
    try:
        return path.resolve().relative_to(places.course().resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def refuse(mistakes: list[Mistake]) -> None:
    """Raises one Problem that lists all mistakes, in the order of files and lines; none is fine."""
    if not mistakes:
        return
    ordered = sorted(mistakes, key=lambda each: (from_course(each.path), each.line))
    if len(ordered) == 1:
        raise Problem(str(ordered[0]))
    listed = "\n".join(f"  {mistake}" for mistake in ordered)
    raise Problem(f"{len(ordered)} mistakes in the sources:\n{listed}")
