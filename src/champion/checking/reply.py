"""Reads a customer reply as a careful colleague would, and remarks on what the evidence lacks.

Precision goes before recall: what may be right is not remarked on. `remarks` compares a letter
with the evidence; `facts.says` tells whether one fact stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from champion.checking import calendar, facts, leaks, marks, numerals, persons, promises, timing
from champion.checking.calendar import When
from champion.checking.evidence import Evidence, Fact
from champion.checking.letters import Letter
from champion.checking.numerals import Number
from champion.checking.remarks import Remark, Sort

_PUBLIC = re.compile(
    r"(?:^|[@.])(?:lantern\.example|gmail\.com|googlemail\.com|outlook\.com|hotmail\.com"
    r"|yahoo\.com|icloud\.com|google\.com|example\.(?:com|org|net))$"
)
_COUNTED = re.compile(
    r"\s*(?:more\s+|other\s+|possible\s+|different\s+|simple\s+|small\s+|quick\s+|short\s+)?"
    r"(?:ways?|things?|options?|steps?|questions?|points?|reasons?|possibilit(?:y|ies)|choices?"
    r"|parts?|sides?|places?|details?|checks?|notes?|favou?rs?|of\s+(?:you|us|them|these|those)"
    r"|or\s+\w+|to\s+(?:one|two|three|four|five)|clicks?|lines?|sentences?|words?)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:^|\n)\s*$|\b(?:step|option|point|question|part|page|section|no\.?|nr\.?|tier|level"
    r"|version|top|chapter|\w+\s+or)\s+$|[/#]$",
    re.IGNORECASE,
)
_AT_LEISURE = re.compile(
    r"\b(?:for|wait|after|every|last|past|previous|at\s+least|up\s+to|some)\s+(?:the\s+)?"
    r"(?:at\s+least\s+|about\s+|another\s+|last\s+|past\s+)?$",
    re.IGNORECASE,
)
_HARDLY_COUNTS = ("one", "once", "twice")
_CLOCK = re.compile(r"\s*(?:o'clock|in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b")
_MARKER = re.compile(r"[.)]\s")
_FIGURE = re.compile(
    r"\s*(?:/|(?:sure|certain|clear|happy|safe|positive)\b|-?(?:factor|step|fold)\b)"
)


def remarks(letter: Letter, evidence: Evidence, required: Mapping[str, str]) -> tuple[Remark, ...]:
    """All there is to remark on a reply, in the order of its lines.

    Args:
        letter: from `letters.read`.
        evidence: all that may be quoted.
        required: the facts that must stand in it: label, and why.
    """
    found: list[tuple[int, int, Sort, str, str]] = []
    taken = bytearray(len(letter.plain))
    for finder in (_leaks, _ids, _promises, _whens, _numbers, _names):
        for start, end, sort, piece, says in finder(letter, evidence):
            if not any(taken[start:end]):
                found.append((start, end, sort, piece, says))
                taken[start:end] = b"1" * (end - start)
    told: dict[tuple[Sort, str], Remark] = {}
    for start, _, sort, piece, says in sorted(found):
        if says:
            line = letter.line(start)
            told.setdefault((sort, piece), Remark(line, line, sort, piece, says))
    last = letter.lines
    missing = [
        Remark(1, last, "missing", label, _unsaid(letter, evidence.fact(label), why, evidence))
        for label, why in required.items()
        if not facts.says(letter, evidence.fact(label), evidence)
    ]
    return (*told.values(), *missing)


def _unsaid(letter: Letter, fact: Fact | None, why: str, evidence: Evidence) -> str:
    said = facts.said_of(letter, fact, evidence) if fact is not None and fact.together else 0
    if fact is None or not said:
        return f"{_lacks(fact)}: {why.rstrip('.')}."
    be = "is" if said == 1 else "are"
    return f"of these {len(fact.values)}, {said} {be} said: {why.rstrip('.')}."


def _lacks(fact: Fact | None) -> str:
    """What a letter without a fact is told; it may hold another number in its place."""
    if fact is None or fact.together:
        return "this is not said"
    if all(value.kind == "number" for value in fact.values):
        return "this number is not in it"
    return "this is not said"


Found = Iterator[tuple[int, int, Sort, str, str]]


def _leaks(letter: Letter, evidence: Evidence) -> Found:
    for leak in leaks.find(letter.plain, letter.marks, evidence):
        says = f"this is {leak.what}. Nothing of one customer's goes to another."
        yield leak.start, leak.end, "leak", leak.text, says


def _ids(letter: Letter, evidence: Evidence) -> Found:
    for mark in letter.marks:
        host = leaks.host(mark.text)
        known = mark.text.casefold() in evidence.folded or (
            bool(host)
            and (
                bool(_PUBLIC.search(host))
                or ("@" not in mark.text and _is_below_known(host, evidence))
            )
        )
        says = (
            "this stands neither in the ticket nor in the evidence. "
            "Copy it from where you found it."
        )
        yield mark.start, mark.end, "id", mark.text, "" if known else says


def _is_below_known(host: str, evidence: Evidence) -> bool:
    """Whether the ticket or the evidence names this host, or one above it."""
    labels = host.split(".")
    above = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return any(facts.holds(evidence.written, each) for each in above)


def _promises(letter: Letter, evidence: Evidence) -> Found:
    for promise in promises.find(letter.plain):
        says = "" if not promise.is_vow or _is_kept(promise, evidence) else (
            "this promises a time that nothing in the evidence holds. Who has agreed to it?"
        )  # fmt: skip
        yield promise.start, promise.end, "promise", promise.text, says


def _is_kept(promise: promises.Promise, evidence: Evidence) -> bool:
    """Whether the evidence itself holds what is promised: a trial's end, a span."""
    if promise.is_span:
        return any(
            (each, number.unit) in evidence.lengths
            for number in numerals.find(promise.text)
            for each in number.values
        )
    facts = Evidence(evidence.facts, zone=evidence.zone, now=evidence.now)
    whens = calendar.find(promise.text)
    ahead = [day for day in facts.days if not evidence.now or day >= evidence.now.date()]
    return any(timing.fits_one(when, ahead) for when in whens)


