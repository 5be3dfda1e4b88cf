"""Solvers of the cases around the player, the CDN, and captures that customers attach."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from tests.lantern.evidence import (
    CDN,
    Fetch,
    attached,
    cdn_lines,
    micros,
    raw_lines,
)
from tests.lantern.solvers import Found, _one, _rows

from champion.lantern import Company

Entry = dict[str, Any]
REPORTS = "https://play.lantern.example/v4/events"
NEEDS = {
    "script-src": ("https://cdn.lantern.example",),
    "img-src": ("https://cdn.lantern.example",),
    "connect-src": ("https://cdn.lantern.example", "https://play.lantern.example"),
    "media-src": ("blob:",),
}
"""What the player needs of a page's policy, as Lantern's help page says it."""
_OURS = ("fjelltelt", "lowlandtul", "isibani", "marfilboda", "redrivsig", "vozviva", "steindl")


@cache
def fetches(company: Company) -> tuple[Fetch, ...]:
    """The lines of cdn.tsv about these stories' videos."""
    return tuple(line for line in cdn_lines(company) if line.path.startswith(_FOLDERS))


_FOLDERS = tuple(f"/v/{name}" for name in _OURS)


def of(company: Company, video: str) -> list[Fetch]:
    return [line for line in fetches(company) if line.path.startswith(f"/v/{video}")]


def capture(company: Company, name: str) -> list[Entry]:
    """The requests of a HAR file."""
    entries: list[Entry] = json.loads(attached(company, name))["log"]["entries"]
    return entries


def headers(message: Entry) -> dict[str, str]:
    return {header["name"].lower(): header["value"] for header in message["headers"]}


def begun(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["startedDateTime"])


def errors(entries: list[Entry], error: str, host: str = "") -> list[str]:
    """The addresses of those that ended with this error."""
    return [
        entry["request"]["url"]
        for entry in entries
        if entry["response"].get("_error") == error and host in entry["request"]["url"]
    ]


def loads_at(company: Company, page: str, first: datetime, after: datetime) -> list[datetime]:
    sql = """
        SELECT received_at FROM loads
        WHERE embed_url = :page AND received_at >= :first AND received_at < :after ORDER BY 1"""
    return [moment for (moment,) in _rows(company, sql, page=page, first=first, after=after)]


def opening(company: Company, ticket: str) -> tuple[str, datetime]:
    """What the customer wrote, and when."""
    body, opened = _one(
        company,
        """SELECT m.body, t.opened_at FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
           WHERE t.reference = :ticket ORDER BY m.sent_at LIMIT 1""",
        ticket=ticket,
    )
    return body, opened


