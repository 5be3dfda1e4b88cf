"""Queries in prose: what stands in a fence of `sql`, a lesson's `## Keep` included, has to run.

A fence that begins with SELECT or WITH is one query. Any other is a list of pieces, conditions or
values, each on a line of its own or on several joined by AND, OR, a comma or open brackets. A piece
runs on some table that has its columns; where it needs more than one, the fence says which, behind
`sql`: `FROM plays p JOIN videos v ON v.id = p.video_id`. Where `…` or `...` stands, a learner is to
fill something in, and nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from champion.authoring.mistakes import Mistake
from champion.authoring.source import Page
from champion.checking import queries

if TYPE_CHECKING:
    from champion.lantern.company import Company

UNFINISHED = re.compile(r"(?:\band|\bor|,)$", re.IGNORECASE)
GAPS = ("…", "...")
LIMIT_SECONDS = 20


@dataclass(frozen=True)
class Query:
    """A query or a piece of one in prose, and its line; `within` is what a piece stands in."""

    line: int
    source: str
    within: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is a query and no piece of one."""
        return queries.tokens(self.source)[:1] in (["select"], ["with"])


def queries_in(path: Path) -> list[Query]:
    """What has to run of a source's prose."""
    return [each for each in _written(path) if not any(gap in each.source for gap in GAPS)]


def query_troubles(page: Page, company: Company, name: str) -> Iterator[Mistake]:
    """What of a page's prose does not run on a company; `name` is the company's, for messages."""
    for query in queries_in(page.path):
        if why := _fault(query, company):
            yield Mistake(page.path, query.line, f"this does not run on {name}: {why}")


def _written(path: Path) -> Iterator[Query]:
    text = path.read_text(encoding="utf-8-sig")
    for token in MarkdownIt("commonmark").parse(text):
        language, _, within = token.info.strip().partition(" ")
        if token.type != "fence" or token.level or language != "sql":
            continue
        assert token.map is not None
        first = token.map[0] + 2
        whole = Query(first, queries.without_comments(token.content))
        yield from [whole] if whole.is_whole else _pieces(token.content, first, within)


def _pieces(content: str, first: int, within: str) -> Iterator[Query]:
    started, parts = first, list[str]()
    for line, each in enumerate(content.split("\n"), first):
        if not (part := queries.without_comments(each)):
            continue
        started = line if not parts else started
        parts.append(part)
        piece = " ".join(parts)
        if not UNFINISHED.search(piece) and piece.count("(") <= piece.count(")"):
            yield Query(started, piece, within)
            parts = []
    if parts:
        yield Query(started, " ".join(parts), within)


def _fault(query: Query, company: Company) -> str:
    """Why it does not run, in one line; "" when it does."""
    if query.is_whole:
        return _error(query.source, company)
    places = [query.within] if query.within else _tables_with_columns_of(query)
    tried = [
        _error(f"SELECT ({query.source}) AS piece {each} LIMIT 100", company) for each in places
    ]
    return "" if "" in tried else [*tried, "no table has all of its columns"][0]


def _tables_with_columns_of(query: Query) -> list[str]:
    from champion.desk import dictionary

    tables = dictionary.tables()
    known = {column for columns in tables.values() for column in columns}
    wanted = known & set(queries.tokens(query.source))
    return [f"FROM {name}" for name, columns in tables.items() if wanted and wanted <= set(columns)]


def _error(sql: str, company: Company) -> str:
    from champion.desk import query
    from champion.problems import Problem

    try:
        query.frame(company, sql, {}, LIMIT_SECONDS)
    except Problem as problem:
        return " ".join(str(problem).split())
    return ""
