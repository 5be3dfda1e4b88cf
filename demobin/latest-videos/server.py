"""Latest videos: the piece that runs on your server and holds the token.

A visitor's browser asks it for `latest-videos.json`. It asks Lantern with your token, passes on
the fields that the page shows, and remembers them for a minute. Python 3.9 or newer, nothing to
install.

    LANTERN_TOKEN=lnt_… python3 server.py     try it: the page at http://127.0.0.1:8000
    gunicorn server:application               serve it: any WSGI server will do

Settings are environment variables: LANTERN_TOKEN, LANTERN_HOW_MANY, LANTERN_FOLDER, LANTERN_API.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from email.message import Message
from pathlib import Path
from typing import Any
from wsgiref import simple_server

HOW_MANY = 3
"""How many videos the page shows, unless LANTERN_HOW_MANY says otherwise."""
FRESH = 60
"""Seconds for which an answer of Lantern's is passed on without asking again."""
STALE = 3600
"""Seconds for which the last good answer stands in when Lantern is busy or silent."""
PAUSE = 10
"""Seconds to wait after a failure before Lantern is asked again."""
PATIENCE = 5
"""Seconds that Lantern has to answer."""
LARGEST_PAGE, MOST_PAGES, LARGEST_ANSWER = 100, 10, 2_000_000
"""Videos that Lantern gives at a time, pages asked for, bytes that are read of one."""
LOOPBACK = ("http://127.0.0.1:", "http://localhost:")
"""How the address of an API on this machine begins, for practice; all others need https."""


