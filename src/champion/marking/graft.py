"""Puts a learner's answers into our own copy of the notebook.

What is marked is our notebook with nothing of the learner's but the answer cells, and the
helper cells these lean on. So deleted checks, changed prose, lost metadata and saved
outputs cannot matter. What found no place is listed.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from champion.marking import cells, claims
from champion.marking.cells import Cell, Notebook
from champion.marking.claims import Slot, Theirs
from champion.problems import Problem


@dataclass(frozen=True)
class Grafted:
    """A learner's answers in our notebook.

    Attributes:
        notebook: ours, the learner's answers and helpers in it; nothing has been run.
        sources: the answer cell of every task of the page, by slug; the blank where the
            learner left none.
        helpers: other cells of the learner's, by the task whose answer they come before.
        unplaced: code of the learner's that is in none of them, one text a cell.
        notes: what was mended on the way ("plays: two cells answer it; …").
    """

    notebook: Notebook
    sources: dict[str, str]
    helpers: dict[str, tuple[str, ...]]
    unplaced: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Chosen:
    """The cells that make one answer, the text they come to, and what is to be said of it."""

    source: str
    parts: tuple[Theirs, ...] = ()
    aside: tuple[Theirs, ...] = ()
    notes: tuple[str, ...] = ()


def graft(
    pristine: Notebook, learner: Notebook, variables: Mapping[str, str] | None = None
) -> Grafted:
    """Put the learner's answers into a copy of the pristine notebook.

    Args:
        pristine: our page as it is handed out.
        learner: the learner's notebook; it is not changed.
        variables: each task's variable by slug, from the key; else read off the blanks.

    Raises:
        Problem: the learner's notebook belongs to another lesson or page.
    """
    _refuse_another_page(pristine, learner)
    ours = claims.slots(pristine, variables)
    theirs = claims.theirs(pristine, learner, ours)
    chosen = {slot.task: _choose(slot, theirs) for slot in ours}
    chosen |= _by_likeness(ours, theirs, chosen)
    used = [part.place for each in chosen.values() for part in (*each.parts, *each.aside)]
    spare = [cell for cell in theirs if cell.place not in used and not _is_a_blank(cell, ours)]
    helpers, unplaced = _helpers(ours, spare, chosen)
    sources = {task: each.source for task, each in chosen.items()}
    return Grafted(
        _assembled(pristine, sources, helpers),
        sources,
        helpers,
        unplaced,
        tuple(note for each in chosen.values() for note in each.notes),
    )


def _refuse_another_page(pristine: Notebook, learner: Notebook) -> None:
    ours, theirs = belongs_to(pristine), belongs_to(learner)
    if theirs[0] and ours[0] and theirs != ours:
        raise Problem(
            f"This is the {theirs[1]} notebook of {theirs[0]}, not the {ours[1]} of {ours[0]}.",
            "Mark it as what it is, or hand in the other one.",
        )


def belongs_to(notebook: Notebook) -> tuple[str, str]:
    """The lesson and the page that a notebook's metadata name; two "" when they are lost."""
    metadata = notebook.get("metadata")
    champion = metadata.get("champion") if isinstance(metadata, Mapping) else None
    if not isinstance(champion, Mapping):
        return "", ""
    return str(champion.get("lesson", "")), str(champion.get("page", ""))


def _choose(slot: Slot, theirs: Sequence[Theirs]) -> _Chosen:
    """The answer to one task: what makes its variable at its place, else elsewhere, else
    what stands in its place."""
    written = [cell for cell in theirs if not cells.is_blank(cell.source, slot.blank)]
    at_home = [cell for cell in written if slot.task in cell.homes]
    making = [cell for cell in at_home if slot.task in cell.names]
    if making:
        return _merged(slot, [cell for cell in at_home if _is_part(cell, slot, making)])
    elsewhere = [cell for cell in written if slot.task in cell.names]
    if elsewhere:
        return _merged(slot, elsewhere)
    told = [cell for cell in at_home if cell.certain and cell.home == slot.task and not cell.names]
    if told:
        return _merged(slot, told)
    beside = [cell for cell in at_home if cell.home == slot.task and not cell.names]
    return _one(slot, beside[-1], ()) if beside else _Chosen(slot.blank)


def _is_part(cell: Theirs, slot: Slot, making: Sequence[Theirs]) -> bool:
    """Whether a cell at the task's place is the answer or a piece broken off it."""
    if cell in making:
        return True
    broken_query = cells.is_sql(making[0].source) and cells.parsed(cell.source) is None
    split_off = cell.certain and cell.home == slot.task and not cell.names
    return split_off or (broken_query and not cell.names and cell.place > making[0].place)


