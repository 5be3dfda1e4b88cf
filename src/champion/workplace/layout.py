"""The learner's folder as a whole: what lies in it, and bringing it up to date.

Start here.md    lessons/    exercises/    doctrine/    outbox/    feedback/    .champion/
"""

from __future__ import annotations

from pathlib import Path

from champion import places
from champion.workplace import copies, files, laid
from champion.workplace.copies import Change
from champion.workplace.fresh import reset
from champion.workplace.handouts import hand_outs
from champion.workplace.lease import corner, lease

__all__ = ["lay_out", "reset", "update"]

EMPTY_FOLDERS = ("outbox", "feedback")


def update(work: Path | None = None) -> list[str]:
    """Bring new lessons into the work folder; what changed, one line each.

    Raises:
        Problem: a lab is open on the folder, or it cannot be written to.
    """
    folder = work or places.work()
    with lease(folder):
        changes = lay_out(folder)
    return [str(change) for change in changes] or ["Everything is up to date."]


def lay_out(work: Path) -> list[Change]:
    """Lay the work folder out, or bring it up to date; what a learner wrote is never lost.

    Running it again after it failed goes on from where it was.

    Raises:
        Problem: the folder cannot be written to, or the course has no notebooks.
    """
    for name in EMPTY_FOLDERS:
        files.make_folder(work / name)
    memory = corner(work) / "laid.json"
    known = laid.read(memory)
    handed_out = list(hand_outs())
    now = {copy.name: laid.describe(copy.content) for copy in handed_out}
    changes = [
        change for copy in handed_out if (change := copies.settle(work, copy, known.get(copy.name)))
    ]
    gone = sorted(set(known) - set(now))
    changes += [change for name in gone if (change := _retire(work, name, known[name]))]
    if now != known:
        laid.write(memory, now)
    return changes


def _retire(work: Path, name: str, known: laid.Laid) -> Change | None:
    """Take away a file that the course no longer has, unless it holds something of a learner's."""
    place = work / name
    if not place.is_file():
        return None
    if not laid.is_untouched(place.read_bytes(), known):
        return Change(name, "gone")
    with files.in_one_line(place):
        place.unlink()
    return None
