"""The programs that open what we write. A machine without one skips its tests; a CI server without it fails them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus import NAMES
from minutes_cli.export import WRITERS, Options
from parsed import parsed

PYTHON = Path(__file__).resolve().parents[2] / ".venv" / "clients" / "bin" / "python"
CLIENTS = "no .venv/clients; make it with sh tests/clients/install.sh"
WARNINGS = [
    "-W",
    "error",
    "-W",
    "ignore::DeprecationWarning",
    "-W",
    "ignore::FutureWarning",
    "-W",
    "ignore::SyntaxWarning",
]
OFFICE = "no LibreOffice found; apt-get install libreoffice-calc-nogui libreoffice-writer-nogui"


def missing(hint: str) -> None:
    """Skip, or fail on a CI server, and say what is missing."""
    if os.environ.get("CI"):
        pytest.fail(hint)
    pytest.skip(hint)


@pytest.fixture(scope="session")
def client():
    """A function that runs a Python script with real libraries, on some arguments, and gives what it prints as JSON.

    A warning may be a complaint about our file, so it fails; but for those of libraries about one another.
    """
    if not PYTHON.exists():
        missing(CLIENTS)

    def run(script: str, *arguments: object) -> Any:
        done = subprocess.run(
            [PYTHON, *WARNINGS, "-c", script, *map(str, arguments)], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """A function that writes records of the corpus, by default all, in a format, and gives the path of the file."""

    @cache
    def write(form: str, names: tuple[str, ...] = tuple(NAMES), file: str | None = None) -> Path:
        path = tmp_path_factory.mktemp("written") / (file or f"records{WRITERS[form].suffix}")
        path.write_bytes(b"".join(WRITERS[form].write(map(parsed, names), Options())))
        return path

    return write


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A function that converts a file with LibreOffice and gives the folder with what comes out."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing(OFFICE)
    profile = tmp_path_factory.mktemp("profile")

    def convert(path: Path, to: str) -> Path:
        out = tmp_path_factory.mktemp("converted")
        done = subprocess.run(
            [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
            + ["--convert-to", to, "--outdir", out, path],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert "rror" not in done.stdout + done.stderr
        assert list(out.iterdir()), done.stdout + done.stderr
        return out

    return convert


class Site:
    """A Datasette that runs: ask it for pages."""

    def __init__(self, address: str) -> None:
        self._address = address

    def page(self, path: str, **asked: str) -> str:
        """The page at *path*; any but 200 OK is an error."""
        query = "?" + urllib.parse.urlencode(asked) if asked else ""
        with urllib.request.urlopen(self._address + path + query, timeout=30) as answer:
            return answer.read().decode()

    def rows(self, path: str, **asked: str) -> list[dict[str, Any]]:
        """The rows of the table, view or query at *path*."""
        return json.loads(self.page(f"{path}.json", _shape="array", **asked))


@pytest.fixture(scope="session")
def datasette():
    """A function that serves a database over loopback, for as long as its block lasts."""
    if not PYTHON.exists():
        missing(CLIENTS)

    @contextmanager
    def serve(path: Path, *options: object) -> Iterator[Site]:
        command = [PYTHON, "-m", "datasette", "serve", path, "--port", "0", *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            try:
                said = []
                for line in process.stderr:  # ends when the process does
                    said.append(line)
                    if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                        yield Site(found[1])
                        return
                pytest.fail("".join(said))
            finally:
                process.terminate()

    return serve
