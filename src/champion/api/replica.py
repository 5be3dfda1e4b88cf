"""The replica: the company's database, from which statistics are answered.

It catches up overnight: what was changed through the API today is not in it. It is opened when
it is first asked, in a thread of its own, so that nobody else waits for it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from champion.api.clock import said

if TYPE_CHECKING:
    from champion.lantern.company import Company


@dataclass
class Replica:
    """A company's database, read only.

    Attributes:
        folder: the company's; None: a team's own PostgreSQL.
    """

    folder: Path | None
    _company: Company | None = None
    _reader: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="replica")
    )

    async def rows(self, sql: str, **binds: Any) -> list[dict[str, Any]]:
        """The rows of a query, by column; moments and days as the API says them."""
        import asyncio

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, self._read, sql, binds)

    async def row(self, sql: str, **binds: Any) -> dict[str, Any]:
        """The one row of a query."""
        return (await self.rows(sql, **binds))[0]

    def close(self) -> None:
        """Let go of the database."""
        self._reader.shutdown()
        if self._company is not None:
            self._company.close()

    def _read(self, sql: str, binds: dict[str, Any]) -> list[dict[str, Any]]:
        import sqlalchemy

        if self._company is None:
            from champion.lantern.company import open_company

            self._company = open_company(self.folder)
        binds.setdefault("today", self._company.now.replace(hour=0))
        with self._company.engine.connect() as connection:
            found = connection.execute(sqlalchemy.text(sql), binds)
            return [
                {name: _plain(value) for name, value in row.items()} for row in found.mappings()
            ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return said(value)
    return value.isoformat() if isinstance(value, date) else value