def _whens(letter: Letter, evidence: Evidence) -> Found:
    for when in letter.whens:
        if when.meant:
            yield when.start, when.end, "date", when.text, f"is {when.meant} meant?"
            continue
        before = letter.plain[max(0, when.start - 20) : when.start]
        is_loose = not when.days and when.clock is None
        if (is_loose and not evidence.days) or timing.is_known(when, evidence, before):
            continue
        sort, says = _why_unknown(when, evidence)
        yield when.start, when.end, sort, when.text, says


def _why_unknown(when: When, evidence: Evidence) -> tuple[Sort, str]:
    meant = timing.misnamed(when, evidence)
    if meant is not None:
        return "date", f"{meant.isoformat()} is a {timing.weekday(meant)}."
    day = replace(when, clock=None)
    if when.clock is not None and (not when.days or timing.is_known(day, evidence)):
        return "time", (
            "no such time stands in the ticket or in the evidence. "
            "Is it right, and for the zone that you name?"
        )
    return "date", "no such day stands in the ticket or in the evidence. Where does it come from?"


def _numbers(letter: Letter, evidence: Evidence) -> Found:
    for number in letter.numbers:
        if _is_figure_of_speech(letter.plain, number) or _is_known(number, evidence):
            continue
        if any(numerals.close(number, each) for each in evidence.proven if each > 20):
            says = "a number in the evidence is near, and not the same. Copy it, or write “about”."
        else:
            says = (
                "this number stands neither in the ticket nor in the evidence. "
                "Where does it come from?"
            )
        yield number.start, number.end, "number", number.text, says


def _is_known(number: Number, evidence: Evidence) -> bool:
    if any(numerals.stands_for(number, each) for each in evidence.numbers):
        return True
    parts = number.text.split()
    if len(parts) > 1 and all(part.isdigit() for part in parts):
        return all(numerals.decimal(int(part)) in evidence.numbers for part in parts)
    return timing.is_length(number, evidence)


def _is_figure_of_speech(plain: str, number: Number) -> bool:
    """Whether a number counts nothing: a list's marker, "step 2", "two ways", "100% sure"."""
    before, after = plain[: number.start][-16:], plain[number.end :][:40]
    small = max(number.values) <= 12
    if number.spelt and (number.text.lower() in _HARDLY_COUNTS or _CLOCK.match(after)):
        return True
    if re.search(r"\n\s*$|^\s*$", before) and _MARKER.match(after):
        return True
    if number.unit and _AT_LEISURE.search(before):
        return True
    if _FIGURE.match(after) or before.endswith("/"):
        return True
    return small and bool(_COUNTED.match(after) or _numbered(before))


def _numbered(before: str) -> bool:
    found = _NUMBERED.search(before)
    return found is not None and bool(found[0].strip())


def _names(letter: Letter, evidence: Evidence) -> Found:
    known = set(_words(f"{evidence.written}\n{evidence.known}".casefold()))
    small = set(re.findall(r"(?<!\w)[a-z][\w]+", letter.plain))
    spans = [(each.start, each.end) for each in letter.whens]
    for name in persons.find(marks.blanked(letter.plain, spans)):
        word = name.text.casefold()
        if word in known or (not name.greeted and word in small):
            continue
        says = (
            "nobody of this name is in the ticket. Whom do you answer?"
            if name.greeted
            else "this name stands neither in the ticket nor in the evidence. Is it right?"
        )
        yield name.start, name.end, "name", name.text, says


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\w[\w']*\w", re.sub(r"'s\b", "", text))
