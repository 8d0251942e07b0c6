"""`python -m bench.report [MEGABYTES]`: how long the page of that many MB (5) takes to make, open, search and filter.

Times are those of this machine: compare them with the load of an empty page and with each other. The summary on the
page is put together by hand, so that only the page is measured. Needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench.measure import ROOT
from bench.records import stenographic

sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import ARGUMENTS, executable
from hand_summary import read_by_hand, summary
from minutes_cli.export.report import write_report

#: Words from frequent to rare, as they would be typed: each letter is a search of its own.
_SEARCHES = ("の", "ます", "会議", "子ども 事業", "ＡＩ", "見つからない語")
_RECORDS = 10

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


def main(megabytes: float) -> None:
    """Print a table."""
    from playwright.sync_api import sync_playwright

    size = int(megabytes * 1_000_000 / _RECORDS)
    records = [read_by_hand(stenographic(size, seed), f"record-{seed}.txt", fix=False) for seed in range(_RECORDS)]
    told = summary([analysis for _, analysis in records], 200)
    start = time.perf_counter()
    page = b"".join(write_report(records, told))
    row(f"make the page ({len(page) / 1e6:.1f} MB of {megabytes:g} MB)", 1000 * (time.perf_counter() - start))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for name, data in (("open an empty page", b"<!DOCTYPE html><title>-</title>"), ("open the page", page)):
            path = Path(folder, "page.html")
            path.write_bytes(data)
            tab = browser.new_page()
            tab.goto(path.as_uri())
            row(name, tab.evaluate(_LOADED))
        for words in _SEARCHES:
            taken, status = tab.evaluate(_SEARCH, words)
            row(f"search {words}", taken, status)
        tab.evaluate(_SEARCH, "")
        taken, status = tab.evaluate(_FILTER)
        row("filter by speaker", taken, status)
        browser.close()


def row(name: str, milliseconds: float, note: str = "") -> None:
    """One line of the table."""
    print(f"{milliseconds:9.0f} ms  {name}  {note}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
