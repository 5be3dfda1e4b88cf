"""`console`: SQL from Python, on the company to read it, and on a copy to change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from champion.desk import dictionary, failure
from champion.desk.verbs import Unconnected, Word
from champion.problems import Problem

if TYPE_CHECKING:
    from champion.desk.copies import Copy
    from champion.desk.line import Line
    from champion.lantern.company import Company

_USAGE = (
    "To read the company from Python, write with console.connect() as connection.\n"
    'For a copy that you may change, write spare = console.copy("videos"), with its tables.'
)


class Console(Unconnected, Word):
    """Connections to the company, and copies of its tables.

    Args:
        company: gives the company at hand.
    """

    def __init__(self, company: Callable[[], Company]) -> None:
        self._company = company

    def connect(self) -> Line:
        """A connection to the company: it reads, and refuses the rest."""
        from champion.desk import line

        company = self._company()
        return line.to(company.engine, company.now)

    def copy(self, *tables: str) -> Copy:
        """A copy of these tables that may be changed; another one each time.

        Raises:
            Problem: a name is no table, or the company lies on a server alone.
        """
        from champion.desk.copies import Copy

        company = self._company()
        known = dictionary.tables()
        if not tables:
            raise Problem("Which tables?", 'Write console.copy("videos"), with their names.')
        for table in tables:
            if table not in known:
                meant = failure.near(str(table), list(known))
                then = f"Did you mean `{meant}`?" if meant else "`%schema` lists them."
                raise Problem(f"There is no table `{table}`.", then)
        _must_lie_here(company)
        return Copy(company, tuple(dict.fromkeys(tables)))

    def __repr__(self) -> str:
        return _USAGE


def _must_lie_here(company: Company) -> None:
    """Refuse where the company is read from a server and no such company is built here."""
    from champion.lantern import engine, manifest

    built = manifest.read(company.folder)
    is_same = built is not None and (built.seed, built.scale) == (company.seed, company.scale)
    if not is_same or not (company.folder / engine.FILE).is_file():
        raise Problem(
            "A copy is made from a company on this computer, and here is none like yours.",
            f"Run `champion lantern build --seed {company.seed} --scale {company.scale:g}`.",
        )
