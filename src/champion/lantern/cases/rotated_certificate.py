"""L-1137: single sign-on loops since Monday: their provider signs with a new certificate."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.telling import Story
from champion.lantern.cast import Person
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, Moments, at, utc
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import LOGS_START, AppLine
from champion.lantern.signins import SIGN_INS_START

_MONDAY, _OPENED = utc(2026, 3, 30), utc(2026, 3, 31, 9, 20)
_OFFICE = "192.0.2.118"
_HICCUP = utc(2026, 3, 19, 8)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    people = story.customer.people
    connection = story.account * 4
    held_until = utc(2026, 9, 14) + story.number("held until", 0, 60) * DAY
    ledger.add(
        "sso_connections",
        id=connection,
        account_id=story.account,
        provider="Gatehouse",
        protocol="saml",
        certificate_expires_at=held_until,
        created_at=utc(2024, 9, 16, 9),
    )
    held, new = (_fingerprint(story, which) for which in ("held", "new"))
    rotated = story.here(_MONDAY + 5 * HOUR) + story.number("rotated", 0, 50) * MINUTE
    rejected = 0
    first = _OPENED
    for person in people:
        good = _working_days(story, person)
        _sign_in(story, person, good, "ok")
        loops = _loops(story, person, rotated)
        _sign_in(story, person, loops, "sso_rejected")
        rejected, first = rejected + len(loops), min(first, int(loops[0]))
        reason = {"reason": "signature_mismatch", "held": held, "seen": new}
        ledger.log(*(_told(story, connection, person, moment, reason) for moment in loops.tolist()))
    silje = people[2]
    again = _HICCUP + story.number("hiccup", 0, 3 * 60) * MINUTE
    _sign_in(story, silje, np.array([again]), "sso_rejected")
    second = again + story.number("second try", 40, 110) * SECOND
    second += story.number("second micros", 0, SECOND - 1)
    _sign_in(story, silje, np.array([second]), "ok")
    ledger.log(_told(story, connection, silje, again, {"reason": "response_expired"}))
    story.ask(people[1], "Innlogging går i ring / sign-in loops", _BODY, _OPENED)
    return Truth(
        "Since Monday their identity provider signs with a new certificate; we still hold the "
        "old one.",
        {
            "connection": connection,
            "first rejected": first,
            "rejected since": rejected,
            "people": len(people),
            "certificate we hold": held,
            "certificate they use": new,
            "held until": held_until,
        },
        tempting="Signing in is broken on our side, as in January.",
        escalate=True,
    )


def _fingerprint(story: Story, which: str) -> str:
    """The first eight bytes of a certificate's fingerprint."""
    return ":".join(f"{byte:02x}" for byte in int(story.draws(which, 1)[0]).to_bytes(8, "big"))


def _working_days(story: Story, person: Person) -> Moments:
    """One good sign-in on most working days of the last 90 days, the last when they were seen."""
    last = at(person.seen)
    days = np.arange(SIGN_INS_START // DAY * DAY + DAY, last // DAY * DAY, DAY)
    weekday = (days // DAY + 3) % 7
    days = days[weekday < 5]
    came = story.draws(f"came {person.id}", len(days)) % np.uint64(10) < np.uint64(7)
    start = days[came] + 6 * HOUR
    moments = story.moments(f"days {person.id}", len(start), start, start + 3 * HOUR)
    return np.append(moments, last)


def _loops(story: Story, person: Person, rotated: int) -> Moments:
    """Tries that start by themselves again and again, seconds apart, until the browser gives up."""
    tries: list[int] = []
    for day in range(2):
        start = rotated + day * DAY + story.number(f"first {person.id} {day}", 2, 150) * MINUTE
        for nth in range(story.number(f"times {person.id} {day}", 1, 2)):
            begin = start + nth * story.number(f"wait {person.id} {day}", 4, 30) * MINUTE
            begin += story.number(f"micros {person.id} {day} {nth}", 0, 58_000_000)
            count = story.number(f"round {person.id} {day} {nth}", 4, 9)
            tries += [begin + turn * 1_730_000 for turn in range(count)]
    return np.array([moment for moment in tries if moment < _OPENED], dtype=np.int64)


def _sign_in(story: Story, person: Person, moments: Moments, outcome: str) -> None:
    story.ledger.add(
        "sign_ins",
        id=story.ledger.next_ids("sign_ins", len(moments)),
        user_id=person.id,
        method="sso",
        outcome=outcome,
        sso_connection_id=story.account * 4,
        ip_address=_OFFICE,
        tried_at=moments,
    )


def _told(
    story: Story, connection: int, person: Person, moment: int, reason: dict[str, str]
) -> AppLine:
    """What the program that checks answers of identity providers says; later than all logs."""
    assert moment >= LOGS_START
    about = {"account_id": story.account, "user_id": person.id, "sso_connection_id": connection}
    return AppLine(moment, "WARNING", "app", "sso.answer_refused", {**about, **reason})


_BODY = """\
Hello Lantern,

since Monday none of us gets in. We click "Sign in with Gatehouse", the page goes
there, comes back, goes there again, and after some rounds the browser says "too
many redirects". All five of us, on all machines, so it is not a browser.

Your status page is green. In January you wrote "Signing in takes several attempts",
I think that is back? It also happened to Silje on one morning two weeks ago, but
then it worked at the second try.

Gatehouse works for everything else (mail, travel, payroll). Our IT says they did
their usual yearly maintenance there early on Monday and have not touched anything
of Lantern.

If it takes long: can you give us passwords in the meantime, or point our users to
my private address?

Med vennlig hilsen
Magnus Dahl
Fjellheim Forsikring, Oslo"""

CASE = Case("L-1137", 267, _plant, (37,))
