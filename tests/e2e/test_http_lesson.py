"""The lesson on HTTP in the browser: it talks to the API, and leads to a page that asks the API."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from champion import places
from champion.api import processes
from champion.api.processes import Running
from champion.checking import key
from champion.checking.key import Task

from .driver import PICTURES, Learner, OpenLab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LESSON = "lessons/2-api/01-http.ipynb"
PAGE = "/demobin/latest-videos/"
ASKED = "a-page-that-asks-show-1"


@pytest.fixture(scope="module")
def task(lab: OpenLab) -> Task:
    """The first task of the lesson, as its key has it; the lab has built the keys."""
    found = key.read(places.keys() / "2-api/01-http.json").task("how-many-videos")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def practice(lab: OpenLab) -> Running:
    """The practice API that the lab has started for the work folder."""
    return processes.found(lab.work / ".champion" / "api")


def newest(practice: Running) -> list[str]:
    """The titles of the account's three newest videos that can be watched, as the API has them."""
    answer = httpx.get(
        f"{practice.address}/v1/videos",
        params={"sort_by": "created", "order": "desc", "per_page": 20},
        headers={"Authorization": f"Bearer {practice.reading}"},
        trust_env=False,
    )
    ready = [video["title"] for video in answer.json() if video["status"] == "ready"]
    return ready[:3]


def test_a_lesson_talks_to_the_api_and_leads_to_a_page_that_shows_the_accounts_videos(
    learner: Learner, lab: OpenLab, task: Task, practice: Running
):
    learner.go_to(LESSON)
    learner.run("champion-load-1")
    assert "The practice API answers at $LANTERN." in learner.run("a-door-for-programs-show-1")
    assert "<Response [200 OK]>" in learner.run("ask-setup-1")
    assert practice.ask("GET", "status")["requests"] == 1
    assert "'video_count': " in learner.run("ask-show-2")
    assert "America/Vancouver" in learner.run("ask-show-3")

    whole = next(wrong for wrong in task.wrong if wrong.name == "everything")
    answer, check = f"{task.slug}-answer", f"{task.slug}-check"
    learner.write(answer, whole.source)
    learner.run(answer)
    assert f"✗ {task.title}: not yet. {whole.says.split('.')[0]}." in learner.run(check)
    learner.bring_to_top(answer)
    learner.picture("http-1-wrong")
    learner.write(answer, task.reference)
    learner.run(answer)
    learner.press(check, "Check")
    learner.wait_for_words(check, f"✓ {task.title}: right.")
    learner.bring_to_top("ask-show-3")
    learner.picture("http-2-right")

    wanted = newest(practice)
    learner.run(ASKED)
    address = f"{practice.address}{PAGE}"
    link = learner.cell(ASKED).get_by_role("link", name=address)
    learner.bring_to_top(ASKED)
    learner.picture("http-3-link")
    with learner.page.context.expect_page() as opened:
        link.click()
    shown = opened.value
    assert shown.url == address
    titles = shown.locator(".latest-videos-title")
    expect(titles).to_have_text(wanted)
    expect(titles).to_have_count(3)
    shown.screenshot(path=PICTURES / "http-4-page.png")
    assert practice.reading not in shown.content()

    assert titles.first.inner_text() in learner.run("a-page-that-asks-show-2")
    assert '"latest-videos/1"' in learner.run("a-page-that-asks-show-3")
