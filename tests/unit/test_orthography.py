"""The gate for old orthography, on made-up records of 1947, of today, and of today with old text in them."""

from __future__ import annotations

import pytest

from minutes_cli.model import Safety
from minutes_cli.normalize.methods import Settings
from minutes_cli.normalize.orthography import old_orthography
from minutes_cli.normalize.phrases import find

MODERN = (
    "本日は渡船の運賃について説明を行ってまいります。昨年の台風によって桟橋が傷んだことから、修繕の計画を変更いたしました。"
    "町内会とも話し合っており、利用者の皆様にもお知らせしたところです。そのように考えておりますので、御理解いただきたいと思います。\n"
)
LARGE_KANA = (
    "只今から会議を開きます。昨日の委員会によつて決まつた件であります。私もさように思つておりましたが、如何でしようか。"
    "御異議がなかつたものと認めまして、さように取計つてまいりましよう。\n"
)
OLD_SPELLING = (
    "町長の申されたやうに、渡船の儀は従来の例に従ふべきものと考へるのであります。本員は左様に思ひますが、費用の点を言ふならば、"
    "来年度に加へることも出来ませう。\n"
)
OLD_CHARACTERS = "本會議の議事は、渡船條例の變更に關する件であります。當局の説明を求め、總會に對する報告を受けます。\n"
LAW = (
    "港湾の施設の構造の基準については、条例第十二条の規定により「浸水のおそれのある部分にあつては、当該部分を耐水性の材料で造り、"
    "又は防水の措置が講ぜられていること。」とされています。\n"
)


def safe(text: str) -> list[str]:
    found = find(text, Settings())
    return [
        text[c.start : c.end]
        for c in found
        if c.safety is Safety.SAFE and c.rule.startswith(("phrase-small", "phrase-old"))
    ]


@pytest.mark.parametrize("record", [LARGE_KANA, OLD_SPELLING * 2, OLD_CHARACTERS, LARGE_KANA * 2000], ids=len)
def test_a_whole_record_in_old_orthography(record):
    gate = old_orthography(record)
    assert gate.whole and gate.at(0) and gate.at(len(record))
    assert gate.reason.startswith("record in old orthography: ")
    assert safe(record) == []


@pytest.mark.parametrize(
    "record", ["", "A", "\ud800\0", MODERN, MODERN * 3000, "つづき", "国學院大學で開く。" + MODERN], ids=len
)
def test_a_modern_record(record):
    gate = old_orthography(record)
    assert not gate.whole
    assert not gate.at(0) and not gate.at(len(record) // 2)


def test_slips_in_a_modern_record_are_corrected():
    text = MODERN * 2 + "それではよろしくお願ひいたします。あつという間の一年でしたと思ひます。" + MODERN * 2
    assert safe(text) == ["ひ", "あつ", "ひ"]
    assert old_orthography(text).reason.startswith("modern record: large kana for small ones at 0 of 12 places")


def test_a_slip_in_a_text_too_short_to_tell_is_corrected():
    assert safe("夏はあつという間に過ぎました。") == ["あつ"]


def test_a_long_text_without_any_small_kana_has_none():
    text = MODERN.replace("っ", "") * 9
    assert safe(text + "桟橋の修繕が始まる予定となつた。") == []
    assert safe(text[:500] + "桟橋の修繕が始まる予定となつた。") == ["なつ"]


def test_hi_all_through_a_record_is_its_spelling():
    text = "渡船の運賃を申し上げたいと思ひます。会議の続きを行ひます。よろしくお願ひします。"
    assert old_orthography(text).whole and safe(text) == []
    assert safe(text + "以上で終わりたいと思います。") == ["ひ", "ひ", "ひ"]


@pytest.mark.parametrize("quoted", [LARGE_KANA, OLD_SPELLING, OLD_CHARACTERS], ids=["つ", "ひ", "會"])
def test_old_text_quoted_in_a_modern_record_is_left_alone(quoted):
    text = MODERN * 8 + quoted + MODERN * 8
    gate = old_orthography(text)
    assert not gate.whole
    start = len(MODERN) * 8
    assert gate.at(start + len(quoted) // 2)
    assert not gate.at(0) and not gate.at(len(text) - 1) and not gate.at(start - 300)
    assert safe(text) == []


def test_a_law_read_out_keeps_its_large_kana_even_when_there_is_only_one():
    text = MODERN * 3 + LAW + MODERN * 3
    assert safe(text) == []
    assert safe(text.replace("条例第十二条の規定により", "").replace("当該部分", "そこ").replace("又は", "")
                    .replace("講ぜられ", "とられ").replace("「", "")) == ["あつ"]  # fmt: skip


def test_an_old_name_makes_no_old_neighbourhood():
    text = MODERN * 2 + "國學院大學の先生にお願ひします。" + MODERN * 2
    assert safe(text) == ["ひ"]


def test_katakana_law():
    quoted = "第三条　町村ハ渡船ヲ設クルコトヲ得　其ノ費用ハ使用者ヲシテ負担セシムヘシ"
    text = MODERN * 4 + quoted + MODERN * 4
    assert old_orthography(text).at(text.index("ヲ"))
    assert not old_orthography(text).at(0)


@pytest.mark.parametrize(
    "text",
    [
        "憲法第十二条は、国民の不断の努力によつて保持しなければならないと定めております。",
        "条例には「議会の議決によつて」という文言があります。",
        "昭和二十五年の答弁では、権利となつたものと説明されております。",
    ],
)
def test_the_wording_of_an_old_law_is_left_alone_even_where_nothing_else_is_old(text):
    assert safe(MODERN * 3 + text + MODERN * 3) == []
