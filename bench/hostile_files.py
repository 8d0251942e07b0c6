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
from collections.abc import Callable
from pathlib import Path

from tests import making_office

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
    for number, body in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = sum(map(len, parts))
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


def measure(path: Path) -> tuple[float, float, int, int, str]:
    """CPU seconds, wall seconds, bytes of memory, exit code and first line of ``minutes parse`` on *path*."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")}
    program = (
        "import resource, subprocess, sys\n"
        "run = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, run.returncode)\n"
        "print((run.stderr or run.stdout).split(chr(10))[0])\n"
    )
    started = time.perf_counter()
    words = [sys.executable, "-c", program, sys.executable, "-m", "minutes_cli", "parse", "--no-turns", str(path)]
    out = subprocess.run(words, capture_output=True, text=True, check=True, env=environment).stdout
    wall = time.perf_counter() - started
    figures, line, *_ = out.split("\n")
    cpu, memory, code = figures.split()
    return float(cpu), wall, int(memory), int(code), line


def main(names: list[str]) -> int:
    """Measure and print; 1 when a limit does not hold."""
    failed = False
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, make) in FILES.items():
            if names and name not in names:
                continue
            path = Path(folder, file)
            path.write_bytes(make())
            cpu, wall, memory, code, line = measure(path)
            over = (cpu > SECONDS or memory > BYTES) and not name.endswith("limit")
            failed = failed or over
            said = line.replace(str(folder) + os.sep, "")
            size = path.stat().st_size / 1e6
            mark = "  OVER THE LIMIT" if over else ""
            figures = f"{size:6.1f} MB  {cpu:5.1f} s CPU  {wall:5.1f} s  {memory / 1e6:5.0f} MB  {code}"
            print(f"{name:16} {figures}  {said}{mark}", flush=True)
            path.unlink()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
