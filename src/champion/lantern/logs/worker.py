"""worker.log: what the machines tell that encode videos and do background jobs.

They stand in Frankfurt, and their clocks show the time there without saying so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from champion.lantern.clock import NOW, SECOND, zone
from champion.lantern.logs.lines import LOGS_START, WorkerLine
from champion.lantern.logs.source import Source, Told, recent, records
from champion.lantern.logs.stamps import iso

NAME = "worker.log"
ZONE = "Europe/Berlin"

Later = Callable[[dict[str, Any], str], int]
"""When a step of a job, given by its column, is written."""

_ENCODERS, _JOBBERS = 6, 2
_TRACES: dict[str, tuple[str, ...]] = {
    "worker_lost": (
        'File "/srv/encoder/run.py", line 118, in run',
        "  for part in pool.encode(source, renditions):",
        'File "/srv/encoder/pool.py", line 64, in encode',
        "  raise WorkerLost(self.name, silent_for=30)",
        "encoder.errors.WorkerLost: no heartbeat from {worker} for 30 s",
    ),
    "no_video_track": (
        'File "/srv/encoder/run.py", line 96, in run',
        "  source = probe.opened(upload)",
        'File "/srv/encoder/probe.py", line 41, in opened',
        "  picture = next(track for track in tracks if track.kind == 'video')",
        "encoder.errors.NoVideoTrack: 1 track, of kind audio",
    ),
    "truncated_file": (
        'File "/srv/encoder/run.py", line 96, in run',
        "  source = probe.opened(upload)",
        'File "/srv/encoder/probe.py", line 29, in opened',
        "  index = container.index(file)",
        'File "/srv/encoder/container.py", line 173, in index',
        "  raise TruncatedFile(at=file.tell())",
        "encoder.errors.TruncatedFile: the file ends before its index",
    ),
    "unsupported_codec": (
        'File "/srv/encoder/run.py", line 104, in run',
        "  decoder = decoders.for_track(source.picture)",
        'File "/srv/encoder/decoders.py", line 52, in for_track',
        "  raise UnsupportedCodec(track.profile)",
        "encoder.errors.UnsupportedCodec: no decoder for the profile of track 0",
    ),
    "transcribe": (
        'File "/srv/jobs/run.py", line 71, in run',
        "  work[job.kind](job)",
        'File "/srv/jobs/transcribe.py", line 38, in transcribe',
        "  raise NoSpeech(job.video)",
        "jobs.errors.NoSpeech: no speech found in the sound track",
    ),
    "export_videos": (
        'File "/srv/jobs/run.py", line 71, in run',
        "  work[job.kind](job)",
        'File "/srv/jobs/export.py", line 117, in export_videos',
        "  archive.close(within=600)",
        "jobs.errors.ArchiveTimeout: the archive could not be closed within 600 s",
    ),
}
_UNKNOWN = (
    'File "/srv/jobs/run.py", line 71, in run',
    "  work[job.kind](job)",
    "jobs.errors.JobFailed: see the lines before",
)


def worker(source: Source) -> Told:
    """Every step of the encodes and background jobs, with a stack trace where one failed."""
    lines = [*_encodes(source), *_jobs(source), *source.ledger.lines(WorkerLine)]
    lines = [line for line in lines if LOGS_START <= line.moment <= NOW]
    lines.sort(key=lambda line: line.moment)
    moments = np.array([line.moment for line in lines], dtype=np.int64)
    walls = iso(zone(ZONE).local(moments))
    return Told(moments, [_text(line, wall) for line, wall in zip(lines, walls, strict=True)])


def _text(line: WorkerLine, wall: str) -> str:
    first = f"{wall[:10]} {wall[11:19]},{wall[20:]} {line.level:<8} [{line.worker}] {line.text}"
    return "\n".join([first, *line.trace])


def _encodes(source: Source) -> list[WorkerLine]:
    rows = records(recent(source.tables["encode_jobs"]))
    later = _later(source, "encode_jobs", rows)
    lines = []
    for row in rows:
        which, name = f"encode {row['id']}", f"encoder-{1 + row['id'] % _ENCODERS}"
        about = f"video={source.hashed_id(row['video_id'])} attempt={row['attempt']}"
        queue = f"jobs-{1 + row['id'] % _JOBBERS}"
        lines.append(WorkerLine(later(row, "queued_at"), "INFO", queue, f"{which} queued: {about}"))
        lines += _work(row, later, name, which, about, row["error_code"])
        if row["status"] == "done":
            half = row["started_at"] + (row["finished_at"] - row["started_at"]) * 9 // 20
            lines.append(WorkerLine(half, "DEBUG", name, f"{which} progress: 50 %"))
    return lines


def _jobs(source: Source) -> list[WorkerLine]:
    rows = records(recent(source.tables["background_jobs"]))
    later = _later(source, "background_jobs", rows)
    lines = []
    for row in rows:
        about = f"kind={row['kind']}"
        if row["counts_day"] is not None:
            about += f" day={np.datetime64(row['counts_day'], 'D')}"
        if row["account_id"] is not None:
            about += f" account={row['account_id']}"
        if row["video_id"] is not None:
            about += f" video={source.hashed_id(row['video_id'])}"
        name = f"jobs-{1 + row['id'] % _JOBBERS}"
        lines += _work(row, later, name, f"job {row['id']}", about, row["kind"])
    return lines


def _work(
    row: dict[str, Any], later: Later, name: str, which: str, about: str, reason: str
) -> list[WorkerLine]:
    """The beginning and the end of a job, so far as they have come."""
    lines = []
    if row["started_at"] is not None:
        began = later(row, "started_at")
        lines.append(WorkerLine(began, "INFO", name, f"{which} started: {about}"))
    if row["status"] == "failed":
        lines.append(_failure(later(row, "finished_at"), name, which, reason))
    elif row["finished_at"] is not None:
        seconds = (row["finished_at"] - row["started_at"]) // SECOND
        ended = later(row, "finished_at")
        lines.append(WorkerLine(ended, "INFO", name, f"{which} done: {seconds} s"))
    return lines


def _failure(moment: int, name: str, which: str, reason: str) -> WorkerLine:
    *calls, last = _TRACES.get(reason, _UNKNOWN)
    trace = (
        "Traceback (most recent call last):",
        *(f"  {line}" for line in calls),
        last.format(worker=name),
    )
    return WorkerLine(moment, "ERROR", name, f"{which} failed: {reason}", trace)


def _later(source: Source, table: str, rows: list[dict[str, Any]]) -> Later:
    """A line is written some milliseconds after what it tells."""
    ids = np.array([row["id"] for row in rows], dtype=np.int64)
    late = {
        step: source.dice.between("worker.log", f"{table} {step}", ids, 2, 940).tolist()
        for step in ("queued_at", "started_at", "finished_at")
    }
    place = {number: nth for nth, number in enumerate(ids.tolist())}
    return lambda row, step: int(row[step] + late[step][place[row["id"]]] * 1_000)
