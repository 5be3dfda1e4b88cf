"""The words around a verdict: not attempted, not yet, a named mistake, a key that is broken."""

from __future__ import annotations

from collections.abc import Sequence

from champion.checking import words
from champion.checking.key import Task, Wrong
from champion.checking.verdict import Outcome, Verdict


def not_attempted(task: Task) -> Verdict:
    """The verdict on a blank."""
    if "..." in task.blank:
        then = "Replace the ... in the answer cell, run it, then check again."
    else:
        then = "Change the answer cell, run it, then check again."
    return Verdict(task.slug, "not attempted", f"○ {task.title}: not attempted yet. {then}")


def broken_key(task: Task, fault: str) -> Verdict:
    """The verdict when it is the key that is wrong, in a few words."""
    text = words.message(
        f"✗ {task.title}: could not be checked. The key of this task is broken.",
        [f"That is no mistake of yours. Tell your mentor: task `{task.slug}`: {fault}"],
    )
    return Verdict(task.slug, "error", text)


def named(task: Task, found: tuple[Wrong, ...], outcome: Outcome, before: Sequence[str]) -> Verdict:
    """The message of one mistake, or of the several that cannot be told apart."""
    mistaken = tuple(wrong.name for wrong in found)
    if len(found) == 1:
        first, rest = words.first_sentence(words.plain(found[0].says))
        details = [*before, *words.paragraphs(rest), *customer(found[0])]
        return not_yet(task, first, details, mistaken, outcome)
    number = "two" if len(found) == 2 else f"{len(found)}"
    details = ["- " + words.line(wrong.says) for wrong in found]
    return not_yet(task, f"This is one of these {number}:", [*before, *details], mistaken, outcome)


def customer(wrong: Wrong) -> list[str]:
    """What the customer would have said to this, [] when nobody knows."""
    if not wrong.customer_says:
        return []
    says = words.quoted(wrong.customer_says)
    return [f"Had you sent it, the customer would have written: {says}"]


def not_yet(
    task: Task,
    first: str,
    rest: Sequence[str] = (),
    mistaken: tuple[str, ...] = (),
    outcome: Outcome = "wrong",
) -> Verdict:
    """A verdict that is not right yet: its first line, what follows, which mistakes it names."""
    text = words.message(f"✗ {task.title}: not yet. {first}", rest)
    return Verdict(task.slug, outcome, text, mistaken)
