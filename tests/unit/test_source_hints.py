"""What a file says of its text beside the text: headings, furniture, places, findings, pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.edits import view
from minutes_cli.errors import IngestError
from minutes_cli.export.json import document_to_dict
from minutes_cli.ingest import collect
from minutes_cli.ingest.collect import Collector
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Anchor, BlockKind, Edit, Hint, HintKind, Source, Span
from minutes_cli.parse import parse

SPEECHES = [
    ("○議長（氷室孝志君）", "これより会議を開きます。"),
    ("○町長（橘川怜子君）", "係船料は平成十三年から変わっておりません。"),
    ("○議長（氷室孝志君）", "質疑を終わります。"),
]


def _collected(*, furniture: str = "", heading: str = "") -> Source:
    collector = Collector("record.docx", "application/x-made-up")
    for number, (label, text) in enumerate(SPEECHES, 1):
        if furniture:
            collector.line(furniture, "header", furniture=True)
        if heading and number == 2:
            collector.line(heading, "heading 1", heading=2)
        collector.line(f"{label}　{text}", f"paragraph {number}")
    return collector.source(b"PK")


def test_places_lead_back_to_the_file() -> None:
    turns = document_to_dict(parse(_collected()))["turns"]
    assert [turn["place"] for turn in turns] == ["paragraph 1", "paragraph 2", "paragraph 3"]
    assert [turn["lines"] for turn in turns] == [[1, 1], [2, 2], [3, 3]]


def test_a_text_has_no_such_places() -> None:
    record = from_text("".join(f"{label}　{text}\n" for label, text in SPEECHES))
    assert [turn["place"] for turn in document_to_dict(parse(record))["turns"]] == [None, None, None]


def test_furniture_is_kept_as_such_and_said_by_nobody() -> None:
    document = parse(_collected(furniture="潮見町　トップページ　＞　議会"))
    assert [turn.text for turn in document.turns] == [text for _, text in SPEECHES]
    kept = [document.view.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.FURNITURE]
    assert kept == ["潮見町　トップページ　＞　議会\n"] * 3


def test_a_heading_of_the_file_is_a_section_whatever_it_looks_like() -> None:
    document = parse(_collected(heading="係船料はいくらか"))
    assert [(section.heading, section.level) for section in document.sections] == [("係船料はいくらか", 2)]
    assert [turn.text for turn in document.turns] == [text for _, text in SPEECHES]
    assert not parse(from_text(_collected(heading="係船料はいくらか").text)).sections


def test_a_label_in_the_style_of_a_heading_stays_a_label() -> None:
    collector = Collector("record.docx", "application/x-made-up")
    for label, text in SPEECHES:
        collector.line(label, heading=3)
        collector.line(f"　{text}")
    document = parse(collector.source(b"PK"))
    assert [turn.text for turn in document.turns] == [text for _, text in SPEECHES]
    assert not document.sections


def test_hints_hold_after_corrections() -> None:
    source = _collected(furniture="潮見町　議会", heading="係船料")
    edits = [
        Edit(Span(at, at + 2), "議長", "議長代理", "rule")
        for at in (source.text.find("議長"), source.text.rfind("議長"))
    ]
    document = parse(view(source, edits))
    kept = [document.view.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.FURNITURE]
    assert kept == ["潮見町　議会\n"] * 3
    assert [section.heading for section in document.sections] == ["係船料"]


def test_what_a_reader_reports_is_a_finding_of_the_document() -> None:
    collector = Collector("record.docx", "application/x-made-up")
    span = collector.line("○議長　開会します。")
    collector.report("picture", "a picture is left out", span)
    assert [(f.rule, f.span) for f in parse(collector.source(b"PK")).findings][-1] == ("picture", span)


@given(st.lists(st.text(st.characters(exclude_categories=[])), max_size=8), st.data())
def test_collected_lines_stay_lines(lines: list[str], data: st.DataObject) -> None:
    collector = Collector("record.docx", "application/x-made-up")
    spans = [collector.line(line) for line in ["会議録", *lines]]
    source = collector.source(b"PK")
    assert len(source.line_starts) == len(lines) + 1
    assert [span.start for span in spans] == list(source.line_starts)
    source.text.encode()
    for line, span in zip(lines, spans[1:], strict=True):
        if line.isprintable():
            assert source.text[span.start : span.end] == line


def test_a_text_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "MAX_CHARACTERS", 100)
    collector = Collector("bomb.docx", "application/x-made-up")
    with pytest.raises(IngestError, match=r"bomb\.docx: more than 100 characters"):
        for _ in range(20):
            collector.line("あ" * 10)


def test_no_text_at_all_is_refused() -> None:
    collector = Collector("empty.docx", "application/x-made-up")
    collector.page_break()
    collector.line("　")
    with pytest.raises(IngestError, match=r"empty\.docx: only pictures"):
        collector.source(b"PK", empty="only pictures")


@given(st.text("あいう", max_size=30), st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    """from_source leads to the corrected text, and to_source from there back to the same place, edits aside."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [
        Edit(Span(a, b), text[a:b], data.draw(st.text("xyz", max_size=3)), "rule")
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    seen = view(from_text(text), edits)
    last = 0
    for offset in range(len(text) + 1):
        there = seen.from_source(offset)
        assert last <= there <= len(seen.text)
        last = there
        inside = [edit.span for edit in edits if edit.span.start <= offset < edit.span.end]
        if not inside and offset < len(text):
            assert seen.text[there] == text[offset]
        elif inside:
            assert seen.to_source(there, there).start <= inside[0].end


@pytest.mark.parametrize(
    ("feet", "numbers"),
    [
        (["", "- 1 -", "- 2 -", "- 3 -"], [1, 2, 3]),  # a cover without a number
        (["- 12 -", "", "- 14 -", "- 15 -"], [12, 13, 14, 15]),  # one page without
        (["", "", "", ""], [1, 2, 3, 4]),
        (["- 5 -", "", "", ""], [1, 2, 3, 4]),  # one alone may be anything
    ],
)
def test_pages_that_form_feeds_part(feet: list[str], numbers: list[int]) -> None:
    pages = [f"○議長（氷室孝志君）　第{n}の件を議題とします。\n{foot}\n" for n, foot in enumerate(feet)]
    document = parse(from_text("\f".join(pages)))
    assert [page.number for page in document.pages] == numbers
    assert [turn.page for turn in document.turns][-len(numbers) :] == numbers


def test_hints_and_anchors_are_values() -> None:
    source = _collected(heading="質疑")
    assert source.where(0) == "paragraph 1"
    assert source.anchors[1] == Anchor(source.line_starts[1], "heading 1")
    start = source.line_starts[1]
    assert source.hints == (Hint(HintKind.HEADING, Span(start, start + 2), 2),)
    assert not source.is_text


@pytest.mark.parametrize(("first", "pages"), [(1, [1, 2]), (7, [6, 7, 8])])
def test_what_stands_before_the_mark_of_page_1_is_on_no_page(first: int, pages: list[int]) -> None:
    said = [f'<PAGE="{first + i}">\n{label}　{text}\n' for i, (label, text) in enumerate(SPEECHES[:2])]
    assert [page.number for page in parse(from_text("潮見町議会会議録\n" + "".join(said))).pages] == pages
