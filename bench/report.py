"""`python -m bench.report [MEGABYTES]`: how long the page of that many MB (5) takes to make, open, search and filter.

Times are those of this machine: compare them with the load of an empty page and with each other. The summary on the
page is put together by hand, so that only the page is measured. Needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure, at_most, missing
from bench.measure import ROOT
from bench.records import stenographic

sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import ARGUMENTS, executable
from hand_summary import read_by_hand, summary
from minutes_cli.export.report import write_report

#: Words from frequent to rare, as they would be typed: each letter is a search of its own.
_SEARCHES = ("の", "ます", "会議", "子ども 事業", "ＡＩ", "見つからない語")
_RECORDS = 10
_MAKE, _EMPTY = "make the page", "open an empty page"

_SEARCH = """async (words) => {
  const query = document.getElementById("query");
  const start = performance.now();
  query.value = words;
  query.dispatchEvent(new Event("input", {bubbles: true}));
  await new Promise((done) => setTimeout(done, 151));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [performance.now() - start, document.getElementById("status").textContent];
}"""
_FILTER = """async () => {
  const start = performance.now();
  document.querySelector("#who input").click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [performance.now() - start, document.getElementById("status").textContent];
}"""
_LOADED = "() => { const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd - t.startTime; }"


class Taken(NamedTuple):
    """A step, the milliseconds that it took, what the page said then."""

    name: str
    milliseconds: float
    note: str = ""


def steps(megabytes: float) -> Iterator[Taken]:
    """Make the page, open it beside an empty one, search, filter."""
    from playwright.sync_api import sync_playwright

    size = int(megabytes * 1_000_000 / _RECORDS)
    records = [read_by_hand(stenographic(size, seed), f"record-{seed}.txt", fix=False) for seed in range(_RECORDS)]
    told = summary([analysis for _, analysis in records], 200)
    start = time.perf_counter()
    page = b"".join(write_report(records, told))
    yield Taken(_MAKE, 1000 * (time.perf_counter() - start), f"{len(page) / 1e6:.1f} MB of {megabytes:g} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for name, data in ((_EMPTY, b"<!DOCTYPE html><title>-</title>"), ("open the page", page)):
            path = Path(folder, "page.html")
            path.write_bytes(data)
            tab = browser.new_page()
            tab.goto(path.as_uri())
            yield Taken(name, tab.evaluate(_LOADED))
        for words in _SEARCHES:
            yield Taken(f"search {words}", *tab.evaluate(_SEARCH, words))
        tab.evaluate(_SEARCH, "")
        yield Taken("filter by speaker", *tab.evaluate(_FILTER))
        browser.close()


def page(megabytes: float = 5) -> list[Figure]:
    """Milliseconds of every step; where there is no browser a row that says so."""
    what = f"report of {megabytes:g} MB"
    if executable() is None:
        return [missing(f"{what} in a browser", "NOT INSTALLED: Chromium (tests/browser/install.sh)")]
    taken = list(steps(megabytes))
    empty = next(step.milliseconds for step in taken if step.name == _EMPTY)
    return [
        at_most(f"{what}: {step.name}", step.milliseconds, "ms", f"{_EMPTY} {empty:.0f} ms; {step.note}".rstrip("; "),
                None, baseline_value=None if step.name == _MAKE else empty)
        for step in taken
        if step.name != _EMPTY
    ]  # fmt: skip


def main(megabytes: float) -> None:
    """Print a table."""
    for step in steps(megabytes):
        print(f"{step.milliseconds:9.0f} ms  {step.name}  {step.note}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
