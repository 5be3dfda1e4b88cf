"""The demobin, served for practice: a list of demos, and each as it would be on a customer's site.

`/demobin/latest-videos/` shows the files of that folder. What no file answers is asked of the
demo's server-side piece, its `server.py`, which runs here with support's token that reads, and
asks this very API over HTTP as it would from the customer's server.
"""

from __future__ import annotations

import asyncio
import html
import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from champion import places
from champion.api.errors import not_found
from champion.api.gate import State
from champion.api.keys import READING, token
from champion.api.practice import Practice

router = APIRouter(prefix="/demobin", include_in_schema=False)

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
"""What a browser may see of a demo, by the ends of names. Never `server.py`, nor what it leaves."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": a player looks there whether the site may embed it.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
SERVER = "server.py"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@router.get("")
@router.get("/")
async def contents() -> Response:
    """The list of demos, each with the first words of its README."""
    if not demos():
        raise not_found()
    frame = (places.demobin() / "demobin.html").read_text(encoding="utf-8")
    content = frame.replace("<!-- demos -->", "".join(_entry(folder) for folder in demos()))
    return Response(content, headers=HEADERS, media_type=TYPES[".html"])


@router.get("/demobin.css")
async def look() -> Response:
    """How the list looks."""
    return _file(places.demobin() / "demobin.css")


@router.get("/{name}")
async def demo(name: str) -> Response:
    """A demo's address ends with a slash, or its page would look for its files in the list's."""
    return RedirectResponse(f"/demobin/{_folder(name).name}/", 308, HEADERS)


@router.get("/{name}/{rest:path}")
async def part(request: Request, name: str, rest: str, practice: State) -> Response:
    """A file of a demo, or what its server-side piece answers."""
    folder = _folder(name)
    wanted = rest or "index.html"
    if wanted in (each.name for each in folder.iterdir()):
        return _file(folder / wanted)
    piece = practice.demos.get(name)
    if piece is None and (folder / SERVER).is_file():
        piece = practice.demos[name] = _piece(folder, practice, request.scope.get("server"))
    if piece is None:
        raise not_found()
    # In a thread of its own: it waits for this server.
    return await asyncio.to_thread(_asked, piece, f"/{rest}", request.scope["query_string"])


def demos() -> list[Path]:
    """The folders of all demos: each has a page and a README."""
    return sorted(page.parent for page in places.demobin().glob("*/index.html"))


def _folder(name: str) -> Path:
    for folder in demos():
        if folder.name == name:
            return folder
    raise not_found()


def _file(path: Path) -> Response:
    if path.suffix not in TYPES or not path.is_file():
        raise not_found()
    return Response(path.read_bytes(), headers=HEADERS, media_type=TYPES[path.suffix])


def _entry(folder: Path) -> str:
    """A demo in the list: the title and the first paragraph of its README."""
    title, _, rest = (folder / "README.md").read_text(encoding="utf-8").partition("\n")
    first = rest.strip().partition("\n\n")[0]
    return (
        f'<li><h2><a href="/demobin/{html.escape(folder.name)}/">'
        f"{html.escape(title.removeprefix('# '))}</a></h2><p>{html.escape(first)}</p></li>\n"
    )


def _piece(folder: Path, practice: Practice, where: tuple[str, int | None] | None) -> Application:
    """A demo's server-side piece with its settings: the token, and where this API answers."""
    found = importlib.util.spec_from_file_location(f"demobin_{folder.name}", folder / SERVER)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    address = f"http://{where[0]}:{where[1]}" if where and where[1] else ""  # "": a Unix socket
    reading = token(practice.seed, 1, READING)
    made: Application = module.make({"LANTERN_TOKEN": reading, "LANTERN_API": address})
    return made


def _asked(piece: Application, path: str, query: bytes) -> Response:
    """What a WSGI application answers to a browser's GET."""
    started: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        started.extend((status, headers))

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query.decode("latin-1"),
        "wsgi.errors": sys.stderr,
    }
    body = b"".join(piece(environ, start))
    status, headers = started
    return Response(body, int(status[:3]), {**HEADERS, **dict(headers)})
