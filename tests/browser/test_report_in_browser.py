"""The page of `minutes report` in a real browser: opened from a file, searched, filtered, printed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from bench.records import stenographic

from hand_summary import read_by_hand
from html_tree import Node, read_page

RECORD = """令和6年度第1回みどり町こども会議会議録
令和6年5月10日（金）　午前10時開会
○会長（青木一郎君）　これより会議を開きます。
○石田委員　待機児童の数を伺います。ＡＩによる入所選考は何件ですか。
○事務局（上野課長）　待機児童は12人です。（拍手）入所選考のＡiは使っておりません。
○会長（青木一郎君）　ほかに。
○石田委員　ﾀﾌﾞﾚｯﾄとカ\u3099クドウについて、待機児童とは別に要望します。
"""
OTHER = """令和6年度第2回みどり町こども会議会議録
令和6年7月12日（金）　午前10時開会
○会長（青木一郎君）　会議を開きます。
○上野委員　<script>document.title = "ran"</script>とあるのはなぜですか。待機児童<b>ゼロ</b>と{{ 7 * 7 }}も。
○会長（青木一郎君）　議事を終わります。
"""
PETITION = """みどり町長　木村春子　殿
令和6年8月1日
　　　　　　　　　　　　　　　　　　　みどり町保育の会
　　　　　　　　要望書
1 待機児童を解消すること。
2 園庭を広げること。
"""


@pytest.fixture(scope="session")
def path(written):
    return written(
        read_by_hand(RECORD, "a.txt", fix=False),
        read_by_hand(OTHER, "b.txt", fix=False),
        read_by_hand(PETITION, "c.txt", fix=False),
    )


@pytest.fixture
def page(opened, path):
    return opened(path)


def test_it_opens_without_a_word_and_asks_for_nothing_else(page, path):
    page.search("待機児童")
    page.tab.emulate_media(media="print")
    assert page.requests == [path.as_uri()]
    assert page.said == []
    assert page.tab.evaluate("document.compatMode") == "CSS1Compat"


def test_the_network_is_refused_to_whatever_should_get_in(page, path):
    page.tab.evaluate("""() => {
        const image = new Image();
        image.src = "http://127.0.0.1:9/x.png";
        document.body.append(image);
        const script = document.createElement("script");
        script.textContent = "document.title = 'ran'";
        document.body.append(script);
        const link = "<a id=evil href='javascript:document.title=`ran`' onclick='document.title=`ran`'>x</a>";
        document.body.insertAdjacentHTML("beforeend", link);
        document.getElementById("evil").click();
    }""")
    assert page.tab.title() != "ran"
    assert all("Content Security Policy" in words for words in page.said) and len(page.said) >= 3
    assert page.failed == ["http://127.0.0.1:9/x.png csp"]


def test_the_browser_reads_the_page_as_it_is_written(opened, path):
    page = opened(path, java_script_enabled=False)
    seen = page.tab.evaluate(
        "() => [...document.querySelectorAll('*')].map(e => [e.tagName, e.parentElement?.tagName ?? '#DOCUMENT'])"
    )

    def written(node: Node) -> list[list[str]]:
        return [[n.tag.upper(), n.parent.tag.upper()] for n in node.walk() if n.parent is not None]

    assert seen == written(read_page(path.read_bytes()))
    assert page.tab.evaluate("() => document.getElementById('find').hidden")
    assert page.tab.inner_text("noscript").startswith("検索")


def test_a_script_in_a_record_is_text(page):
    assert page.tab.title() != "ran"
    text = page.tab.text_content("#r2-t2 .line")
    assert '<script>document.title = "ran"</script>とあるのは' in text and "ゼロと{{ 7 * 7 }}も。" in text
    assert page.tab.evaluate("document.scripts.length") == 1


def test_japanese_is_drawn_in_a_japanese_font(page):
    """Characters that are not in any font are all drawn as the same box; those of the record must differ."""
    same = page.tab.evaluate("""() => {
        const font = getComputedStyle(document.querySelector(".line")).fontFamily;
        const draw = (character) => {
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 40;
            const pen = canvas.getContext("2d", {willReadFrequently: true});
            pen.font = "32px " + font;
            pen.fillText(character, 2, 34);
            return pen.getImageData(0, 0, 40, 40).data.join();
        };
        const missing = draw("\\u{10fffd}"), empty = draw(" ");
        return [..."待機児童会議東あア町。"].filter((c) => [missing, empty].includes(draw(c)));
    }""")
    assert same == [], "no font for Japanese is installed; apt-get install fonts-noto-cjk"


@pytest.mark.parametrize(
    ("words", "hits", "where"),
    [
        ("待機児童", 5, ["r1-t2", "r1-t3", "r1-t5", "r2-t2", "r3-p2"]),
        ("ai", 2, ["r1-t2", "r1-t3"]),
        ("ＡＩ", 2, ["r1-t2", "r1-t3"]),
        ("タブレット", 1, ["r1-t5"]),
        ("ガクドウ", 1, ["r1-t5"]),
        ("待機児童　件", 2, ["r1-t2"]),
        ("です。入所", 1, ["r1-t3"]),
        ("拍手", 1, ["r1-t3"]),
        ("<script>", 1, ["r2-t2"]),
        ("7 * 7", 3, ["r2-t2"]),
        (".", 1, ["r2-t2"]),
    ],
)
def test_search(page, words, hits, where):
    status = page.search(words)
    assert status.startswith(f"{hits}件（{len(where)}か所")
    assert [name for name in page.visible(".piece") if "t" in name or name in where] == where
    page.tab.press("#query", "Enter")
    assert page.status() == f"1 / {hits}件"
    marked = page.tab.evaluate(MARKED)
    assert len(marked) == hits
    assert {fold(text) for text in marked} <= {fold(word) for word in words.split()}
    page.tab.press("#query", "Escape")
    assert (page.status(), page.tab.query_selector("mark")) == ("", None)
    assert "r1-t1" in page.visible(".piece")


#: The text of every hit: those that reach over a mark of the page are in several pieces.
MARKED = """() => {
    const hits = {};
    for (const mark of document.querySelectorAll("mark")) {
        hits[mark.dataset.hit] = (hits[mark.dataset.hit] ?? "") + mark.textContent;
    }
    return Object.values(hits);
}"""


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


#: The full text with its marks, and in how many pieces it stands.
WHOLE = """() => {
    const text = document.getElementById("text"), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (walker.nextNode()) count++;
    return [text.innerHTML, count];
}"""


def test_text_comes_back_whole_after_a_search(page):
    before, nodes = page.tab.evaluate(WHOLE)
    for words in ("待機児童", "です。入所", "の", "ai"):
        page.search(words)
        page.tab.press("#query", "Enter")
    page.tab.press("#query", "Escape")
    after, left = page.tab.evaluate(WHOLE)
    assert left == nodes
    assert re.sub(' class="([^"]*?) ?(?:now|out|empty)?"', r' class="\1"', after) == before


def test_next_and_back(page):
    page.search("待機児童")
    seen = []
    for key in ("Enter", "Enter", "Shift+Enter", "Shift+Enter", "Shift+Enter"):
        page.tab.press("#query", key)
        seen.append(page.status())
    assert seen == ["1 / 5件", "2 / 5件", "1 / 5件", "5 / 5件", "4 / 5件"]
    page.tab.click("#next")
    page.tab.click("#next")
    assert page.status() == "1 / 5件"
    page.tab.click("#before")
    assert page.status() == "5 / 5件"
    assert page.tab.evaluate("document.querySelector('mark.now').closest('.piece').id") == "r3-p2"
    assert in_window(page, "mark.now")


def test_a_search_without_hits_says_so(page):
    assert page.search("存在しない語") == "見つかりません"
    assert page.visible(".piece") == []
    assert page.tab.is_visible("#nothing") and page.tab.is_disabled("#next")


def test_filter_by_speaker_alone_and_with_a_search(page):
    page.choose("石田")
    assert page.status() == "2件の発言"
    assert page.visible(".speech") == ["r1-t2", "r1-t5"]
    assert page.search("待機児童").startswith("2件（2か所")
    page.choose("石田", "上野")
    assert page.status().startswith("4件（4か所")
    page.tab.click("#reset")
    assert page.status() == ""
    assert len(page.visible(".speech")) == 8


def test_headings_stay_where_something_under_them_does(opened, written):
    text = RECORD + "◎日程第１　会期の決定\n○会長（青木一郎君）　五日間です。\n◎日程第２　予算\n○石田委員　賛成です。\n"
    page = opened(written(read_by_hand(text, fix=False)))
    names = dict(
        page.tab.evaluate("() => [...document.querySelectorAll('.heading')].map(h => [h.textContent.trim(), h.id])")
    )
    first, second = (next(names[name] for name in names if word in name) for word in ("会期", "予算"))
    page.choose("石田")
    assert second in page.visible(".heading") and first not in page.visible(".heading")
    page.tab.click("#reset")
    page.search("会期")
    assert page.visible(".heading") == [first] and page.visible(".speech") == []
    page.tab.evaluate("id => { document.getElementById(id).dataset.level = 2; }", second)  # now a part of the first
    page.search("日程第２")
    assert page.visible(".heading") == [first, second]


def test_no_hit_reaches_over_the_end_of_a_paragraph(opened, written):
    text = RECORD + "○石田委員　前半です。\n　後半です。（拍手）終わりです。\n"
    page = opened(written(read_by_hand(text, fix=False)))
    assert page.search("です。後半") == "見つかりません"
    assert page.search("前半 後半です。終わり").startswith("2件（1か所")
    page.tab.press("#query", "Enter")
    assert page.tab.evaluate(MARKED) == ["前半", "後半です。終わり"]


def test_the_others_can_be_shown_faintly(page):
    page.choose("石田")
    page.tab.check("#around")
    assert len(page.visible(".speech")) == 8
    opacity = "id => getComputedStyle(document.getElementById(id)).opacity"
    assert float(page.tab.evaluate(opacity, "r1-t1")) < 0.6
    assert page.tab.evaluate(opacity, "r1-t2") == "1"


def test_every_link_leads_to_what_it_names(page):
    links = page.tab.evaluate("() => [...new Set([...document.querySelectorAll('a')].map(a => a.hash))]")
    assert len(links) > 30
    for fragment in links:
        page.tab.evaluate("fragment => { location.hash = fragment; }", fragment)
        page.tab.wait_for_function("fragment => location.hash === fragment", arg=fragment)
        assert in_window(page, fragment), fragment


def in_window(page, selector: str) -> bool:
    return page.tab.evaluate(
        """selector => {
            const box = document.querySelector(selector).getBoundingClientRect();
            return box.height > 0 && box.top < innerHeight && box.bottom > 0;
        }""",
        selector,
    )


def test_a_quoted_sentence_is_lit_in_its_turn(page):
    link = page.tab.query_selector(".card .quote")
    words, target = link.inner_text(), link.get_attribute("href")
    link.click()
    assert page.tab.inner_text(":target") == words
    plain = "rgba(0, 0, 0, 0)"
    colour = "s => getComputedStyle(document.querySelector(s)).backgroundColor"
    assert page.tab.evaluate(colour, target) != plain
    assert page.tab.evaluate(colour, ".piece:has(:target)") != plain
    assert in_window(page, target)


def test_an_address_with_a_turn_opens_there(opened, path):
    page = opened(path, fragment="#r2-t2")
    assert page.tab.evaluate("document.querySelector(':target').id") == "r2-t2"
    assert in_window(page, "#r2-t2")


@pytest.mark.parametrize("fragment", ["#%", "#nothing-there", "#%3Cscript%3E", "#r1-t1'\"]"])
def test_odd_addresses_do_no_harm(opened, path, fragment):
    page = opened(path, fragment=fragment)
    assert page.said == []
    assert page.search("待機児童").startswith("5件")


def test_a_link_leads_to_its_turn_though_the_filter_hides_it(page):
    page.choose("青木一郎")
    assert "r1-t2" not in page.visible(".speech")
    page.tab.click('.bit[href="#r1-t2"]')
    assert "r1-t2" in page.visible(".speech")
    assert in_window(page, "#r1-t2")


def test_a_key_term_searches_what_its_speaker_says(page):
    term = page.tab.query_selector("#people .terms a[data-term='待機児童']")
    times = re.match("[0-9]+", term.evaluate("a => a.nextElementSibling.textContent"))[0]
    term.click()
    assert page.status() == f"1 / {times}件"
    assert page.tab.input_value("#query") == "待機児童"
    assert in_window(page, "mark.now")


def test_the_number_of_turns_shows_those_turns(page):
    link = page.tab.query_selector(".shares td a")
    turns = re.match("[0-9]+", link.inner_text())[0]
    link.click()
    assert page.status() == f"{turns}件の発言"
    assert len(page.visible(".speech")) == int(turns)


def test_the_timeline_by_keyboard(page):
    lane = page.tab.query_selector_all(".timeline")[0].query_selector_all(".lane .track[role=group]")[0]
    bits = lane.query_selector_all("a")
    bits[0].focus()
    page.tab.keyboard.press("ArrowRight")
    focused = page.tab.evaluate_handle("document.activeElement").as_element()
    assert focused.get_attribute("href") == bits[1].get_attribute("href")
    assert len(lane.query_selector_all('a:not([tabindex="-1"])')) == 1
    page.tab.keyboard.press("Enter")
    assert page.tab.evaluate("location.hash") == bits[1].get_attribute("href")


def test_everything_to_operate_has_a_name(page):
    unnamed = page.tab.evaluate("""() => [...document.querySelectorAll("a, button, input, [role]")].filter((e) => !(
        e.ariaLabel || e.title || e.labels?.[0]?.textContent || e.textContent.trim() || e.id === "status"
    )).map((e) => e.outerHTML)""")
    assert unnamed == []


def test_in_print_there_are_no_controls_and_the_text_is_whole(page):
    page.tab.emulate_media(media="print")
    for name in ("#find", "#query", "nav", ".side", ".skip"):
        assert not page.tab.is_visible(name), name
    assert len(page.visible(".speech")) == 8
    assert page.tab.evaluate("getComputedStyle(document.querySelector('.speech')).contentVisibility") == "visible"
    assert page.tab.pdf().startswith(b"%PDF")


def test_what_is_printed_says_that_it_is_a_selection(page):
    page.choose("石田")
    assert not page.tab.is_visible("#condition")
    page.tab.emulate_media(media="print")
    assert page.tab.is_visible("#condition")
    assert page.tab.inner_text("#condition") == "発言者 石田で絞り込み中：2件の発言"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (820, "light"), (1600, "dark")])
def test_narrow_and_wide_light_and_dark(opened, path, width, scheme):
    page = opened(path, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= width
    paper, ink = page.tab.evaluate("""() => [
        getComputedStyle(document.querySelector(".part")).backgroundColor, getComputedStyle(document.body).color,
    ].map((colour) => colour.match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3)""")
    assert paper - ink > 100 if scheme == "light" else ink - paper > 100


@pytest.fixture(scope="session")
def long_path(written):
    record, analysis = read_by_hand(stenographic(2_500_000), "a.txt", fix=False)
    return written((record, analysis), (record._replace(path="b.txt"), analysis._replace(path="b.txt")), most=200)


def test_five_megabytes_stay_usable(opened, long_path):
    """Not how fast (bench/report.py measures that) but that all of it is there and can be found."""
    page = opened(long_path)
    total = page.tab.evaluate("document.querySelectorAll('.speech').length")
    assert total > 4_000
    hits = int(re.match("([0-9,]+)件", page.search("ます"))[1].replace(",", ""))
    text = page.tab.evaluate(
        "() => [...document.querySelectorAll('.piece .line')].map(line => line.textContent).join('\\n')"
    )
    assert hits == text.count("ます") > 10_000
    page.tab.press("#query", "Shift+Enter")
    assert page.status() == f"{hits:,} / {hits:,}件"
    assert in_window(page, "mark.now")
    assert page.tab.evaluate("document.querySelectorAll('mark').length") < hits / 10
    page.tab.press("#query", "Escape")
    page.tab.click("#who input >> nth=0")
    assert page.status() == page.tab.inner_text("#who label >> nth=0").split()[-1] + "件の発言"
    last = page.tab.evaluate("[...document.querySelectorAll('.speech')].at(-1).id")
    page.tab.evaluate("fragment => { location.hash = fragment; }", last)
    page.tab.wait_for_selector(f"#{last}:target")
    assert in_window(page, f"#{last}")
    assert page.said == []
