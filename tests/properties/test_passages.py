"""Whatever the text: nothing but labels and furniture is out of a search's reach, and every character leads back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document, record, tight
from minutes_cli.edits import settle, view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import BlockKind, Document, Edit, Kind, Span
from minutes_cli.parse import parse
from minutes_cli.parse.conventions import CONVENTIONS
from minutes_cli.parse.passages import searchable
from minutes_cli.parse.prose import without_bullet
from minutes_cli.passage import Passage, PassageKind

_WORDS = st.sampled_from(
    [
        *"""○ ◎ △ ◆ 議長 （ ） ( ) 【 】 〔 〕 山田 君 委員 委員長 鈴木太郎 事務局 １番 〃 ： 問 答 。 、 「 」 国分寺市
        これより会議を開きます。 質問します。 いかがですか。 （「異議なし」と呼ぶ者あり） （拍手） 起立 午前10時 開議
        散会 休憩 日程第１ について 議案第１号 第 - 12 <PAGE="2"> 1 (1) 住) ・ → - ** # ## --- ◇ 要望書 殿 記 署名
        令和６年５月１日 出席議員 （了） 二 〇年 𠮷 cloud system <p> </p> > ※ 都市と町村との間で続けてきた話し合いは
        """.split(),
        *("\n", "\n", "\n\n", "\r\n", "\r", "\f", "\t", " ", "　", "　　\n", "議 長 ", "- 12 -\n", "か\u3099"),
    ]
)
TEXT = st.lists(_WORDS, max_size=60).map("".join) | st.text(max_size=60)
_SILENT = (BlockKind.LABEL, BlockKind.FURNITURE)


def _origins(doc: Document) -> list[int | None]:
    """Where in the original each character of the corrected text stands; None inside corrections."""
    found: list[int | None] = []
    last = 0
    for edit in doc.view.edits:
        found += [*range(last, edit.span.start), *[None] * len(edit.after)]
        last = edit.span.end
    return [*found, *range(last, len(doc.view.source.text))]


def _check(passage: Passage, doc: Document) -> list[int]:
    """Every character of *passage* leads back to itself or to its correction. Returns where the others stand."""
    source, text = doc.view.source, passage.text
    assert text == text.strip() and text
    assert passage.runs[0].at == 0
    assert all(a.at < b.at for a, b in zip(passage.runs, passage.runs[1:], strict=False))
    assert {slip.end for slip in passage.slips} <= {run.at for run in passage.runs}
    edges = [at for slip in passage.slips for at in (slip.start, slip.end)]
    assert edges == sorted(edges) and all(0 <= at <= len(text) for at in edges)
    found = []
    for i, c in enumerate(text):
        span, slips = passage.span(i, i + 1), passage.slips_in(i, i + 1)
        assert passage.place(i) == source.place(span.start)
        if slips:
            assert source.text[span.start : span.end] == slips[0].before == passage.original(i, i + 1)
        elif source.text[span.start : span.end] == c:
            found.append(span.start)
        else:  # what joins two lines
            assert c in " \n"
            assert doc.view.edits or source.text[span.start].isspace() or source.text[span.start] in "（(〔「"
    for slip in passage.slips:
        assert source.text[slip.span.start : slip.span.end] == slip.before
    return found


def _hold(doc: Document) -> None:
    result = searchable(doc)
    said = [(p.turn, p.text) for p in result.passages if p.kind is PassageKind.SPEECH]
    assert said == [(turn.id, turn.text) for turn in doc.turns if turn.text]
    origins = _origins(doc)
    reached = Counter(at for p in result.passages for at in _check(p, doc) if not doc.view.source.text[at].isspace())
    assert set(reached.values()) <= {1}, "a character stands in two passages"
    for block in doc.blocks:
        if block.kind in _SILENT:
            continue
        rest = [
            (c if at is not None and at not in reached else " ")
            for c, at in zip(doc.view.text[block.start : block.end], origins[block.start : block.end], strict=True)
        ]
        for missing in "".join(rest).split("\n"):
            assert not without_bullet(missing.strip()), f"{missing!r} is out of reach"
    ids = {s.id for s in doc.sections}
    assert all(p.section is None or p.section in ids for p in result.passages)


@pytest.mark.parametrize("name", NAMES)
def test_the_corpus(name: str) -> None:
    _hold(document(name))


@pytest.mark.parametrize("name", NAMES)
def test_events_belong_to_the_turns_they_interrupt(name: str) -> None:
    doc = document(name)
    told = [(turn.id, turn.speaker, event.text) for turn in doc.turns for event in turn.events]
    events = [p for p in searchable(doc).passages if p.kind is PassageKind.EVENT and p.turn is not None]
    found = [(p.turn, p.speaker, p.text) for p in events]
    assert {event[:2] for event in told} == {event[:2] for event in found}
    assert tight("".join(event[2] for event in told)) == tight("".join(event[2] for event in found))
    every = [p.text for p in searchable(doc).passages if p.kind is PassageKind.EVENT]
    assert tight("".join(event.text for event in doc.events_in_order())) == tight("".join(every))


@pytest.mark.parametrize("name", NAMES)
def test_every_heading_stands_in_its_section(name: str) -> None:
    doc = document(name)
    said = {s.id: "" for s in doc.sections}
    for passage in searchable(doc).passages:
        if passage.section:
            said[passage.section] += tight(passage.text)
    spoken = tight("".join(turn.text for turn in doc.turns))  # an item that the chair opens stays speech
    for section in doc.sections:
        assert tight(section.heading) in said[section.id] or tight(section.heading) in spoken


@given(TEXT)
def test_any_text(text: str) -> None:
    _hold(parse(from_text(text)))


@given(TEXT, st.sampled_from(CONVENTIONS), st.sampled_from(list(Kind)))
def test_any_text_under_any_forced_layout(text: str, convention, kind: Kind) -> None:
    _hold(parse(from_text(text), convention=convention.name, kind=kind))


@given(st.sampled_from(NAMES), st.data())
def test_a_record_cut_anywhere(name: str, data) -> None:
    text = record(name).read_bytes().decode("utf-8")
    start = data.draw(st.integers(0, len(text)))
    _hold(parse(from_text(text[start : start + data.draw(st.integers(0, 3000))])))


@given(st.sampled_from(NAMES), st.data())
def test_a_record_read_through_edits(name: str, data) -> None:
    text = record(name).read_bytes().decode("utf-8")
    start = data.draw(st.integers(0, max(0, len(text) - 1500)))
    text = text[start : start + 3000]
    edits = []
    for _ in range(data.draw(st.integers(0, 12))):
        at = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(at, min(len(text), at + 3)))
        after = data.draw(st.sampled_from(["", "", "○", "\n", "（1）", "町", " "]))
        edits.append(Edit(Span(at, end), text[at:end], after, "test"))
    _hold(parse(view(from_text(text), settle(edits)[0])))


@pytest.mark.parametrize("name", NAMES)
def test_a_wrap_changes_no_speech(name: str) -> None:
    """Places count line ends as they are: the same passages, with CRLF, at the same lines and columns."""
    text = record(name).read_bytes().decode("utf-8")
    if "\r" in text or "\f" in text:
        return
    plain = searchable(parse(from_text(text)))
    other = searchable(parse(from_text(text.replace("\n", "\r\n"))))
    assert [(p.text, [p.place(r.at) for r in p.runs]) for p in plain.passages] == [
        (p.text, [p.place(r.at) for r in p.runs]) for p in other.passages
    ]


def _corrected(text: str, before: str, after: str) -> Document:
    at = text.index(before)
    return parse(view(from_text(text), (Edit(Span(at, at + len(before)), before, after, "test"),)))


_SPEECH = """○議長（山田君）　これより会議を開きます。

