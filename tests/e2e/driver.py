"""Drives JupyterLab as a learner would: opens notebooks, types into cells, runs them, presses.

Wait for "| Idle" before running a cell: Shift+Enter before the kernel is there is lost silently.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, Locator, Page, sync_playwright

COURSE = Path(__file__).resolve().parents[2]
PICTURES = COURSE / "build" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 60_000
"""Milliseconds to wait for anything: a busy machine is slow, a test that hangs is worse."""


def browser_path() -> str | None:
    """The browser on this machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser of the machine's own, in English."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser_path(), args=list(QUIET))
        yield opened
        opened.close()


@dataclass(frozen=True)
class OpenLab:
    """A lab that was started with `champion lab`.

    Attributes:
        root: its address without a path.
        token: what lets a browser in.
        start: the address it printed.
        work: the learner's folder.
        inbox: the team's folder for what is handed in.
        process: the command.
    """

    root: str
    token: str
    start: str
    work: Path
    inbox: Path
    process: subprocess.Popen[str]


@contextmanager
def open_lab(work: Path, inbox: Path) -> Iterator[OpenLab]:
    """`champion lab` on a work folder, from the command to Ctrl-C."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("champion"), "lab", "--no-browser"],
        cwd=COURSE,
        env={**os.environ, "CHAMPION_WORK": str(work), "CHAMPION_INBOX": str(inbox)},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        address = _ready_address(process)
        parts = urlsplit(address)
        token = parts.query.removeprefix("token=")
        root = f"{parts.scheme}://{parts.netloc}"
        yield OpenLab(root, token, address, work, inbox, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def _ready_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"Ready\s+(http\S+)", line):
            return found[1]
    raise AssertionError("champion lab never said Ready:\n" + "".join(said))


class Learner:
    """Someone at the browser, with one lab."""

    def __init__(self, page: Page, lab: OpenLab) -> None:
        self.page = page
        self.lab = lab
        self.name = ""
        page.set_default_timeout(PATIENCE)

    def see_start_page(self) -> None:
        """Open the address that the command printed."""
        self.page.goto(self.lab.start)
        self.page.locator(".jp-MarkdownViewer h1").first.wait_for()

    def go_to(self, name: str) -> None:
        """Open a notebook of the work folder alone, and wait until it is on the screen.

        A workspace of its own: the lab would open again what somebody else has left open.
        """
        desk = f"{self.lab.root}/lab/workspaces/{uuid4().hex}"
        self.page.goto(f"{desk}/tree/{quote(name)}?token={self.lab.token}")
        self.see_notebook(name)

    def see_notebook(self, name: str) -> None:
        """Wait until the notebook in front is on the screen."""
        self.name = name
        self.panel().locator(".jp-Cell").first.wait_for()

    def panel(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def cell(self, cell_id: str) -> Locator:
        """A cell, by its id in the file."""
        path = self.lab.work / self.name
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        place = next(at for at, each in enumerate(cells) if each["id"] == cell_id)
        found = self.panel().locator(".jp-Notebook .jp-Cell").nth(place)
        found.scroll_into_view_if_needed()
        return found

    def write(self, cell_id: str, text: str) -> None:
        """Replace what stands in a cell."""
        self.cell(cell_id).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def run(self, cell_id: str) -> str:
        """Run a cell as a learner does; the text of its output."""
        self.wait_until_idle()
        cell = self.cell(cell_id)
        prompt = cell.locator(".jp-InputPrompt").first
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self._wait_for_another_number(prompt, before)
        self.wait_until_idle()
        return self.output(cell_id)

    def add_below(self, cell_id: str, text: str) -> None:
        """Add a cell below another one, write into it, and stay in it."""
        self.cell(cell_id).locator(".jp-InputPrompt").first.click()
        self.page.keyboard.press("B")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(text)

    def run_selected(self) -> str:
        """Run the cell one is in; the text of its output."""
        self.wait_until_idle()
        cell = self.panel().locator(".jp-Notebook .jp-Cell.jp-mod-active")
        self.page.keyboard.press("ControlOrMeta+Enter")
        self._wait_for_another_number(cell.locator(".jp-InputPrompt").first, "[ ]:")
        self.wait_until_idle()
        output = cell.locator(".jp-OutputArea").first
        output.evaluate("shown => shown.scrollIntoView({block: 'end'})")
        return output.inner_text()

    def wait_for_words(self, cell_id: str, words: str) -> None:
        """Wait until words stand below a cell."""
        self.cell(cell_id).locator(".jp-OutputArea").get_by_text(words).first.wait_for()

    def output(self, cell_id: str) -> str:
        """The text below a cell."""
        return self.cell(cell_id).locator(".jp-OutputArea").first.inner_text()

    def press(self, cell_id: str, button: str) -> None:
        """Press a button below a cell, by the word on it."""
        self.cell(cell_id).locator(".jp-OutputArea button", has_text=button).first.click()

    def wait_until_idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()

    def save(self) -> None:
        """Save the notebook in front, and wait until the file is written."""
        path = self.lab.work / self.name
        before = path.stat().st_mtime_ns
        self.page.keyboard.press("ControlOrMeta+S")
        deadline = time.monotonic() + PATIENCE / 1000
        while path.stat().st_mtime_ns == before and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)

    def bring_to_top(self, cell_id: str) -> None:
        """Scroll until a cell is the first one on the screen."""
        self.cell(cell_id).evaluate("cell => cell.scrollIntoView({block: 'start'})")

    def picture(self, name: str) -> Path:
        """Keep a picture of what is on the screen in build/screenshots."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def _wait_for_another_number(self, prompt: Locator, before: str) -> None:
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            now = prompt.inner_text()
            if now != before and re.fullmatch(r"\[\d+\]:", now):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"the cell did not run: its prompt is {prompt.inner_text()}")
