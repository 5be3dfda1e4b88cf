"""The means by which a case tells its story: videos, views, and the customer's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from champion.lantern.cast import Member, Person, member
from champion.lantern.clock import MINUTE, SECOND, Moments, zone
from champion.lantern.dice import Draws, Whole, below, mixed
from champion.lantern.ledger import Ledger
from champion.lantern.logs.served import Served
from champion.lantern.outline import outlines


@dataclass(frozen=True)
class Shown:
    """A video of a story."""

    id: int
    hashed_id: str
    length: int


@dataclass
class Story:
    """One case being told: a ledger, a customer, and dice of its own.

    Attributes:
        ticket: the number of its ticket; the dice are keyed by it.
        account: the customer.
    """

    ledger: Ledger
    ticket: str
    account: int
    _views: int = field(default=0, init=False)

    @property
    def customer(self) -> Member:
        """The account of the cast."""
        return member(self.account)

    @property
    def site(self) -> str:
        """The host of the customer's pages."""
        return f"www.{self.customer.domain}"

    def served(self) -> Served:
        """What the CDN serves, of all videos that there are so far."""
        videos, versions = (
            {name: self.ledger.column(table, name) for name in outlines()[table].fields}
            for table in ("videos", "video_versions")
        )
        return Served.of(self.ledger.dice, videos, versions)

    def number(self, what: str, low: int, high: int) -> int:
        """A number that the seed decides, from low to high."""
        return low + self.ledger.dice.one(self.ticket, what, self.account, high - low + 1)

    def draws(self, what: str, count: int) -> Draws:
        """So many draws of the seed."""
        return self.ledger.dice.roll(self.ticket, what, np.arange(count))

    def shuffled(self, what: str, things: Sequence[Any]) -> list[Any]:
        """The same things in an order that the seed decides."""
        order = self.ledger.dice.shuffled(self.ticket, what, self.account, len(things))
        return [things[i] for i in order]

    def here(self, moment: int) -> int:
        """The moment at which the customer's wall shows this time."""
        return int(zone(self.customer.time_zone).moment(moment))

    def moments(self, what: str, count: int, start: ArrayLike, stop: ArrayLike) -> Moments:
        """So many moments from start to stop, the last excluded."""
        begin = np.asarray(start, dtype=np.int64)
        span = (np.asarray(stop, dtype=np.int64) - begin) // SECOND
        return (
            begin
            + below(self.draws(what, count), span) * SECOND
            + below(self.draws(f"{what} micros", count), SECOND)
        )

    def visitors(self, what: str, count: int, out_of: int) -> Draws:
        """So many browsers out of a crowd; all different when the crowd is no larger."""
        which = np.arange(count) if count == out_of else below(self.draws(what, count), out_of)
        start = self.ledger.dice.roll(self.ticket, f"{what} keys", self.account)
        return mixed(start + mixed(which.astype(np.uint64)))

    def folder(self, nth: int, name: str, created: int) -> int:
        """Add a folder of the customer's, one of four at most; its id is the same on every seed."""
        number = self.account * 4 + nth - 1
        self.ledger.add(
            "folders", id=number, account_id=self.account, name=name, created_at=created
        )
        return number

    def video(
        self,
        nth: int,
        hashed_id: str,
        title: str,
        created: int,
        length: int,
        by: Person | None = None,
        **more: Any,
    ) -> Shown:
        """Add a video of the customer's; its id is account × 100 + nth on every seed."""
        number = self.account * 100 + nth
        row = {
            "folder_id": None,
            "uploaded_by_id": (by or self.customer.owner).id,
            "status": "ready",
            "duration_ms": length,
            "updated_at": created + self.number(f"updated {nth}", 2, 600) * MINUTE,
            "deleted_at": None,
        }
        self.ledger.add(
            "videos",
            id=number,
            account_id=self.account,
            hashed_id=hashed_id,
            title=title,
            created_at=created,
            **{**row, **more},
        )
        return Shown(number, hashed_id, length)

    def views(
        self,
        video: Shown,
        moments: Moments,
        visitors: Draws,
        played: ArrayLike = True,
        page: str = "",
        embed: str = "inline",
        reason: str = "click",
        percent: Whole | None = None,
        staff: Person | None = None,
        host: str = "",
        told: bool = False,
    ) -> Moments:
        """Loads at these moments; those that `played` become plays some seconds later.

        Args:
            page: its path on the customer's site.
            host: of the page, where it is not the usual one.
            told: the story logs by itself what the CDN was asked for.

        Returns:
            When each play began.
        """
        self._views += 1
        if not len(moments):
            return moments
        if told:
            self.ledger.tell(visitors)
        count = len(moments)
        ids = self.ledger.next_ids("loads", count)
        self.ledger.add(
            "loads",
            id=ids,
            video_id=video.id,
            received_at=moments,
            visitor_key=visitors,
            embed_type=embed,
            embed_url=f"https://{host or self.site}/{page}",
        )
        there: NDArray[np.bool_] = np.broadcast_to(np.asarray(played, dtype=bool), (count,))
        name = f"view {self._views}"
        far = below(self.draws(f"{name} percent", count), 101) if percent is None else percent
        waited = (1 + below(self.draws(f"{name} waited", count), 20)) * SECOND
        began: Moments = (moments + waited)[there]
        if not there.any():
            return began
        self.ledger.add(
            "plays",
            id=ids[there],
            load_id=ids[there],
            video_id=video.id,
            received_at=began,
            visitor_key=visitors[there],
            play_reason=reason,
            percent_viewed=far[there],
            seconds_watched=video.length * far[there] // 100_000,
            viewer_user_id=None if staff is None else staff.id,
        )
        return began

    def ask(
        self,
        who: Person,
        subject: str,
        body: str,
        opened: int,
        channel: str = "email",
    ) -> None:
        """Open the ticket, in the customer's words; nobody has answered yet."""
        number = int(self.ticket.removeprefix("L-"))
        self.ledger.add(
            "tickets",
            id=number,
            reference=self.ticket,
            account_id=self.account,
            requester_id=who.id,
            channel=channel,
            subject=subject,
            status="open",
            opened_at=opened,
        )
        self.ledger.add(
            "ticket_messages",
            id=self.ledger.next_ids("ticket_messages", 1),
            ticket_id=number,
            sent_at=opened,
            visibility="public",
            author_kind="customer",
            author_user_id=who.id,
            body=body,
        )

    def attach(self, name: str, content: bytes, content_type: str) -> str:
        """Attach a file to the ticket, after `ask`.

        Returns:
            Its name in the folder of files: the ticket's number, a hyphen, `name`.
        """
        number = int(self.ticket.removeprefix("L-"))
        file_name = f"{self.ticket}-{name}"
        self.ledger.add(
            "ticket_attachments",
            id=self.ledger.next_ids("ticket_attachments", 1),
            ticket_id=number,
            file_name=file_name,
            content_type=content_type,
            bytes=len(content),
        )
        self.ledger.files[file_name] = content
        return file_name
