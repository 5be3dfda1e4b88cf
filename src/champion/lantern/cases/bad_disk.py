"""L-1128: buffering in one country: one location of the CDN answers late, one time in seven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from champion.lantern.cases.captures import WINDOWS
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text
from champion.lantern.cases.streams import ANDROID, IPHONE, Original, encode
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import HOUR, MINUTE, SECOND, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger
from champion.lantern.logs.edges import bad_disk
from champion.lantern.logs.lines import CdnLine
from champion.lantern.logs.playlists import segment

_COUNTRIES = {"lhr1": "Ireland", "gru1": "Brazil", "bom2": "India", "syd1": "Australia"}
_EDGES = ("fra2", *_COUNTRIES)
_PAGE = "https://www.vozvivaidiomas.example/curso"
_FIRST, _LAST = utc(2026, 3, 21, 6), utc(2026, 3, 31, 6)
_EVERY = 3 * HOUR
_SEGMENTS = (0, 5, 10, 15, 20)
_CLIENTS = (WINDOWS, ANDROID, IPHONE)
_LATE = 1_600


@dataclass(frozen=True)
class _Trouble:
    """Where answers came late, and from when to when."""

    edge: str
    start: int
    stop: int


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    iker = story.customer.person("Iker Zabala")
    trouble = _Trouble(*bad_disk(ledger.dice))
    films = _films(story)
    for place, edge in enumerate(_EDGES):
        ledger.log(*_lessons(story, films, edge, place, trouble))
    ledger.log(*_edges_of(story, films[0], trouble), *_train(story, films[1]))
    body = _BODY.format(
        country=_COUNTRIES[trouble.edge],
        start=day_text(trouble.start),
        stop=day_text(trouble.stop),
    )
    opened = utc(2026, 3, 31, 7) + story.number("opened", 0, 110) * MINUTE
    story.ask(iker, "Video stops and goes, but only in one country", body, opened)
    return Truth(
        "One location of the CDN had a bad disk: a part of its answers came seconds late.",
        {
            "location": trouble.edge,
            "first late answer": trouble.start,
            "last late answer": trouble.stop - SECOND,
        },
        tempting="The students' own network.",
        escalate=True,
    )


def _films(story: Story) -> list[Shown]:
    created = utc(2026, 1, 12, 9)
    films = [
        story.video(nth, f"vozviva{nth:03d}", f"Conversación, lección {nth}", created, 540_000)
        for nth in (1, 2, 3)
    ]
    for film in films:
        encode(story, film, created + 90 * SECOND, Original())
        count = story.number(f"views {film.id}", 60, 90)
        moments = story.moments(f"views {film.id}", count, utc(2026, 2, 2), _LAST)
        story.views(film, moments, story.visitors(f"views {film.id}", count, 40), page="curso")
    return films


def _lessons(
    story: Story, films: list[Shown], edge: str, place: int, trouble: _Trouble
) -> Iterator[CdnLine]:
    """Somebody watches every three hours; there is a line of every fifth segment."""
    count = int((_LAST - _FIRST) // _EVERY)
    begun = _FIRST + np.arange(count) * _EVERY
    begun = begun + below(story.draws(f"begun {edge}", count), 9_000) * SECOND
    total = count * len(_SEGMENTS)
    quick = 12 + below(story.draws(f"quick {edge}", total), 50)
    late = below(story.draws(f"late {edge}", total), 7) == 0
    more = _LATE + below(story.draws(f"more {edge}", total), 4_700)
    moments = np.repeat(begun, len(_SEGMENTS)) + np.tile(_SEGMENTS, count) * 6 * SECOND
    late &= (edge == trouble.edge) & (moments >= trouble.start) & (moments < trouble.stop)
    waits = np.where(late, more, quick)
    for nth, (moment, wait) in enumerate(zip(moments.tolist(), waits.tolist(), strict=True)):
        lesson, part = divmod(nth, len(_SEGMENTS))
        address = f"{('198.51.100', '203.0.113', '192.0.2')[lesson % 3]}.{241 + place * 3}"
        client = _CLIENTS[lesson % 3]
        yield _line(films[lesson % 3], moment, _SEGMENTS[part], edge, address, wait, client)


def _edges_of(story: Story, film: Shown, trouble: _Trouble) -> Iterator[CdnLine]:
    """The first and the last of all late answers fall to one of their students."""
    for nth, moment in enumerate((trouble.start, trouble.stop - SECOND)):
        wait = _LATE + story.number(f"edge {nth}", 0, 4_000)
        yield _line(film, moment, 5 * nth, trouble.edge, "203.0.113.254", wait, ANDROID)


def _train(story: Story, film: Shown) -> Iterator[CdnLine]:
    """A student in Spain reads on the train: nothing late, but what he asks for is not kept."""
    for nth in range(12):
        moment = utc(2026, 3, 27, 6) + nth * 40 * SECOND
        wait = 480 + story.number(f"train {nth}", 0, 330)
        yield _line(film, moment, 31 + nth, "fra2", "192.0.2.254", wait, IPHONE, kept=False)


def _line(
    film: Shown,
    moment: int,
    nth: int,
    edge: str,
    address: str,
    wait: int,
    client: str,
    kept: bool = True,
) -> CdnLine:
    return CdnLine(
        moment=moment,
        edge=edge,
        client_ip=address,
        path=f"/v/{film.hashed_id}/720p/{segment(nth)}",
        status=200,
        cache="HIT" if kept else "MISS",
        ttfb_ms=wait,
        bytes=0,
        client=client,
        referer=_PAGE,
    )


_BODY = """\
Buenos días,

we teach Spanish to people all over the world, so I know what a bad connection looks
like. This is different. Between {start} and {stop} students in {country},
and only there, wrote to us that the lessons stop every half a minute, the wheel turns a
few seconds, and it goes on. Not all the time: the same lesson may run well for ten
minutes. Our teacher there has fibre, measured 300 Mbit/s while it was happening, and
other video sites were fine.

I looked at your status page, it says everything is green. I also asked one student
here in Valencia who complains too, but he watches on the train, so I would not count
him.

I have no recording to send. Can you see anything on your side? I do not want to tell
forty people to "check their internet".

Iker Zabala
Voz Viva Idiomas"""

CASE = Case("L-1128", 249, _plant, (28,))