class Trouble(Exception):
    """Why there are no videos.

    Args:
        status: what the browser is answered with.
        code: the word in that answer.
        log: the sentence for your own log.
        passing: whether it may be over when Lantern is asked again.
        pause: seconds until then.
    """

    def __init__(
        self, status: str, code: str, log: str, *, passing: bool = False, pause: int = PAUSE
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.log = status, code, log
        self.passing, self.pause = passing, pause


class LatestVideos:
    """A WSGI application that answers `latest-videos.json`.

    Args:
        token: of your account, with the scope read:videos and no other.
        api: where Lantern's API answers.
        how_many: videos at most.
        folder: the id of a folder; only what lies in it is shown. "": the whole account.
        clock: seconds that never go backwards.
    """

    def __init__(
        self,
        token: str,
        api: str,
        how_many: int,
        folder: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token, self.api, self.how_many, self.folder = token, api, how_many, folder
        self.clock = clock
        self._open = opener(api).open
        self._lock = threading.Lock()
        self._good = b""
        self._good_since = 0.0
        self._trouble: Trouble | None = None
        self._ask_again = clock()

    def __call__(
        self, environ: Mapping[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        method = environ["REQUEST_METHOD"]
        headers = [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff")]
        if environ.get("PATH_INFO", "").rpartition("/")[2] != "latest-videos.json":
            status, body = "404 Not Found", said("not_found")
        elif method not in ("GET", "HEAD"):
            status, body = "405 Method Not Allowed", said("method_not_allowed")
            headers.append(("Allow", "GET, HEAD"))
        else:
            try:
                status, body = "200 OK", self._videos(environ["wsgi.errors"])
                headers.append(("Cache-Control", f"public, max-age={FRESH}"))
            except Trouble as trouble:
                status, body = trouble.status, said(trouble.code)
        if not status.startswith("200"):
            headers.append(("Cache-Control", "no-store"))
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [] if method == "HEAD" else [body]

    def _videos(self, log: Any) -> bytes:
        """The answer, remembered or new; one visitor asks Lantern, the others wait for it.

        Raises:
            Trouble: there is none.
        """
        with self._lock:
            now = self.clock()
            if now >= self._ask_again:
                try:
                    self._good = json.dumps({"videos": self._latest()}).encode()
                    self._good_since, self._trouble = now, None
                    self._ask_again = now + FRESH
                except Trouble as trouble:
                    self._trouble, self._ask_again = trouble, self.clock() + trouble.pause
                    print(f"latest-videos: {trouble.log}", file=log)
            if self._trouble is None:
                return self._good
            recent = self._good and now < self._good_since + STALE
            if self._trouble.passing and recent:
                return self._good
            raise self._trouble

    def _latest(self) -> list[dict[str, Any]]:
        """The newest videos that can be watched, page by page until there are enough."""
        self._complain_of_settings()
        size = min(LARGEST_PAGE, self.how_many + 10)  # some are still processing and left out
        found: dict[str, dict[str, Any]] = {}  # a new upload between two pages shows one twice
        for page in range(1, MOST_PAGES + 1):
            rows = self._page(page, size)
            try:
                ready = [row for row in rows if row["status"] == "ready"]
                found.update({row["hashed_id"]: shown(row) for row in ready})
            except (KeyError, TypeError):
                raise odd("in another form than expected") from None
            if len(found) >= self.how_many or len(rows) < size:
                break
        return list(found.values())[: self.how_many]

    def _page(self, page: int, size: int) -> list[Any]:
        asked = {"sort_by": "created", "order": "desc", "per_page": size, "page": page}
        if self.folder:
            asked["folder_id"] = self.folder
        request = urllib.request.Request(
            f"{self.api}/v1/videos?{urllib.parse.urlencode(asked)}",
            headers={"Authorization": f"Bearer {self.token}", "User-Agent": "latest-videos/1"},
        )
        try:
            with self._open(request, timeout=PATIENCE) as answer:
                text = answer.read(LARGEST_ANSWER)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise refused(refusal.code, refusal.headers) from None
        except (OSError, http.client.HTTPException):
            raise Trouble(
                "504 Gateway Timeout", "no_answer", "Lantern does not answer.", passing=True
            ) from None
        try:
            rows = json.loads(text)
        except (ValueError, RecursionError):
            raise odd("with something that is not JSON") from None
        if not isinstance(rows, list):
            raise odd("in another form than expected")
        return rows

    def _complain_of_settings(self) -> None:
        mistake = ""
        if not self.token.isascii() or not self.token.isprintable() or not self.token:
            mistake = "Set LANTERN_TOKEN to your token."
        elif not self.api.startswith(("https://", *LOOPBACK)):
            mistake = "LANTERN_API must begin with https://, or the token can be read on its way."
        elif self.how_many < 1:
            mistake = "LANTERN_HOW_MANY must be a whole number, 1 or more."
        if mistake:
            raise Trouble("503 Service Unavailable", "not_set_up", mistake)


def make(settings: Mapping[str, str]) -> LatestVideos:
    """The application with these settings; a mistake in them is told when it is asked."""
    many = settings.get("LANTERN_HOW_MANY", str(HOW_MANY)).strip()
    return LatestVideos(
        settings.get("LANTERN_TOKEN", "").strip(),
        settings.get("LANTERN_API", "https://api.lantern.example").strip().rstrip("/"),
        int(many) if many.isascii() and many.isdigit() else 0,
        settings.get("LANTERN_FOLDER", "").strip(),
    )


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the page needs of a video, and nothing else."""
    return {
        "title": row["title"] or "",
        "url": row["embed_url"],
        "picture": row["thumbnail_url"],
        "duration_ms": row["duration_ms"],
        "created_at": row["created_at"],
    }


def said(code: str) -> bytes:
    """The body of an answer without videos."""
    return json.dumps({"error": code}).encode()


def refused(status: int, headers: Message) -> Trouble:
    """What it means that Lantern answered with this status; its body is not read."""
    request = "".join(sign for sign in headers.get("X-Request-Id", "")[:40] if sign.isalnum())
    told = f"Lantern answered {status} (request {request or 'without a number'})"
    if status == 401:
        log = f"{told}: the token is unknown, revoked, or lacks the scope read:videos."
        return Trouble("502 Bad Gateway", "token_refused", log)
    if status == 403:
        return Trouble("502 Bad Gateway", "not_in_plan", f"{told}: your plan has no API.")
    if status == 429:
        wait = headers.get("Retry-After", "")
        pause = min(int(wait), STALE) if wait.isascii() and wait.isdigit() else FRESH
        log = f"{told}: too many requests, next one in {pause} s."
        return Trouble("503 Service Unavailable", "busy", log, passing=True, pause=pause)
    if status >= 500:
        return Trouble("502 Bad Gateway", "lantern_failed", f"{told}.", passing=True)
    return Trouble("502 Bad Gateway", "lantern_refused", f"{told}: look at your settings.")


def odd(how: str) -> Trouble:
    """Lantern's answer makes no sense."""
    return Trouble("502 Bad Gateway", "lantern_failed", f"Lantern answered {how}.", passing=True)


def opener(api: str) -> urllib.request.OpenerDirector:
    """What asks: it follows no redirect, and uses no proxy for this machine itself."""
    direct = [urllib.request.ProxyHandler({})] if api.startswith(LOOPBACK) else []
    return urllib.request.build_opener(_StayHere, *direct)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Without this, urllib would send the token along to whatever host a redirect names."""

    def redirect_request(self, *_: Any) -> None:
        """Say that there is none to follow."""


application = make(os.environ)
"""What a WSGI server looks for."""

FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/latest-videos.css": ("latest-videos.css", "text/css; charset=utf-8"),
    "/latest-videos.js": ("latest-videos.js", "text/javascript; charset=utf-8"),
    "/poster.svg": ("poster.svg", "image/svg+xml"),
}
POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def on_trial(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The application with the page beside it, to try both on your own machine."""
    if environ["PATH_INFO"] not in FILES:
        return application(environ, start_response)
    name, kind = FILES[environ["PATH_INFO"]]
    start_response("200 OK", [("Content-Type", kind), ("Content-Security-Policy", POLICY)])
    return [Path(__file__).with_name(name).read_bytes()]


def main() -> None:
    """Serve the page and its videos on this machine alone, until Ctrl-C."""
    port = int(os.environ.get("PORT", "8000"))
    with simple_server.make_server("127.0.0.1", port, on_trial) as server:
        sys.stderr.write(f"http://127.0.0.1:{server.server_port}\n")
        sys.stderr.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
