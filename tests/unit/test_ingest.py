"""Bytes and paths: what is read, in which encoding, where lines start, and what is said when it fails."""

import os

import pytest

from minutes_cli import ingest
from minutes_cli.cli._place import refuse_in_place
from minutes_cli.errors import IngestError, UsageError
from minutes_cli.ingest import text as text_module
from minutes_cli.ingest import understand
from minutes_cli.ingest.formats import FORMATS, Format, format_of
from minutes_cli.ingest.text import canonical_encoding, decode, from_text, line_starts
from minutes_cli.model import Source

RECORD = "○議長（山田太郎君）　これより会議を開きます。\n○市長（鈴木花子君）　お答えいたします。\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc-jp", "iso-2022-jp"],
)
def test_each_encoding_is_recognised_and_named(encoding):
    raw = RECORD.encode(encoding)
    source = decode(raw, "a.txt")
    assert (source.text, source.encoding, source.raw) == (RECORD, encoding, raw)


@pytest.mark.parametrize(
    ("text", "encoding", "used"),
    [
        ("①㈱髙橋でございます。", "cp932", "cp932"),
        ("①これは付番です。", "euc-jis-2004", "euc-jis-2004"),
        ("ｶﾀｶﾅをふくむ。", "iso-2022-jp-ext", "iso-2022-jp-ext"),
        ("plain ASCII", "ascii", "utf-8"),
    ],
)
def test_inferred_encoding(text, encoding, used):
    raw = text.encode(encoding)
    assert (decode(raw, "a").text, decode(raw, "a").encoding) == (text, used)


def test_big_endian_marks():
    assert decode(b"\xfe\xff" + RECORD.encode("utf-16-be"), "a").text == RECORD
    assert decode(b"\x00\x00\xfe\xff" + RECORD.encode("utf-32-be"), "a").text == RECORD


def test_euc_jp_is_not_taken_for_the_half_width_kana_of_cp932():
    raw = "ありがとう。".encode("euc-jp")
    assert raw.decode("cp932")  # it would pass
    assert decode(raw, "a").encoding == "euc-jp"


def test_half_width_kana_stay_cp932():
    assert decode("ｶｲｷﾞﾛｸ ｱｲｳ".encode("cp932"), "a").text == "ｶｲｷﾞﾛｸ ｱｲｳ"


def test_stray_escape_does_not_make_iso_2022_jp():
    assert decode("会議\x1b$Bの記録".encode(), "a").encoding == "utf-8"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("UTF8", "utf-8"),
        ("Shift_JIS", "cp932"),
        ("sjis", "cp932"),
        ("eucJP", "euc-jp"),
        ("ISO-2022-JP", "iso-2022-jp"),
    ],
)
def test_encoding_names(name, canonical):
    assert canonical_encoding(name) == canonical


def test_forced_encoding_wins_and_leaves_out_the_mark():
    assert decode("あ".encode("cp932"), "a", "sjis").encoding == "cp932"
    source = decode("あ".encode("utf-8-sig"), "a", "utf-8")
    assert (source.text, source.encoding) == ("あ", "utf-8-sig")
    assert decode("あ".encode("utf-16"), "a", "utf-16-le").text == "あ"


@pytest.mark.parametrize(
    ("name", "what", "program"),
    [
        ("a.docx", "Word file", "Word"),
        ("A.XLSX", "Excel workbook", "Excel"),
        ("a.odt", "OpenDocument text", "LibreOffice"),
    ],
)
def test_a_damaged_office_file_is_called_what_it_was(name: str, what: str, program: str) -> None:
    with pytest.raises(IngestError) as refused:
        understand(name, b"PK\x03\x04\x14\x00" + bytes(50))
    assert str(refused.value) == f"{name}: a damaged {what}; open it in {program} and save it again"
    with pytest.raises(IngestError, match=f"a ZIP archive that is no {what}, or a damaged one; open it in {program}"):
        understand(name, b"PK\x05\x06" + bytes(18))


def test_what_is_missing_is_called_as_pip_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    word = format_of(b"", "a.txt")._replace(name="Word (docx)", module="office.docx", extra="docx")
    monkeypatch.setattr("minutes_cli.ingest.office.docx.open_package", lambda *_: (_ for _ in ()).throw(
        ModuleNotFoundError("No module named 'docx.oxml'", name="docx.oxml")))  # fmt: skip
    with pytest.raises(IngestError, match=r"reading Word \(docx\) needs python-docx, which is not installed"):
        word.read(b"PK", "a.docx", None)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_a_file_that_is_no_text_is_called_what_people_call_it(row: Format) -> None:
    source = Source("a", "text", b"", media_type=row.media_type)
    if not row.is_text:
        with pytest.raises(UsageError, match=rf"^a: {row.file} cannot be corrected in place"):
            refuse_in_place(source)
    assert row.is_text == (row.file == "a text file") and "/" not in row.file