○鈴木委員　肖治体が決める こ とです。

○議長（山田君）　以上です。
"""


@pytest.mark.parametrize(
    ("before", "after", "word", "original"),
    [
        ("肖", "自", "自治体", "肖治体"),
        ("こ と", "こと", "決める", "決める"),
        (" と", "と", "こと", "こ と"),  # the correction is widened to what it says
        ("治体", "治体", "治体が", "治体が"),
        ("が決め", "が、決め", "体が、決", "体が決め"),
        (" こ", "こ", "決めるこ", "決める こ"),
    ],
)
def test_what_stands_behind_a_word(before: str, after: str, word: str, original: str) -> None:
    """Both readings of what was corrected; a blank taken out of a word shows when the match goes across it."""
    passage = next(p for p in searchable(_corrected(_SPEECH, before, after)).passages if word in p.text)
    at = passage.text.index(word)
    assert passage.original(at, at + len(word)) == original
    span = passage.span(at, at + len(word))
    assert _SPEECH[span.start : span.end] == original


def test_a_blank_taken_out_of_a_word() -> None:
    """It covers no character of the passage, and still belongs to every match across it."""
    text = _SPEECH.replace(" こ", "こ")
    passage = next(p for p in searchable(_corrected(text, " ", "")).passages if "こと" in p.text)
    at = passage.text.index("こと")
    (slip,) = passage.slips
    assert slip.start == slip.end == at + 1
    assert passage.original(at, at + 2) == "こ と"
    assert passage.original(at, at + 1) + passage.original(at + 1, at + 2) == "こと"
    span = passage.span(at, at + 2)
    assert text[span.start : span.end] == "こ と"


_LETTER = """潮見県知事　殿

要望書

令和7年8月28日

平素より沿線の町村の暮らしを支える鉄道について温かい御指導を賜り、厚く
お礼申し上げます。つきましては下記の事項について、来年度の予算において
特段の御配慮をいただきますよう、沿線の町村の総意をもって要望いたします。

記

