"""Words: how sentences are cut into units, what a pattern of words finds, and what is said of it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import pytest

from minutes_cli.errors import UsageError
from minutes_cli.lexicon import words
from minutes_cli.lexicon.folding import fold
from minutes_cli.lexicon.words import LONGEST, forms, spellings, tokenizer_identity, units
from minutes_cli.search import words as search_words
from minutes_cli.search.spellings import Spellings, needs_of
from minutes_cli.search.words import WordPattern, describe, read_spellings


def found(pattern: str, text: str) -> list[str]:
    return [text[start:end] for start, end in WordPattern(pattern).find(text)]


def read(sentence: str) -> set[str]:
    return {unit.form for unit in units(sentence)}


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("都", "東京都と京都。", ["都"]),
        ("児童", "待機児童と児童館。", ["児童", "児童"]),
        ("待機児童", "待機児童。待機の児童。", ["待機児童"]),
        ("取る", "防災に取り組む。", []),
        ("組む", "防災に取り組む。予算を組んだ。", ["組ん"]),
        ("考える", "考え方を考え直す。", []),
        ("高い", "高さが高かった。", ["高かっ"]),
        ("働き方", "働き方改革。", ["働き方"]),
        ("無償化", "教育無償化を実現する会。", ["無償化"]),
        ("デジタルデバイド", "デジタル・デバイド、デジタル　デバイド。", ["デジタル・デバイド", "デジタル　デバイド"]),
        ("都市計画", "都市・計画。", []),
        ("徳島", "徳島（とくしま）県。", ["徳島（とくしま）"]),
        ("子どもの安全", "子供の安全。\n子どもの\n安全。", ["子供の安全"]),
        ("委員会", "委員会。委員会", ["委員会", "委員会"]),
        ("会議 会議", "会議会議会議会議会議。", ["会議会議", "会議会議"]),
        ("は は", "はははと笑う。", []),
        ("思い", "そう思います。思いを語る。", ["思い"]),
        ("申込", "申し込みます。申し込み書。お申し込みください。", ["申し込み", "申し込み"]),
        ("ガス", "カ゛スとｶﾞｽ。", ["カ゛ス", "ｶﾞｽ"]),
        ("考え", "そう考えて話す。考えを話す。", ["考え"]),
        ("申込", "申し込みたり。", []),
        ("鳥", "魚をとりに行く。", []),
        ("月", "経費につき市の負担とする。", []),
        ("ソーシャルデジタル", "ソーシャル・デジタルディバイド。", ["ソーシャル・デジタル"]),
        ("2024年", "二〇二四年。２０２４年。", ["二〇二四年", "２０２４年"]),
    ],
)
def test_find(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_places_count_code_points_of_the_text() -> None:
    assert WordPattern("打合せ").find("𠮷野です。\n 次の打ち合わせ。") == [(9, 14)]


def test_a_verb_is_a_noun_where_one_stands() -> None:
    assert {"繰り越す", "繰り越し"} <= read("残りの繰り越しの額。")
    assert "申し込み" not in read("窓口に申し込みます。")
    assert {"問い合わせ"} <= read("お問い合わせください。")


def test_parts_of_words_that_are_folded_lie_where_they_stand() -> None:
    sentence = "ﾃﾞｼﾞﾀﾙﾃﾞｨﾊﾞｲﾄﾞ"
    places = {unit.form: sentence[unit.start : unit.end] for unit in units(sentence)}
    assert places == {"デジタル": "ﾃﾞｼﾞﾀﾙ", "ディバイド": "ﾃﾞｨﾊﾞｲﾄﾞ", "デジタルディバイド": sentence}


@pytest.mark.parametrize("letter", ["あ", "a", "𠮷", "㌖", "\ufdfa", "ー"])
def test_any_length_is_cut(letter: str) -> None:
    sentence = letter * LONGEST
    assert units(sentence)[-1].end == len(sentence)
    for literals in (None, (frozenset({"会議"}),)):  # before and after the spellings of the dictionary were read
        pattern = WordPattern("会議")
        pattern._literals = literals
        assert pattern.find(sentence + "。会議") == [(LONGEST + 1, LONGEST + 3)]


def test_threads_list_the_same_forms() -> None:
    texts = [f"第{n}回の打合せで{n}件の申し込みを受け付けた。取り組みを見直す。" for n in range(60)]
    with ThreadPoolExecutor(4) as pool:
        assert [one for (one,) in pool.map(lambda text: forms([text]), texts)] == forms(texts)


@pytest.mark.parametrize("pattern", ["", " ", "　\n", "、。", "・", "（）", "-"])
def test_a_pattern_without_words(pattern: str) -> None:
    with pytest.raises(UsageError, match="holds no word"):
        WordPattern(pattern)


def test_a_broken_pattern() -> None:
    with pytest.raises(UsageError, match="broken"):
        WordPattern("会議\udc81")


def test_forms_are_the_ways_that_a_match_may_take() -> None:
    assert WordPattern("待機児童").forms == (frozenset({"待機児童"}), frozenset({"待機", "児童"}))
    assert WordPattern("「打合せ」").forms == (frozenset({"打ち合わせ"}),)


def test_of_very_many_ways_one_word_is_needed() -> None:
    (listed,) = forms(["東京都待機児童高齢者障害者" * 3])
    ways = WordPattern("東京都待機児童高齢者障害者" * 3).forms
    assert any(way <= listed for way in ways)
    assert all(len(way) == 1 for way in ways)


def test_spellings_are_read_once_many_characters_were_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Spellings()
    monkeypatch.setattr(search_words, "_SPELLINGS", fresh)
    monkeypatch.setattr("minutes_cli.search.spellings.WORTH", 30)
    one, other = WordPattern("打合せ"), WordPattern("附属")
    assert one.needs == () == other.needs
    assert one.find("次回の打ち合わせ。") == [(3, 8)]
    assert one.needs == ()
    calls = []
    cut_once = search_words._cut
    monkeypatch.setattr(search_words, "_cut", lambda sentence: calls.append(sentence) or cut_once(sentence))
    assert one.find("別の話をする。" * 9 + "次回の打ち合わせ。")[0] == (66, 71)
    assert calls[-1] == "次回の打ち合わせ。"
    assert len(calls) < 6
    assert one.needs and other.needs


def test_needs_hold_the_spellings() -> None:
    read_spellings(["附属"])
    (clause,) = WordPattern("附属").needs
    assert {"附属", "付属"} <= clause


RESPELLED = [
    ("サーバー", "サーーバー"),
    ("サーバー", "サ〜〜バー"),
    ("サーバー", "サー-バー"),
    ("徳島県", "徳島（とくしま）県"),
    ("徳島県", "徳（とく）島﹙しま﹚県"),
    ("ガス", "カ゛ス"),
    ("平成", "㍻"),
    ("10", "㋉"),
    ("株式会社", "㍿"),
    ("キログラム", "㌔グラム"),
    ("DX", "ᴰ𝐗"),
    ("令和6年", "令和六年"),
]


def test_what_is_needed_stands_there_however_it_is_spelled() -> None:
    read_spellings([pattern for pattern, _ in RESPELLED])
    for pattern, text in RESPELLED:
        made = WordPattern(pattern)
        assert made.find(f"次は{text}だ。")
        assert all(any(literal in fold(text).text for literal in clause) for clause in made.needs)
    assert [pattern for pattern, _ in RESPELLED if not WordPattern(pattern).needs] == ["10"]


def test_a_character_may_end_where_a_word_is_cut() -> None:
    (clause,) = needs_of([frozenset({"成立"})])
    assert {"成立", "㍻", "成(", "㊝立"} & clause == {"成立", "㍻", "成("}


def test_several_patterns_cut_a_sentence_once(monkeypatch: pytest.MonkeyPatch) -> None:
    search_words._cut.cache_clear()
    for pattern in ("会議", "資料", "会議"):
        WordPattern(pattern).find("会議の資料を配る。")
    assert search_words._cut.cache_info().misses == 1


def test_describe() -> None:
    described = describe("障がい者支援")
    assert [word.text for word in described] == ["障がい者", "障がい", "者", "支援"]
    assert [word.form for word in described][:2] == ["障害者", "障害"]
    assert {"障害", "障がい", "障碍"} <= set(described[1].spellings)


def test_spellings_hold_inflections() -> None:
    assert {"取り組む", "取組む", "取り組ん"} <= spellings(["取り組む", "無い無い語"])["取り組む"]
    assert spellings(["無い無い語"]) == {"無い無い語": set()}


def test_the_tokenizer_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    identity = tokenizer_identity()
    assert f"sudachipy {version('sudachipy')}, sudachidict-core {version('sudachidict-core')}, " in identity
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"of {name}")
    assert words.tokenizer_identity().startswith("sudachipy of sudachipy, sudachidict-core of sudachidict_core")


def test_what_is_no_character_is_read_as_an_illegible_one():
    """Lone surrogates stand in no file, but in texts that programs hand over; Sudachi takes none."""
    assert words.read("予算\ud800です").words[-1] == words.read("予算〓です").words[-1]
    assert words.read_around("予算\ud800です", 0).word.text == "予算"
    assert words.cut("予算\udce3です").words == words.cut("予算〓です").words
