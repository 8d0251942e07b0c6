"""The corrections as a patch: `patch` and `git apply` make the corrected record of the original with it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus import NAMES, record
from minutes_cli.edits import view
from minutes_cli.errors import UsageError
from minutes_cli.export.encode import corrected_bytes
from minutes_cli.export.model import Options
from minutes_cli.export.patch import write_patch
from minutes_cli.ingest import read, understand
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Document, Edit, Source, Span
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

TOOLS = {"patch": ["patch", "-s", "-p1", "-i"], "git": ["git", "apply", "--whitespace=nowarn"]}


def _applied(folder: Path, tool: str, name: str, raw: bytes, patch: bytes) -> bytes:
    """The bytes of the file *name* after *tool* was given the *patch*."""
    if shutil.which(tool) is None:
        pytest.fail(f"{tool} is not installed; apt-get install {tool}")
    (folder / name).write_bytes(raw)
    (folder / "x.patch").write_bytes(patch)
    command = [*TOOLS[tool], "x.patch"]
    if tool == "patch":
        command.insert(1, "--binary")
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=30)
    return (folder / name).read_bytes()


def _patch(document: Document) -> bytes:
    return b"".join(write_patch([document], Options()))


def _document(raw: bytes, name: str = "record.txt") -> Document:
    return parse(normalize(understand(name, raw)).view)


def _edited(source: Source, *changes: tuple[str, str]) -> Document:
    """A record in which the first of every pair of words is corrected to the second, at its first place."""
    places = sorted((source.text.index(before), before, after) for before, after in changes)
    edits = [Edit(Span(at, at + len(before)), before, after, "made") for at, before, after in places]
    return parse(view(source, edits))


SPEECH = (
    "○議長（山田太郎君）　開会します。\n　県民の二ーズを伺います。\n　お願ひ申し上げます。\n○鈴木委員　分かりました。\n"
)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    ("what", "raw"),
    {
        "UTF-8": SPEECH.encode(),
        "UTF-8 with a mark": b"\xef\xbb\xbf" + SPEECH.encode(),
        "CRLF": SPEECH.replace("\n", "\r\n").encode(),
        "no line end at the end": SPEECH.rstrip("\n").encode(),
        "form feeds": SPEECH.replace("\n　お", "\n\f　お").encode(),
        "CP932": SPEECH.encode("cp932"),
        "EUC-JP, CRLF": (SPEECH * 4).replace("\n", "\r\n").encode("euc_jp"),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_patch_makes_the_corrected_record(tmp_path: Path, tool: str, what: str, raw: bytes) -> None:
    document = _document(raw)
    corrected = corrected_bytes(document.view)
    assert corrected != raw, what
    assert _applied(tmp_path, tool, "record.txt", raw, _patch(document)) == corrected


@pytest.mark.parametrize("tool", TOOLS)
def test_an_encoding_whose_characters_have_no_bytes_of_their_own(tmp_path: Path, tool: str) -> None:
    raw = (SPEECH * 3).encode("iso2022_jp")
    document = _document(raw)
    assert document.view.source.encoding == "iso-2022-jp"
    made = _applied(tmp_path, tool, "record.txt", raw, _patch(document))
    assert made.decode("iso2022_jp") == document.view.text


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", NAMES)
def test_every_record_of_ours(tmp_path: Path, tool: str, name: str) -> None:
    path = record(name)
    seen = normalize(read(str(path))).view
    seen = seen._replace(source=seen.source._replace(name=path.name))
    patch = _patch(parse(seen))
    assert bool(patch) is bool(seen.edits)
    if patch:
        raw = path.read_bytes()
        assert _applied(tmp_path, tool, path.name, raw, patch) == seen.text.encode()


def test_several_records_in_one_patch(tmp_path: Path) -> None:
    raw = SPEECH.encode()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(raw)
    patch = b"".join(write_patch([_document(raw, "a.txt"), _document(raw, "b.txt")], Options()))
    corrected = corrected_bytes(_document(raw).view)
    assert _applied(tmp_path, "patch", "a.txt", raw, patch) == corrected
    assert (tmp_path / "b.txt").read_bytes() == corrected


def test_a_record_without_corrections_gives_nothing() -> None:
    assert list(write_patch([_document("○議長　開会します。\n".encode())], Options())) == []


@pytest.mark.parametrize("name", ["a b.txt", "記録.txt", "r\udce3.txt"])
def test_names_that_are_hard_to_write(tmp_path: Path, name: str) -> None:
    raw = SPEECH.encode()
    document = _document(raw, name)
    assert _applied(tmp_path, "patch", name, raw, _patch(document)) == corrected_bytes(document.view)


def test_a_line_end_in_a_name_cannot_forge_a_header() -> None:
    patch = _patch(_document(SPEECH.encode(), "a\n+++ b/etc/passwd"))
    assert patch.count(b"\n+++ ") == 1


def test_a_file_that_is_no_text_says_what_the_patch_is_for(tmp_path: Path) -> None:
    source = from_text(SPEECH, "record.pdf")._replace(media_type="application/pdf", raw=b"%PDF-1.7")
    document = _edited(source, ("二ーズ", "ニーズ"))
    patch = _patch(document)
    assert patch.startswith(b"# Corrections of the text that minutes read out of record.pdf; the file itself cannot be")
    made = _applied(tmp_path, "patch", "record.pdf.txt", SPEECH.encode(), patch)
    assert made.decode() == document.view.text


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    source = from_text("○議長　はしごだか。\n", "record.txt", encoding="cp932")
    with pytest.raises(UsageError, match=r"record\.txt: '𠮷' cannot be written in cp932"):
        _patch(_edited(source, ("はしごだか", "𠮷")))
