"""Things that look like the same row twice, and are not."""

from __future__ import annotations

from champion.lantern.company import Company
from champion.lantern.traps.asking import lacks
from champion.lantern.traps.trap import Trap


def _check(company: Company) -> list[str]:
    return lacks(
        company,
        (
            "no account has two videos of one title",
            "SELECT account_id, title FROM videos WHERE deleted_at IS NULL GROUP BY account_id, "
            "title HAVING count(*) > 1",
        ),
        (
            "no visitor played a video twice",
            "SELECT video_id, visitor_key FROM plays GROUP BY video_id, visitor_key HAVING "
            "count(*) > 1",
        ),
        (
            "no account has two folders of one name",
            "SELECT account_id, name FROM folders GROUP BY account_id, name HAVING count(*) > 1",
        ),
        (
            "no two plans share a name",
            "SELECT name FROM plans GROUP BY name HAVING count(*) > 1",
        ),
        (
            "no ticket has several messages",
            "SELECT ticket_id FROM ticket_messages GROUP BY ticket_id HAVING count(*) > 2",
        ),
        (
            "no ticket has one message only",
            "SELECT ticket_id FROM ticket_messages GROUP BY ticket_id HAVING count(*) = 1",
        ),
    )


TRAP = Trap(
    "One title twice in an account, one folder name twice, two plans called Pro, visitors who "
    "play a video twice, tickets with one message and tickets with several.",
    _check,
)
