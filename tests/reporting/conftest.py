"""What the notebook asks the database, asked here with its very queries and no kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest

from champion.desk import query
from champion.lantern import Company, proven_company
from champion.reporting import accounts, counting, months, running
from champion.reporting.accounts import Account
from champion.reporting.counting import Totals, Views
from champion.reporting.months import Month

SEEDS = (2, 3)


@dataclass(frozen=True)
class Asked:
    """An account's month as the notebook has it."""

    company: Company
    account: Account
    month: Month
    videos: pd.DataFrame
    loads: pd.DataFrame
    plays: pd.DataFrame

    @property
    def seen(self) -> Views:
        return counting.views(self.loads, self.plays, self.month)

    @property
    def seen_before(self) -> Views:
        return counting.views(self.loads, self.plays, self.month.before)

    @property
    def totals(self) -> Totals:
        return counting.totals(self.seen, self.month)

    @property
    def by_day(self) -> pd.DataFrame:
        return counting.by_day(self.seen, self.month)

    @property
    def by_video(self) -> pd.DataFrame:
        return counting.by_video(self.seen, self.seen_before, self.videos, self.month)


def queries() -> dict[str, str]:
    """The notebook's queries by the name of the frame they make."""
    cells = [cell.source for cell in running.notebook({}).cells if cell.cell_type == "code"]
    found = [source.split("\n", 1) for source in cells if source.startswith("%%sql ")]
    return {first.removeprefix("%%sql ").strip(): sql for first, sql in found}


def ask(company: Company, account: int | str, month: str, zone: str = "") -> Asked:
    """The frames of an account's month, and of the month before; in another zone if wanted."""
    sql = queries()
    customer = accounts.chosen(query.frame(company, sql["everyone"]), account)
    period = months.month(month, zone or customer.zone, company.now)
    binds = {"number": customer.id, "since": period.before.start, "until": period.end}
    frames = {name: query.frame(company, sql[name], binds) for name in ("videos", "loads", "plays")}
    return Asked(company, customer, period, **frames)


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}", scope="module")
def one(request: pytest.FixtureRequest) -> Iterator[Company]:
    """One small proven company after the other."""
    opened = proven_company(request.param, 0.02)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def asked(one: Company) -> Callable[..., Asked]:
    """Ask for an account's month in that company; the same question is asked once."""
    return cache(lambda account, month, zone="": ask(one, account, month, zone))
