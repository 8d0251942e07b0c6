"""What a file is, by what it holds: the name says nothing about it."""

from __future__ import annotations

import io
import zipfile

import pytest

from minutes_cli.ingest.formats import FORMATS, format_of

TEXT = "○会長（山田太郎君）　これより会議を開きます。\n○田中委員　予算の内訳を伺います。\n"
PAGE = "<!DOCTYPE html>\n<html><head><title>会議録</title></head><body><p>○会長　開会します。</p></body></html>\n"
PARTS = "<div>\n<p>○会長　開会します。</p>\n<p>○委員　はい。</p>\n<p>○会長　閉会します。</p>\n</div>\n"


_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def _package(*names: str, first: bytes = b"", main: str = "") -> bytes:
    """A package with these parts; the mimetype that stands *first*, or the type of the *main* part."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        if first:
            package.writestr("mimetype", first)
        for name in names:
            package.writestr(name, "<a/>")
        if main:
            package.writestr("[Content_Types].xml", f'<Override PartName="/a.xml" ContentType="{main}"/>')
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\0" * 100 + b"%PDF-1.4\n" + b"startxref\n0\n%%EOF", "PDF"),
        (_package("word/document.xml", main=_MAIN.format("wordprocessingml.document")), "Word (docx)"),
        (_package("word/other.xml", main="application/vnd.ms-word.document.macroEnabled.main+xml"), "Word (docx)"),
        (_package("xl/workbook.xml", main=_MAIN.format("spreadsheetml.sheet")), "Excel (xlsx)"),
        (_package("ppt/presentation.xml", main=_MAIN.format("presentationml.presentation")), "plain text"),
        (_package("word/document.xml"), "plain text"),
        (_package("content.xml", first=b"application/vnd.oasis.opendocument.text"), "OpenDocument text"),
        (_package("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "plain text"),
        (_package("ppt/presentation.xml"), "plain text"),
        (PAGE.encode(), "HTML"),
        (PAGE.encode("cp932"), "HTML"),
        (b"\xef\xbb\xbf\r\n" + PAGE.encode(), "HTML"),
        (PAGE.encode("utf-16"), "HTML"),
        (b'<?xml version="1.0" encoding="EUC-JP"?>\n' + PAGE.encode("euc-jp"), "HTML"),
        (b"<!-- saved from a site -->\n" + PAGE.encode(), "HTML"),
        (b"<HTML><BODY BGCOLOR=white><PRE>\n" + TEXT.encode() * 40 + b"</PRE></BODY></HTML>", "HTML"),
        (PARTS.encode(), "HTML"),
        ((PAGE + TEXT * 200).encode(), "plain text"),
        (('<p class="a">資料</p>\n' + TEXT * 20).encode(), "plain text"),
        (b"<PAGE=1>\n" + TEXT.encode(), "plain text"),
        (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nhello\n", "WebVTT"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nhello\r\n", "SubRip"),
        ("1\n午前10時開会\n".encode(), "plain text"),
        (b'{"numberOfRecords":1,"meetingRecord":[]}', "JSON of the Diet's minutes API"),
        (b'\xef\xbb\xbf\n{"speechRecord":[]}', "JSON of the Diet's minutes API"),
        (b'{"format":"minutes/1"}', "JSON that minutes wrote"),
        (("{{first:2020}}\n# speechRecord\n" + TEXT).encode(), "plain text"),
        (TEXT.encode(), "plain text"),
        (b"", "plain text"),
        (b"PK\x03\x04", "plain text"),
    ],
)
def test_by_content(raw: bytes, name: str) -> None:
    for called in ("record.txt", "record.pdf", "record", "-"):
        assert format_of(raw, called).name == name


@pytest.mark.parametrize("called", ["a.md", "a.MARKDOWN"])
def test_markdown_by_its_name_and_only_if_it_is_text(called: str) -> None:
    assert format_of(TEXT.encode(), called).name == "Markdown"
    assert format_of(PAGE.encode(), called).name == "HTML"


def test_the_last_row_always_fits_and_suffixes_are_of_one_row() -> None:
    assert FORMATS[-1].fits(b"\0anything", "x") is True
    suffixes = [suffix for row in FORMATS for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
