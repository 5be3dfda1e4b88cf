"""Solvers of the cases around encoding, a late location, a kept picture, and a spoilt file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.lantern.evidence import app_lines, attached, micros, worker_entries
from tests.lantern.solvers import Found, _one, _rows
from tests.lantern.solvers_player import of, semicolons

from champion.lantern import Company


def slide_show(company: Company) -> Found:
    """worker.log shows the time in Frankfurt."""
    fps = """
        SELECT DISTINCT f.fps FROM video_versions f JOIN videos v ON v.id = f.video_id
        WHERE f.quality = 'original' AND v.account_id = 247
          AND (v.hashed_id = 'kuusikko01') = :it"""
    job, attempts = _one(
        company,
        """SELECT max(j.id) FILTER (WHERE j.status = 'done'), count(*) FROM encode_jobs j
           JOIN videos v ON v.id = j.video_id WHERE v.hashed_id = 'kuusikko01'""",
    )
    (warning,) = [
        entry
        for entry in worker_entries(company)
        if entry.level == "WARNING" and entry.text.startswith(f"encode {job} noticed: ")
    ]
    wall = warning.wall.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    return {
        "frames a second": _rows(company, fps, it=True)[0][0],
        "of their other webinars": _rows(company, fps, it=False)[0][0],
        "job": job,
        "attempts": attempts,
        "warned": micros(wall.astimezone(UTC)),
        "seconds between whole pictures": int(warning.text.split("= ")[1].split()[0]),
    }


def phone_clips(company: Company) -> Found:
    sql = """
        SELECT v.hashed_id, f.codec, f.variable_frame_rate, f.hdr
        FROM video_versions f JOIN videos v ON v.id = f.video_id
        WHERE v.account_id = 248 AND f.quality = 'original' ORDER BY v.hashed_id"""
    files = _rows(company, sql)
    said = {
        entry.text.split("video=")[1].split()[0]: int(entry.text.split("ends ")[1].split()[0])
        for entry in worker_entries(company)
        if "video=nrityabh" in entry.text and "variable frame rate" in entry.text
    }
    (codec,) = {codec for _, codec, _, _ in files}
    varying = tuple(video for video, _, varies, _ in files if varies)
    return {
        "out of sync": varying,
        "codec of all": codec,
        "drift in ms": tuple(said[video] for video in varying),
        "with high dynamic range, in sync": next(
            video for video, _, varies, hdr in files if hdr and not varies
        ),
    }


def bad_disk(company: Company) -> Found:
    """A late answer is one that went well and took more than a second and a half to begin."""
    late = [line for line in of(company, "vozviva") if line.status == 200 and line.ttfb_ms >= 1_500]
    (edge,) = {line.edge for line in late}
    moments = [line.time for line in late]
    return {
        "location": edge,
        "first late answer": micros(min(moments)),
        "last late answer": micros(max(moments)),
    }


def old_picture(company: Company) -> Found:
    """By curl, the copy is `age` seconds old and is kept for `max-age` in all."""
    (told,) = [
        line
        for line in app_lines(company)
        if line["event"] == "thumbnail.changed" and line["video"] == "steindl001"
    ]
    first = attached(company, "L-1129-curl.txt").decode("utf-8").split("\n\n")[0]
    got = dict(line.split(": ", 1) for line in first.splitlines() if ": " in line)
    measured = datetime.strptime(got["date"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    copied = measured - timedelta(seconds=int(got["age"]))
    keep = timedelta(seconds=int(got["cache-control"].split("max-age=")[1]))
    (anew,) = [
        line
        for line in of(company, "steindl001")
        if line.cache == "EXPIRED" and line.time > told["time"]
    ]
    return {
        "changed": micros(told["time"]),
        "version now": told["version"],
        "location with the old one": got["x-lantern-edge"],
        "copied there": micros(copied),
        "kept there until": micros(copied + keep),
        "location with the new one": anew.edge,
        "fetched anew there": micros(anew.time),
    }


def read_as_cp1252(company: Company) -> Found:
    sql = "SELECT hashed_id, title FROM videos WHERE account_id = 251 AND deleted_at IS NULL"
    titles = dict(_rows(company, sql))
    ours = attached(company, "L-1133-videos.csv")
    hers = attached(company, "L-1133-videos_saison.csv")
    rows = semicolons(hers.decode("utf-8-sig"))
    broken = [row for row in rows if row["title"] != titles[row["hashed_id"]]]
    right = [row["title"] for row in rows if row not in broken and not row["title"].isascii()]
    mended = [row for row in broken if mend(row["title"]) == titles[row["hashed_id"]]]
    accented = [title for title in titles.values() if not title.isascii()]
    with_e = next(title for title in accented if "é" in title and title not in right)
    place = ours.index(with_e.encode()) + len(with_e[: with_e.index("é")].encode())
    spoilt = hers.index("Ã©".encode())
    return {
        "rows": len(rows),
        "names with accents": len(accented),
        "é in our export": ours[place : place + 2].hex(),
        "é in her file": hers[spoilt : spoilt + 4].hex(),
        "mended": len(mended),
        "typed anew by hand": right[0],
    }


def mend(title: str) -> str:
    return title.encode("cp1252").decode("utf-8")


SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1126": slide_show,
    "L-1127": phone_clips,
    "L-1128": bad_disk,
    "L-1129": old_picture,
    "L-1133": read_as_cp1252,
}
"""By ticket."""
