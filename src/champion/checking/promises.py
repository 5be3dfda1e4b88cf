"""Finds a date that is promised: "by Friday", "within 24 hours", "it will be fixed tomorrow"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from champion.checking import sentences

_COUNT = (
    r"(?:\d{1,3}(?:\s?(?:-|to|or)\s?\d{1,3})?|an?|a\s+few|a\s+couple\s+of|some|one|two|three|four"
    r"|five|six|seven|ten|twelve|twenty[- ]four|forty[- ]eight)"
)
_UNIT = r"(?:business\s+|working\s+)?(?:minute|hour|day|week|month)s?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:(?:{_WEEKDAY}\b,?\s*)?(?:the\s+)?(?:\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)|(?:next\s+|this\s+)?{_WEEKDAY})"
)
_SOON = (
    r"(?:tomorrow(?:\s+(?:morning|afternoon|evening|night))?|tonight|today"
    r"|later\s+(?:today|this\s+\w+)|(?:this|next)\s+(?:week|month|afternoon|evening|weekend)"
    r"|(?:the\s+)?end\s+of\s+(?:(?:the|this|next|your|our|business)\s+){0,2}(?:day|week|month)"
    r"|EOD|close\s+of\s+business)"
)
_BY = (
    r"\b(?:by|before|until|(?:no|not)\s+later\s+than|at\s+the\s+latest\s+by)\s+(?:the\s+)?"
    rf"(?:{_DATE}|{_SOON}|noon|midnight|\d{{1,2}}(?::\d\d)?\s*(?:[ap]m\b|o'clock|UTC))"
)
_SPAN = (
    r"\b(?:within|in|inside(?:\s+of)?)\s+(?:the\s+)?(?:(?:next|coming|about|under)\s+)?"
    rf"(?:(?:{_COUNT}\s+|few\s+)?{_UNIT})\b(?!\s+(?:ago|before|earlier|old))"
)
_WHEN = re.compile(
    rf"(?P<by>{_BY})|(?P<span>{_SPAN})|(?P<on>\bon\s+{_DATE})|(?P<soon>\b{_SOON}\b)", re.IGNORECASE
)
_VOW = re.compile(
    r"\b(?:will|shall|going\s+to|guarantee[ds]?|promise[ds]?|we\s+expect|I\s+expect|expected"
    r"|plan(?:s|ned)?\s+to|aim(?:s|ing)?\s+to|scheduled|should\s+(?:be|have|see|get|arrive|work|receive)|"
    r"(?:you|it|they|we|I)\s+can\s+expect)\b|\b(?:I|we|you|it|they|he|she|that|this|there)'ll\b"
    r"|(?<!\bnot\s)(?<!n't\s)\bfix\b|\b(?:fixed|ready|resolved|done|sorted|live|back|solved)\b",
    re.IGNORECASE,
)
_NO_VOW = re.compile(
    r"\b(?:cannot|can't|can\s+not|could\s+not|couldn't|don't|do\s+not|won't|will\s+not|unable\s+to|not\s+able\s+to)\s+"
    r"(?:\w+\s+){0,3}(?:promise|say|tell|give|guarantee|know|name|commit|offer|have)\b"
    r"|\bno\s+(?:fixed\s+|exact\s+|firm\s+)?(?:date|promise|time|deadline)\b"
    r"|\b(?:was|were|has\s+been|had\s+been|have\s+been|did)\b(?!.*\b(?:will|'ll)\b)",
    re.IGNORECASE | re.DOTALL,
)
_ASKING = re.compile(
    r"^[\s\"'(*•-]*(?:\d[.)]\s*)?(?:please|could\s+you|can\s+you|would\s+you|if\s+you\s+(?:do|have|hear)\s+not"
    r"|when\s+(?:did|do|does)|did|do\s+you|does|is\s+it|was|were)\b|\?\s*$",
    re.IGNORECASE,
)

_DOING = re.compile(
    r"\W*(?:(?:then|now|so|please|you\s+(?:can|may|could))\s+)*(?:run|start|restart|let|change|ask"
    r"|add|set|make|do|use|save|export|download|fetch|upload|open|press|read|repeat)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Promise:
    """A time to come, as it is written, and where.

    Attributes:
        is_vow: whether something is promised for it; else it is asked for, or refused.
        is_span: whether it is a length of time, "within two days".
    """

    text: str
    start: int
    end: int
    is_vow: bool
    is_span: bool


def find(text: str) -> Iterator[Promise]:
    """The times to come that a plain text speaks of, in their order.

    What is asked of the reader ("could you reply by Friday?"), stands under a condition ("if
    nothing has changed by then"), is refused ("I cannot promise it for Friday") or advised ("run
    it again today") is no vow.
    """
    for sentence in sentences.find(text):
        said = sentence.text
        vows = _VOW.search(said) and not (_ASKING.search(said) or _NO_VOW.search(said))
        for found in _WHEN.finditer(said):
            is_vow = bool(vows) and not (
                _is_conditional(said, found.start()) or _is_advised(said, found)
            )
            if found["on"] and not (is_vow and _is_ahead(said, found.start())):
                continue
            start = sentence.start + found.start()
            yield Promise(found[0], start, start + len(found[0]), is_vow, bool(found["span"]))


def _is_conditional(said: str, place: int) -> bool:
    """Whether a time belongs to a condition: "if nothing has changed by Friday"."""
    clause = re.split(r"[,;:(]", said[:place])[-1]
    return bool(re.search(r"\b(?:if|unless|when|once|should\s+you|in\s+case)\b", clause, re.I))


def _is_advised(said: str, found: re.Match[str]) -> bool:
    """Whether "today" is when the reader is to do something: "run it again today, and …".

    "Look again tomorrow, it will be there" tells of work that somebody does until then.
    """
    before = said[: found.start()]
    clause = re.split(r"[,;:(]|\b(?:and|or)\b", before)[-1]
    return found[0].casefold() == "today" and not _VOW.search(before) and bool(_DOING.match(clause))


def _is_ahead(said: str, place: int) -> bool:
    """Whether a bare "on Friday" belongs to something that is to come."""
    clause = re.split(r"[,;]|\bbut\b|\bbecause\b|\bsince\b|\bthat\b", said[:place])[-1]
    return bool(re.search(r"\b(?:will|shall|going\s+to|expect\w*|scheduled)\b|'ll\b", clause, re.I))
