"""PDF: records printed in every way councils print them give the turns of their text; what cannot be read is said."""

from __future__ import annotations

import re
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from tests.corpus import document, record, tight

from making_pdf import A4, FLAT, HEADER, SIZE, Made, canvas, one_column, page, two_columns, two_tiers, vertical
from minutes_cli.errors import IngestError
from minutes_cli.ingest import read as read_file
from minutes_cli.ingest import understand
from minutes_cli.ingest.pdf import process as pdf_process
from minutes_cli.ingest.pdf import read
from minutes_cli.model import Document, Source
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse

#: Not here: records that hold page marks of their own, and those whose lines mean something else when they are wrapped.
PRINTED = (
    ("one", "long-plenary"),
    ("one", "long-committee"),
    ("one", "long-council"),  # with a heading at the foot of a page
    ("one", "circle-below"),
    ("one", "circle-same-line"),
    ("one", "colon"),
    ("one", "bracket-square"),
    ("one", "bare-plain"),
    ("one", "spaced-out"),
    ("one", "question-answer"),
    ("two", "long-plenary"),
    ("two", "long-council"),
    ("two", "long-committee"),
    ("two", "circle-below"),
    ("two", "bare-verbatim"),
    ("down", "long-plenary"),
    ("down", "long-council"),
    ("down", "colon"),
    ("tiers", "long-plenary"),
    ("tiers", "long-committee"),
)
WAYS = {"one": one_column, "two": two_columns, "down": vertical, "tiers": two_tiers}


def turns(found: Document) -> list[tuple[str, str]]:
    return [(tight(turn.label), tight(turn.text)) for turn in found.turns]


def rules(source: Source) -> dict[str, str]:
    return {finding.rule: finding.message for finding in source.findings}


def text(raw: bytes) -> str:
    return read(raw, "a.pdf", None).text


def without_edges(source: Source) -> str:
    """The text of *source* without running headers and page numbers."""
    lines = [tight(line) for line in source.text.splitlines()]
    return "".join(line for line in lines if line != tight(HEADER) and not re.fullmatch(r"-\d+-", line))


@pytest.mark.parametrize(("way", "name"), PRINTED)
def test_a_printed_record_gives_the_turns_of_its_text_and_the_pages_where_they_begin(way: str, name: str) -> None:
    made = WAYS[way](read_file(str(record(name))).text)
    found = parse(normalize(understand("a.pdf", made.raw)).view)
    wanted = document(name)
    assert turns(found) == turns(wanted)
    assert [turn.page for turn in found.turns] == [made.pages[turn.lines[0]] for turn in wanted.turns]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_lost_and_nothing_added(way: str) -> None:
    original = read_file(str(record("long-plenary"))).text
    assert without_edges(read(WAYS[way](original).raw, "a.pdf", None)) == tight(original)


def test_every_place_says_its_page_and_printed_numbers_are_the_pages() -> None:
    original = read_file(str(record("long-plenary"))).text
    made = one_column(original, first=41)
    source = read(made.raw, "a.pdf", None)
    at = source.text.index("日程第２、諸般の報告")
    line = next(i for i, line in enumerate(original.splitlines(), 1) if "日程第２、諸般の報告" in line)
    assert source.where(at) == f"page {made.pages[line]}"
    wanted = [made.pages[turn.lines[0]] + 40 for turn in document("long-plenary").turns]
    assert [turn.page for turn in parse(normalize(source).view).turns] == wanted


def test_running_headers_are_furniture_also_with_numbers_in_them() -> None:
    made = one_column(read_file(str(record("long-plenary"))).text, header="潮見市会議録　{}", numbers="{}")
    source = read(made.raw, "a.pdf", None)
    marked = {source.text[hint.span.start : hint.span.end] for hint in source.hints}
    assert marked == {f"潮見市会議録　{n}" for n in range(1, source.text.count("\f") + 2)}


def test_the_front_across_the_page_and_the_rest_in_columns() -> None:
    original = read_file(str(record("long-plenary"))).text
    front = original.split("○議長", 1)[0].count("\n")
    source = read(two_columns(original, front).raw, "a.pdf", None)
    assert without_edges(source) == tight(original)


# --- what a reader should know ---------------------------------------------------------------------------------------


def test_radicals_and_other_forms_are_kept_and_reported_once_for_a_page() -> None:
    source = read(page((80, 80, "⼀つの⼀般質問を行います。"), (80, 100, "二つ目です。")), "a.pdf", None)
    assert source.text.startswith("⼀つの⼀般質問")
    assert rules(source) == {
        "pdf-radical": "page 1: 2 characters coded as parts of kanji (radicals) where the page shows kanji; "
        "first ⼀ (U+2F00) in: ⼀つの⼀般質問を行"
    }


