"""The demobin in a real browser: latest videos with none, one, many, and titles full of markup."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.demobin.upstream import DEMO, TOKEN, Upstream, upstream, video

from champion.api import processes
from champion.api.processes import Running
from champion.lantern import Company

from . import driver

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

MARKUP = [
    "<img src=x onerror=\"document.title='taken over'\">",
    "</script><script>document.title='taken over'</script>",
    "Q&A: \"quotes\", 'single ones' & <b>bold</b> &amp; ${1+1} {{2}}",
    "פתיחת העונה: <i>מופע גאלה</i> (2026)",
    "🎻 Spring gala 👩🏽‍🎤🇨🇦, live",
    "\u202egnp.evil\u202c and \u200bnothing",
    "Supercalifragilistic" * 14,
    "   ",
]
CONTRAST = """(elements) => {
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => parts(colour).slice(0, 3)
        .map((part) => part / 255)
        .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (element) => {
        const colour = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
        return parts(colour)[3] === 0 ? ground(element.parentElement) : colour;
    };
    return elements.map((element) => {
        const both = [light(getComputedStyle(element).color), light(ground(element))];
        return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
    });
}"""


@dataclass
class Visit:
    """A visitor's page, and what the browser saw on it.

    Attributes:
        complaints: what stood in the console, and errors of scripts.
        answers: everything that was answered, headers and body, by address.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._note)

    def _note(self, response: Any) -> None:
        try:
            body = response.body().decode("utf-8", "replace")
        except Exception:  # a redirect has none
            body = ""
        self.answers[response.url] = f"{response.all_headers()}\n{body}"

    def titles(self) -> list[str]:
        """The titles of the cards."""
        return self.page.locator(".latest-videos-title").all_text_contents()

    def see(self, state: str) -> None:
        """Wait until the section is in this state."""
        self.page.locator(f'.latest-videos[data-state="{state}"]').wait_for()

    def picture(self, name: str, *, full: bool = False) -> None:
        """Keep a picture in build/screenshots."""
        driver.PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=driver.PICTURES / f"demobin-{name}.png", full_page=full)


@pytest.fixture
def lantern() -> Iterator[Upstream]:
    with upstream() as known:
        yield known