@pytest.mark.parametrize(
    ("raw", "encoding", "words"),
    [
        (b"", None, ["a.txt", "empty"]),
        (" 　\r\n".encode(), None, ["white space"]),
        (b"PK\x03\x04\x14\x00", None, ["ZIP", "damaged", "docx"]),
        (b"PK\x05\x06", None, ["empty ZIP"]),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", None, ["XML", "HTML"]),
        (b"abc\x00def", None, ["binary", "byte 3 (0x00)"]),
        (bytes(range(1, 9)) * 10, None, ["binary", "control characters"]),
        (RECORD.encode()[:39] + b"\xff" + RECORD.encode()[39:], None, ["UTF-8 with broken bytes", "byte 39"]),
        (RECORD.encode()[:-2], None, ["UTF-8 with broken bytes"]),
        (
            b"\xff\xff\xff\xfd\x80\x80",
            None,
            ["utf-8, cp932, euc-jp, iso-2022-jp, detector", "byte", "--encoding"],
        ),
        (b"\x1b$B!!\x1b$Bz", None, ["iso-2022-jp", "--encoding"]),
        (b"\xff\xfea", None, ["mark of utf-16", "byte 2"]),
        (RECORD.encode(), "cp932", ["not cp932", "it reads as utf-8"]),
        (RECORD.encode(), "utf-9", ["unknown encoding", "utf-8"]),
        (RECORD.encode(), "base64", ["unknown encoding"]),
        (RECORD.encode(), "unicode_escape", ["unknown encoding"]),
    ],
)
def test_refusals_say_what_where_and_what_to_do(raw, encoding, words):
    with pytest.raises(IngestError) as caught:
        decode(raw, "a.txt", encoding)
    message = str(caught.value)
    assert "\n" not in message
    assert [w for w in words if w not in message] == []


def test_long_line_is_refused(monkeypatch):
    monkeypatch.setattr(text_module, "MAX_LINE", 20)
    assert decode(("あ" * 20).encode(), "a").text
    with pytest.raises(IngestError, match="line 2 has 21 characters"):
        decode(("あ\n" + "い" * 20 + "\nう").encode(), "a")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", (0,)),
        ("a", (0,)),
        ("a\n", (0,)),
        ("a\nb", (0, 2)),
        ("a\r\nb\r\n", (0, 3)),
        ("a\rb", (0, 2)),
        ("a\r\rb\r\nc", (0, 2, 3, 6)),
        ("a\fb\n\fc", (0, 2, 4, 5)),
        ("\n\n", (0, 1)),
        ("a\x0bb\x1cc\x85d\u2028e", (0,)),  # ends of lines for str.splitlines only
    ],
)
def test_line_starts(text, starts):
    assert line_starts(text) == starts


def test_place_counts_from_one():
    source = from_text("ab\r\ncd\fe")
    assert [tuple(source.place(i)) for i in (0, 3, 4, 7, 8)] == [(1, 1), (1, 4), (2, 1), (3, 1), (3, 2)]


# --- files -----------------------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Records in two folders, beside hidden, foreign and looping things."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "b.txt",
        "a.md",
        "sub/c.TXT",
        "sub/deep/d.text",
        ".hidden/e.txt",
        ".f.txt",
        "g.pdf",
        "h[1].txt",
    ):
        path = tmp_path / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD, encoding="utf-8")
    (tmp_path / "records/sub/loop").symlink_to(tmp_path / "records", target_is_directory=True)
    return tmp_path


def test_a_folder_is_walked_sorted_without_hidden_files_and_loops(tree):
    assert list(ingest.find(["records"])) == [
        "records/a.md",
        "records/b.txt",
        "records/g.pdf",
        "records/h[1].txt",
        "records/sub/c.TXT",
        "records/sub/deep/d.text",
    ]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("records/*.txt", ["records/b.txt", "records/h[1].txt"]),
        ("records/**/*.t*xt", ["records/b.txt", "records/h[1].txt", "records/sub/deep/d.text"]),
        ("**/c.TXT", ["records/sub/c.TXT"]),
        ("records/h[1].txt", ["records/h[1].txt"]),
        ("-", ["-"]),
        ("records/g.pdf", ["records/g.pdf"]),
        ("missing.txt", ["missing.txt"]),
    ],
)
def test_find(tree, pattern, found):
    assert list(ingest.find([pattern])) == found


def test_find_goes_on_after_a_fault(tree):
    (tree / "empty").mkdir()
    faults = []
    found = list(ingest.find(["empty", "*.none", "records/b.txt"], faults.append))
    assert found == ["records/b.txt"]
    words = list(map(str, faults))
    assert "empty: no records" in words[0] and ".txt" in words[0]
    assert "*.none: no file matches" in words[1]
    with pytest.raises(IngestError, match="no records"):
        list(ingest.find(["empty"]))


def test_read_says_which_encoding(tree):
    (tree / "x.txt").write_bytes(RECORD.encode("cp932"))
    source = ingest.read("x.txt")
    assert (source.name, source.encoding, len(source.sha256)) == ("x.txt", "cp932", 64)


def test_unknown_suffix_is_read_as_text_when_named(tree):
    (tree / "record.log").write_text(RECORD, encoding="utf-8")
    assert ingest.read("record.log").text == RECORD


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing.txt", "no such file"),
        ("records/b.txt/x", "no such file"),
        ("records", "a folder"),
        ("missing.pdf", "no such file"),
        (os.devnull, "not a regular file"),
        ("a\0b", "cannot be read"),
    ],
)
def test_unreadable_paths(tree, path, words):
    with pytest.raises(IngestError) as caught:
        ingest.read(path)
    assert words in str(caught.value)


def test_a_named_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(IngestError, match="not a regular file"):
        ingest.read(str(tmp_path / "pipe.txt"))


def test_no_permission(tree, monkeypatch):
    def denied(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", denied)
    with pytest.raises(IngestError, match="no permission"):
        ingest.read("records/b.txt")


def test_folder_without_permission(tree, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", denied)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    faults = []
    assert list(ingest.find(["records"], faults.append)) == []
    assert [str(f) for f in faults] == [
        "records: cannot look into this folder (Permission denied); check its permissions"
    ]
