"""The page that shows records and their summary: what must stand on it, and what must not happen in it."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, document
from hand_summary import read_by_hand, summary, understand
from html_tree import Node, read_page
from minutes_cli.export.report import write_report
from minutes_cli.export.report.full_text import pieces
from minutes_cli.export.shown import shown
from minutes_cli.parse.markup import without_markup
from minutes_cli.passage import PassageKind
from minutes_cli.summarize.model import By, Form

RECORD = """令和6年度第1回みどり町こども会議会議録
令和6年5月10日（金）　午前10時開会
○会長（青木一郎君）　これより会議を開きます。
○石田委員　待機児童の数を伺います。何人でしょうか。
○会長（青木一郎君）　事務局から答えます。御異議ありませんか。（「異議なし」と呼ぶ者あり）異議なしと認めます。
○事務局（上野課長）　待機児童は12人です。来年度に解消してまいります。
　　　（拍手）
○石田委員　ありがとうございます。早期の解消を要望します。
"""


def page(*records, title=None) -> Node:
    return read_page(b"".join(write_report(records, summary([a for _, a in records]), title)))


@pytest.fixture(scope="module")
def made():
    return [read_by_hand(RECORD, "a.txt"), read_by_hand(RECORD.replace("第1回", "第2回"), "b.txt")]


@pytest.fixture(scope="module")
def root(made):
    return page(*made)


def said(root: Node) -> list[str]:
    """The lines of the full text without what happened in them."""
    return [
        line.text_without("event")
        for piece in root.all("piece")
        for line in piece.all("line")
        if "happened" not in line.classes or "event" in piece.classes
    ]


def check(root: Node) -> None:
    """What holds on every page: ids are unique, all links lead somewhere, nothing is loaded, one script runs."""
    ids = [node.attributes["id"] for node in root.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in root.walk():
        link = node.attributes.get("href", "")
        assert "src" not in node.attributes
        assert not [name for name in node.attributes if name.startswith("on")]
        if link != "data:,":  # says that there is no icon
            assert not link or (link[0] == "#" and link[1:] in ids), link
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert node.attributes.get(name) in (None, *ids)
    assert len(root.all(tag="script")) == len(root.all(tag="style")) == len(root.all(tag="h1")) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_passage_stands_on_the_page(name):
    record, analysis = understand(document(name))
    root = page((record, analysis))
    check(root)
    assert said(root) == [shown(line) for p in outside(record) for line in p.text.split("\n")]
    inside = [p for p in record.passages if p not in outside(record)]
    assert sorted(node.text for node in root.all("event", tag="span")) == sorted(shown(p.text) for p in inside)


def outside(record):
    """The passages but for the events that happen in a speech."""
    speaking = {p.turn for p in record.passages if p.kind is PassageKind.SPEECH}
    return [p for p in record.passages if p.kind is not PassageKind.EVENT or p.turn not in speaking]


def test_events_stand_where_they_happened(root):
    lines = [line.text for line in root.all("line")]
    assert "事務局から答えます。御異議ありませんか。（「異議なし」と呼ぶ者あり）異議なしと認めます。" in lines
    at = lines.index("（拍手）")
    assert lines[at - 1] == "待機児童は12人です。来年度に解消してまいります。"


def test_an_event_before_the_first_word_of_a_paragraph():
    record = read_by_hand(
        RECORD + "○石田委員　以上です。\n　（拍手）ありがとうございます。\n　　　（拍手）\n○上野課長　はい。\n"
    )
    assert [line.text for line in page(record).all("speech")[-2].all("line")] == [
        "以上です。",
        "（拍手）ありがとうございます。",
        "（拍手）",
    ]


def test_lines_and_pages_of_the_original_are_shown():
    record, analysis = understand(document("circle-wrapped-pdf"))
    root = page((record, analysis))
    for piece, passage in zip(root.all("piece"), outside(record), strict=True):
        assert [line.attributes["data-line"] for line in piece.all("line") if "happened" not in line.classes] == [
            str(passage.place(at).line) for at in [0, *(m.end() for m in re.finditer("\n", passage.text))]
        ]
    places = [node.text for node in root.all("piece")[-2].all("place")]
    assert record.pages and re.fullmatch("[0-9]+(–[0-9]+)?行・[0-9]+(–[0-9]+)?頁", places[0])


HOSTILE = (
    "<script>alert(1)</script>",
    "</script></style></title></textarea><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\" onclick=\"alert(1)' x='",
    "&lt;b&gt; &amp; &#65; <!-- ]]> -->",
    "\u202eくつがえす\u202c\x1b[31m\u200b\u2028\x00\ufeff\U000e0041",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_stands_in_a_record_is_text(words):
    label = words.replace("。", "")
    text = RECORD.replace("待機児童の数", words).replace("上野", label).replace("みどり町こども会議", words)
    record, analysis = read_by_hand(text, words, fix=False)
    data = b"".join(write_report([(record, analysis)], summary([analysis]), words))
    root = read_page(data)
    check(root)
    assert root.all(tag="h1")[0].text == root.all(tag="title")[0].text == shown(words)
    said = shown(without_markup(f"{words}を伺います。何人でしょうか。", markdown=False))  # nobody says a tag
    assert said in [line.text for line in root.all("line")]
    assert not re.search("[\u200b-\u200f\u2028-\u202e\ufeff\U000e0000-\U000e007f\0\x1b]", data.decode())


@cache
def read_once():
    return read_by_hand(RECORD)


@given(st.text(st.characters(codec=None), min_size=1, max_size=30))
def test_any_text_comes_out_as_shown(words):
    words = re.sub(r"[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]", " ", words)
    record, analysis = read_once()
    changed = record.passages[1]._replace(text=words, runs=record.passages[1].runs[:1], slips=())
    speech = analysis.speeches[0]
    record = record._replace(passages=(record.passages[0], changed, *record.passages[2:]), path=words)
    analysis = analysis._replace(
        path=words, speeches=(speech._replace(passage=changed, sentences=()), *analysis.speeches[1:])
    )
    root = page((record, analysis), title=words)
    check(root)
    assert shown(words) in said(root)


def test_every_character_that_hides_is_shown():
    assert shown("ab\tc\n漢字 é ｶﾞ 葛\U000e0100") == "ab\tc\n漢字 é ｶﾞ 葛\U000e0100"
    assert shown("\x1b\x7f\x85\u202e\ud800\U000e0041") == "␛␡\\x85\\u202e\\ud800\\U000e0041"


def test_only_our_own_script_may_run(root):
    policy = next(n.attributes["content"] for n in root.all(tag="meta") if n.attributes.get("http-equiv"))
    script = root.all(tag="script")[0].text
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert "default-src 'none'" in policy and f"script-src 'sha256-{digest}'" in policy
    style = root.all(tag="style")[0].text
    assert not re.search(r"url\(|@import|https?:|src\s*:", style)
    assert not re.search(r"https?:|\b(fetch|XMLHttpRequest|import|eval|innerHTML|localStorage)\b", script)


def test_only_style_and_script_are_put_in_unescaped():
    from importlib.resources import files

    template = files("minutes_cli.export.report").joinpath("report.html.j2").read_text(encoding="utf-8")
    assert re.findall(r"\{\{[^}]*safe[^}]*\}\}", template) == ["{{ style|safe }}", "{{ script|safe }}"]
    assert "autoescape" not in template.partition("\n")[2]


def test_the_same_records_give_the_same_page(made):
    told = summary([a for _, a in made])
    assert b"".join(write_report(made, told)) == b"".join(write_report(made, told))


def test_quotes_lead_to_their_sentence(root, made):
    told = summary([a for _, a in made])
    nodes = {n.attributes["id"]: n for n in root.walk() if "id" in n.attributes}
    quotes = root.all("quote")
    assert len(quotes) > 12
    for link in quotes:
        target = nodes[link.attributes["href"][1:]]
        assert "sentence" in target.classes and target.text_without("event") == link.text
    count = sum(len(g.sentences + g.requests + g.questions + g.commitments) for g in told.groups)
    count += sum(len(a.question) + sum(len(b.sentences) for b in a.answers) for a in told.exchanges)
    assert len(quotes) == count


def test_a_shortened_quote_says_so_and_leads_to_its_sentence(made):
    told = summary([a for _, a in made])
    group = told.groups[1]
    whole = group.sentences[0]
    cut = whole._replace(text="…" + whole.text[4:], spans=((whole.span._replace(start=whole.span.start + 4)),))
    cut = cut._replace(shortened=True, original="もとの表記")
    told = told._replace(groups=(told.groups[0], group._replace(sentences=(cut,)), *told.groups[2:]))
    root = read_page(b"".join(write_report(made, told)))
    card = root.all("card")[1]
    item = card.all("quotes")[0].all(tag="li")[0]
    assert "抜粋（…は省略）" in item.text and "原文の表記：もとの表記" in item.text
    target = item.all("quote")[0].attributes["href"][1:]
    assert next(n for n in root.walk() if n.attributes.get("id") == target).text == whole.text


def test_a_quote_of_no_sentence_leads_to_its_turn(made):
    told = summary([a for _, a in made])
    group = told.groups[0]
    lost = group.sentences[0]._replace(spans=(group.sentences[0].span._replace(start=10**6),))
    told = told._replace(groups=(group._replace(sentences=(lost,)), *told.groups[1:]))
    root = read_page(b"".join(write_report(made, told)))
    assert root.all("card")[0].all("quote")[0].attributes["href"] == f"#r1-{lost.turn}"


def test_corrections_are_marked_with_what_stands_in_the_record():
    record, analysis = understand(document("scanned-petition"))
    slips = [(slip.before, p.text[slip.start : slip.end]) for p in record.passages for slip in p.slips]
    nodes = page((record, analysis)).all("slip")
    assert slips
    assert [(n.attributes["title"].removeprefix("原文："), n.text) for n in nodes] == slips


def test_shares_and_timelines_add_up(root, made):
    shares = [row.all(tag="td")[1].text for row in root.all("shares")[0].all(tag="tr")[1:]]
    assert sum(float(share.rstrip("%")) for share in shares) == pytest.approx(100, abs=0.2)
    turns = {node.attributes["id"] for node in root.all("piece", "speech")}
    figures = root.all("timeline")
    assert len(figures) == 2
    for figure in figures:
        bits = figure.all("bit")
        bars = sorted(tuple(map(float, re.findall("[0-9.]+", bit.attributes["style"]))) for bit in bits)
        at = 0.0
        for left, width in bars:
            assert left == pytest.approx(at, abs=0.01)
            at += width
        assert at == pytest.approx(100, abs=0.01)
        assert {bit.attributes["href"][1:] for bit in bits} <= turns
    assert sum(len(figure.all("bit")) for figure in figures) == len(turns)


def test_one_person_in_two_records_is_one_voice(root):
    names = [label.all(tag="span")[0].text for label in root.all(tag="fieldset")[0].all(tag="label")]
    assert sorted(names) == sorted({"青木一郎", "石田", "上野"})
    by_voice = {}
    for piece in root.all("piece", "speech"):
        by_voice.setdefault(piece.attributes["data-voice"], set()).add(piece.all("who")[0].text)
    assert sorted(by_voice.values(), key=str) == sorted(
        [{"会長（青木一郎君）"}, {"石田委員"}, {"事務局（上野課長）"}], key=str
    )


@pytest.mark.parametrize("apart", [True, False])
def test_namesakes_are_one_voice_where_they_are_one_group(apart):
    texts = (
        RECORD + "○石田副町長　検討します。\n",
        RECORD.replace("○石田委員", "○石田副町長　検討します。\n○石田委員"),
    )
    records = [read_by_hand(text, name) for text, name in zip(texts, "ab", strict=True)]
    told = summary([a for _, a in records], by_label=apart)
    voices = {}
    for piece in read_page(b"".join(write_report(records, told))).all("piece", "speech"):
        voices.setdefault(piece.all("who")[0].text, set()).add(piece.attributes["data-voice"])
    assert len(voices["石田委員"]) == len(voices["石田副町長"]) == 1
    assert (voices["石田委員"] != voices["石田副町長"]) == apart


def test_a_person_under_another_label_in_another_record():
    records = [read_by_hand(RECORD, "a.txt"), read_by_hand(RECORD.replace("石田委員", "石田議員"), "b.txt")]
    assert len({piece.attributes["data-voice"] for piece in page(*records).all("piece", "speech")}) == 3


def test_a_full_name_written_in_another_way_is_the_same_voice():
    records = [read_by_hand(RECORD, "a.txt"), read_by_hand(RECORD.replace("青木一郎君", "青木　一郎君"), "b.txt")]
    told = summary([a for _, a in records[:1]])
    everywhere = [group._replace(records=("a.txt", "b.txt")) for group in told.groups]
    root = read_page(b"".join(write_report(records, told._replace(groups=tuple(everywhere)))))
    assert len({piece.attributes["data-voice"] for piece in root.all("piece", "speech")}) == 3


def test_who_has_no_group_is_shown_all_the_same(made):
    told = summary([a for _, a in made])
    root = read_page(b"".join(write_report(made, told._replace(groups=told.groups[:1]))))
    check(root)
    assert len(root.all(tag="fieldset")[0].all(tag="label")) == 1 + 2 * 2  # two in each of two records
    assert len(root.all("card")) == 1


@pytest.mark.parametrize("name", ["petition", "slides", "unknown"])
def test_records_without_turns_have_their_full_text(name):
    record, analysis = understand(document(name))
    root = page((record, analysis))
    assert not root.all("timeline") and not root.all("shares") and not root.all("card") and not root.all("speech")
    assert root.all("facts")[0].all(tag="dd")
    assert len(said(root)) >= len(record.passages) > 3


def test_forms_and_the_words_that_show_them(root):
    quotes = [item for card in root.all("card") for item in card.all(tag="li") if item.all("request")]
    assert quotes
    assert all(item.all(tag="em")[0].text == item.all("quote")[0].text[-4:] for item in quotes)
    assert {item.all("chip")[0].text for item in quotes} == {"要望"}


def test_exchanges_with_scores_and_without_answers(root):
    dialogues = root.all("exchange")
    assert [len(d.all("reply")) for d in dialogues] == [1, 1, 0, 1, 1, 0]
    assert all("確からしさ 0.75" in reply.text for d in dialogues for reply in d.all("reply"))
    alone = read_by_hand("みどり町会議録\n○石田委員　何人ですか。\n○上野課長　12人です。\n○石田委員　いつですか。\n")
    last = page(alone).all("exchange")[-1]
    assert "対応する答弁を結び付けられませんでした。" in last.text and "質疑 1 の続き" in last.text


def test_titles(made):
    assert page(made[0]).all(tag="h1")[0].text == made[0][0].meeting.title
    assert page(*made).all(tag="h1")[0].text.endswith("の記録")
    assert page(*made, title="まとめ<b>").all(tag="h1")[0].text == "まとめ<b>"


def test_a_summary_by_anything_else_is_refused(made):
    told = summary([a for _, a in made])._replace(by=By.ROLE)
    with pytest.raises(ValueError, match="by speaker"):
        write_report(made, told)


def test_pieces_of_a_speech_quoted_twice_hold_the_sentence_once(made):
    record, analysis = made[0]
    turn = analysis.speeches[1].turn.id
    piece = next(p for p in pieces(record, 1, analysis.speeches, {turn: {0, 1}}) if p.turn == turn)
    assert [part.kind for part in piece.lines[0].parts] == ["sentence", "sentence"]
    assert [part.id for part in piece.lines[0].parts] == [f"r1-{turn}-s0", f"r1-{turn}-s1"]


def test_every_form_has_a_word():
    from minutes_cli.export.report.page import FORMS

    assert set(FORMS) == set(Form)
