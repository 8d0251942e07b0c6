"""One headless Chromium for all tests here. A machine without it skips them; a CI server without it fails."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hand_summary import summary
from minutes_cli.export.report import write_report

from .chromium import ARGUMENTS, executable

HINT = "no Chromium found; apt-get install chromium, or say where it is in MINUTES_CHROMIUM"


@pytest.fixture(scope="session")
def browser():
    """The browser."""
    path = executable()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(HINT)
        pytest.skip(HINT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class Opened:
    """A page in a tab: what it asked for, what of that failed, and what it said in the console."""

    tab: object
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def search(self, words: str) -> str:
        """Type *words* into the search box, and give back what the page says to them."""
        self.tab.fill("#query", words)
        self.tab.wait_for_selector("#text:not([aria-busy])")  # the search is made a moment after the last letter
        return self.status()

    def status(self) -> str:
        """What the page says of hits."""
        return self.tab.inner_text("#status")

    def visible(self, selector: str) -> list[str]:
        """The ids of the elements behind *selector* that can be seen."""
        return self.tab.evaluate(
            "s => [...document.querySelectorAll(s)].filter(e => e.getClientRects().length).map(e => e.id)", selector
        )

    def choose(self, *names: str) -> None:
        """Tick these speakers and no others."""
        for label in self.tab.query_selector_all("#who label"):
            box = label.query_selector("input")
            box.set_checked(label.query_selector("span").inner_text() in names)


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """A function that writes the page of some records and returns its path."""

    def write(*records, most=1_000_000) -> Path:
        path = tmp_path_factory.mktemp("page") / "report.html"
        path.write_bytes(b"".join(write_report(records, summary([a for _, a in records], most))))
        return path

    return write


@pytest.fixture
def opened(browser):
    """A function that opens a page in a tab of its own, with options for the tab; it is closed after the test."""
    contexts = []

    def open_page(path: Path, **options) -> Opened:
        fragment = options.pop("fragment", "")
        context = browser.new_context(**{"locale": "ja-JP", "viewport": {"width": 1200, "height": 900}, **options})
        contexts.append(context)
        page = Opened(context.new_page())
        page.tab.on("request", lambda request: page.requests.append(request.url))
        page.tab.on("requestfailed", lambda request: page.failed.append(f"{request.url} {request.failure}"))
        page.tab.on("console", lambda line: page.said.append(f"{line.type}: {line.text}"))
        page.tab.on("pageerror", lambda error: page.said.append(f"error: {error}"))
        page.tab.on("dialog", lambda dialog: (page.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.tab.goto(path.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
