"""L-1110: an export lacks the newest videos: their script begins at page 0, which is refused."""

from __future__ import annotations

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.library import add_library
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, SECOND, utc
from champion.lantern.ledger import Ledger

_FIRST_VIDEO, _VIDEOS, _PAGE, _PAGES = 45_001, 355, 100, 4
_CRAFTS = ("Lacquer", "Hanji paper", "Moon jar", "Indigo", "Brassware", "Straw shoes", "Gat")
_PREFIX = "lnt_d0kk4e"
_TOKEN = _PREFIX + "7c1f09b2e6a84d5390cf2b7e18d6a4f3"
"""A token that opens nothing: their script, and so every line of the log, shows it whole."""
_CLIENT, _OFFICE = "PHP/8.2.15 export.php", "203.0.113.58"
_NIGHT = 19 * HOUR
"""Four in the morning in Seoul."""


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    minjun = story.customer.person("Seo Min-jun")
    gone = set(story.shuffled("gone", range(40, 280))[: story.number("deleted", 4, 44)])
    titles = [
        f"{_CRAFTS[nth % len(_CRAFTS)]}, reel {nth // len(_CRAFTS) + 1}" for nth in range(_VIDEOS)
    ]
    library = add_library(story, _FIRST_VIDEO, titles, utc(2024, 6, 3, 1), 44 * HOUR, gone)
    bad_night = story.number("bad night", 5, 9)
    _run_every_night(story, bad_night)
    videos, rows = len(library.live), (_PAGES - 1) * _PAGE
    first = library.live[rows]
    body = _BODY.format(rows=rows, videos=videos, title=titles[first], newest=titles[-1])
    story.ask(minjun, "Export: videos missing", body, utc(2026, 3, 31, 1, 15))
    story.attach("export.php", _SCRIPT.format(token=_TOKEN, total=videos).encode(), "text/plain")
    return Truth(
        "Pages begin at 1. Their script asks for page 0, which is refused, and so never comes to "
        "the last page.",
        {
            "videos": videos,
            "rows in the file": rows,
            "refused": ("page=0", 422),
            "pages answered": (1, 2, 3),
            "first that is missing": library.hashed_ids[first],
            "token in the address": _PREFIX,
        },
        tempting="New videos reach the API some days late.",
    )


def _run_every_night(story: Story, bad_night: int) -> None:
    """Pages 0 to 3 every night; in one of the nights page 2 failed on our side."""
    nights = utc(2026, 3, 17) + np.arange(14) * DAY + _NIGHT
    nights += story.number("second", 1, 40) * SECOND
    last = int(nights[-1]) + (_PAGES - 1) * 2 * SECOND
    made = utc(2024, 6, 10, 2)
    token = add_token(story, 1, "export.php", _PREFIX, story.customer.owner, made, last)
    for page in range(_PAGES):
        answers = [422 if page == 0 else 200] * len(nights)
        if page == 2:
            answers[bad_night] = 503
        errors = {422: "invalid", 503: "internal"}
        add_calls(
            story,
            token,
            nights + page * 2 * SECOND,
            "/v1/videos",
            _CLIENT,
            _OFFICE,
            query=f"api_password={_TOKEN}&page={page}&per_page={_PAGE}",
            status=answers,
            error=[errors.get(status) for status in answers],
        )


_SCRIPT = """\
<?php
// Nightly list of all films for the museum's catalogue. cron: 0 4 * * *
ini_set('user_agent', 'PHP/' . PHP_VERSION . ' export.php');
$token = '{token}';
$total = {total};  // number of films, see the account page

$out = fopen('films.csv', 'w');
fputcsv($out, ['id', 'title', 'created']);
for ($page = 0; $page < ceil($total / 100); $page++) {{
    $url = "https://api.lantern.example/v1/videos?api_password=$token&page=$page&per_page=100";
    $films = json_decode((string) @file_get_contents($url), true);
    foreach ($films ?: [] as $film) {{
        fputcsv($out, [$film['hashed_id'], $film['title'], $film['created_at']]);
    }}
    sleep(2);
}}
fclose($out);
"""

_BODY = """\
Hello.

Our export has {rows} of our {videos} films. Deleted ones are not counted, I checked
this.

The oldest film that is missing is "{title}". Everything after it is
missing too, up to "{newest}" of this spring. So I think your API needs some
weeks until it knows a new film. Once last week the file had even only 200 rows, the
next night 300 again.

The script is attached. It has run every night without an error since 2024. Please
tell me when the films will be there, the museum prints its catalogue in April.

Seo Min-jun
Dokkaebi Craft Archive, Seoul"""

CASE = Case("L-1110", 261, _plant, (10,))