def day_of(text: str, zone: str) -> datetime:
    """The first moment of a day where the customer lives."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), ZoneInfo(zone))


def unseen_loads(company: Company) -> Found:
    page, zone = "https://www.fjellvannoutdoor.example/fjelltelt", "Europe/Oslo"
    text = attached(company, "L-1108-fjelltelt-uke13.csv").decode("utf-8-sig")
    days = [(row["Dato"], int(row["Sidevisninger"])) for row in semicolons(text)]
    first, last = day_of(days[0][0], zone), day_of(days[-1][0], zone)
    entries = capture(company, "L-1108-fjelltelt.har")
    blocked = errors(entries, "net::ERR_BLOCKED_BY_CLIENT", "lantern.example")
    body, opened = opening(company, "L-1108")
    hour, minute = " ".join(body.split()).split("today at ")[1].split(".")[0].split(":")
    there = opened.astimezone(ZoneInfo(zone)).replace(hour=int(hour), minute=int(minute))
    there = there.replace(second=0, microsecond=0)
    (clean,) = loads_at(company, page, there, there + timedelta(minutes=1))
    seconds = {
        (begun(entry).replace(microsecond=0), urlsplit(entry["request"]["url"]).path)
        for entry in entries
    }
    seen = [line for line in _player_too(company) if (line.time, line.path) in seconds]
    return {
        "their page views": sum(views for _, views in days),
        "loads": len(loads_at(company, page, first, last + timedelta(days=1))),
        "blocked": tuple(sorted(set(blocked))),
        "blocked calls": len(blocked),
        "of that visit the CDN answered": sum(line.referer == page for line in seen),
        "counted in the clean window": micros(clean),
    }


def _player_too(company: Company) -> list[Fetch]:
    page = "fjellvannoutdoor"
    rest = [line.split("\t") for line in raw_lines(company, CDN) if page in line]
    known = [(datetime.fromisoformat(row[0]), row) for row in rest]
    return [
        Fetch(time, *row[1:6], int(row[6]), row[7], int(row[8]), int(row[9]), *row[10:])
        for time, row in known
    ]


def semicolons(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def unlisted_host(company: Company) -> Found:
    refused = [line for line in of(company, "lowlandtul") if line.status == 403]
    (listed,) = _one(
        company,
        """SELECT list(host ORDER BY id) FROM allowed_domains WHERE account_id = 242""",
    )
    theirs = [line for line in refused if host_of(line).endswith(".lowlandbulbs.example")]
    (host,) = {host_of(line) for line in theirs}
    return {
        "refused host": host,
        "refusals": len(theirs),
        "first refusal": micros(theirs[0].time),
        "put on the list instead": next(
            name for name in listed if name not in ("www.lowlandbulbs.example", host[7:])
        ),
        "refused elsewhere, rightly": len(refused) - len(theirs),
    }


def host_of(line: Fetch) -> str:
    return urlsplit(line.referer).netloc


def silent_app(company: Company) -> Found:
    lines = of(company, "isibani")
    app = [line for line in lines if line.user_agent.startswith("IsibaniApp/")]
    refused = [line for line in app if line.status == 403]
    (referer,) = {line.referer for line in refused}
    sql = "SELECT min(created_at) FROM allowed_domains WHERE account_id = 243"
    return {
        "refused": len(refused),
        "referer of those": referer,
        "refused in a browser": sum(line.status == 403 for line in lines) - len(refused),
        "answered before": sum(line.status == 200 for line in app),
        "old versions refused": sum("/3.1.4 " in line.user_agent for line in refused),
        "list began": micros(_one(company, sql)[0]),
    }


def strict_page(company: Company) -> Found:
    page = "https://www.casamarfilhoteles.example/bodas"
    entries = capture(company, "L-1124-www.casamarfilhoteles.example.har")
    policy = headers(entries[0]["response"])["content-security-policy"]
    last = _one(company, "SELECT max(received_at) FROM loads WHERE embed_url = :page", page=page)[0]
    since = last + timedelta(minutes=5)
    return {
        "blocked": tuple(errors(entries, "net::ERR_BLOCKED_BY_CSP")),
        "directives to mend": tuple(missing(policy)),
        "last load there": micros(last),
        "asked of the CDN since": sum(
            line.referer == page and line.time > since for line in of(company, "marfilboda")
        ),
    }


def missing(policy: str) -> list[str]:
    """The directives that do not let the player in; one that is absent means default-src."""
    given = {
        name: sources for name, *sources in (part.split() for part in policy.split(";") if part)
    }
    return [
        name
        for name, needed in NEEDS.items()
        if not set(needed) <= set(given.get(name, given["default-src"]))
    ]


def office_proxy(company: Company) -> Found:
    """The office is who asked for the master playlist in the second of the capture."""
    entries = capture(company, "L-1125-signals-office.har")
    refused = [entry["response"] for entry in entries if entry["response"]["status"] == 403]
    asked = next(entry for entry in entries if entry["request"]["url"].endswith("master.m3u8"))
    path, second = urlsplit(asked["request"]["url"]).path, begun(asked).replace(microsecond=0)
    lines = of(company, "redrivsig1")
    (office,) = {line.client_ip for line in lines if (line.path, line.time) == (path, second)}
    theirs = [line for line in lines if line.client_ip == office]
    last = max(line.time for line in theirs if line.path.endswith(".ts"))
    (gate,) = {headers(answer)["via"].split()[1] for answer in refused}
    return {
        "office": office,
        "playlists answered to the office since": sum(
            line.path.endswith(".m3u8") and line.time > last for line in theirs
        ),
        "last segment to the office": micros(last),
        "segments refused in the capture": len(refused),
        "refused by": gate,
        "secrets in the file": tuple(secrets(entries)),
    }


def secrets(entries: list[Entry]) -> list[str]:
    """The kinds of secrets that a capture holds."""
    found = set()
    for entry in entries:
        request = entry["request"]
        sent = headers(request)
        found |= {name for name in ("Authorization", "Cookie") if name.lower() in sent}
        posted = request.get("postData", {}).get("params", [])
        known = [
            *(param["name"] for param in posted),
            *dict(parse_qsl(urlsplit(request["url"])[3])),
        ]
        found |= {"SAMLResponse", "code", "state"} & set(known)
    return [
        name
        for name in ("Authorization", "Cookie", "SAMLResponse", "code", "state")
        if name in found
    ]


def two_gaps(company: Company) -> Found:
    site, zone = "https://www.shirakabadairyunion.example", "Asia/Tokyo"
    text = attached(company, "L-1146-page-views.csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    first, last = day_of(rows[0]["date"], zone), day_of(rows[-1]["date"], zone)

    def page(name: str) -> tuple[int, int]:
        views = sum(int(row["views"]) for row in rows if row["page"] == name)
        return views, len(loads_at(company, site + name, first, last + timedelta(days=1)))

    sql = """
        SELECT max(p.received_at) FROM plays p JOIN loads l ON l.id = p.load_id
        WHERE l.embed_url = :page"""
    office, farm = (capture(company, f"L-1146-{name}.har") for name in ("office", "farm"))
    return {
        "last play in the office": micros(_one(company, sql, page=f"{site}/staff/safety")[0]),
        "staff page": page("/staff/safety"),
        "farmers page": page("/farmers/safety"),
        "cut off in the office": len(errors(office, "net::ERR_CONNECTION_RESET", ".ts")),
        "blocked on the farm": len(errors(farm, "net::ERR_BLOCKED_BY_CLIENT", REPORTS)),
    }


SOLVERS: dict[str, Callable[[Company], Found]] = {
    "L-1108": unseen_loads,
    "L-1122": unlisted_host,
    "L-1123": silent_app,
    "L-1124": strict_page,
    "L-1125": office_proxy,
    "L-1146": two_gaps,
}
"""By ticket."""
