"""What happens when a task closes a ticket: the customer answers and rates, the next one waits."""

from __future__ import annotations

from champion.checking import words
from champion.checking.key import Task
from champion.checking.verdict import Verdict
from champion.desk import keys

STARS = 5
ANSWERED = "answered by you; waiting for your mentor"
"""How a ticket stands whose reply the mentor has still to read."""


def lines(task: Task, verdict: Verdict) -> tuple[str, ...]:
    """What to say after this task is done; () when it closes no ticket.

    A reply that waits for the mentor closes it too. The customer's answer is told as what it
    would be, and only where nothing in the reply stood out.
    """
    if not task.closes:
        return ()
    if not verdict.passed:
        said = [f"Ticket {task.closes} is {ANSWERED}."]
        if task.thanks and not (verdict.remarks or verdict.mistakes):
            said.append(f"The customer would answer: {words.quoted(task.thanks)}")
        return (*said, *_onward(task))
    said = [f"Ticket {task.closes} is closed."]
    if task.thanks:
        said.append(f"The customer answers: {words.quoted(task.thanks)}")
    if task.rating:
        said.append(f"They rate your answer {stars(task.rating)}.")
    return (*said, *_onward(task))


def stars(rating: int) -> str:
    """A rating as stars and in words: "★★★★☆ (4 of 5)"."""
    return f"{'★' * rating}{'☆' * (STARS - rating)} ({rating} of {STARS})"


def _onward(task: Task) -> list[str]:
    if not task.next_ticket:
        return [f"Next: {_place(task)}."] if task.next_lesson else []
    if not task.next_lesson:
        return [f'Next: ticket {task.next_ticket}. Read it with ticket("{task.next_ticket}").']
    if keys.lesson(task.next_lesson) is None:
        return [
            f"Next: ticket {task.next_ticket}. The lesson for it, {task.next_lesson}, "
            "is still being written."
        ]
    return [f"Next: ticket {task.next_ticket} waits for you {_place(task)}."]


def _place(task: Task) -> str:
    """Where the next ticket is worked on, as seen from this task's page."""
    if task.next_lesson != task.lesson:
        found = keys.lesson(task.next_lesson)
        title = f"“{found.title}” " if found else ""
        return f"in the lesson {title}({task.next_lesson})"
    return "in this lesson's exercise" if task.page == "lesson" else "further down this page"
