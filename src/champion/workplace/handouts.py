"""Every file that the course hands out, as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from champion import places
from champion.problems import Problem
from champion.workplace import copies, files, start
from champion.workplace.copies import Copy
from champion.workplace.settings import START_PAGE


def hand_outs() -> Iterator[Copy]:
    """Every file that the course hands out, as it is now.

    Raises:
        Problem: nothing has been built.
    """
    yield Copy(START_PAGE, start.page().encode())
    lessons = list(_files(places.notebooks(), "*"))
    if not any(name.endswith(".ipynb") for name, _ in lessons):
        raise Problem(
            f"There are no lessons in {files.tilde(places.notebooks())}.", "Run `champion build`."
        )
    for name, content in lessons:
        yield Copy(f"lessons/{name}", copies.unrun(content))
    for name, content in _files(places.exercises(), "*.ipynb"):
        yield Copy(f"exercises/{name}", content)
    for name, content in _files(places.doctrine(), "*.md"):
        yield Copy(f"doctrine/{name}", content)


def _files(folder: Path, pattern: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob(pattern)):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path.read_bytes()
