"""Which of a learner's cells answers which task, whatever happened to the notebook on its way.

A cell's own words count most: the check reads a variable, so the cell that makes this
variable is the answer, as it is in the learner's notebook. The id and the metadata we gave
the cell come next, then the check beside it, then its place among our cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from champion.marking import cells
from champion.marking.cells import Cell, Notebook

_ALIKE = 0.6


@dataclass(frozen=True)
class Slot:
    """One answer cell of our page.

    Attributes:
        task: its slug.
        variable: what its answer is called.
        blank: its text as it is handed out.
        id: its cell id.
        place: which cell of our page it is, from 0.
    """

    task: str
    variable: str
    blank: str
    id: str
    place: int


@dataclass(frozen=True)
class Theirs:
    """One cell of the learner's that is not one of ours.

    Attributes:
        place: which cell of the learner's notebook it is, from 0.
        source: its text, `check(…)` lines left out.
        homes: the tasks it belongs to by id, metadata, the check beside it or its place;
            most certain first.
        certain: the first home is told by id or metadata, not by the place alone.
        names: the tasks whose variable it makes.
        retyped: it is no code cell any more.
    """

    place: int
    source: str
    homes: tuple[str, ...]
    certain: bool
    names: frozenset[str]
    retyped: bool

    @property
    def home(self) -> str:
        """The task it belongs to most likely, or ""."""
        return self.homes[0] if self.homes else ""


def slots(page: Notebook, variables: Mapping[str, str] | None = None) -> list[Slot]:
    """The answer cells of our page, in order; `variables` as far as the key tells them."""
    given = variables or {}
    found = []
    for place, cell in enumerate(page.get("cells", [])):
        task, role = cells.told(cell)
        if role == "answer" and task:
            blank = cells.text(cell)
            name = given.get(task) or cells.variable(blank)
            found.append(Slot(task, name, blank, str(cell.get("id", "")), place))
    return found


def theirs(page: Notebook, learner: Notebook, ours: Sequence[Slot]) -> list[Theirs]:
    """The cells the learner wrote or may have written, with every sign of where they belong."""
    places = _Places(page, learner, ours)
    found = []
    for place, cell in enumerate(learner["cells"]):
        if place in places.markers and not cells.without_checks(_added(cell, page, places, place)):
            continue
        source = cells.without_checks(cells.text(cell))
        if place in places.markers:
            source = cells.without_checks(_added(cell, page, places, place))
        told = _told(cell, ours)
        retyped = cell.get("cell_type") != "code"
        names = frozenset(
            slot.task for slot in ours if slot.variable and slot.variable in cells.assigned(source)
        )
        if not source.strip() or (retyped and not told and not _is_code(source, names)):
            continue
        near = places.near(place, cell)
        homes = tuple(dict.fromkeys(each for each in (told, *near) if each))
        found.append(Theirs(place, source, homes, bool(told), names, retyped))
    return found


def most_alike(wanting: Sequence[Slot], spare: Sequence[Theirs]) -> dict[str, Theirs]:
    """For tasks without an answer, the cells that look most like their blanks."""
    pairs = sorted(
        (
            (_likeness(slot.blank, cell.source), -cell.place, slot, cell)
            for slot in wanting
            for cell in spare
        ),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    chosen: dict[str, Theirs] = {}
    for likeness, _, slot, cell in pairs:
        if likeness >= _ALIKE and slot.task not in chosen and cell not in chosen.values():
            chosen[slot.task] = cell
    return chosen


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, cells.squeezed(one), cells.squeezed(other)[:5000]).ratio()


def _is_code(source: str, names: frozenset[str]) -> bool:
    return bool(names) and (cells.is_sql(source) or cells.parsed(source) is not None)


def _told(cell: Cell, ours: Sequence[Slot]) -> str:
    """The task whose answer the cell is by its id or metadata."""
    by_id = next((slot.task for slot in ours if slot.id and slot.id == cell.get("id")), "")
    task, role = cells.told(cell)
    by_metadata = task if role == "answer" and any(slot.task == task for slot in ours) else ""
    return by_id or by_metadata


class _Places:
    """Where our own cells stand in the learner's notebook, and which task is near a place."""

    def __init__(self, page: Notebook, learner: Notebook, ours: Sequence[Slot]) -> None:
        self._ours = ours
        self._learner: list[Cell] = learner["cells"]
        self.markers: dict[int, int] = dict(_markers(page, learner))

    def near(self, place: int, cell: Cell) -> Iterator[str]:
        """The tasks it may belong to: by a check in it, the check after it, its place."""
        known = {slot.task for slot in self._ours}
        yield from (slug for slug in cells.checked(cells.text(cell)) if slug in known)
        after = self._learner[place + 1 : place + 2]
        for following in after:
            yield from (slug for slug in cells.checked(cells.text(following)) if slug in known)
        before = max((i for i in self.markers if i < place), default=None)
        behind = min((i for i in self.markers if i > place), default=None)
        first = -1 if before is None else self.markers[before]
        last = self.markers[behind] if behind is not None else float("inf")
        between = [slot.task for slot in self._ours if first < slot.place < last]
        if len(between) == 1:
            yield between[0]


def _markers(page: Notebook, learner: Notebook) -> Iterator[tuple[int, int]]:
    """Pairs of places: a cell of the learner's notebook, and which of ours it is."""
    ids: dict[Any, int] = {}
    texts: dict[str, int] = {}
    for place, cell in enumerate(page["cells"]):
        if cells.told(cell)[1] != "answer":
            ids[cell.get("id")] = place
            texts.setdefault(cells.squeezed(cells.text(cell)), place)
    ids.pop(None, None)
    texts.pop("", None)
    for place, cell in enumerate(learner["cells"]):
        ours = ids.get(_hashable(cell.get("id")), texts.get(cells.squeezed(cells.text(cell))))
        if ours is not None:
            yield place, ours


def _added(cell: Cell, page: Notebook, places: _Places, place: int) -> str:
    """What the learner wrote into one of our code cells: all of it, if it was changed."""
    ours = page["cells"][places.markers[place]]
    if cell.get("cell_type") != "code" or ours.get("cell_type") != "code":
        return ""
    changed = cells.squeezed(cells.text(cell)) != cells.squeezed(cells.text(ours))
    return cells.text(cell) if changed else ""


def _hashable(value: Any) -> Any:
    return value if isinstance(value, str) else None
