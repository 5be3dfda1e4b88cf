"""L-1113: 403 although the token has every scope: the plan has no API."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc
from champion.lantern.ledger import Ledger

_CLIENT, _HOME = "curl/8.5.0", "203.0.113.77"
_PATHS = ("/v1/videos", "/v1/folders")


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    imogen = story.customer.owner
    begun = utc(2026, 3, 24, 23) + story.number("begun", 0, 40) * HOUR
    again = utc(2026, 3, 29, 1) + story.number("again", 0, 11 * 60) * MINUTE
    tried = {"first": story.number("first", 6, 19), "second": story.number("second", 3, 12)}
    stale = story.number("stale", 2, 5)
    first = story.moments("first", tried["first"], begun + HOUR, begun + 3 * DAY)
    forgot = story.moments("stale", stale, again + 5 * MINUTE, again + 40 * MINUTE)
    second = story.moments("second", tried["second"], again + HOUR, again + 9 * HOUR)
    old = add_token(
        story, 1, "Kiln calendar", "lnt_kiln4q", imogen, begun, int(forgot.max()), revoked=again
    )
    new = add_token(story, 2, "Kiln calendar, new", "lnt_pot8ry", imogen, again, int(second.max()))
    for token, moments in ((old, first), (new, second)):
        for nth, path in enumerate(_PATHS):
            refused = {"status": 403, "error": "plan_without_api", "duration_ms": 4 + nth}
            add_calls(story, token, moments[nth::2], path, _CLIENT, _HOME, **refused)
    revoked = {"status": 401, "error": "unauthorized_credentials", "duration_ms": 3}
    add_calls(story, old, forgot, _PATHS[0], _CLIENT, _HOME, **revoked)
    story.ask(imogen, "403 with every scope", _BODY, utc(2026, 3, 30, 22, 40))
    return Truth(
        "Basic has no API: every call is refused, whatever the token may do.",
        {
            "plan": "basic",
            "refused": tried["first"] + tried["second"],
            "with the new token": tried["second"],
            "revoked": stale,
        },
        tempting="A scope is missing, so another token would help.",
    )


_BODY = """\
Hi team,

I am teaching myself a little programming and wrote a script that puts our new
videos into the kiln calendar. It gets nothing but 403. Your pages say that this
is a missing scope, but I ticked every single box when I made the token.

On Sunday I made a second token, again with all the boxes, and threw the first
one away. The same. (For a while I saw 401 as well. I am not sure why.)

What am I doing wrong? Should I make a third?

Cheers from Hobart
Imogen Tan
Foxglove Pottery School"""

CASE = Case("L-1113", 201, _plant, (13,))
