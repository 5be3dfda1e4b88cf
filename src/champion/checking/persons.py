"""Finds names in a text: words with a capital letter where English wants none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from champion.checking import sentences

_CAPITAL = re.compile(r"(?<![\w'.@/#>_-])[A-Z][a-zà-öø-ÿ]{2,30}(?![\w@/_-]|\.\w)")
_GREETED = re.compile(
    r"\A\s*(?:hi|hello|hey|dear|good\s+(?:morning|afternoon|evening|day)|kia\s+ora|greetings)"
    r"[\s,]+(?:(?:mr|mrs|ms|dr)\.?\s+)?(?P<name>[A-Z][\w'-]{1,30})",
    re.IGNORECASE,
)
_MYSELF = re.compile(
    r"\b(?:my\s+name\s+is|this\s+is|I\s+am|I'm|it's|it\s+is)\s+(?:[A-Z]\w{1,30}\s*){1,3}"
    r"|(?:(?<!\w)[A-Z]\w{1,30}\s+){1,3}(?:here|from\s+(?:the\s+)?(?:Lantern|support))\b"
)
_QUOTED = re.compile(
    r"\"[^\"\n]{1,120}\"|`[^`\n]{1,120}`|\*\*[^*\n]{1,120}\*\*|(?<!\w)'[^'\n]{2,80}'(?!\w)"
)
_CLOCK = re.compile(
    r"\bCoordinated\s+Universal\s+Time\b|\bUniversal\s+Time\b|\bGreenwich(?:\s+Mean\s+Time)?\b"
    r"|(?<=[a-z]\s)(?:Daylight|Standard|Summer|Winter)\s+Time\b|(?<=[a-z]\s)Time\b"
)
"""How a clock is called; the place in front of it is read as a name like others."""
_PATH = re.compile(r"[A-Z][\w ]{1,30}(?:\s*(?:>|->|→)\s*[A-Z][\w ]{1,30})+")
_OPENS = re.compile(r"(?:^|[.!?:]['\")]*\s+|\n\s*|[-*•(\"]\s?|\d[.)]\s)$")
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december christmas easter "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"
)
_TONGUES = (
    "english german french spanish italian dutch portuguese japanese chinese american british "
    "european australian canadian indian europe africa asia america germany france spain italy "
    "japan china india australia canada england zealand internet"
)
_OUR_WORDS = (
    "lantern support team admin administrator business starter pro free trial plan account "
    "settings profile dashboard player players stats statistics analytics webhook webhooks api "
    "token tokens upload uploads video videos library folder folders project projects billing "
    "invoice invoices payment help centre center docs documentation guide doctrine status page "
    "pages password passwords reset login sign email emails mail mailbox inbox spam junk ticket "
    "tickets case reply report reports weekly send sent edit save share embed privacy security "
    "domains allowed customer success developers developer engineer engineers engineering "
    "product sales marketing forgot forgotten yes not please note hello thanks thank sorry"
)
_OTHERS_WORDS = (
    "google gmail outlook microsoft exchange office windows apple mac safari chrome firefox edge "
    "opera android linux zoom slack teams youtube vimeo facebook instagram linkedin twitter "
    "wordpress shopify squarespace hubspot mailchimp salesforce cloudflare amazon mozilla "
    "thunderbird yahoo python javascript java node php ruby curl postman excel sheets word "
    "numbers drive dropbox github docker bearer authorization"
)
_ORDINARY = frozenset(f"{_CALENDAR} {_TONGUES} {_OUR_WORDS} {_OTHERS_WORDS}".split())
_GREETINGS = "there all both everyone everybody team again folks you and friend sir madam from"
_NOBODY = frozenset(_GREETINGS.split())


@dataclass(frozen=True)
class Name:
    """A name, as it is written, where, and whether the letter greets its reader by it."""

    text: str
    start: int
    end: int
    greeted: bool = False


def find(text: str) -> Iterator[Name]:
    """What looks like a name in a plain text; a signature, quotations and menus are left out."""
    greeted = _GREETED.match(text)
    if greeted and greeted["name"][0].isupper():
        word = greeted["name"]
        if word.lower() not in _NOBODY and word.lower() not in _ORDINARY:
            yield Name(word, greeted.start("name"), greeted.end("name"), True)
    body = text[: sentences.signature(text)]
    for form in (_QUOTED, _MYSELF, _CLOCK, _PATH):
        body = form.sub(lambda found: " " * len(found[0]), body)
    start = greeted.end() if greeted else 0
    for found in _CAPITAL.finditer(body, start):
        if found[0].lower() not in _ORDINARY and not _OPENS.search(body[: found.start()][-6:]):
            yield Name(found[0], found.start(), found.end())
