"""Files that are made to cost time and memory: each is refused, or read, within 10 s and 1 GB.

``python -m bench.hostile_files [NAME …]`` makes each file, runs ``minutes parse`` on it in a process of its own, and
prints CPU time, wall time, the most memory of it and its children, the exit code and the first line of what it says.
Files whose name ends in ``limit`` lie just below a limit: the worst that is still read. Exits 1 when one of the others
takes more than 10 s of CPU time or 1 GB.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import making_office

from bench.figures import Figure, at_most, no_more_than
from bench.measure import environment
from bench.records import CORPUS
from minutes_cli.ingest.html import limits
from minutes_cli.ingest.office import odt, packages, xlsx

SECONDS, BYTES = 10.0, 1_000_000_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zip_bomb() -> bytes:
    """A Word file of 3 MB whose text is 3 GB of one character."""
    file = io.BytesIO(making_office.docx_of("会議録\n"))
    with zipfile.ZipFile(file) as old:
        parts = {info.filename: old.read(info) for info in old.infolist() if info.filename != "word/document.xml"}
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>'.encode())
            for _ in range(3_000):
                part.write(b"a" * 1_000_000)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return new.getvalue()


def entity_bomb() -> bytes:
    """A Word file whose XML defines entities of entities of entities (a billion laughs)."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE w [<!ENTITY e0 "lol">{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e9;</w:t>'
    text += "</w:r></w:p></w:body></w:document>"
    return making_office.changed(making_office.docx_of("会議録\n"), {"word/document.xml": text})


def entity_bomb_xml() -> bytes:
    """The same as a file of plain XML."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "lol">{entities}]><a>&e9;</a>'.encode()


def _pdf(objects: list[str]) -> bytes:
    parts, places = [b"%PDF-1.7\n"], []
    start = len(parts[0])
    for number, body in enumerate(objects, 1):
        places.append(start)
        parts.append(f"{number} 0 obj\n{body}\nendobj\n".encode())
        start += len(parts[-1])
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return b"".join([*parts, tail.encode()])


def many_pages() -> bytes:
    """A PDF with 100,000 empty pages."""
    kids = " ".join(f"{n} 0 R" for n in range(3, 100_003))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return _pdf(["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count 100000/Kids[{kids}]>>", *[page] * 100_000])


def looped_pages() -> bytes:
    """A PDF whose tree of pages leads back to its root, again and again."""
    kids = "2 0 R " * 1_000 + "3 0 R"
    tree = f"<</Type/Pages/Count 2000000000/Kids[{kids}]>>"
    return _pdf(["<</Type/Catalog/Pages 2 0 R>>", tree, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"])


def nested_html() -> bytes:
    """A page with a million tags inside each other."""
    return b"<html><body>" + b"<div>\n" * 1_000_000 + "会議録".encode() + b"</div>" * 1_000_000 + b"</body></html>"


def html_limit() -> bytes:
    """A page with as many elements as may be."""
    return b"<html><body>" + "<p>あ</p>\n".encode() * (limits.MAX_ELEMENTS - 10) + b"</body></html>"


def docx_limit() -> bytes:
    """A Word file with as many elements as may be, each paragraph of one character."""
    paragraph = "<w:p><w:r><w:t>あ</w:t></w:r></w:p>"
    return making_office.docx_with(paragraph * ((packages.MAX_NODES - 60_000) // 3))


def odt_limit() -> bytes:
    """An OpenDocument text with as many elements as may be."""
    paragraph = "<text:p>あ</text:p>" * (odt.MAX_NODES - 10_000)
    whole = making_office.odt_of("会議録\n")
    return making_office.changed(
        whole, {"content.xml": lambda old: old.replace("</office:text>", paragraph + "</office:text>")}
    )


def xlsx_limit() -> bytes:
    """A workbook with as many cells as may be."""
    rows = (xlsx.MAX_NODES - 100_000) // 16
    return making_office.xlsx_of([["発言者", "発言"], *(["山田", "あ"] for _ in range(rows))])


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip-bomb": ("bomb.docx", zip_bomb),
    "entity-bomb": ("laughs.docx", entity_bomb),
    "entity-bomb-xml": ("laughs.xml", entity_bomb_xml),
    "many-pages": ("pages.pdf", many_pages),
    "looped-pages": ("loop.pdf", looped_pages),
    "nested-html": ("nested.html", nested_html),
    "html-limit": ("limit.html", html_limit),
    "docx-limit": ("limit.docx", docx_limit),
    "odt-limit": ("limit.odt", odt_limit),
    "xlsx-limit": ("limit.xlsx", xlsx_limit),
}


class Cost(NamedTuple):
    """What ``minutes parse`` took for a file of so many bytes, its exit code and the first line of what it said."""

    size: int
    cpu: float
    wall: float
    memory: int
    code: int
    line: str

    @property
    def over(self) -> bool:
        """Whether it took too much."""
        return self.cpu > SECONDS or self.memory > BYTES


def measure(path: Path) -> Cost:
    """What ``minutes parse`` takes for *path*, in a process of its own."""
    program = (
        "import resource, subprocess, sys\n"
        "run = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, run.returncode)\n"
        "print((run.stderr or run.stdout).split(chr(10))[0])\n"
    )
    started = time.perf_counter()
    words = [sys.executable, "-c", program, sys.executable, "-m", "minutes_cli", "parse", "--no-turns", str(path)]
    out = subprocess.run(words, capture_output=True, text=True, check=True, env=environment()).stdout
    wall = time.perf_counter() - started
    figures, line, *_ = out.split("\n")
    cpu, memory, code = figures.split()
    said = line.replace(f"{path.parent}{os.sep}", "")
    return Cost(path.stat().st_size, float(cpu), wall, int(memory), int(code), said)


def measured(names: list[str]) -> Iterator[tuple[str, Cost]]:
    """Make each file of *names* (none: all) and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, make) in FILES.items():
            if not names or name in names:
                path = Path(folder, file)
                path.write_bytes(make())
                yield name, measure(path)
                path.unlink()


