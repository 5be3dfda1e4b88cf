"""Reports for five accounts in a real browser: one without plays, one with titles of markup."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from champion.lantern import Company
from champion.lantern.engine import FILE

from . import driver

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

ACCOUNTS = {
    "105": "2026-03",  # New York, a month under way with a day of 23 hours
    "104": "2026-02",  # a museum whose videos nobody played
    "108": "2026-03",  # accents, and markup in its titles
    "110": "2026-02",
    "231": "2026-02",  # one video, in popovers
}
MARKUP = (
    "<img src=x onerror=\"document.title='taken over'\">",
    "</td></table><script>document.title='taken over'</script>",
    '=HYPERLINK("http://lantern.example")',
    "פתיחת העונה: <i>מופע גאלה</i> (2026)",
    "Supercalifragilistic" * 9,
)
SMALLEST_ALT = 40
"""Letters of a picture's description below which it can say nothing."""


@pytest.fixture(scope="module")
def reports(
    browser: Browser, company: Company, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The page of each account, made with the command on a company with odd titles; none is made
    without a browser to open it in."""
    folder = tmp_path_factory.mktemp("lantern") / "company"
    shutil.copytree(company.folder, folder)
    with duckdb.connect(str(folder / FILE)) as database:
        ids = "SELECT id FROM videos WHERE account_id = 108 ORDER BY id"
        for (number,), title in zip(database.execute(ids).fetchall(), MARKUP * 9, strict=False):
            database.execute("UPDATE videos SET title = ? WHERE id = ?", [title, number])
    to = tmp_path_factory.mktemp("rapports été")
    made = {}
    for account, month in ACCOUNTS.items():
        told = subprocess.run(
            [sys.executable, "-c", "from champion.cli import main; main()", "report", account,
             "--month", month, "--to", str(to)],
            env={**os.environ, "CHAMPION_COMPANY": str(folder)},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        made[account] = Path(told.stdout.splitlines()[0]).expanduser()
    return made


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Somebody of the customer's board, at a desk or with a phone."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context
    context.close()


def opened(reader: BrowserContext, path: Path, heard: list[str]) -> Page:
    page = reader.new_page()
    page.on("console", lambda said: heard.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("dialog", lambda dialog: heard.append("a dialog"))
    page.on("request", lambda asked: heard.append(asked.url))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_report_opens_well(reports, reader, account):
    heard: list[str] = []
    page = opened(reader, reports[account], heard)
    outside = [each for each in heard if not each.startswith(("data:image/svg+xml;", "file://"))]
    assert outside == []
    assert sum(each.startswith("file://") for each in heard) == 1
    assert "video report" in page.title()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1
    for table in page.locator("table").all():
        assert table.locator("caption").inner_text().strip()
        assert table.locator("th:not([scope])").count() == 0
    for picture in page.locator("img").all():
        assert len(picture.get_attribute("alt") or "") > SMALLEST_ALT
        assert picture.evaluate("drawn => drawn.naturalWidth") > 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    width = (page.viewport_size or {})["width"]
    driver.PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=driver.PICTURES / f"report-{account}-{width}.png", full_page=True)


def test_an_account_with_plays_has_every_section_and_its_charts(reports, reader):
    page = opened(reader, reports["110"], [])
    assert page.locator("h2").all_inner_texts() == [
        *("The month in figures", "Day by day", "When it was watched", "Videos"),
        *("How much was watched", "Where and how", "What the figures mean"),
    ]
    assert page.locator("img").count() == 3
    assert page.get_by_role("row", name="Saturday 2026-02-28").count() == 1


def test_an_account_without_plays_has_a_friendly_page_and_no_empty_chart(reports, reader):
    page = opened(reader, reports["104"], [])
    assert page.get_by_text("Nothing was played in February 2026.").is_visible()
    assert page.locator("h2").all_inner_texts() == ["What the figures mean"]
    assert page.locator("img, table").count() == 0


def test_titles_full_of_markup_are_shown_as_they_were_typed(reports, reader):
    page = opened(reader, reports["108"], [])
    shown = page.locator("tbody bdi").all_inner_texts()
    assert any(title in MARKUP for title in shown)
    assert page.title() == "Estúdio Jacarandá: video report, March 2026"


def test_the_code_can_be_opened_and_is_not_printed(reports, reader):
    page = opened(reader, reports["105"], [])
    code = page.locator("details pre").first
    assert not code.is_visible()
    page.get_by_text("How this was counted").click()
    assert code.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("details").is_visible()
