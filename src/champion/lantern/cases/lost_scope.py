"""L-1112: a script that worked gets 401: a colleague took a scope off its token."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, NOW, SECOND, utc
from champion.lantern.ledger import Ledger
from champion.lantern.requests import REQUESTS_START
from champion.lantern.tokens import SCOPES

_SCRIPT, _OLD_SITE = "198.51.100.87", "192.0.2.210"
_TITLES = ("Hereke knots", "Washing a kilim", "Madder and walnut")


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    kerem, selin = (story.customer.person(name) for name in ("Kerem Aksoy", "Selin Polat"))
    tidied = story.here(utc(2026, 3, 26 + story.number("day", 0, 2), 10))
    tidied += story.number("minute", 0, 6 * 60) * MINUTE
    films = [
        story.video(nth, f"halievi00{nth}", title, utc(2025, 10, 6, 8) + nth * DAY, 95_000, kerem)
        for nth, title in enumerate(_TITLES, start=1)
    ]
    runs = np.arange(REQUESTS_START + HOUR, NOW - 20 * MINUTE, 3 * HOUR)
    runs += story.number("second", 5, 50) * SECOND
    token = add_token(
        story,
        1,
        "Panel",
        "lnt_h4l1ev",
        kerem,
        utc(2025, 11, 3, 9),
        int(runs[-1]) + len(films) * SECOND,
        scopes=(SCOPES[0], SCOPES[2]),
    )
    client = "python-requests/2.31.0"
    add_calls(story, token, runs, "/v1/videos", client, _SCRIPT, query="per_page=100")
    refused = 0
    for nth, film in enumerate(films, start=1):
        moments, path = runs + nth * SECOND, f"/v1/videos/{film.hashed_id}/stats"
        late = moments >= tidied
        add_calls(story, token, moments[~late], path, client, _SCRIPT)
        no = {"status": 401, "error": "unauthorized_scope", "duration_ms": 4}
        add_calls(story, token, moments[late], path, client, _SCRIPT, **no)
        refused += int(late.sum())
    _tidy(story, token, tidied, selin.id)
    story.ask(kerem, "401 since some days", _BODY, utc(2026, 3, 31, 8, 5))
    return Truth(
        "A colleague took the scope read:stats off the token; the token itself is still good.",
        {
            "code": "unauthorized_scope",
            "scope": "read:stats",
            "by": selin.name,
            "taken off": tidied,
            "refused": refused,
            "answered since": int((runs >= tidied).sum()),
        },
        tempting="The token was revoked, or is wrong: a new one is needed.",
    )


def _tidy(story: Story, token: int, tidied: int, by: int) -> None:
    """What was done: a scope taken off, and minutes later another token revoked."""
    story.ledger.add(
        "audit_events",
        id=story.ledger.next_ids("audit_events", 1),
        account_id=story.account,
        actor="user",
        user_id=by,
        action="token.scopes_changed",
        target_id=token,
        detail="read:videos read:stats write:videos -> read:videos write:videos",
        happened_at=tidied,
    )
    revoked = tidied + story.number("revoked", 3, 14) * MINUTE
    before = story.moments("before", story.number("before", 20, 40), revoked - 8 * DAY, revoked)
    after = story.moments("after", story.number("after", 6, 15), revoked, NOW - HOUR)
    elif_, name = story.customer.owner, "Panel (old site)"
    made = utc(2024, 11, 4, 9)
    old = add_token(
        story, 2, name, "lnt_0ldsit", elif_, made, int(after.max()), SCOPES[:1], revoked
    )
    add_calls(story, old, before, "/v1/videos", "lantern-php/1.4.0", _OLD_SITE)
    no = {"status": 401, "error": "unauthorized_credentials", "duration_ms": 3}
    add_calls(story, old, after, "/v1/videos", "lantern-php/1.4.0", _OLD_SITE, **no)


_BODY = """\
Merhaba,

our panel in the shop shows how often each film was watched. For months it worked.
Since some days it is empty, and in its log there is only

    HTTPError: 401 Client Error: Unauthorized

The token begins with lnt_h4l1ev, I looked in your settings, it is there and it is
not revoked. I did not change the script. We paid the last invoice, I asked Elif.
Selin told me that somebody should make order in the tokens of the old site, maybe
you threw away the wrong one?

Shall I make a new token? I do not want to do it for nothing, the machine in the
shop has no keyboard.

Kerem Aksoy
Anadolu Halı Evi"""

CASE = Case("L-1112", 263, _plant, (12,))
