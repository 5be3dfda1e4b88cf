"""L-1127: sound and picture drift apart: phone recordings whose frame rate varies."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.streams import Encoded, Original, encode
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import WorkerLine, encoder

_CLIPS = (
    "Alarippu, slow",
    "Alarippu, with music",
    "Jatiswaram",
    "Tillana, first half",
    "Tillana, second half",
    "Padam",
)
_FIRST = utc(2026, 3, 19, 13)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    meenakshi = story.customer.owner
    varying = sorted(story.shuffled("varying", range(6))[: story.number("how many", 2, 3)])
    vivid = next(nth for nth in story.shuffled("vivid", range(6)) if nth not in varying)
    drifts = []
    for nth, title in enumerate(_CLIPS):
        encoded = _clip(story, nth, title, nth in varying, nth == vivid)
        if nth in varying:
            drifts.append(_warn(story, encoded))
    body = _BODY.format(titles="\n".join(f'- "{_CLIPS[nth]}"' for nth in varying))
    story.ask(meenakshi, "Sound is not with the feet", body, utc(2026, 3, 31, 4, 15))
    return Truth(
        "The phone recorded these clips with a frame rate that varies.",
        {
            "out of sync": tuple(f"nrityabh{nth + 1:02d}" for nth in varying),
            "codec of all": "hevc",
            "drift in ms": tuple(drifts),
            "with high dynamic range, in sync": f"nrityabh{vivid + 1:02d}",
        },
        tempting="The player is late with the picture; or HEVC is to blame.",
    )


def _clip(story: Story, nth: int, title: str, varies: bool, hdr: bool) -> Encoded:
    created = _FIRST + nth * 42 * HOUR + story.number(f"minute {nth}", 0, 90) * MINUTE
    length = story.number(f"length {nth}", 70, 260) * 1_000
    film = story.video(nth + 1, f"nrityabh{nth + 1:02d}", title, created, length)
    fps = story.number(f"fps {nth}", 26, 29) if varies else 30
    original = Original("hevc", fps, varies, hdr, kbits=9_400)
    encoded = encode(story, film, created + 2 * MINUTE, original)
    count = story.number(f"views {nth}", 12, 30)
    moments = story.moments(f"views {nth}", count, created + HOUR, created + 2 * DAY)
    story.views(film, moments, story.visitors(f"views {nth}", count, 25), page="practice")
    return encoded


def _warn(story: Story, encoded: Encoded) -> int:
    """What the encoder said of a clip; by how many milliseconds sound and picture part."""
    film, fps = encoded.video, encoded.original.fps
    drift = film.length * (30 - fps) // 30 // 6 + story.number(f"drift {film.id}", 0, 90)
    text = (
        f"encode {encoded.job} noticed: video={film.hashed_id} hevc, variable frame rate "
        f"({story.number(f'low {film.id}', 9, 17)} to 60, mean {fps}); "
        f"made constant, sound ends {drift} ms after the picture"
    )
    moment = encoded.done - 3 * SECOND + story.number(f"warned {film.id}", 0, 900) * 1_000
    story.ledger.log(WorkerLine(moment, "WARNING", encoder(encoded.job), text))
    return drift


_BODY = """\
Namaste,

In our dance the foot must touch the floor with the beat. In these it does so at the
start, and at the end the sound comes clearly after the foot:

{titles}

My other clips of these weeks are in order. All were filmed by my son with the same
phone, and on the phone all of them are perfect!

I have tried Chrome and Safari, and my tablet: always the same, so it must be your
player. My son says the newest phones make "HDR" and that this is the reason, I would
not know. Please correct the timing on your side, twenty girls practise with these.

Meenakshi Sundaram
Nritya Bhavan, Chennai"""

CASE = Case("L-1127", 248, _plant, (27,))
