"""L-1150: an upload that never finished: the encoder's disk was full in the night of the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import add_calls, add_token
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.cases.uploads import add_job, add_original, encode_queued, log_accepted
from champion.lantern.clock import HOUR, MINUTE, SECOND, utc, zone
from champion.lantern.ledger import Ledger
from champion.lantern.logs.lines import AppLine, WorkerLine

_EVENING = utc(2026, 3, 29, 0, 24)
"""Saturday evening in Montréal, Sunday in UTC, half an hour before Europe's clocks change."""
_FIRST_JOB = 27_000
_LOST, _AGAIN = _FIRST_JOB + 3, _FIRST_JOB + 4
_WORKER = "encoder-4"
_BYTES, _SMALL, _EARLIER = 12_871_443_912, 48_207_114, 9_441_920_516
_SOON = 400_000
"""After the recording, in the same second, the office began its upload."""
_KEY = "soiree-20260328"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    etienne = story.customer.person("Étienne Rioux")
    began = _EVENING + story.number("began", 0, 300) * SECOND + story.number("micros", 0, 500_000)
    sent = began + story.number("sending", 690, 760) * SECOND
    hung_up = sent + 60 * SECOND
    stored = hung_up + story.number("stored", 4, 22) * SECOND
    again = hung_up + 30 * SECOND + story.number("pause", 1_000, 90_000)
    cabin, office = _machines(story, began, again)
    _before(story, cabin)
    _trailer(story, office, began)
    (body,) = story.draws("body", 1)
    first = _post(story, cabin, began, 499, (hung_up - began) // 1_000, body)
    second = _post(story, cabin, again, 200, story.number("again", 90, 400), body)
    film = story.video(
        3,
        "verdun0003",
        "Soirée du 28 mars",
        began + SECOND,
        0,
        uploaded_by_id=None,
        status="processing",
        duration_ms=None,
        updated_at=stored,
    )
    add_original(ledger, film, stored, _BYTES)
    started = stored + story.number("started", 20, 200) * SECOND
    failed = utc(2026, 3, 29, 1, 6) + story.number("failed", 0, 17 * 60) * SECOND
    add_job(ledger, _LOST, film, 1, stored, started, failed, "worker_lost")
    add_job(ledger, _AGAIN, film, 2, failed)
    log_accepted(story, first, film, stored, _BYTES, _LOST)
    ledger.log(
        AppLine(
            again + 120_000,
            "INFO",
            "api",
            "upload.known",
            {
                "request_id": second,
                "account_id": story.account,
                "video": film.hashed_id,
                "idempotency_key": _KEY,
                "first_request_id": first,
            },
        ),
        encode_queued(story, first, film, failed + 900_000, _AGAIN, 2),
        *_disk(failed),
    )
    story.ask(etienne, "Captation de samedi toujours « en traitement »", _BODY, _ASKED)
    log = _log(story, began, hung_up, again, second, film)
    story.attach("grabber.log", log.encode(), "text/plain")
    return Truth(
        "The encoder's scratch disk was full: the first attempt was lost, and the second waits "
        "for a disk with enough room, which no encoder has.",
        {
            "request in their log": second,
            "first request": first,
            "video": film.hashed_id,
            "jobs": (_LOST, _AGAIN),
            "worker": _WORKER,
            "failed": failed,
            "seconds encoded": (failed - started) // SECOND,
            "waits since": failed,
        },
        tempting="The other upload of that minute is ready, so all is well; or: they uploaded the "
        "recording twice.",
        escalate=True,
    )


@dataclass(frozen=True)
class _Machine:
    """Something that uploads: its token, what it calls itself, and where it stands."""

    token: int
    client: str
    ip_address: str


def _machines(story: Story, began: int, again: int) -> tuple[_Machine, _Machine]:
    """The one in the cabin, and the one in the office."""
    etienne = story.customer.people[1]
    made = utc(2025, 9, 15, 18)
    cabin = add_token(story, 1, "Cabine", "lnt_c4b1n3", etienne, made, again)
    office = add_token(story, 2, "Bureau", "lnt_bur34u", etienne, made, began + _SOON)
    return (
        _Machine(cabin, "conte-grabber/1.9", "203.0.113.166"),
        _Machine(office, "curl/8.5.0", "203.0.113.9"),
    )


def _post(story: Story, machine: _Machine, moment: int, status: int, took: int, body: Any) -> str:
    """An upload by program.

    Returns:
        Its request id.
    """
    (key,) = add_calls(
        story,
        machine.token,
        np.array([moment]),
        "/v1/videos",
        machine.client,
        machine.ip_address,
        method="POST",
        status=status,
        duration_ms=took,
        body_digest=np.array([body]),
    )
    return f"{int(key):016x}"


def _before(story: Story, cabin: _Machine) -> None:
    """A week earlier an encoder was lost too; the second try mended it within minutes."""
    began = utc(2026, 3, 21, 23) + story.number("before", 0, 90) * MINUTE
    stored = began + 9 * MINUTE
    title = "Contes du fleuve"
    film = _ready(story, 1, "verdun0001", title, began, stored, 5_340_000, _EARLIER)
    lost, done = stored + 14 * MINUTE, stored + 52 * MINUTE
    add_job(story.ledger, _FIRST_JOB, film, 1, stored, stored + 30 * SECOND, lost, "worker_lost")
    add_job(story.ledger, _FIRST_JOB + 1, film, 2, lost, lost + 41 * SECOND, done)
    (body,) = story.draws("body before", 1)
    request = _post(story, cabin, began, 201, 9 * MINUTE // 1_000, body)
    log_accepted(story, request, film, stored, _EARLIER, _FIRST_JOB)
    story.ledger.log(encode_queued(story, request, film, lost + 700_000, _FIRST_JOB + 1, 2))


def _trailer(story: Story, office: _Machine, began: int) -> None:
    """In the same second the office uploads a short film, which is ready soon."""
    moment = began + _SOON
    stored = moment + 21 * SECOND
    film = _ready(story, 2, "verdun0002", "Bande-annonce 2026", moment, stored, 41_000, _SMALL)
    done = stored + story.number("trailer", 30, 70) * SECOND
    add_job(story.ledger, _FIRST_JOB + 2, film, 1, stored, stored + 3 * SECOND, done)
    (body,) = story.draws("body trailer", 1)
    request = _post(story, office, moment, 201, 21_400, body)
    log_accepted(story, request, film, stored, _SMALL, _FIRST_JOB + 2)


def _ready(
    story: Story, nth: int, hashed: str, title: str, began: int, stored: int, length: int, size: int
) -> Shown:
    """A video that came by program, with its files."""
    film = story.video(nth, hashed, title, began + SECOND, length, uploaded_by_id=None)
    add_original(story.ledger, film, stored, size)
    story.ledger.add(
        "video_versions",
        id=story.ledger.next_ids("video_versions", 2),
        video_id=film.id,
        quality=["720p", "360p"],
        codec="h264",
        fps=30,
        variable_frame_rate=False,
        hdr=False,
        width=[1280, 640],
        height=[720, 360],
        bytes=[length * 1_900 // 8, length * 520 // 8],
        created_at=stored + HOUR,
    )
    return film


def _disk(failed: int) -> list[WorkerLine]:
    """The disk fills, the worker falls silent, and nobody else has so much room."""
    cannot = f"encode {_LOST} cannot write a part"
    path = f"/scratch/{_LOST}/1080p/part-00871.ts"
    trace = (
        "Traceback (most recent call last):",
        '  File "/srv/encoder/pool.py", line 131, in write',
        "    part.write(chunk)",
        f"OSError: [Errno 28] No space left on device: '{path}'",
    )
    waits = f"encode {_AGAIN} waits: no encoder has 39 GB free in /scratch"
    return [
        WorkerLine(failed - 7 * MINUTE, "WARNING", _WORKER, "/scratch is 96 % full"),
        WorkerLine(failed - 31 * SECOND, "ERROR", _WORKER, cannot, trace),
        *(
            WorkerLine(failed + 10 * MINUTE + nth * 12 * HOUR, "WARNING", "jobs-1", waits)
            for nth in range(4)
        ),
    ]


def _log(story: Story, began: int, hung_up: int, again: int, request: str, film: Shown) -> str:
    """What the machine in the cabin wrote, by the clock on its wall."""
    here = zone(story.customer.time_zone)

    def wall(moment: int) -> str:
        return str(np.datetime64(int(here.local(moment)) // SECOND, "s")).replace("T", " ")

    post = f"POST /v1/videos soiree_2026-03-28.mov ({_BYTES} octets) cle={_KEY}"
    lines = (
        (began, post),
        (hung_up, "pas de reponse apres 60 s, nouvel essai dans 30 s"),
        (again, post),
        (again + SECOND, f"HTTP 200 x-request-id={request} id={film.hashed_id}"),
        (again + SECOND, "termine"),
    )
    return "".join(f"[{wall(moment)}] {text}\r\n" for moment, text in lines)


_ASKED = utc(2026, 3, 30, 13, 20)

_BODY = """\
Bonjour,

Every evening of the festival our little program in the cabin sends you the
recording. Saturday's is still "processing" this morning, that is Monday. Two days!
It usually takes an hour, also for the long ones. Last week one took a bit longer
and then came.

The program says "terminé" (log attached). It lost the connection once and sent
again, as it does sometimes, so perhaps you have it twice now and the two block each
other? On Saturday night the clocks changed in Europe, I read that your machines are
there, maybe that?

The trailer that Mireille put up from the office at the same minute is there and
fine, so your service was not down.

The storyteller wants to see it before Friday. We still have the file but it is 13
GB, we would prefer not to send it again if it is not necessary.

Merci,
Étienne Rioux
Festival du Conte de Verdun, Montréal"""

CASE = Case("L-1150", 270, _plant, (26, 31))
