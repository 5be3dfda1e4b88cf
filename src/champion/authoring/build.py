"""Builds notebooks, exercises, solved copies and keys from the curriculum: only what changed.

A build of everything also brings up to date what is made of all lessons together: the keep sheets,
the page of the glossary, the README's map and the doctrine's index.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from champion import places
from champion.authoring import coursemap, doctrine, glossary, inspect, keep
from champion.authoring.course import Course, sound_course
from champion.authoring.entries import entries
from champion.authoring.execute import execute
from champion.authoring.figures import unprinted
from champion.authoring.keys import build_keys, remove_orphans, write_key
from champion.authoring.mistakes import Mistake, from_course, refuse
from champion.authoring.notebook import Notebook, as_text, cell_lines, outputs_digest
from champion.authoring.products import Product, products
from champion.problems import Problem

WORKERS = 2
PROVEN = (1, 1)
"""Seed and scale of the company whose outputs are committed."""

Progress = Callable[[Path, int, int], None]
"""Told of each notebook written: its path, how many are done, how many there are."""


@dataclass(frozen=True)
class Built:
    """What a build did: the notebooks it wrote, and how many were current already."""

    written: tuple[Path, ...]
    current: int

    @property
    def text(self) -> str:
        """One line for the author."""
        count = len(self.written)
        return f"{count} notebook{'s' * (count != 1)} built · {self.current} unchanged"


def build(
    only: Sequence[str] | None = None,
    *,
    fresh: bool = False,
    progress: Progress | None = None,
    company: Path | None = None,
) -> Built:
    """Builds what changed since the last build, and takes away what has no source any more.

    Args:
        only: parts or lessons by name; None or empty means all.
        fresh: build everything, changed or not.
        progress: told of each notebook.
        company: the folder of the company to run on; by default the first of the proven ones,
            built when it is missing.

    Raises:
        Problem: mistakes in the sources, or cells that fail when run; all are listed. Notebooks
            without mistakes are built nevertheless.
    """
    course = sound_course()
    course.chosen(only)  # an unknown name is refused before anything is written
    for lesson in course.lessons:  # the desk reads all keys, whichever lesson is built
        write_key(lesson)
    wanted = _products(course, only)
    changed = [product for product in wanted if fresh or not _is_current(product)]
    if not only:
        remove_orphans(course)
        _remove_strays(_products(course, None))
        _write_pages(course)
    failed = _make(changed, progress or _silent, company)
    refuse(failed or [what for product in wanted for what in unprinted(product)])
    return Built(tuple(each.path for each in changed), len(wanted) - len(changed))


def look_over(only: Sequence[str] | None = None) -> int:
    """Whether the committed notebooks are those of the sources; runs nothing.

    Returns:
        How many notebooks were looked at.

    Raises:
        Problem: mistakes in the sources, or notebooks that differ from them; all are listed.
    """
    course = sound_course()
    committed = [product for product in _products(course, only) if product.committed]
    found = [what for product in committed for what in inspect.faults(product)]
    if not found:
        found += [str(mistake) for product in committed for mistake in unprinted(product)]
    if not only:
        found += inspect.strays([*(product.path for product in committed), *_pages(course)])
        found += _stale_pages(course)
    if found:
        raise Problem(
            "The built notebooks do not agree with their sources:\n  " + "\n  ".join(found)
        )
    return len(committed)


def main(only: Sequence[str] = (), *, check: bool = False, keys: bool = False) -> str:
    """The command `champion build`: what to print; Problem when something is wrong."""
    if keys:
        count = len(build_keys(only))
        return f"{count} answer key{'s' * (count != 1)} current"
    if check:
        return f"{look_over(only)} notebooks agree with their sources"
    with _progress_bar() as progress:
        return build(only, progress=progress).text


def _products(course: Course, only: Sequence[str] | None) -> list[Product]:
    return [
        product for lesson in course.chosen(only) for product in products(lesson, course.titles)
    ]


def _is_current(product: Product) -> bool:
    try:
        built = json.loads(product.path.read_text(encoding="utf-8"))
        known = built["metadata"]["champion"]
        if known["source"] != product.notebook["metadata"]["champion"]["source"]:
            return False
        return not product.executed or bool(known["outputs"] == outputs_digest(built))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _make(changed: Sequence[Product], progress: Progress, company: Path | None) -> list[Mistake]:
    """Writes the notebooks, running those that are to be run, two at a time."""
    for product in changed:
        if not product.executed:
            _write(product.path, product.notebook)
    to_run = [product for product in changed if product.executed]
    done = len(changed) - len(to_run)
    if not to_run:
        return []
    company = company or _company()
    found: list[Mistake] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        running = {pool.submit(_run, product, company): product for product in to_run}
        for future in as_completed(running):
            found += future.result()
            done += 1
            progress(running[future].path, done, len(changed))
    return list(dict.fromkeys(found))


def _run(product: Product, company: Path) -> list[Mistake]:
    lines = cell_lines(product.page, product.notebook)
    ran, mistakes = execute(product.notebook, company, product.page.path, lines)
    if not mistakes:
        ran["metadata"]["champion"]["outputs"] = outputs_digest(ran)
        _write(product.path, ran)
    return mistakes


def _company() -> Path:
    """The folder of the company whose outputs are kept; built when it is missing."""
    from champion.lantern.company import proven_company

    company = proven_company(*PROVEN)
    company.close()
    return company.folder


def _write(path: Path, notebook: Notebook) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(as_text(notebook), encoding="utf-8", newline="\n")
    beside.replace(path)


def _remove_strays(wanted: Sequence[Product]) -> None:
    """Takes away notebooks whose source is gone; files that nobody built are left alone."""
    expected = {product.path for product in wanted}
    for home in (places.notebooks(), places.exercises(), places.build() / "solved"):
        for path in home.rglob("*.ipynb"):
            hidden = ".ipynb_checkpoints" in path.parts
            if path not in expected and not hidden and '"champion"' in path.read_text("utf-8"):
                path.unlink()


def _pages(course: Course) -> dict[Path, str]:
    """What is built beside the notebooks: the keep sheets, and the glossary when there is one."""
    made = keep.sheets(course.lessons)
    if glossary.read_glossary():
        made[glossary.page_path()] = glossary.page(course.lessons)
    return made


def _write_pages(course: Course) -> None:
    """Writes the pages beside the notebooks, the map in the README, and the doctrine's index."""
    pages = _pages(course)
    for path in {glossary.page_path(), *keep.sheets_there()} - set(pages):
        path.unlink(missing_ok=True)
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    if coursemap.has_place(readme()):
        coursemap.write_map(readme(), course)
    if entries():
        doctrine.write_index()


def _stale_pages(course: Course) -> Iterator[str]:
    for path, text in _pages(course).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield f"{from_course(path)} is older than the lessons: {inspect.BUILD}"
    if coursemap.has_place(readme()) and not coursemap.map_is_current(readme(), course):
        yield f"README.md holds an older map of the course: {inspect.BUILD}"
    if entries() and not doctrine.index_is_current():
        yield f"doctrine/README.md is older than the entries: {inspect.BUILD}"


def readme() -> Path:
    """The course's first page, which holds the map."""
    return places.course() / "README.md"


def _silent(path: Path, done: int, count: int) -> None:
    """No progress shown."""


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Running notebooks", total=None)

        def show(path: Path, done: int, count: int) -> None:
            bar.update(task, completed=done, total=count, description=from_course(path))

        yield show
