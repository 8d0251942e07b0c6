"""Office packages that would harm: each is refused with one line, before anything of it is built."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.making_office import changed, docx_of, odt_of, xlsx_of

from minutes_cli.errors import IngestError
from minutes_cli.ingest import understand
from minutes_cli.ingest.binary import is_protected_office
from minutes_cli.ingest.office import packages
from minutes_cli.ingest.office.packages import open_package

DOCX = docx_of("○議長（氷室孝志君）　開会します。\n")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def refused(raw, name="記録.docx"):
    with pytest.raises(IngestError) as error:
        open_package(raw, name)
    message = str(error.value)
    assert message.startswith(f"{name}: ") and "\n" not in message and len(message) < 300
    return message


def test_a_package_is_handed_on_with_its_xml_and_without_its_pictures():
    raw = zipped({"a.xml": b"<a/>", "b.png": b"\x89PNG" + b"x" * 100, "c.svg": b"<!DOCTYPE svg><svg/>"})
    package = open_package(raw, "x")
    assert package.xml == {"a.xml": b"<a/>"} and package.others == ("b.png", "c.svg")
    with zipfile.ZipFile(io.BytesIO(package.raw)) as again:
        assert {name: again.read(name) for name in again.namelist()} == {"a.xml": b"<a/>", "b.png": b"", "c.svg": b""}


def test_xml_is_known_by_what_it_is_whatever_it_is_called():
    assert set(open_package(zipped({"a.bin": " <a/>", "b": "<a/>".encode("utf-16")}), "x").xml) == {"a.bin", "b"}
    assert "document type" in refused(zipped({"word/picture.png": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_entities_have_no_place_in_office_files(encoding):
    bomb = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '" + "&a;" * 50 + "'>]><a>&b;</a>"
    xml = f'<?xml version="1.0" encoding="{encoding[:6]}"?>{bomb}'.encode(encoding)
    assert "document type" in refused(zipped({"word/document.xml": xml}))


def test_a_million_elements_in_each_other():
    assert "120 deep" in refused(zipped({"word/document.xml": b"<a>" * 1_000_000 + b"</a>" * 1_000_000}))


def test_encodings_that_office_files_do_not_have():
    assert "'cp037'" in refused(zipped({"a.xml": b'<?xml version="1.0" encoding="cp037"?><a/>'}))


def test_more_xml_than_is_read(monkeypatch):
    monkeypatch.setattr(packages, "MAX_BYTES", 1_000_000)
    assert "more than 1 MB of XML" in refused(BIG)
    open_package(zipped({"a.xml": b"<a>" + b" " * 900_000 + b"</a>"}), "x")


BIG = zipped({"a.xml": b"<a>" + b" " * 600_000 + b"</a>", "b.xml": b"<a>" + b" " * 600_000 + b"</a>"})


def test_more_elements_than_are_read(monkeypatch):
    monkeypatch.setattr(packages, "MAX_NODES", 100)
    assert "more than 100 elements" in refused(zipped({"a.xml": "<a>" + "<b c='' d=''/>" * 40 + "</a>"}))
    open_package(zipped({"a.xml": "<a>" + "<b c='' d=''/>" * 33 + "</a>"}), "x")


def test_more_parts_than_are_read(monkeypatch):
    monkeypatch.setattr(packages, "MAX_PARTS", 10)
    assert "11 parts" in refused(zipped({f"{i}.xml": "<a/>" for i in range(11)}))


def test_pictures_that_say_they_are_enormous(monkeypatch):
    monkeypatch.setattr(packages, "MAX_OTHER_BYTES", 1_000_000)
    assert "3 MB when unpacked" in refused(zipped({"a.png": b"\0" * 3_000_000}))


def test_a_part_that_is_longer_than_it_says():
    raw = bytearray(zipped({"a.xml": b"<a>" + b" " * 100_000 + b"</a>"}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    assert "a damaged file" in refused(bytes(raw))


def test_parts_that_share_their_bytes():
    """Each of a thousand names in the list points at the one part: small on disk, a thousand times as much unpacked."""
    raw = zipped({"a.xml": b"<a>" + b" " * 500_000 + b"</a>"})
    at = raw.index(b"PK\x01\x02")
    end = raw.index(b"PK\x05\x06")
    entry = raw[at:end]
    entries = b"".join(entry.replace(b"a.xml", f"{i:05}".encode()) for i in range(1000))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entries), at, 0)
    assert refused(raw[:at] + entries + tail)


def test_two_parts_of_one_name():
    raw = zipped({"a.xml": "<a/>", "b.xml": "<b/>"}).replace(b"b.xml", b"a.xml")
    assert "same name" in refused(raw)


@pytest.mark.parametrize("raw", [b"", b"PK", b"PK\x03\x04 nothing else", DOCX[:-40], DOCX[: len(DOCX) // 2]])
def test_damaged_archives(raw):
    assert "a damaged file" in refused(raw)


def test_encrypted_parts():
    raw = bytearray(DOCX)
    for mark, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        raw[raw.index(mark) + flag] |= 1
    assert "password" in refused(bytes(raw))


def test_the_container_of_a_protected_word_file():
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    assert is_protected_office(raw) and "password" in refused(raw)
    assert not is_protected_office(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)


def test_a_protected_opendocument_file():
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    raw = changed(odt_of("a"), {"META-INF/manifest.xml": manifest, "content.xml": b"\x93\x01\x22secret"})
    with pytest.raises(IngestError, match="password"):
        understand("a.odt", raw)


@pytest.mark.parametrize(("name", "raw"), [("a.docx", DOCX), ("a.odt", odt_of("a")), ("a.xlsx", xlsx_of([["a"]]))])
@given(data=st.data())
def test_bytes_that_are_changed_are_read_or_refused(name, raw, data):
    damaged = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        understand(name, bytes(damaged))
    except IngestError as error:
        assert "\n" not in str(error)


def test_nothing_outside_is_asked_for():
    """A part that points at the network stays what it is: a name."""
    link = '<Relationship Id="far" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    link += 'Target="http://127.0.0.1:9/styles.xml" TargetMode="External"/></Relationships>'

    def pointing(old):
        return old.replace("styles.xml", "none.xml").replace("</Relationships>", link.format("footnotes"))

    raw = changed(DOCX, {"word/_rels/document.xml.rels": pointing})
    with pytest.raises(IngestError, match="damaged"):
        understand("a.docx", raw)
    raw = changed(
        DOCX, {"word/_rels/document.xml.rels": lambda old: old.replace("</Relationships>", link.format("footnotes"))}
    )
    assert understand("a.docx", raw).text == understand("a.docx", DOCX).text
