"""The reading copies: Markdown that a viewer shows right, HTML that is safe and leads back, the corrected text."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus import NAMES, record
from making_documents import made
from minutes_cli.errors import UsageError
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.copies import matter
from minutes_cli.export.json import write_json
from minutes_cli.export.jsonl import write_jsonl
from minutes_cli.export.results import read_results
from minutes_cli.ingest import read, understand
from minutes_cli.ingest.text import from_text
from minutes_cli.model import BlockKind, Document, Kind, TurnKind
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.passage import PassageKind

_MARKUP = re.compile(r'<a class="line"[^>]*>\d+</a>|<[^>]+>')


@cache
def _document(name: str) -> Document:
    return parse(normalize(read(str(record(name)))).view)


def _parsed(text: str, name: str = "record.txt") -> Document:
    return parse(normalize(from_text(text, name)).view)


def _written(document: Document, to: str) -> str:
    write = WRITERS[to].write
    assert write is not None
    return b"".join(write([document], Options())).decode()


def _back(document: Document) -> Document:
    (back,) = read_results(write_json(document), "a.json")
    return back


def _tight(text: str) -> str:
    return "".join(text.split())


def _words(page: str) -> str:
    """What a reader of a page of HTML sees, without blanks."""
    return _tight(html.unescape(_MARKUP.sub("", page)))


# -- Markdown -----------------------------------------------------------------------------------------------


def test_a_copy_looks_like_this() -> None:
    text = (
        "潮見町議会定例会会議録\n令和7年11月18日（火）\n午前10時開議\n"
        "○議長（山田太郎君）　これより会議を開きます。（拍手）お静かに。\n　日程に入ります。\n"
        "〔「異議なし」と呼ぶ者あり〕\n"
        "○１番（鈴木花子君）　１＊２*３_４について伺います。\n　以上が*一つ目*です。\n散会　午後3時\n"
    )
    assert _written(_parsed(text), "markdown") == (
        "<!-- minutes reading copy 1: verbatim -->\n\n# 潮見町議会定例会会議録\n\n"
        "- 会議：潮見町議会\n- 回次：定例会\n- 日付：2025-11-18\n- 時刻：10:00～15:00\n"
        f"- 原本：record.txt（SHA-256 {hashlib.sha256(text.encode()).hexdigest()}）\n\n"
        "> 潮見町議会定例会会議録  \n> 令和7年11月18日（火）\n\n"
        "*午前10時開議*\n\n"
        "**議長（山田太郎君）** *4–6行*\n\n"
        "これより会議を開きます。 *（拍手）* お静かに。\n\n"
        "日程に入ります。\n\n"
        "*〔「異議なし」と呼ぶ者あり〕*\n\n"
        "**１番（鈴木花子君）** *7–8行*\n\n"
        "１＊２\\*３\\_４について伺います。\n\n"
        "以上が\\*一つ目\\*です。\n\n"
        "---\n\n*散会　午後3時*\n"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_viewer_of_markdown_shows_what_is_said(name: str) -> None:
    document = _document(name)
    shown = MarkdownIt("commonmark").render(_written(document, "markdown"))
    paragraphs = [_words(p) for p in re.findall(r"<p>(.*?)</p>", shown, re.S)]
    seen = "\n".join(paragraphs)
    for turn in document.turns:
        for paragraph in turn.paragraphs if not turn.events else ():
            assert _tight(paragraph) in paragraphs, "a paragraph is a paragraph, and stands as it is"
        assert not turn.label or _tight(turn.label) in seen
    for event in document.events_in_order():
        assert f"<em>{event.text.strip()}</em>" in html.unescape(shown)


@pytest.mark.parametrize("to", ["markdown", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_the_record_is_lost(name: str, to: str) -> None:
    """Headings without marks, points without bullets, demands with their numbers as read; all else as it stands."""
    document = _document(name)
    page = _written(document, to)
    seen = _words(MarkdownIt("commonmark").render(page) if to == "markdown" else page)
    left_out = (BlockKind.FURNITURE, BlockKind.LABEL)
    for block in document.blocks:
        if block.kind in left_out or (document.kind is Kind.PETITION and block.kind is BlockKind.BULLET):
            continue
        for line in re.split(r"[\n\f\r]", document.view.text[block.start : block.end]):
            words = _tight(line).lstrip("#=・•-*>〔≪【○〇◎△■◆").rstrip("=〕≫】")
            assert words in seen, line


def test_demands_of_a_petition_stand_one_inside_the_other() -> None:
    document = _document("petition")
    shown = MarkdownIt("commonmark").render(_written(document, "markdown"))
    assert shown.count("<ul>") == 1 + 1 + sum(item.parent is None for item in document.items)
    for item in document.items:
        assert _tight(item.heading) in _words(shown) and _tight(item.text) in _words(shown)


def test_a_turn_that_a_heading_cuts_stays_one() -> None:
    document = _document("column")
    cut = next(d for d in (_document(name) for name in NAMES) if "続き・" in _written(d, "markdown"))
    again = parse(understand("copy.md", _written(cut, "markdown").encode()))
    assert [turn.text for turn in again.turns] == [turn.text for turn in cut.turns]
    assert document.turns


def test_a_turn_goes_on_behind_a_line_that_ended_it() -> None:
    said = "**議長** *1行*\n\n休みます。\n\n---\n\n*午後零時休憩*\n\n**議長** *続き・1行*\n\n始めます。\n"
    copy = parse(from_text(f"<!-- minutes reading copy 1: verbatim -->\n\n{said}"))
    assert [turn.text for turn in copy.turns] == ["休みます。\n始めます。"]
    assert [event.text for event in copy.events] == ["午後零時休憩"], "it happened outside of the turn"


def test_front_matter_comes_once() -> None:
    document = _document("diet-style")
    cuts, end = matter(PassageKind.FRONT, 0, document, 0)
    assert "袴塚" in "".join(document.view.text[start:stop] for start, stop in cuts)
    assert matter(PassageKind.FRONT, 5, document, end) == ([], end)


def test_who_is_known_from_elsewhere_is_named_beside_the_label() -> None:
    document = _document("column")
    named = next(turn for turn in document.turns if turn.label == "総務課長")
    person = document.speaker(named)
    assert person is not None and person.name == "卜部俊介"
    assert "**総務課長** （卜部俊介） *" in _written(document, "markdown")


def test_what_a_turn_does_and_nobody_is_named_stands_beside_the_place() -> None:
    copy = _written(made([(None, ["なぜか。"], TurnKind.QUESTION, [], False)]), "markdown")
    assert "*―* *質問・1–2行*\n\nなぜか。\n" in copy


def test_a_copy_without_its_first_line_is_a_record_like_others() -> None:
    """Somebody pastes a copy into a wiki: speakers are still found by their bold labels."""
    copy = _written(_document("circle-below"), "markdown").split("\n", 1)[1]
    again = parse(understand("copy.md", copy.encode()))
    record = _document("circle-below")
    assert [turn.label for turn in again.turns] == [turn.label for turn in record.turns]
    assert again.turns[0].text == record.turns[0].text, "the place beside a label is nothing said"


def test_only_a_first_line_of_ours_makes_a_copy() -> None:
    said = "**議長** *1行*\n\n散会\n"
    assert len(parse(from_text(f"<!-- minutes reading copy 1: verbatim -->\n\n{said}")).turns) == 1
    for line in ("<!-- minutes reading copy 2: verbatim -->", "<!-- minutes reading copy 1: speech -->", "議事録"):
        assert parse(from_text(f"{line}\n\n{said}")).layout.score < 1.0


def test_the_user_may_still_say_how_to_read_a_copy() -> None:
    text = _written(_document("colon"), "markdown")
    assert parse(from_text(text), convention="colon-label").layout.convention == "colon-label"


# -- HTML ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    document = _document(name)
    for seen in (document, _back(document)):
        page = _written(seen, "html")
        anchors = re.findall(r' id="([^"]+)"', page)
        assert len(set(anchors)) == len(anchors)
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
        assert {turn.id for turn in document.turns} | {section.id for section in document.sections} <= set(anchors)


def test_a_page_needs_nothing_else_and_runs_nothing() -> None:
    page = _written(_document("circle-below"), "html")
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; img-src data:; style-src 'sha256-{digest}';" in page
    assert not re.search(r"<script|\son\w+=|style=|https?:|url\(|@import", page)
    assert '<html lang="ja">' in page


def test_lines_of_the_original_can_be_reached() -> None:
    document = _document("circle-below")
    page = _written(document, "html")
    turn = document.turns[1]
    lines = document.view.source.text.split("\n")
    number = next(n for n, line in enumerate(lines, 1) if line.endswith(turn.paragraphs[0]))
    assert f'<p id="L{number}"><a class="line" href="#L{number}" title="原本の{number}行">{number}</a>' in page
    assert f'<a class="place" href="#{turn.id}">{turn.lines[0]}–{turn.lines[1]}行</a>' in page


def test_corrections_are_marked_with_what_stood_there() -> None:
    document = _document("scanned-petition")
    assert document.view.edits
    page = _written(document, "html")
    assert f"訂正した箇所（{len(document.view.edits)}か所）" in page
    assert '<ins title="原文：お願ひ">' in page or '<ins title="原文：ひ">い</ins>' in page


HOSTILE = "<script>alert(1)</script>\"'&<b>\u202e\x1b[31m"


def test_nothing_in_a_record_is_markup_of_the_page() -> None:
    document = made([(HOSTILE, [HOSTILE], TurnKind.SPEECH, [HOSTILE], True)], HOSTILE)
    for seen in (document, _back(document)):
        page = _written(seen, "html")
        assert "<script" not in page and "<b>\u202e" not in page
        assert "\u202e" not in page and "\x1b" not in page and "\\u202e" in page
        assert page.count("&lt;script&gt;") >= 3


def test_a_copy_made_of_json_says_what_it_lacks() -> None:
    document = _document("circle-below")
    for to in ("markdown", "html"):
        assert "JSON から作成" not in _written(document, to)
        copy = _written(_back(document), to)
        assert "JSON から作成" in copy
        assert "\ufffd" not in copy
        assert all(_tight(paragraph) in _tight(copy) for turn in document.turns for paragraph in turn.paragraphs)


def test_a_name_that_is_not_utf_8_can_be_written() -> None:
    document = made([("議長", ["開会します。"], TurnKind.SPEECH, [], False)], "r\udce3.txt")
    for to in ("markdown", "html"):
        assert "\\udce3" in _written(document._replace(meeting=document.meeting._replace(title=None)), to).replace(
            "\\\\", "\\"
        )


def _again(page: str) -> Document:
    return parse(understand("copy.html", page.encode()))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_read_again_gives_the_same_turns(name: str) -> None:
    document = _document(name)
    again = _again(_written(document, "html"))
    said = [(turn.label, turn.kind, turn.text) for turn in document.turns]
    assert [(turn.label, turn.kind, turn.text) for turn in again.turns] == said
    assert (again.kind, again.meeting[:4]) == (document.kind, document.meeting[:4])
    happened = ["".join(_tight(event.text) for event in seen.events_in_order()) for seen in (again, document)]
    assert happened[0] == happened[1], "two that stand on one line come in one"


@pytest.mark.parametrize("name", ["circle-below", "column", "trailing", "anonymous-paren"])
def test_a_page_made_of_json_gives_the_turns_that_it_has(name: str) -> None:
    known = _back(_document(name))
    again = _again(_written(known, "html"))
    assert [(turn.label, turn.text) for turn in again.turns] == [(turn.label, turn.text) for turn in known.turns]


_ANY_WORDS = st.text("○議長*_#>-`\\[]<>&\"'|~$+=:1.) 　（拍手）開会します。―続き・行", min_size=1, max_size=20).map(
    str.strip
)


@given(st.lists(st.tuples(_ANY_WORDS.filter(bool), _ANY_WORDS.filter(bool)), min_size=1, max_size=4))
def test_nothing_in_a_turn_is_markup_of_the_copy(said: list[tuple[str, str]]) -> None:
    document = made([(label, [text], TurnKind.SPEECH, [], False) for label, text in said])
    again = _again(_written(document, "html"))
    assert [(turn.label, turn.text) for turn in again.turns] == said


def test_a_turn_of_nobody_is_none_of_a_person_of_that_name() -> None:
    document = made(
        [
            (None, ["なぜか。"], TurnKind.QUESTION, [], False),
            ("発言者の記載なし", ["はい。"], TurnKind.SPEECH, [], False),
        ]
    )
    again = _again(_written(document, "html"))
    assert [turn.label for turn in again.turns] == [None, "発言者の記載なし"]
    assert again.turns[0].kind is TurnKind.QUESTION


def test_what_somebody_wrote_into_a_page_is_not_lost() -> None:
    page = _written(_document("circle-below"), "html")
    noted = page.replace("<main>", "<main>書き込み一<div>書き込み二</div>").replace(
        "</article>", "</article>書き込み三", 1
    )
    source = understand("copy.html", noted.encode())
    assert [source.text.count(words) for words in ("書き込み一", "書き込み二", "書き込み三")] == [1, 1, 1]
    assert [turn.text for turn in parse(source).turns] == [turn.text for turn in _again(page).turns]


def test_turns_of_a_page_are_found_in_it() -> None:
    document = _document("circle-below")
    source = understand("copy.html", _written(document, "html").encode())
    again = parse(source)
    for old, new in zip(document.turns, again.turns, strict=True):
        assert source.where(new.span.start) == f"#{old.id}"


def test_only_a_page_that_says_so_is_read_as_a_copy() -> None:
    page = _written(_document("circle-below"), "html")
    mark = '<meta name="minutes-reading-copy" content="1 verbatim">'
    assert mark in page
    for other in ("", mark.replace('"1 ', '"2 '), mark.replace("verbatim", "speech")):
        assert _again(page.replace(mark, other)).layout.score < 1.0


# -- text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_what_normalize_gives(name: str) -> None:
    assert _written(_document(name), "text") == normalize(read(str(record(name)))).view.text


def test_line_ends_and_encodings_of_the_record() -> None:
    raw = "○議長　開会します。\r\n髙い二ーズです。\r\n".encode("cp932")
    document = parse(normalize(understand("a.txt", raw)).view)
    assert document.view.edits
    assert _written(document, "text") == "○議長　開会します。\r\n髙いニーズです。\r\n"


def test_text_of_a_record_read_back_from_json_is_refused() -> None:
    for to in ("text", "patch"):
        with pytest.raises(UsageError, match=r"record\.txt: read from JSON, .* the text that (?:text|patch) needs"):
            _written(_back(_document("circle-below")), to)


def test_lines_of_turns_are_not_enough_for_json() -> None:
    (rows,) = read_results(b"".join(write_jsonl([_document("colon")], Options())), "a.jsonl")
    with pytest.raises(UsageError, match="read from lines of turns"):
        _written(rows, "json")