1 鉄道の運行に関する支援について特段の御配慮を賜りたいこ
と。
(1)県境をまたぐ通学の生徒に対して、定期券の費用の二分の一を補助するよう事業
者に働きかけること。
(2)駅の待合室にある暖房について、冬の間は終電の時刻まで動かすことを関係する団
- 1 -
体に求めること。
(3)駅の時計も改めるようにお求
- 2 -
めします。
- 3 -
"""


@pytest.mark.parametrize("word", ["賜りたいこと", "事業者に", "関係する団体に", "お求めします"])
def test_a_word_cut_by_a_line_or_a_page_in_a_letter(word: str) -> None:
    doc = parse(from_text(_LETTER), kind=Kind.PETITION)
    (passage,) = [p for p in searchable(doc).passages if word in p.text]
    assert passage.kind is PassageKind.ITEM
    assert passage.place(passage.text.index(word)).line < passage.place(passage.text.index(word) + len(word) - 1).line


_TALE = """浜に集まった人たちは松の苗を受け取って砂の上を
歩き、波の音を聞きながら一本ずつ植えていったので、昼に
は林の形が見えてきた。子供たちは遠い島を眺めて
いつかここに木陰ができることを知り、長く楽しWRAP
みにしている。
"""


@pytest.mark.parametrize("wrap", ["", "\n- 3 -"])
def test_a_word_cut_in_a_record_of_no_known_kind(wrap: str) -> None:
    doc = parse(from_text(_TALE.replace("WRAP", wrap)), kind=Kind.UNKNOWN)
    texts = [p.text for p in searchable(doc).passages]
    assert "楽しみにしている。" in texts[0] and texts[1:] == ["- 3 -"][: bool(wrap)]


def test_a_correction_at_a_wrap() -> None:
    """The next line is as well led back as without it; one that reaches over the wrap is shown once."""
    for before, after, original in (("上を", "上に", "上を歩き"), ("を\n歩", "に\n歩", "上を\n歩き")):
        at = _TALE.index(before)
        seen = view(from_text(_TALE), (Edit(Span(at, at + len(before)), before, after, "test"),))
        doc = parse(seen, kind=Kind.UNKNOWN)
        _hold(doc)
        passage = searchable(doc).passages[0]
        at = passage.text.index("上に歩き")
        assert passage.original(at, at + 4) == original
        assert passage.place(at + 3) == (2, 2)


@pytest.mark.parametrize(
    "entries",
    [
        ["持ち物", "長靴", "弁当", "水筒", "帽子", "手袋"],
        [f"第{i}回の会合に出席した者の氏名と住所の一覧表及び会合{'の記録' * i}" for i in range(2, 12)],
    ],
)
def test_entries_of_a_list_stay_apart(entries: list[str]) -> None:
    doc = parse(from_text("\n".join(entries)), kind=Kind.UNKNOWN)
    assert [p.text for p in searchable(doc).passages] == ["\n".join(entries)]


def test_a_paragraph_that_a_page_cuts_where_lines_are_not_wrapped() -> None:
    whole = [f"{'波の音がします。' * n}\n" for n in (9, 14, 11, 30)]
    cut = "その浜に集まった人たちは松の苗を受け取って砂の上を楽し\n- 1 -\nそうに歩いた。\n"
    doc = parse(from_text("".join([*whole, "波の音がします。", cut, *whole])), kind=Kind.UNKNOWN)
    texts = [p.text for p in searchable(doc).passages]
    assert any("楽しそうに歩いた。" in text for text in texts)


def test_front_matter_in_columns_stays_apart() -> None:
    """Rows of a table are as long as wrapped lines, and none goes on with the one before."""
    rows = [f"第{i}委員会の委員の氏名は次のとおり　　石蕗一郎　　尾花二郎　　鴨下" for i in range(1, 6)]
    said = "潮騒の町の橋の点検と海辺の道の草刈りについて御説明を申し上げますと昨年の\n秋から続けてまいりました。\n" * 9
    text = "\n".join(rows) + f"\n\n○議長（山田君）　{said}\n○鈴木委員　{said}\n○議長（山田君）　以上です。\n"
    front = searchable(parse(from_text(text))).passages[0]
    assert (front.kind, front.text) == (PassageKind.FRONT, "\n".join(rows))


def test_blank_lines_part_what_nobody_is_known_to_say() -> None:
    doc = parse(from_text("長靴\n弁当\n\n次の日\n"), kind=Kind.UNKNOWN)
    assert [p.text for p in searchable(doc).passages] == ["長靴\n弁当", "次の日"]


@pytest.mark.parametrize("name", ["petition", "scanned-petition"])
def test_a_demand_is_a_passage(name: str) -> None:
    doc = document(name)
    items = [p for p in searchable(doc).passages if p.kind is PassageKind.ITEM]
    assert [p.span(0, 1).start for p in items] == [item.span.start for item in doc.items]


def test_a_bullet_alone_says_nothing() -> None:
    doc = parse(from_text("・\n\n・長靴\n"), kind=Kind.SLIDES)
    assert [p.text for p in searchable(doc).passages] == ["・長靴"]
