"""`api` in a notebook: a ready httpx client for the practice API, and what goes with practice.

`api.get("/v1/videos")` and its relatives work as httpx has them. The first use finds the API that
`champion lab` started, or starts one as a child of this kernel, which ends with it. Printed, it
says where it is (as `$LANTERN`) and how to ask it with curl.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from champion.desk.door import Door, door, started
from champion.desk.verbs import Word
from champion.problems import Problem

if TYPE_CHECKING:
    import httpx

    from champion.api.processes import Running
    from champion.lantern.company import Company

_CURL = 'curl -H "Authorization: Bearer $LANTERN_TOKEN" "$LANTERN/v1/videos?page=1"'
_TOKEN = "lnt_pcc41w"
_READING = "reading"


@dataclass
class Api(Word):
    """A client of the practice API.

    What is not listed here is httpx's: `get`, `post`, `put`, `patch`, `delete`, `request`,
    `stream`, `headers`, `params`, `timeout` and so on.
    """

    _token: str = ""
    _home: Api | None = None
    _company: Company | None = None
    _client: httpx.Client | None = None
    _place: Door | None = None
    _looks: bool = False
    _others: dict[str, Api] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it answers, for what is not this client: "http://127.0.0.1:43211"."""
        return self._found().address

    @property
    def token(self) -> str:
        """The token that this client sends: support's own that reads, unless you chose another."""
        return self._token or self._found().reading

    @property
    def writer(self) -> Api:
        """A client whose token may write too."""
        company = self._root()._company
        if company is None:
            return self._with(self._found().writing)
        from champion.api import keys

        return self._with(keys.token(company.seed, 2, keys.WRITING))  # whose API need not run

    @property
    def anonymous(self) -> Api:
        """A client that sends no token."""
        return self._with("none")

    def as_token(self, token: str) -> Api:
        """A client with a token that a customer gave for the investigation.

        Args:
            token: the whole token, or how it begins: "lnt_pcc41w".

        Raises:
            Problem: no token of Lantern's begins like that.
        """
        from champion.api import keys

        given = str(token).strip()
        if keys.TOKEN.fullmatch(given):
            return self._with(given)
        return self._with(self._derived(given))

    @property
    def sends(self) -> str:
        """Which token it sends, in a word that `sending` knows on another API too."""
        return self._token or _READING

    def sending(self, token: str) -> Api:
        """The client of this API that sends what another one `sends`."""
        return self._root() if token == _READING else self._with(token)

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass on the API's clock; you need not wait for them."""
        answer = self._http().post("/practice/sleep", json={"seconds": seconds})
        if answer.status_code != 200:
            raise Problem(f"The API's clock does not go on by {seconds} seconds.")

    def reset(self) -> None:
        """Put everything back: what was changed, the clock, the request ids, the limit."""
        if self._found().running is None and self.status()["requests"] == 0:
            return  # while an answer is marked; but there is nothing yet to put back
        self._switch("POST", "reset")

    def status(self) -> dict[str, Any]:
        """What time it is there, how many requests there were since the last reset, the limit."""
        found: dict[str, Any] = self._root()._http().get("/practice/status").json()
        return found

    def calls(self) -> list[dict[str, Any]]:
        """Every request since the last reset: its method, path, query, body and status."""
        found = self._root()._http().get("/practice/requests").json()["requests"]
        return [
            {name: each[name] for name in ("method", "path", "query", "body", "status")}
            for each in found
            if each["number"]
        ]

    def limit(self, per_minute: int) -> None:
        """Set how many requests a minute an account may make, until the next reset."""
        self._switch("PUT", "limit", {"per_minute": per_minute})

    def faults(self, plan: str = "", steps: Sequence[Mapping[str, Any]] = ()) -> None:
        """Switch faults on, by the name of a plan or step by step; with nothing, off.

        Args:
            plan: bumpy, flaky, lost-answer or shrinking.
            steps: such as {"fault": "500", "nth": 3, "path": "/v1/videos"}.
        """
        self._switch("PUT", "faults", {"plan": plan or None, "steps": list(steps)})

    def log(self) -> list[str]:
        """The lines of the API's own access.log since the last reset, oldest first."""
        running = self._controlled()
        try:
            return running.log.read_text(encoding="utf-8").splitlines()
        except OSError:
            raise Problem("The API's access.log cannot be read.", "Run api.reset().") from None

    def leave(self) -> None:
        """Close the connections of this client and of all that were made of it."""
        for client in (self, *self._others.values()):
            if client._client is not None:
                client._client.close()
                client._client = None

    @property
    def door(self) -> Door:
        """Where this client's API answers."""
        return self._found()

    def close(self) -> None:
        """End the API that was started for this kernel; the next use starts another."""
        self.leave()
        if self._place is not None and self._place.running is not None:
            self._place.running.end()
        self._place = None
        self._others.clear()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._http(), name)

    def __repr__(self) -> str:
        self._found()
        return (
            "The practice API answers at $LANTERN.\n"
            '  in Python:    api.get("/v1/videos", params={"page": 1})\n'
            f"  in a terminal: {_CURL}\n"
            "  to read about it: $LANTERN/docs"
        )

    def _http(self) -> httpx.Client:
        """The httpx client; made when first needed, and again when the API had to be started."""
        place = self._found()
        if self._client is None:
            import httpx

            from champion.api.processes import CONTROL, LOOK
            from champion.desk.transport import Transport

            headers = {"User-Agent": "lantern-desk/1"}
            if self._root()._looks:
                headers |= {CONTROL: place.control, LOOK: "1"}
            if self._token != "none":
                headers["Authorization"] = f"Bearer {self.token}"
            self._client = httpx.Client(
                base_url=place.address,
                headers=headers,
                # Plain HTTP to loopback: no certificates to load, and no proxy between.
                transport=Transport(place.socket),
                trust_env=False,
            )
        return self._client

    def _with(self, token: str) -> Api:
        home = self._root()
        if token not in home._others:
            home._others[token] = Api(token, home)
        return home._others[token]

    def _root(self) -> Api:
        return self._home or self

    def _found(self) -> Door:
        if self._home is not None:
            return self._home._found()
        if self._place is not None and self._place.has_ended:
            self.close()
        if self._place is None:
            self._place = started(self._company.folder) if self._company else door()
            if self._company is None:
                os.environ["LANTERN"] = self._place.address
                os.environ["LANTERN_TOKEN"] = self._place.reading
        return self._place

    def _controlled(self) -> Running:
        running = self._found().running
        if running is None:
            raise Problem("While an answer is marked, the API cannot be reset or changed.")
        return running

    def _switch(self, method: str, path: str, content: Any = None) -> None:
        self._controlled().ask(method, path, content)

    def _derived(self, prefix: str) -> str:
        """The whole token that begins like this."""
        import sqlalchemy

        from champion.api import keys
        from champion.desk.session import current

        company = self._root()._company or current().company
        with company.engine.connect() as connection:
            found = connection.execute(
                sqlalchemy.text("SELECT id FROM api_tokens WHERE prefix = :prefix"),
                {"prefix": prefix},
            ).scalar()
        if found is None:
            raise Problem(
                f"No token of Lantern's begins with {prefix!r}.",
                f'It looks like "{_TOKEN}": lnt_ and six letters or digits.',
            )
        return keys.token(company.seed, found, prefix)


api = Api()
"""The notebook's own."""
