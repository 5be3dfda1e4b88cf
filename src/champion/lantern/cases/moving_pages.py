"""L-1111: one video twice and one missing: pages sorted by last change, while one changed."""

from __future__ import annotations

import csv
import io

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.catalogue import Library, add_library
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, Moments, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import LOGS_START, AppLine

_FIRST_VIDEO, _VIDEOS, _PAGE, _PAGES = 45_501, 196, 50, 4
_NAMESAKES = (13, 41)
"""The places of two films with the same title; nothing happens to them."""
_MONDAY = utc(2026, 3, 30)
_DAYS = (18, 19, 20, 23, 24, 25, 26, 27, 30)
_PARTS = ("Grinder", "Boiler", "Group head", "Pump", "Steam valve", "Gasket", "Lever")
_STEPS = ("taking it apart", "cleaning", "putting it together", "testing")


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    _, davide = story.customer.people
    gone = set(
        story.shuffled("gone", [nth for nth in range(_VIDEOS) if nth not in _NAMESAKES])[
            : story.number("deleted", 9, 36)
        ]
    )
    start = story.here(_MONDAY + 16 * HOUR + 30 * MINUTE)
    pause = story.number("pause", 55, 80) * SECOND
    pages = start + np.arange(_PAGES) * pause + 1_200
    live = _VIDEOS - len(gone)
    read = story.number("read", 1, 2)
    changed = int(pages[read - 1]) + story.number("changed", 12, 43) * SECOND
    rank = story.number("rank", (read + 1) * _PAGE + 4, live - 4)
    order = _shuffled_places(story, gone)
    library = _library(story, gone, order, start, order[rank], changed)
    _runs(story, pages, pause)
    _changes(story, library, start)
    ledger.log(_change(story, library, order[rank], changed))
    cut = read * _PAGE
    later = [order[rank], *order[:rank], *order[rank + 1 :]]
    listed = [*order[:cut], *later[cut:]]
    twice, missing = order[cut - 1], order[rank]
    body = _BODY.format(
        rows=len(listed), twice=library.titles[twice], missing=library.titles[missing]
    )
    story.ask(davide, "Export: one film twice, another not at all", body, utc(2026, 3, 31, 7, 50))
    story.attach("elenco.csv", _file(library, listed), "text/csv")
    return Truth(
        "They read page after page sorted by last change, and a video changed in between: it "
        "moved to the front, and all before it moved by one.",
        {
            "rows": len(listed),
            "twice": library.hashed_ids[twice],
            "missing": library.hashed_ids[missing],
            "changed": changed,
            "pages read before": read,
        },
        tempting="Our database has the video twice and has lost another one.",
    )


def _shuffled_places(story: Story, gone: set[int]) -> list[int]:
    """The places of the live videos, last changed first, as it was before the run."""
    others = [nth for nth in range(_VIDEOS) if nth not in gone and nth not in _NAMESAKES]
    return [*_NAMESAKES, *story.shuffled("order", others)]


def _library(
    story: Story, gone: set[int], order: list[int], start: int, moved: int, changed: int
) -> Library:
    """Films of repairs; two of them have the same title."""
    titles = [f"{_PARTS[n % 7]}, {_STEPS[n // 7 % 4]} ({n // 28 + 1})" for n in range(_VIDEOS)]
    titles[_NAMESAKES[1]] = titles[_NAMESAKES[0]]
    updated = np.full(_VIDEOS, start)
    updated[order] = start - 2 * HOUR - np.cumsum(_pauses(story, len(order)))
    updated[moved] = changed
    begin = utc(2024, 5, 6, 8)
    return add_library(story, _FIRST_VIDEO, titles, begin, 3 * DAY + HOUR, gone, updated)


def _pauses(story: Story, count: int) -> Moments:
    """Between one change and the next: from half an hour to most of a day, by and large."""
    minutes = 30 + below(story.draws("pauses", count), 20 * 60)
    return minutes * MINUTE + below(story.draws("pauses micros", count), MINUTE)


def _changes(story: Story, library: Library, start: int) -> None:
    """What the log still knows of the changes before the run."""
    ours = story.ledger.values("videos", "account_id") == story.account
    updated = story.ledger.values("videos", "updated_at")[ours]
    for place in library.live:
        if LOGS_START <= updated[place] < start:
            story.ledger.log(_change(story, library, place, int(updated[place])))


def _change(story: Story, library: Library, place: int, moment: int) -> AppLine:
    chiara = story.customer.owner
    about: dict[str, str | int | bool | None] = {
        "account_id": story.account,
        "user_id": chiara.id,
        "video": library.hashed_ids[place],
        "fields": "title",
    }
    return AppLine(moment, "INFO", "app", "video.changed", about)


def _runs(story: Story, pages: Moments, pause: int) -> None:
    """Every working day in the afternoon, page after page, with a pause in between."""
    made, client = utc(2025, 2, 3, 9), "axios/1.6.7"
    token = add_token(
        story, 1, "Sito", "lnt_0ff1c1", story.customer.people[1], made, int(pages[-1])
    )
    starts = [story.here(utc(2026, 3, day) + 16 * HOUR + 30 * MINUTE) + 1_200 for day in _DAYS[:-1]]
    starts.append(int(pages[0]))
    for page in range(_PAGES):
        query = f"sort_by=updated&order=desc&page={page + 1}&per_page={_PAGE}"
        moments = np.array(starts) + page * pause
        add_calls(story, token, moments, "/v1/videos", client, "198.51.100.203", query=query)


def _file(library: Library, listed: list[int]) -> bytes:
    """Their list as their program wrote it: semicolons, and a title in quotes where it must."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["codice", "titolo"])
    writer.writerows([library.hashed_ids[place], library.titles[place]] for place in listed)
    return text.getvalue().encode("utf-8")


_BODY = """\
Buongiorno,

every afternoon our site fetches the list of all films from your API, newest changes
first. Yesterday's list is attached. It has {rows} rows, and {rows} is the right
number. But:

- "{twice}" is in it twice
- "{missing}" is not in it at all

The second one is there on your site, Chiara even gave it a better title yesterday
afternoon. It seems that your database has written one film over the other. I also
found two films with the same title, but there the codes are different, so perhaps
that is us.

The days before all was well, as far as I can tell. Can you repair it before
somebody buys a pump because the film about the pump is gone?

Cordiali saluti
Davide Ferro
Officina Battistelli, Milano"""

CASE = Case("L-1111", 262, _plant, (11,))
