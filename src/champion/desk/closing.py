"""What happens when a task closes a ticket: the customer answers and rates, the next one waits."""

from __future__ import annotations

from champion.checking import words
from champion.checking.key import Task

STARS = 5


def lines(task: Task) -> tuple[str, ...]:
    """What to say after this task has passed; () when it closes no ticket."""
    if not task.closes:
        return ()
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
    where = f"lesson {task.next_lesson}" if task.next_lesson else ""
    if task.next_ticket and where:
        return [f"Next: ticket {task.next_ticket} waits for you in {where}."]
    if task.next_ticket:
        return [f'Next: ticket {task.next_ticket}. Read it with ticket("{task.next_ticket}").']
    return [f"Next: {where}."] if where else []