def hostile_files() -> list[Figure]:
    """Processor time and memory of each file beside a small record; how many take too much, or are not refused."""
    with without_core_files():
        small = measure(CORPUS / "circle-below" / "record.txt")
        costs = dict(measured([]))
    beside = f"a small record {small.cpu:.1f} s, {small.memory / 1e6:.0f} MB"
    figures = []
    for name, cost in costs.items():
        limits = (None, None) if name.endswith("limit") else (SECONDS, BYTES / 1e6)
        words = f"{beside}; {cost.size / 1e6:.1f} MB, exit {cost.code}: {cost.line}"
        figures += [
            at_most(f"hostile file {name}: CPU", cost.cpu, "s", words, limits[0], baseline_value=small.cpu),
            at_most(f"hostile file {name}: memory", cost.memory / 1e6, "MB", beside, limits[1],
                    baseline_value=small.memory / 1e6),
        ]  # fmt: skip
    wrong = [name for name, cost in costs.items() if cost.code != (0 if name.endswith("limit") else 2)]
    words = ", ".join(wrong) or f"refused: {sum(cost.code == 2 for cost in costs.values())}"
    return [*figures, no_more_than("hostile files with another exit code than meant", len(wrong), "", words)]


@contextmanager
def without_core_files() -> Iterator[None]:
    """No core files of processes that are stopped at a limit."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def main(names: list[str]) -> int:
    """Measure and print; 1 when a limit does not hold."""
    failed = False
    with without_core_files():
        for name, cost in measured(names):
            over = cost.over and not name.endswith("limit")
            failed = failed or over
            mark = "  OVER THE LIMIT" if over else ""
            figures = f"{cost.size / 1e6:6.1f} MB  {cost.cpu:5.1f} s CPU  {cost.wall:5.1f} s"
            print(f"{name:16} {figures}  {cost.memory / 1e6:5.0f} MB  {cost.code}  {cost.line}{mark}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