def test_numbers_of_another_program_are_kept_and_reported() -> None:
    source = read(page((80, 80, "市長(cid:1234)は述べた(cid:7)。")), "a.pdf", None)
    assert "(cid:1234)" in source.text
    assert rules(source)["pdf-cid"].startswith("page 1: 2 characters that another program could not read")


def test_ligatures_are_written_as_letters_and_reported() -> None:
    source = read(page((80, 80, "ｅ－Ｌタックスはoﬃceです。")), "a.pdf", None)
    assert "office" in source.text
    assert rules(source)["pdf-ligature"].startswith("page 1: 1 ligature")


def test_text_outside_of_the_page_is_left_out_and_counted() -> None:
    source = read(page((80, 80, "見える文です。"), (900, 80, "外です")), "a.pdf", None)
    assert source.text == "見える文です。\n"
    assert rules(source) == {"pdf-hidden-text": "page 1: 3 characters outside of what the page shows, left out"}


def test_a_glyph_without_a_character_is_shown_as_such() -> None:
    raw = page((80, 80, "市\ue000長"))
    assert rules(read(raw, "a.pdf", None))["pdf-private"].startswith("page 1: 1 character that only the font")


def test_invisible_text_of_a_scan_is_read() -> None:
    made, finish = canvas()
    layer = made.beginText(80, 700)
    layer.setFont(FLAT, SIZE)
    layer.setTextRenderMode(3)
    layer.textLine("読み取られた文です。")
    made.drawText(layer)
    made.showPage()
    assert text(finish()) == "読み取られた文です。\n"


def scan(made: Canvas) -> None:
    made.drawInlineImage(_picture(), 0, 0, *A4)
    made.showPage()


def _picture() -> object:
    from PIL import Image

    return Image.new("L", (20, 20), 200)


def test_a_scan_is_said_to_be_one_with_the_command_that_helps() -> None:
    made, finish = canvas()
    scan(made)
    scan(made)
    with pytest.raises(IngestError) as error:
        read(finish(), "第1回 会議録.pdf", None)
    assert str(error.value) == (
        "第1回 会議録.pdf: a scanned PDF: 2 pages without text; make it readable with: "
        "ocrmypdf -l jpn '第1回 会議録.pdf' text.pdf, and read text.pdf"
    )


def test_scanned_pages_among_others_are_reported() -> None:
    made, finish = canvas()
    made.setFont(FLAT, SIZE)
    made.drawString(80, 700, "これは文字のあるページの文です。")
    made.showPage()
    scan(made)
    scan(made)
    source = read(finish(), "a.pdf", None)
    assert source.text.count("\f") == 2
    assert rules(source)["pdf-scanned-page"].startswith("pages 2-3 without text")


# --- what cannot be read ---------------------------------------------------------------------------------------------


def refused(raw: bytes) -> str:
    with pytest.raises(IngestError) as error:
        read(raw, "a.pdf", None)
    message = str(error.value)
    assert message.startswith("a.pdf: ") and "\n" not in message
    return message


def test_a_password_is_asked_for_in_words() -> None:
    from io import BytesIO

    out = BytesIO()
    made = Canvas(out, encrypt=StandardEncryption("geheim", canPrint=1))
    made.drawString(80, 700, "text")
    made.save()
    assert "needs a password" in refused(out.getvalue())


def test_damaged_files() -> None:
    whole = page((80, 80, "文です。"))
    assert "damaged" in refused(whole[: len(whole) // 3])
    assert "damaged" in refused(b"%PDF-1.4\n" + bytes(range(256)) * 20)
    assert refused(page()) == "a.pdf: a PDF without text"


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(bodies) + 1, table, len(bodies) + 1, len(out))


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
LEAF = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), entries, packed)


def one_page(content: bytes, form: bytes = b"null") -> bytes:
    return objects(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", LEAF, stream(content), FONT, form)


def test_too_many_pages() -> None:
    kids = b" ".join(b"3 0 R" for _ in range(100_000))
    raw = objects(CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids, LEAF, b"null", FONT, b"null")
    assert "100,000 pages, and one record may have 10,000 at most" in refused(raw)


def test_a_tree_of_pages_that_leads_back_to_itself() -> None:
    assert refused(objects(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 7>>"))


def test_a_page_that_unpacks_to_more_than_memory_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MAX_MEMORY", 250_000_000)
    message = refused(one_page(b" " * 200_000_000))
    assert "too much time or memory on page 1 of 1" in message


def test_a_page_that_draws_itself() -> None:
    draws = b"/X Do BT /F 10 Tf 80 700 Td (abc) Tj ET"
    form = stream(
        draws, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    )
    assert "abc" in text(one_page(draws, form))


def test_a_page_with_more_characters_than_it_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MAX_GLYPHS", 100)
    made: Made = one_column("あいうえお、かきくけこ。\n" * 60)
    assert "none of whose pages can be read" in refused(made.raw)