@pytest.fixture
def site(lantern: Upstream) -> Iterator[Callable[..., str]]:
    """Starts a customer's site as its README says; gives its address."""
    started: list[subprocess.Popen[str]] = []

    def start(**settings: str) -> str:
        given = {"LANTERN_TOKEN": TOKEN, "LANTERN_API": lantern.address, "PORT": "0", **settings}
        running = subprocess.Popen(
            [sys.executable, str(DEMO / "server.py")],
            env={**os.environ, **given},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(running)
        assert running.stderr is not None
        return running.stderr.readline().strip()

    yield start
    for each in started:
        each.terminate()
        each.communicate(timeout=10)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page as a visitor from somewhere."""
    contexts: list[BrowserContext] = []

    def open_page(address: str, **visitor: Any) -> Visit:
        settings = {"locale": "en-GB", "timezone_id": "Europe/London", **visitor}
        settings.setdefault("viewport", {"width": 900, "height": 640})
        context = browser.new_context(**settings)
        contexts.append(context)
        made = Visit(context.new_page())
        made.page.set_default_timeout(20_000)
        made.page.goto(address)
        return made

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def practice(company: Company) -> Iterator[Running]:
    running = processes.start(company=company.folder)
    yield running
    running.end()


def test_without_videos_the_page_says_so(visit: Callable[..., Visit], site: Callable[..., str]):
    shown = visit(site())
    shown.see("empty")
    status = shown.page.get_by_role("status")
    expect(status).to_have_text("There are no videos yet. Come back soon.")
    assert shown.titles() == []
    expect(shown.page.get_by_role("button")).to_have_count(0)
    shown.picture("0-videos")
    assert shown.complaints == []


def test_one_video_has_title_length_day_and_link(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    lantern.videos = [video(7, title="Spring gala, live", duration_ms=4_920_000)]
    shown = visit(site())
    shown.see("shown")
    card = shown.page.get_by_role("listitem")
    expect(card).to_have_count(1)
    link = card.get_by_role("heading", level=3).get_by_role("link", name="Spring gala, live")
    expect(link).to_have_attribute("href", "https://play.lantern.example/video00007")
    expect(card.locator(".latest-videos-length")).to_have_text("1 hr 22 mins")
    expect(card.locator("time")).to_have_text("8 Mar 2026")
    expect(card.locator("time")).to_have_attribute("datetime", "2026-03-08T07:30:00.000Z")
    expect(shown.page.get_by_role("status")).to_be_empty()
    shown.picture("1-video")
    assert shown.complaints == []


def test_three_hundred_videos_are_shown_when_three_hundred_are_wanted(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    lantern.videos = [video(n) for n in range(341, 0, -1)]
    shown = visit(site(LANTERN_HOW_MANY="300"))
    shown.see("shown")
    titles = shown.titles()
    assert (len(titles), titles[0], titles[-1]) == (300, "Video 341", "Video 42")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not shown.page.evaluate(wide)
    shown.picture("300-videos")
    assert shown.complaints == []


@pytest.mark.parametrize("width", [320, 900])
def test_titles_full_of_markup_are_text(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream, width: int
):
    lantern.videos = [video(50 - n, title=title) for n, title in enumerate(MARKUP)]
    address = site(LANTERN_HOW_MANY="20")
    shown = visit(address, viewport={"width": width, "height": 900})
    shown.see("shown")
    assert shown.titles() == [*MARKUP[:-1], "Video without a title"]
    assert shown.page.title() == "Latest videos: a demo"
    assert shown.page.locator(".latest-videos-title a *").count() == 0
    hebrew = shown.page.locator(".latest-videos-title a", has_text="פתיחת")
    assert hebrew.evaluate("link => getComputedStyle(link).direction") == "rtl"
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not shown.page.evaluate(wide)
    shown.picture(f"markup-{width}", full=True)
    assert shown.complaints == []


def test_an_address_that_is_no_web_address_is_no_link(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    lantern.videos = [video(1, embed_url="javascript:document.title='taken over'")]
    shown = visit(site())
    shown.see("shown")
    expect(shown.page.get_by_role("link")).to_have_count(0)
    assert shown.titles() == ["Video 1"]


@pytest.mark.parametrize(
    ("locale", "zone", "day", "length"),
    [
        ("en-GB", "Europe/London", "31 Mar 2026", "4 mins 20 secs"),
        ("en-US", "America/Los_Angeles", "Mar 31, 2026", "4 min 20 sec"),
        ("de-DE", "Asia/Kolkata", "01.04.2026", "4 Min. 20 Sek."),
        ("ar-EG", "Australia/Sydney", "٠١\u200f/٠٤\u200f/٢٠٢٦", "٤ د ٢٠ ث"),
    ],
)
def test_each_visitor_sees_the_day_it_was_where_they_are_in_their_language(
    visit: Callable[..., Visit],
    site: Callable[..., str],
    lantern: Upstream,
    locale: str,
    zone: str,
    day: str,
    length: str,
):
    lantern.videos = [video(1, created_at="2026-03-31T20:00:00.000Z", duration_ms=259_600)]
    shown = visit(site(), locale=locale, timezone_id=zone)
    shown.see("shown")
    expect(shown.page.locator("time")).to_have_text(day)
    expect(shown.page.locator(".latest-videos-length")).to_have_text(length)


@pytest.mark.parametrize(
    ("milliseconds", "length"),
    [(0, "0 sec"), (59_600, "1 min"), (3_599_700, "1 hr"), (7_260_000, "2 hr 1 min"), (None, "")],
)
def test_lengths_are_rounded_to_what_a_clock_would_say(
    visit: Callable[..., Visit],
    site: Callable[..., str],
    lantern: Upstream,
    milliseconds: int | None,
    length: str,
):
    lantern.videos = [video(1, duration_ms=milliseconds)]
    shown = visit(site(), locale="en-US")
    shown.see("shown")
    expect(shown.page.locator(".latest-videos-length")).to_have_text(length)


def test_a_failure_is_told_and_can_be_tried_again_with_the_keyboard(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    lantern.videos = [video(1)]
    shown = visit(site())
    shown.see("shown")
    shown.page.route("**/latest-videos.json", lambda route: route.abort())
    shown.page.reload()
    shown.see("error")
    status = shown.page.get_by_role("status")
    expect(status).to_have_text("The videos cannot be shown at the moment.")
    shown.picture("error")
    shown.page.unroute("**/latest-videos.json")
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_role("button", name="Try again")).to_be_focused()
    shown.page.keyboard.press("Enter")
    shown.see("shown")
    assert shown.titles() == ["Video 1"]
    expect(shown.page.get_by_role("heading", name="Latest videos")).to_be_focused()
    expect(shown.page.get_by_role("button")).to_have_count(0)
    shown.page.keyboard.press("Tab")
    expect(shown.page.get_by_role("link", name="Video 1")).to_be_focused()
    shown.picture("focus")
    assert all("Failed to load" in each for each in shown.complaints)


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_what_lantern_refuses_is_the_same_calm_sentence(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream, status: int
):
    lantern.refusal = (status, {}, b"<h1>the inside of an error</h1>")
    shown = visit(site())
    shown.see("error")
    assert "inside of an error" not in "".join(shown.answers.values())
    assert not [each for each in shown.complaints if "Failed to load" not in each]


def test_while_it_waits_the_page_says_so_and_keeps_still_for_who_wants_it(
    visit: Callable[..., Visit], site: Callable[..., str]
):
    address = site()
    for motion, moves in (("no-preference", True), ("reduce", False)):
        shown = visit("about:blank", reduced_motion=motion)
        shown.page.route("**/latest-videos.json", lambda route: None)
        shown.page.goto(address)
        shown.see("loading")
        expect(shown.page.get_by_role("status")).to_have_text("Loading the videos …")
        assert shown.page.locator('.latest-videos[aria-busy="true"]').count() == 1
        animation = shown.page.get_by_role("status").evaluate(
            "status => getComputedStyle(status).animationName"
        )
        assert (animation != "none") is moves
        shown.page.unroute_all(behavior="ignoreErrors")


def test_without_javascript_a_sentence_stands_there(
    visit: Callable[..., Visit], site: Callable[..., str]
):
    shown = visit(site(), java_script_enabled=False)
    assert "shown with JavaScript" in shown.page.content()
    expect(shown.page.get_by_role("button")).to_have_count(0)


def test_texts_stand_out_from_their_background(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    address = site(LANTERN_HOW_MANY="1")
    empty = visit(address)
    empty.see("empty")
    assert min(empty.page.locator(".latest-videos-status").evaluate_all(CONTRAST)) >= 4.5
    lantern.videos = [video(1)]
    shown = visit(site())
    shown.see("shown")
    texts = "h2, .latest-videos-title a, .latest-videos-length, time"
    found = shown.page.locator(texts).evaluate_all(CONTRAST)
    assert len(found) == 4
    assert min(found) >= 4.5
    button = ".latest-videos-again"
    assert min(shown.page.locator(button).evaluate_all(CONTRAST)) >= 4.5


def test_pictures_are_shown_when_they_are_switched_on_and_a_missing_one_is_no_hole(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    lantern.videos = [video(2), video(1)]
    address = site()
    shown = visit("about:blank")
    poster = (DEMO / "poster.svg").read_bytes()
    shown.page.route(
        "https://cdn.lantern.example/v/video00002/**",
        lambda route: route.fulfill(body=poster, content_type="image/svg+xml"),
    )
    shown.page.route("https://cdn.lantern.example/v/video00001/**", lambda route: route.abort())

    def switched_on(route: Any) -> None:
        text = (DEMO / "index.html").read_text(encoding="utf-8")
        changed = text.replace('data-pictures="no"', 'data-pictures="yes"')
        policy = "default-src 'self'; img-src 'self' https://cdn.lantern.example"
        headers = {"Content-Security-Policy": policy}
        route.fulfill(body=changed, content_type="text/html", headers=headers)

    shown.page.route(f"{address}/", switched_on)
    shown.page.goto(address)
    shown.see("shown")
    first, second = shown.page.locator(".latest-videos-picture").all()
    expect(first).to_have_attribute("src", "https://cdn.lantern.example/v/video00002/thumb.jpg")
    expect(second).to_have_attribute("src", re.compile(r"poster\.svg$"))


def test_the_browser_asks_the_customer_s_site_alone_and_never_sees_the_token(
    visit: Callable[..., Visit], site: Callable[..., str], lantern: Upstream
):
    lantern.videos = [video(n) for n in range(3, 0, -1)]
    address = site()
    shown = visit(address)
    shown.see("shown")
    shown.page.wait_for_load_state("networkidle")
    assert {each.removeprefix(address) for each in shown.answers} >= {
        *("/", "/latest-videos.css", "/latest-videos.js", "/latest-videos.json", "/poster.svg")
    }
    assert [each for each in shown.answers if not each.startswith(address)] == []
    assert lantern.tokens == [f"Bearer {TOKEN}"]
    assert TOKEN not in "".join(shown.answers.values())
    assert TOKEN not in shown.page.content()
    assert shown.complaints == []


def test_the_practice_api_shows_the_list_and_the_demo_on_an_account_of_300_videos(
    visit: Callable[..., Visit], practice: Running
):
    shown = visit(f"{practice.address}/demobin", viewport={"width": 900, "height": 420})
    shown.picture("list")
    shown.page.get_by_role("link", name="Latest videos").click()
    shown.see("shown")
    assert shown.page.url == f"{practice.address}/demobin/latest-videos/"
    assert len(shown.titles()) == 3
    shown.page.wait_for_load_state("networkidle")
    shown.picture("latest-videos")
    assert [each for each in shown.answers if not each.startswith(practice.address)] == []
    for token in (practice.reading, practice.writing):
        assert token not in "".join(shown.answers.values())
    assert shown.complaints == []
