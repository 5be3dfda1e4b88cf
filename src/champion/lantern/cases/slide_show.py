"""L-1126: sound and a black picture: a recording of slides with one or two frames a second."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import Encoded, Original, encode, master
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.clock import DAY, HOUR, MINUTE, utc
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import WorkerLine, encoder

_KEYFRAME = 250
"""Frames between two pictures that stand by themselves."""
_OTHERS = ("Arvonlisävero 1", "Arvonlisävero 2", "Palkanlaskenta")


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    petri = story.customer.person("Petri Salo")
    fps = story.number("fps", 1, 2)
    day = utc(2026, 3, 24) + story.number("day", 0, 4) * DAY
    created = story.here(day + 14 * HOUR) + story.number("minute", 0, 170) * MINUTE
    for nth, title in enumerate(_OTHERS, start=2):
        before = utc(2026, 1, 8, 12) + nth * 9 * DAY
        film = story.video(nth, f"kuusikko{nth:02d}", title, before, 2_700_000 + nth * 60_000)
        encode(story, film, before + 3 * MINUTE, Original(fps=25, kbits=2_600))
        _views(story, f"views {nth}", film, before + HOUR, 25)
    film = story.video(1, "kuusikko01", "Tilinpäätös 2025, webinaari", created, 3_612_000, petri)
    webinar = encode(story, film, created + 4 * MINUTE, Original(fps=fps, kbits=900), lost=True)
    warned = _warn(story, webinar)
    _views(story, "webinar", film, created + HOUR, 18)
    opened = utc(2026, 3, 30, 7) + story.number("opened", 0, 90) * MINUTE
    story.ask(petri, "Only sound", _BODY, opened, channel="chat")
    story.attach("master.m3u8", master(webinar).encode(), "application/vnd.apple.mpegurl")
    return Truth(
        "The recording has one or two frames a second, so the first whole picture comes minutes "
        "after the sound.",
        {
            "frames a second": fps,
            "of their other webinars": 25,
            "job": webinar.job,
            "attempts": 2,
            "warned": warned,
            "seconds between whole pictures": _KEYFRAME // fps,
        },
        tempting="The upload is corrupt.",
    )


def _warn(story: Story, webinar: Encoded) -> int:
    """What the encoder said of it; when, to the millisecond."""
    moment = webinar.started + story.number("warned", 2_000, 9_000) * 1_000
    fps = webinar.original.fps
    text = (
        f"encode {webinar.job} noticed: video={webinar.video.hashed_id} source has {fps} fps; "
        f"first keyframe after {_KEYFRAME} frames = {_KEYFRAME // fps} s, the next as late again"
    )
    story.ledger.log(WorkerLine(moment, "WARNING", encoder(webinar.job), text))
    return moment


def _views(story: Story, what: str, film: Shown, start: int, count: int) -> None:
    moments = story.moments(what, count, start, start + 2 * DAY)
    story.views(film, moments, story.visitors(what, count, count), page="webinaarit")


_BODY = """\
hi! petri here from kuusikko tilitoimisto

our webinar of last week, kuusikko01 "Tilinpäätös 2025, webinaari": people hear the
speaker and see a BLACK picture. some say a slide appears after a few minutes and then
stays. the other three webinars are fine

after the upload it said "trying again" once, so maybe the file got damaged on the way
to you? on my pc it plays, but also there it's mostly slides, the tool records only
when something moves

i saved this small file from the browser, does it help? 78 customers paid for this one..

Petri Salo"""

CASE = Case("L-1126", 247, _plant, (26,))
