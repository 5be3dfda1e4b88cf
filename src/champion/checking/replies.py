"""Judges a customer reply: a leak refuses it, all else is for a mentor to read, with remarks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from champion.checking import letters, outcomes, patterns, words
from champion.checking.answer import Answer, Run
from champion.checking.evidence import Evidence, Fact, Gather
from champion.checking.key import Task, Wrong
from champion.checking.remarks import Remark
from champion.checking.reply import remarks
from champion.checking.values import Canonical, Other, Scalar
from champion.checking.verdict import Verdict

MOST_REMARKS = 8
WIDTH = 100
FEWEST_WORDS = 5
_LABEL = re.compile(r"(?<!\\)\{([A-Za-z][^{}]*)\}")
"""A fact that a pattern quotes, `{plays of Monday}`; `{0,40}` is the pattern's own."""
_NOTHING_NOTED = (
    "No number, date, id, name or promise in it stands out; whether it is right and kind, "
    "no program can tell."
)


def is_blank(task: Task, value: Canonical | None) -> bool:
    """Whether a reply is empty, or holds no line but those of its blank."""
    text = written(value)
    if text is None:
        return False
    lines = {line.strip() for line in text.splitlines()}
    return not text.strip() or ("..." in lines and lines <= _lines(task.blank))


def _lines(blank: str) -> set[str]:
    """The lines between the quotation marks of a blank."""
    inside = blank.partition('"""')[2].rpartition('"""')[0] or blank
    return {line.strip() for line in inside.splitlines()} | {""}


def written(value: Canonical | None) -> str | None:
    """The text that a reply is; None for any other value."""
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return value.value
    return None


def fault(task: Task, reference: Answer, evidence: Evidence) -> str:
    """What is wrong with the key of a reply, in a few words; "" when nothing is."""
    if written(reference.value) is None:
        return reference.error or "its reference gives no text"
    unknown = [
        label for label in (*(need.label for need in task.needs), *_quoted(task))
        if evidence.fact(label) is None
    ]  # fmt: skip
    if unknown and not evidence.trouble:
        return f"its evidence has no {words.names(unknown)}"
    return evidence.trouble


def judge(task: Task, answer: Answer, run: Run, gather: Gather) -> Verdict:
    """The verdict on a reply that is there: with mentor, or wrong for a leak.

    Args:
        task: with what must be said, and its rubric.
        answer: the learner's, its state "value".
        run: runs a cell of the key.
        gather: gives the evidence.
    """
    text = written(answer.value)
    if text is None:
        return outcomes.not_yet(
            task,
            f"`{task.variable}` holds {_what(answer.value)}, and a reply is text.",
            [f'Write it between three quotation marks: `{task.variable} = """…"""`.'],
        )
    if "..." in task.blank and "..." in {line.strip() for line in text.splitlines()}:
        return outcomes.not_yet(
            task,
            "A line of three dots still stands in it.",
            ["Replace the ... by words of yours, or take it out; run the cell, then check again."],
            outcome="not attempted",
        )
    if len(text) > letters.LONGEST:
        return outcomes.not_yet(
            task,
            f"Your reply has {len(text):,} characters; a customer reads "
            f"{letters.LONGEST:,} at the very most.",
        )
    if len(text.split()) < FEWEST_WORDS:
        return outcomes.not_yet(
            task,
            f"Your reply has {words.count(len(text.split()), 'word')}; that is no letter yet.",
            ["Say what you found, and what comes next."],
            outcome="not attempted",
        )
    reference, evidence = run(task.reference), gather()
    broken = fault(task, reference, evidence)
    if broken:
        return outcomes.broken_key(task, broken)
    letter = letters.read(text)
    found = _remarks(task, letter, evidence)
    named = _recognised(task, letter, answer, found, run, evidence)
    verdict = _said(task, found, named, written(reference.value) or "")
    return replace(verdict, reply=letter.plain, remarks=found)


def model(text: str) -> str:
    """A colleague's reply as it is shown: set in, its long lines folded."""
    lines = [textwrap.wrap(line, WIDTH) or [""] for line in text.strip().splitlines()]
    return "\n" + "\n".join(f"    {part}".rstrip() for folded in lines for part in folded) + "\n"


