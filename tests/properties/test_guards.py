"""What is asked before a method, or before a pattern, changes nothing that is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.ingest import read
from minutes_cli.ingest.text import line_starts
from minutes_cli.lexicon.radicals import KANJI
from minutes_cli.normalize import METHODS, Settings, blanks, marks, ocr, scripts
from minutes_cli.normalize.enumerators import garbled
from minutes_cli.normalize.phrases import LITERALS, rule_files
from minutes_cli.normalize.phrases.sieve import Search, one_by_one, sieve

_PIECES = st.sampled_from(
    [
        *"""会議 市 の は ます です でした であり つつ 拍手 番 号 （了） （問） （ア） (l) （ろ） （①） （あ）い 住) 他)
        (D CD ① (1) (2) 1) 一、 ー、 ニ 第1条 第l条 第３l号 lO) ｌ） ① ＡＩ AI 1CT D× AL工 10T A1 1A 工事 A丁 DX G
        IGA Soc ie t y (Society 5.の ５.の サ一ビス 二ーズ ニーズ 工リア カ月 三ニ年 ー方 ロ へルパー り 八ー 人ロ
        、 。 , . ， ． 3.5 1,000 ,.500 ２，３４５ ３．５ 、。 。、 。。 、、 .. ,、 ．。 ，， あ, い. う， え． 」. ）,
        々， A. ア. 会議| 〔開 会] ^ \\ {} 2) [1] ~ ⼀ ⻑ ⼾籍 𠮷 か\u3099 ᄀ 關 くだい けれども ございし なつて をを
        お願ひ ひました""".split(),
        *" 　\n\f\r\t\0\v\u2028\ud800",
        "\r\n",
        " い",
        "い ",
        " D",
        "D ",
        "に PTA会",
    ]
)
TEXT = st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=30)
#: Habits, and samples that are long enough to tell, come of saying things again.
AGAIN = st.builds(lambda parts, times: "".join(parts) * times, st.lists(_PIECES, max_size=12), st.integers(1, 40))
SETTINGS = Settings(channel=False)


@given(TEXT | AGAIN)
@example("市⻑")
@example("⿟")
@example("\u2e80")
@example("（Society5.の、会議")
@example("職員が AI研修を受け、" + "市のAIを使い、" * 9)
def test_a_method_that_is_not_asked_would_have_found_nothing(text: str) -> None:
    for method in METHODS:
        if not method.may_find(text, SETTINGS):
            assert list(method.find(text, SETTINGS)) == [], method.rules


def test_every_radical_is_seen_among_others() -> None:
    radicals = METHODS[0]
    for radical in KANJI:
        assert radicals.may_find(f"市{radical}の答弁", SETTINGS)


@given(AGAIN)
@example("である、" * 10 + "市の会，です。" + "です。" * 5)
@example("である，" * 10 + "、会議" + "です。" * 5)
@example("２，３００" * 10 + "会議、市民を" + "です。" * 5)
@example("である、" * 10 + "会議、。" + "です。" * 5)
@example("あ,い" * 10 + "であり。" + "です。" * 5)
@example("である、" * 10 + "３．５です．会議" + "です。" * 5)
@example("である、" * 10 + "会議です。、市" + "です。" * 5)
@example("である、" * 10 + "1,.500円" + "です。" * 5)
@example("である、" * 10 + "会です。。" + "です。" * 5)
def test_marks_that_look_right_are_right(text: str) -> None:
    habitual = marks.habit(text)
    present = frozenset(mark for mark in marks._MARKS if mark in text)
    if habitual is not None and not marks._looks_wrong(text, present):
        parts = (marks._numbers(text, present), marks._doubled(text, present, habitual))
        assert [*parts[0], *parts[1], *marks._lone(text, present, habitual)] == []


@given(TEXT | AGAIN)
@example("会議|の1CTとAL工とA丁、サ一ビス、。が. また\n住)")
@example("会議のAL丁です")
@example("会議、.")
@example("会議,。")
@example("会議,.")
@example("ア一アーへー")
def test_the_signs_of_ocr_are_counted(sample: str) -> None:
    plain = [(name, len(pattern.findall(sample))) for name, pattern in ocr._SIGNS.items()]
    assert list(ocr._count(sample)) == plain


@given(TEXT)
@example("（了）\n（乙）会\n(丨)会\n（ア）会\n（②）会\n（㈠）会\n（Q）会\n（５）会")
def test_remarks_are_no_heads(text: str) -> None:
    for odd in garbled._ODD.finditer("\n" + text):
        if garbled._is_remark(odd.group()):
            match = garbled._GARBLED.match("\n" + text, odd.start())
            assert match is None or garbled._garbled("\n" + text, match) is None


@given(TEXT | AGAIN)
@example("よろしくお 願いを申し上げまして会議を始めます。" + "本日は会議を開きます。" * 40)
@example("市は AI研修を受け、" + "市のAIを使い、" * 9)
@example("市DX を進め、" + "市のDXを使い、" * 9)
def test_blanks_are_found_without_the_first_look(text: str) -> None:
    found = [*blanks._beside_latin(text), *blanks._inside_words(text, set())]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blanks, "_BESIDE_KANA", re.compile(""))
        patch.setattr(blanks, "_BESIDE_LATIN", re.compile(""))
        assert [*blanks._beside_latin(text), *blanks._inside_words(text, set())] == found


_LONG_PLACE = re.compile(
    rf"[{scripts._LOOK}{scripts._TWIN}](?:(?<=[{scripts._LOOK}])(?:(?=[ァ-ヺー])|(?<=[ァ-ヺー].))"
    rf"|(?<=[{scripts._TWIN}])(?<![ァ-ヺー].)(?:(?![ァ-ヺー])|(?=[ニハー][^ァ-ヺー])(?<=[{scripts._NUMERALS}].)))"
)


@given(st.text(scripts._LOOK + scripts._TWIN + "アあ三会\n", max_size=30))
def test_places_are_told_apart_by_katakana(text: str) -> None:
    assert [m.start() for m in scripts._PLACE.finditer(text)] == [m.start() for m in _LONG_PLACE.finditer(text)]


@given(
    st.lists(st.text(alphabet="のござ渡船", min_size=1, max_size=4), min_size=1, max_size=6),
    st.lists(st.text(alphabet="のござ渡船x", max_size=60), min_size=1, max_size=3),
)
@example(["のの"], ["ののの"])
def test_a_search_finds_the_same_in_the_first_and_in_later_texts(literals: list[str], texts: list[str]) -> None:
    search, made = Search(literals), sieve(literals)
    for text in (*texts, "x" * 40_000, *texts):
        hits = search.hits(text)
        assert sorted(hits) == sorted(made.hits(text)) == sorted(one_by_one(dict.fromkeys(literals), text))


def test_the_literals_are_those_of_the_rules() -> None:
    assert Path(LITERALS).read_text(encoding="utf-8") == rule_files.literals(), (
        "run python -m minutes_cli.normalize.rules"
    )
    assert {literal for rule in rule_files.shipped() for literal in rule.needs} == set(rule_files.literals().split())


@given(st.text(st.sampled_from("あa\r\n\f\v\x1c\x85\u2028𠮷\ud800"), max_size=30))
def test_lines_begin_behind_line_ends_and_form_feeds_only(text: str) -> None:
    ends = [match.end() for match in re.finditer("\r\n|\r|\n|\f", text)]
    assert line_starts(text) == (0, *(end for end in ends if end < len(text)))


@pytest.mark.parametrize("name", NAMES)
def test_on_the_corpus(name: str) -> None:
    text = read(str(record(name))).text
    for method in METHODS:
        assert method.may_find(text, SETTINGS) or list(method.find(text, SETTINGS)) == []
    plain = [(sign, len(pattern.findall(text))) for sign, pattern in ocr._SIGNS.items()]
    assert list(ocr._count(text)) == plain