def _merged(slot: Slot, parts: Sequence[Theirs]) -> _Chosen:
    """Join the pieces of a split answer; of several whole answers take the last."""
    versions: list[list[Theirs]] = [[]]
    for part in parts:
        whole = slot.task in part.names and not cells.reads(part.source, slot.variable)
        if whole and any(slot.task in earlier.names for earlier in versions[-1]):
            versions.append([])
        versions[-1].append(part)
    last, earlier = versions[-1], [part for version in versions[:-1] for part in version]
    lead = [part for part in earlier if slot.task not in part.names]
    notes: tuple[str, ...] = ()
    if earlier:
        notes = (f"{slot.task}: {len(versions)} cells answer it; the last one was taken.",)
    if len(last) > 1:
        notes = (*notes, f"{slot.task}: {len(last)} pieces of its answer were joined.")
    joined = _joined([*lead, *last])
    retyped = any(part.retyped for part in last)
    if retyped:
        notes = (*notes, f"{slot.task}: its answer was no code cell any more; it was read as one.")
    return _Chosen(joined, tuple(last), tuple(earlier), notes)


def _joined(parts: Sequence[Theirs]) -> str:
    """One cell out of several; a query comes last, with what continues it."""
    queries = [n for n, part in enumerate(parts) if cells.is_sql(part.source)]
    if not queries:
        return "\n".join(part.source for part in parts)
    tail = [part.source for part in parts[queries[-1] :] if _continues(part, parts[queries[-1]])]
    return "\n".join(tail)


def _continues(part: Theirs, query: Theirs) -> bool:
    return part is query or cells.parsed(part.source) is None


def _one(slot: Slot, cell: Theirs, notes: tuple[str, ...]) -> _Chosen:
    return _Chosen(cell.source, (cell,), (), notes)


def _by_likeness(
    ours: Sequence[Slot], theirs: Sequence[Theirs], chosen: Mapping[str, _Chosen]
) -> dict[str, _Chosen]:
    """Give what is left over to the tasks without an answer that it looks made for."""
    wanting = [slot for slot in ours if not chosen[slot.task].parts]
    used = {part.place for each in chosen.values() for part in (*each.parts, *each.aside)}
    spare = [
        cell
        for cell in theirs
        if cell.place not in used and not cell.homes and not _is_a_blank(cell, ours)
    ]
    alike = claims.most_alike(wanting, spare)
    by_task = {slot.task: slot for slot in ours}
    return {
        task: _one(by_task[task], cell, (f"{task}: its answer was found by likeness.",))
        for task, cell in alike.items()
    }


def _is_a_blank(cell: Theirs, ours: Sequence[Slot]) -> bool:
    return any(
        cells.squeezed(cell.source) == cells.squeezed(slot.blank) for slot in ours
    ) or cells.is_blank(cell.source)


def _helpers(
    ours: Sequence[Slot], spare: Sequence[Theirs], chosen: Mapping[str, _Chosen]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Code cells before an answer help it; code after the last answer is left over if
    a task still lacks its answer."""
    starts = {task: min(p.place for p in each.parts) for task, each in chosen.items() if each.parts}
    helpers: dict[str, list[str]] = {}
    unplaced = []
    for cell in spare:
        following = [(place, task) for task, place in starts.items() if place > cell.place]
        if following and not cell.retyped and "%load_ext" not in cell.source:
            helpers.setdefault(min(following)[1], []).append(cell.source)
        elif "%load_ext" not in cell.source and len(starts) < len(ours):
            unplaced.append(cell.source)
    return {task: tuple(sources) for task, sources in helpers.items()}, tuple(unplaced)


def _assembled(
    pristine: Notebook, sources: Mapping[str, str], helpers: Mapping[str, Sequence[str]]
) -> Notebook:
    notebook = copy.deepcopy(pristine)
    assembled: list[Cell] = []
    for cell in notebook["cells"]:
        task, role = cells.told(cell)
        if role == "answer" and task in sources:
            assembled += [_helper(task, n, text) for n, text in enumerate(helpers.get(task, ()), 1)]
            if sources[task] != cells.text(cell):
                cell["source"] = sources[task]
                cell["outputs"], cell["execution_count"] = [], None
        assembled.append(cell)
    notebook["cells"] = assembled
    return notebook


def _helper(task: str, number: int, source: str) -> Cell:
    return {
        "cell_type": "code",
        "id": f"{task}-helper-{number}"[:64],
        "metadata": {"champion": {"task": task, "role": "helper"}},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