def _remarks(task: Task, letter: letters.Letter, evidence: Evidence) -> tuple[Remark, ...]:
    required = {need.label: words.plain(need.why) for need in task.needs}
    return remarks(letter, evidence, required)


def _recognised(
    task: Task,
    letter: letters.Letter,
    answer: Answer,
    found: Sequence[Remark],
    run: Run,
    evidence: Evidence,
) -> tuple[Wrong, ...]:
    """The named wrong replies that fit: all whose patterns do, or those whose remarks do best."""
    by_pattern = tuple(
        wrong
        for wrong in task.wrong
        if wrong.when and _matches(wrong, letter.plain, answer.source, evidence)
    )
    if by_pattern:
        return by_pattern
    mine = _signature(found)
    fitting: dict[str, int] = {}
    for wrong in task.wrong:
        text = None if wrong.when else written(run(wrong.source).value)
        theirs = _signature(_remarks(task, letters.read(text), evidence)) if text else frozenset()
        if theirs and theirs <= mine:
            fitting[wrong.name] = len(theirs)
    best = max(fitting.values(), default=0)
    return tuple(wrong for wrong in task.wrong if best and fitting.get(wrong.name) == best)


def _matches(wrong: Wrong, text: str, source: str, evidence: Evidence) -> bool:
    return all(
        pattern.test(text if pattern.is_of_reply else source)
        for pattern in (patterns.parse(_filled(when, evidence)) for when in wrong.when)
    )


def _quoted(task: Task) -> list[str]:
    """The labels that the patterns of a task's wrong replies quote."""
    return [label for wrong in task.wrong for when in wrong.when for label in _LABEL.findall(when)]


def _filled(pattern: str, evidence: Evidence) -> str:
    """A pattern of a reply in which each `{label}` has become any of that fact's values."""
    return _LABEL.sub(lambda found: _any_of(evidence.fact(found[1])), pattern)


def _any_of(fact: Fact | None) -> str:
    texts = [str(value.value) for value in fact.values] if fact else []
    forms = dict.fromkeys(
        form for text in texts for form in (text, f"{int(text):,}" if text.isdecimal() else text)
    )
    wrapped = (re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return f"(?:{'|'.join(wrapped)})" if forms else "(?!)"


def _signature(found: Sequence[Remark]) -> frozenset[tuple[str, str]]:
    """What a reply earns, without the words and the lines: which sorts, which missing facts."""
    return frozenset((each.sort, each.piece if each.sort == "missing" else "") for each in found)


def _said(task: Task, found: Sequence[Remark], named: tuple[Wrong, ...], reference: str) -> Verdict:
    leaks_first = sorted(found, key=lambda each: each.sort != "leak")
    told = [each.text for each in leaks_first[:MOST_REMARKS]]
    if len(found) > MOST_REMARKS:
        told.append(f"… and {words.count(len(found) - MOST_REMARKS, 'more remark')}.")
    says = [part for wrong in named for part in _words_of(wrong)]
    mistaken = tuple(wrong.name for wrong in named)
    if any(each.sort == "leak" for each in found):
        first = "It gives another customer's data away."
        return outcomes.not_yet(task, first, [*told, *says], mistaken)
    rest = [*told, *says, *_rubric(task)]
    noted = len(found) + len(named)
    first = f"… {task.title}: written, and for your mentor to read. {_NOTHING_NOTED}"
    if noted:
        # many read no further than the first line, so the first remark stands on it
        count = words.count(noted, "remark")
        first = f"… {task.title}: for your mentor to read, with {count}. {rest.pop(0)}"
        rest.append(f'`reference("{task.slug}")` shows how a colleague wrote it.')
    else:
        rest += ["This is how a colleague wrote it. Yours may differ.", model(reference)]
    return Verdict(task.slug, "with mentor", words.message(first, rest), mistaken)


def _words_of(wrong: Wrong) -> list[str]:
    return [*words.paragraphs(words.plain(wrong.says)), *outcomes.customer(wrong)]


def _rubric(task: Task) -> list[str]:
    if not task.rubric:
        return []
    return ["Your mentor will ask:", *(f"- {words.plain(line)}" for line in task.rubric)]


def _what(value: Canonical | None) -> str:
    if isinstance(value, Other):
        return value.what
    if isinstance(value, Scalar):
        return "nothing" if value.kind == "empty" else "a value that is no text"
    return "a table"
