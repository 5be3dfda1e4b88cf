"""L-1154: which of twelve addresses are users, and which of those may still sign in?

In every company

- three of the addresses are users whose address is written with other capital letters;
- one address stands there twice, once with capitals;
- one belongs to a user of another customer, and nobody may be told so;
- three users are not on the list: one is there under an address that is not theirs, one was
  sent away long ago.
"""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, utc
from champion.lantern.ledger import Ledger

_AT = "@lindenrow.example"
_ON_THE_LIST = (
    ("Priya Raman", "Priya" + _AT, "contributor"),
    ("Joan Marsh", "joan.marsh" + _AT, "contributor"),
    ("Elsa Bryn", "elsa.bryn" + _AT, "viewer"),
    ("Sam Whitlock", "Sam.Whitlock" + _AT, "contributor"),
    ("Ruth Calloway", "ruth.calloway" + _AT, "viewer"),
)
_OTHERS = (
    ("Chidi Adeyemi", "chidi" + _AT, "viewer"),
    ("Bernard Ash", "bernard.ash" + _AT, "viewer"),
    ("Ines Faro", "ines" + _AT, "contributor"),
)
"""Users whom the list has forgotten, or knows by an address that they do not have."""
_BERNARD = 6
_ASKED = (
    "maud.ellery" + _AT,
    "t.okafor" + _AT,
    "priya" + _AT,
    "joan.marsh" + _AT,
    "hugh.penrose" + _AT,
    "elsa.bryn" + _AT,
    "sam.whitlock" + _AT,
    "Joan.Marsh" + _AT,
    "c.adeyemi" + _AT,
    "reading-room" + _AT,
    "ruth.calloway" + _AT,
    "hamish.doig@bellwetherwool.example",
)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    maud, tom = story.customer.people
    people = _ON_THE_LIST + _OTHERS
    gone = story.shuffled("gone", range(len(_ON_THE_LIST)))[: story.number("how many", 1, 3)]
    away = {nth: NOW - story.number(f"away {nth}", 8, 60) * DAY for nth in gone}
    away[_BERNARD] = utc(2025, 9, 2, 10)
    created = [
        utc(2024, 6, 3, 8) + nth * 20 * DAY + story.number(f"hour {nth}", 0, 8) * HOUR
        for nth in range(len(people))
    ]
    seen = [
        away.get(nth, NOW - 6 * HOUR) - story.number(f"seen {nth}", 60, 4_000) * MINUTE
        for nth in range(len(people))
    ]
    ledger.add(
        "users",
        id=ledger.next_ids("users", len(people)),
        account_id=story.account,
        name=[name for name, _, _ in people],
        email=[email for _, email, _ in people],
        role=[role for _, _, role in people],
        created_at=created,
        last_seen_at=seen,
        deactivated_at=[away.get(nth) for nth in range(len(people))],
    )
    body = _BODY.format(addresses="\n".join(_ASKED))
    story.ask(maud, "Who of these twelve has access?", body, utc(2026, 3, 31, 9, 40))
    users = {maud.email, tom.email, *(email for _, email, _ in _ON_THE_LIST)}
    known = {email.lower(): email for email in users}
    asked = list(dict.fromkeys(address.lower() for address in _ASKED))
    sent_away = {_ON_THE_LIST[nth][1].lower() for nth in gone}
    return Truth(
        "Most of them are users, whatever their capitals; some were sent away.",
        {
            "may sign in": tuple(sorted(e for e in asked if e in known and e not in sent_away)),
            "sent away": tuple(sorted(e for e in asked if e in sent_away)),
            "no users": tuple(sorted(e for e in asked if e not in known)),
            "addresses": len(asked),
        },
        tempting="Whose address is written otherwise is no user.",
    )


_BODY = """\
Good morning,

I have taken over our Lantern account, and I should like to know who can get in. Tom kept a
list of twelve addresses. Which of them are users of ours, and which of those can still sign
in? Some people have left us, and I do not know who remembered to take their access away.

{addresses}

One line for each would be perfect, in the order of the alphabet.

With thanks
Maud Ellery
Linden Row Library, Norwich"""

CASE = Case("L-1154", 282, _plant)
