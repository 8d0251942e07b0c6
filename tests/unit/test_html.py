"""Web pages: the same turns as the text gives, nothing lost, places that a browser finds, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, record, tight
from tests.making_html import SITE_WORDS, STYLES, page

from minutes_cli.errors import IngestError
from minutes_cli.ingest import html, read, understand
from minutes_cli.ingest.html import limits as html_limits
from minutes_cli.model import Document, HintKind, Source
from minutes_cli.parse import parse

_TEXTS = [name for name in NAMES if record(name).suffix == ".txt"]


def _read(page: str | bytes) -> Source:
    return html.read(page if isinstance(page, bytes) else page.encode(), "page.html", None)


def _lines(page: str | bytes) -> list[str]:
    return _read(page).text.split("\n")[:-1]


def _turns(document: Document) -> list[tuple[str, str]]:
    return [(tight(turn.label), tight(turn.text)) for turn in document.turns]


def _furniture(source: Source) -> str:
    return " ".join(source.text[h.span.start : h.span.end] for h in source.hints if h.kind is HintKind.FURNITURE)


# -- the same turns as the text ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", _TEXTS)
@pytest.mark.parametrize(
    ("style", "encoding", "declared", "site"),
    [("p", "utf-8", None, True), ("br", "cp932", "Shift_JIS", True), ("pre", "euc-jp", "EUC-JP", False)]
    + [("table", "cp932", "x-sjis", False), ("p", "iso-2022-jp", "iso-2022-jp", False)],
)
def test_a_page_made_of_a_record_gives_its_turns(name: str, style: str, encoding: str, declared: str, site: bool):
    source = read(str(record(name)))
    made = understand("page.html", page(source.text, style, encoding, declared=declared, site=site))

    assert _turns(parse(made)) == _turns(parse(source))
    assert made.encoding in (encoding, f"{encoding}-ext", "euc-jis-2004")
    assert made.media_type == "text/html"


@pytest.mark.parametrize("style", STYLES)
def test_what_the_site_says_around_the_record_is_kept_as_furniture(style: str):
    source = read(str(record("circle-same-line")))
    made = _read(page(source.text, style, site=True))
    kept = _furniture(made)

    assert all(word in kept for word in SITE_WORDS)
    assert "○" not in kept
    assert tight(source.text) in tight(made.text)


# -- nothing is lost -----------------------------------------------------------------------------------------

_words = st.text("あ漢A1○（）、。 ", min_size=1, max_size=12).filter(lambda text: text.strip())
_tags = st.sampled_from(
    ("p", "div", "span", "td", "li", "h2", "b", "dd", "center", "font", "section", "nav", "a", "tr")
)


@given(st.lists(st.tuples(_tags, _words, st.booleans()), min_size=1, max_size=12))
def test_every_character_that_is_shown_is_in_the_text_in_its_order(parts: list[tuple[str, str, bool]]):
    made = "".join(f"<{tag}>{words}" + f"</{tag}>" * closed for tag, words, closed in parts)

    shown = tight(_read(f"<html><body>{made}</body></html>").text)
    assert shown.replace("・", "") == tight("".join(words for _, words, _ in parts))


@given(st.text("<>/abp \"'=!-&;#x1あ\n", max_size=60))
def test_no_page_is_too_broken(soup: str):
    assert "あ" in _read(f"<html><p>あ{soup}").text


def test_blocks_breaks_and_white_space():
    assert _lines("<html><body><p>一行目<br>二行目</p>\n<div>三<b>行</b>目\n</div>四  行 目<p>&nbsp;</p>") == [
        "一行目",
        "二行目",
        "三行目",
        "四 行 目",
        "",
    ]


def test_a_line_end_between_japanese_characters_shows_nothing_and_else_a_blank():
    assert _lines("<html><p>会議を\n   開き\nます。the\nend") == ["会議を開きます。the end"]


def test_preformatted_text_stays_as_it_is():
    assert _lines("<html><pre>\n　一  二\n\n三</pre>") == ["　一  二", "", "三"]


def test_lists_have_their_marks_and_numbers():
    made = (
        "<html><ul><li>甲<li>○議長　乙</ul><ol start=3><li>丙<li value=7>丁</ol><ul style='list-style:none'><li>戊</ul>"
    )
    assert _lines(made) == ["・甲", "○議長　乙", "3. 丙", "7. 丁", "戊"]


def test_rows_of_a_table_are_lines_with_tabs_each_cell_once():
    made = "<html><table><tr><th rowspan=2>種別<th>人数<tr><td>3人</table>"
    assert _lines(made) == ["種別\t人数", "3人"]


def test_a_label_beside_its_speech_in_paragraphs():
    made = "<html><table><tr><td>議長<td><p>開きます。<p>続けます。<tr><td>委員<td>はい。</table>"
    assert _lines(made) == ["議長\t開きます。", "続けます。", "委員\tはい。"]


def test_ruby_quotes_characters_without_code_and_references():
    made = "<html><p><ruby>乙訓<rp>(</rp><rt>おとくに</rt></ruby>は<q>はい</q>と<img alt='髙'>木&amp;&#x9ad9;"
    assert _lines(made) == ["乙訓（おとくに）は「はい」と髙木&髙"]


def test_headings_are_hints():
    source = _read("<html><h1>会議録</h1><h3>議事</h3><p>○議長　開きます。")
    assert [(source.text[h.span.start : h.span.end], h.level) for h in source.hints] == [("会議録", 1), ("議事", 3)]


# -- what is not there is said -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "rule", "said"),
    [
        ("<p hidden>秘密</p>", "hidden-text", "2 characters"),
        ("<p style='color:red; DISPLAY : none'>秘密</p>", "hidden-text", "2 characters"),
        ("<img src=zu.png alt='配置図の写真'>", "picture", "not in the text: 1"),
        ("<p>賛成<s>反対</s></p>", "struck-out", "2 characters"),
        ("<iframe src=menu.html></iframe>", "frame", "menu.html"),
    ],
)
def test_what_is_left_out_is_reported(part: str, rule: str, said: str):
    found = _read(f"<html><p>○議長　開きます。</p>{part}<p>終わり").findings
    assert [(one.rule, said in one.message) for one in found] == [(rule, True)]
    assert "秘密" not in _read(f"<html><p>○議長　開きます。</p>{part}").text


def test_a_frameset_says_which_files_to_give():
    with pytest.raises(IngestError, match=r"page\.html: .*frames: give those \(left\.html, main\.html\)"):
        _read("<html><frameset><frame src=left.html><frame src=main.html></frameset></html>")


# -- encodings -----------------------------------------------------------------------------------------------


def test_a_wrong_declaration_is_noticed():
    source = _read(page("○議長　これより会議を開きます。", "p", "utf-8", declared="Shift_JIS"))
    assert (source.encoding, "これより" in source.text) == ("utf-8", True)
    assert [one.rule for one in source.findings] == ["declared-encoding"]


@pytest.mark.parametrize("declared", ["iso-8859-1", "no-such-thing", "utf-16"])
def test_a_declaration_that_cannot_be_is_no_obstacle(declared: str):
    made = page("○議長　これより会議を開きます。", "p", "utf-8", declared=declared)
    assert "これより会議を" in _read(made).text


def test_the_users_word_counts_more_than_the_page():
    made = page("○議長　これより会議を開きます。", "p", "euc-jp", declared="Shift_JIS")
    assert html.read(made, "page.html", "euc-jp").encoding == "euc-jp"
    with pytest.raises(IngestError, match=r"page\.html: not utf-8"):
        html.read(made, "page.html", "utf-8")


# -- furniture -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        "<aside>○議長　これより会議を開きます。</aside>",
        "<header>令和6年3月1日　会議録</header>",
        "<ul><li><a href=1.pdf>資料1</a><li><a href=2.pdf>資料2</a><li><a href=3.pdf>資料3</a></ul>",
        "<ul><li><a href=#1>議事</a><li><a href=#2>質疑</a><li><a href=#3>閉会</a></ul>",
        "<p><a class=link href=/a.html>山田委員</a>が述べた。</p>",
    ],
)
def test_what_may_be_of_the_record_is_no_furniture(part: str):
    assert _furniture(_read(f"<html><p>○委員　{'はい。' * 40}</p>{part}")) == ""


def test_a_block_of_links_to_other_pages_is_furniture():
    links = "".join(f"<td><a href=/{n}.html>案内{n}</a>" for n in range(4))
    assert _furniture(_read(f"<html><table><tr>{links}</table><p>○委員　はい。")) == "案内0\t案内1\t案内2\t案内3"


# -- places --------------------------------------------------------------------------------------------------


def test_a_place_is_what_the_tools_of_a_browser_find():
    source = _read("<html><p>一</p><p>二<br>三</p><h2 id=gian>四</h2>")
    assert [source.where(source.text.index(one)) for one in "一二三四"] == [
        "(//p)[1]",
        "(//p)[2]",
        "(//p)[2], line 2",
        "#gian",
    ]


# -- hostile pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("<div><div>\n" * 500_000, "elements"),
        ("<div>" * 100_000, "inside each other"),
        ("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">", "attributes"),
        ('<p " ' + " ".join(f"a{n}" for n in range(50_000)) + '">', "attributes"),
        ('<script>a<b c="</script><p ' + " ".join(f"a{n}" for n in range(50_000)), "attributes"),
        ("".join(f"<font color={n}>" for n in range(3_000)) + "<p>x" * 3_000, "never closed"),
        ("<br>" * 1_000_000, "elements"),
    ],
)
def test_pages_that_would_take_for_ever_are_refused_at_once(made: str, said: str):
    with pytest.raises(IngestError, match=rf"^page\.html: .*{said}"):
        _read(f"<html><body>{made}")


def test_long_texts_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(html_limits, "MAX_TEXT", 100)
    with pytest.raises(IngestError, match=r"^page\.html: 1,012 characters of HTML, at most 100"):
        _read("<html><p>" + "あ" * 1_003)


def test_entities_are_no_bomb():
    assert _lines("<html><p>" + "&amp;" * 100_000) == ["&" * 100_000]


def test_many_elements_inside_each_other_are_read():
    assert _lines("<html>" + "<div><ul><li>" * 1_500 + "はい") == ["・はい"]
