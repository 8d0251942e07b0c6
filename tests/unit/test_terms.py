"""Noun phrases and key terms: what is true of every text, and the scores against figures worked out by hand."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.ingest import read
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.lexicon.words import cut
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import Passage, PassageKind
from minutes_cli.summarize import phrase_words
from minutes_cli.summarize.model import Analysis, Form, Phrase, Reading, Sentence, Speech
from minutes_cli.summarize.phrases import folded
from minutes_cli.summarize.terms import Words, count_phrases, key, key_terms, log_odds, names_of, phrases

_CORPUS = Path(__file__).parent.parent.parent / "corpus"
_PIECES = (
    "子ども 医療費 助成 伴走 型 支援 非 課税 世帯 住民税 待機児童 高齢者 等 予算 編成 取り組み 貸し出し "
    "令和6年度 3点 本市 の を に、 。 と DX 推進 ＧＩＧＡ ﾃﾞｼﾞﾀﾙ ･ デジタル ・ デバイド Wi - Fi 市長 "
    "総務部長 ご協力 する した 安全な 的 重要 B 型 ㈱ ㋉ ℀ ㈭ ① 20 十人 こと https://a.jp/ 花田さん 新 再 "
    "最高 水準 見守り 放課後 児童 ク ㍿ が\u3099 〃 々 ー"
).split(" ")
_TEXT = st.lists(st.sampled_from([*_PIECES, " ", "　", "\t"]), max_size=14).map("".join) | st.text(max_size=30)
_RECORDS = ("circle-same-line", "paren-line", "colon", "diet-style")


def _phrases(text: str) -> list[str]:
    return [form for _, _, form in phrases(cut(text))]


def _speech(text: str) -> Speech:
    """A speech read as far as terms need it."""
    parts = []
    for start, end in sentences(text):
        found = cut(text[start:end])
        inside = tuple(Phrase(start + low, start + high, form) for low, high, form in phrases(found))
        reading = Reading(Form.EXPLANATION, "", 0, 0)
        parts.append(Sentence(start, end, found, reading, tuple(found.content(start)), inside))
    return Speech(None, Passage(PassageKind.SPEECH, text, ()), tuple(parts))  # type: ignore[arg-type]


def _counts(**texts: str) -> dict[str, Counter[Words]]:
    return {group: count_phrases([_speech(text)]) for group, text in texts.items()}


def _runs(words: Words) -> list[Words]:
    return [words[low:high] for low in range(len(words)) for high in range(low + 1, len(words) + 1)]


@cache
def _spoken(name: str) -> dict[str, list[Speech]]:
    """The speeches of a record of ours by speaker."""
    document = parse(normalize(read(next((_CORPUS / name).glob("*.txt")))).view)
    found: dict[str, list[Speech]] = {}
    for passage in searchable(document, name).passages:
        if passage.kind is PassageKind.SPEECH:
            found.setdefault(str(passage.speaker), []).append(_speech(passage.text))
    return found


# -- phrases ----------------------------------------------------------------------------------------------


@given(_TEXT)
def test_phrases_are_what_stands_in_the_sentence(text: str) -> None:
    last = 0
    for start, end, form in phrases(cut(text)):
        assert last <= start < end <= len(text)
        assert form == folded(text[start:end]) != ""
        assert not any(map(str.isspace, form))
        last = end


@given(st.text(max_size=40))
def test_folding_changes_width_and_blanks_alone(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded("".join(text.split())) == folded(text)


@given(_TEXT)
def test_the_words_of_a_phrase_make_its_form(text: str) -> None:
    text = text.replace("\n", " ")
    forms = Counter(phrase.form for sentence in _speech(text).sentences for phrase in sentence.phrases)
    words = count_phrases([_speech(text)])
    assert {"".join(each) for each in words} == set(forms)
    assert words.total() == forms.total()


@pytest.mark.parametrize(
    "unit", ["重要", "支援", "状況", "貸し出し", "等", "DX ", "デジタル・", "御", "再", "3", "状況重要", "予算"]
)
def test_thousands_in_a_row(unit: str) -> None:
    """What looks back, or at every pair, would take minutes here."""
    assert phrases(cut(unit * 20_000)) is not None


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("子ども医療費助成", ("子ども", "医療費", "助成")),
        ("住民税非課税世帯", ("住民税", "非課税", "世帯")),
        ("最高気温", ("最高", "気温")),
        ("災害時要援護者", ("災害時", "要援護者")),
        ("デジタル・デバイド", ("デジタル・", "デバイド")),
        ("伴走型支援", ("伴走型", "支援")),
        ("待機児童", ("待機児童",)),
        ("自治体 ＤＸ 推進", ("自治体", "DX", "推進")),
    ],
)
def test_the_words_of_a_phrase(phrase: str, words: Words) -> None:
    assert count_phrases([_speech(phrase)]) == {words: 1}


#: Words that Sudachi reads otherwise when they stand alone, or that only stand behind others.
_BOUND = phrase_words.LOOSE_SUFFIXES | phrase_words.PREFIXES | phrase_words.DETERMINERS | phrase_words.VERBAL


@pytest.mark.parametrize("table", ["APART", "GENERAL", "LIGHT", "TITLES", "TOPICS", "VERB_NOUNS"])
def test_words_in_the_tables_are_written_as_they_are_looked_up(table: str) -> None:
    words = getattr(phrase_words, table) - _BOUND
    assert {word for word in words if [m.form for m in cut(word).morphemes()] != [word]} == set()


def test_no_word_stands_in_two_tables() -> None:
    tables = (phrase_words.APART, phrase_words.GENERAL, phrase_words.LIGHT, phrase_words.TITLES, phrase_words.TOPICS)
    assert [word for word, times in Counter(word for table in tables for word in table).items() if times > 1] == []


# -- scores -----------------------------------------------------------------------------------------------


def test_the_formula_by_hand() -> None:
    # y1 = 6 of 100, y2 = 2 of 300, alpha = 4 of 200:
    # ln(10 / 290) - ln(6 / 494) = -3.367296 + 4.410776 = 1.043480; 1/10 + 1/6 = 0.266667, its root 0.516398
    assert log_odds(6, 100, 2, 300, 4, 200) == pytest.approx(2.020691, abs=1e-5)


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 20), st.integers(2, 500))
def test_what_all_say_equally_scores_nothing(times: int, more: int, scale: int, others: int) -> None:
    size = times + others
    assert log_odds(times, size, times * scale, size * scale, 0.3 * times, 0.3 * size) == pytest.approx(0, abs=1e-9)
    here = log_odds(times + more, size + more, times, size, times, size)
    assert here > 0
    assert log_odds(times, size, times + more, size + more, times, size) == pytest.approx(-here)


def test_a_term_that_all_say_equally_is_not_listed() -> None:
    same = "防災無線と待機児童。" * 3
    found = key_terms(_counts(a=same + "学校給食。" * 3, b=same + "空き家対策。" * 3), (), 8)
    assert [term.term for term in found["a"]] == ["学校給食"]
    assert [term.term for term in found["b"]] == ["空き家対策"]
    term = found["a"][0]
    # 9 phrases each; 学校給食 3 of 9 and 0 of 9, prior 0.9 of 5.4
    assert (term.times, term.elsewhere) == (3, 0)
    assert term.score == pytest.approx(log_odds(3, 9, 0, 9, 0.9, 5.4))


def test_a_term_counts_inside_longer_ones_too() -> None:
    spoken = "医療費助成。子ども医療費助成制度。子ども医療費助成制度。" + "防災無線。" * 3
    found = key_terms(_counts(a=spoken, b="医療費助成。" + "空き家対策。" * 9), (), 8)
    terms = {term.term: term for term in found["a"]}
    assert "医療費助成" not in terms  # the longer one explains it: 2 of 3
    assert (terms["子ども医療費助成制度"].times, terms["子ども医療費助成制度"].elsewhere) == (2, 0)
    spoken += "医療費助成。" * 4
    terms = {term.term: term for term in key_terms(_counts(a=spoken, b="空き家対策。" * 9), (), 8)["a"]}
    assert terms["医療費助成"].times == 7
    assert terms["子ども医療費助成制度"].times == 2


@pytest.mark.parametrize(("term", "other"), [("課税世帯", "住民税非課税世帯"), ("援護者", "災害時要援護者")])
def test_part_of_a_word_is_not_the_word(term: str, other: str) -> None:
    found = key_terms(_counts(a=f"{term}。" * 3 + f"{other}。" * 3, b="防災無線。" * 5), (), 8)
    assert {term.term: term.times for term in found["a"]} == {term: 3, other: 3}


def test_what_has_a_part_in_common_is_listed_beside_it() -> None:
    spoken = "学校給食費。" * 3 + "給食費滞納者。" * 3 + "給食費。"
    found = key_terms(_counts(a=spoken, b="防災無線。" * 5), (), 8)
    assert {term.term: term.times for term in found["a"]} == {"学校給食費": 3, "給食費滞納者": 3, "給食費": 7}


def test_marks_between_words_belong_to_none() -> None:
    found = key_terms(_counts(a="デジタル・デバイド。デジタル。デジタル。", b="防災無線。" * 5), (), 8)
    assert {term.term: term.times for term in found["a"]} == {"デジタル": 3, "デジタル・デバイド": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＤＸ推進", "dx推進"),
        ("引き上げ率", "引上げ率"),
        ("子ども食堂", "子供食堂"),
        ("こども食堂", "子ども食堂"),
        ("障がい者雇用", "障害者雇用"),
        ("サーバー室", "サーバ室"),
        ("空きヶ所", "空ケ所"),
    ],
)
def test_spellings_count_together(one: str, other: str) -> None:
    assert key(folded(one)) == key(folded(other))


@pytest.mark.parametrize(
    ("one", "other"), [("学校", "学級"), ("情報化", "情報"), ("サービス", "サービ"), ("まち", "町"), ("カード", "カド")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_the_commonest_spelling_is_shown() -> None:
    found = key_terms(_counts(a="子供食堂。子ども食堂。子ども食堂。", b="防災無線。" * 3), (), 8)
    assert [(term.term, term.times) for term in found["a"]] == [("子ども食堂", 3)]


def test_what_is_said_once_counts_only_where_little_is_said() -> None:
    found = key_terms(_counts(a="学校給食。防災無線。防災無線。", b="防災無線。空き家対策。" * 40), (), 8)
    assert "学校給食" in [term.term for term in found["a"]]
    found = key_terms(_counts(a="学校給食。" + "防災無線。" * 60, b="空き家対策。" * 40), (), 8)
    assert [term.term for term in found["a"]] == ["防災無線"]


def test_a_single_group_is_ranked_by_how_much_of_a_term_each_is() -> None:
    spoken = "医療費助成。" * 2 + "子ども医療費助成。" * 2 + "学校給食費助成。" + "保育料。" * 3
    found = key_terms(_counts(a=spoken), (), 8)["a"]
    scores = {term.term: term.score for term in found}
    # 保育料: log2(3) x 3; 子ども医療費助成: log2(8) x 2; 学校給食費助成: log2(7) x 1
    assert scores["保育料"] == pytest.approx(4.754888)
    assert scores["子ども医療費助成"] == pytest.approx(6)
    assert scores["学校給食費助成"] == pytest.approx(2.807355)
    assert "医療費助成" not in scores
    assert all(term.elsewhere == 0 for term in found)
    assert [term.score for term in found] == sorted(scores.values(), reverse=True)


def test_what_stands_inside_longer_ones_counts_less_in_a_single_group() -> None:
    spoken = "医療費助成。" * 5 + "子ども医療費助成。高齢者医療費助成。"
    found = key_terms(_counts(a=spoken + "学校給食。" * 60), (), 8)["a"]
    # log2(5) x (7 - 2 / 2)
    assert {term.term: (term.times, round(term.score, 4)) for term in found} == {
        "医療費助成": (7, 13.9316),
        "学校給食": (60, 120.0),
    }


def test_the_order_is_by_score_times_and_text() -> None:
    found = key_terms(_counts(a="保育料。学校給食。防災無線。", b="空き家対策。" * 3), (), 2)
    assert [term.term for term in found["a"]] == ["保育料", "学校給食"]
    found = key_terms(_counts(a="学校給食。" * 3 + "子ども医療費助成。" * 2), (), 8)  # log2(4) x 3 = log2(8) x 2
    assert [(term.term, term.score) for term in found["a"]] == [("学校給食", 6), ("子ども医療費助成", 6)]


@pytest.mark.parametrize("nothing", [{}, {"a": {}}, {"a": {}, "b": {}}])
def test_no_phrases_no_terms(nothing: dict[str, dict[Words, int]]) -> None:
    assert key_terms(nothing, (), 8) == dict.fromkeys(nothing, ())


@pytest.mark.parametrize("name", _RECORDS)
def test_counts_can_be_counted_again(name: str) -> None:
    """Times: in phrases cut into words, every run of words that spells the term; elsewhere: the same of the others."""
    counts = {speaker: count_phrases(spoken) for speaker, spoken in _spoken(name).items()}
    found = key_terms(counts, (), 8)
    assert any(found.values())

    def recount(term: str, table: Counter[Words]) -> int:
        runs = ((run, times) for words, times in table.items() for run in _runs(words))
        return sum(times for run, times in runs if key("".join(run).strip("・-")) == key(term))

    for speaker, terms in found.items():
        for term in terms:
            assert term.times == recount(term.term, counts[speaker])
            others = (recount(term.term, table) for other, table in counts.items() if other != speaker)
            assert term.elsewhere == sum(others)
            assert term.score > 0


@pytest.mark.parametrize("name", _RECORDS)
def test_no_term_listed_explains_another(name: str) -> None:
    counts = {speaker: count_phrases(spoken) for speaker, spoken in _spoken(name).items()}
    shown = {"".join(words): [words] for table in counts.values() for words in table}
    for terms in key_terms(counts, (), 20).values():
        for one in terms:
            for other in terms:
                parts = {key("".join(run)) for words in shown[other.term] for run in _runs(words) if run != words}
                assert key(one.term) not in parts or 2 * other.times < one.times


# -- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "names"),
    [
        ("ススキ野", {"ススキ野"}),
        ("ススキ野環境対策官", {"ススキ野"}),
        ("ススキ野さん", {"ススキ野"}),
        ("環境対策官ススキ野太郎", {"ススキ野太郎"}),
    ],
)
def test_names_of_people_present_are_out(term: str, names: set[str]) -> None:
    counts = {"a": Counter({(term,): 3, ("保育料",): 3}), "b": Counter({("防災無線",): 3})}
    assert [found.term for found in key_terms(counts, names, 8)["a"]] == ["保育料"]
    assert {found.term for found in key_terms(counts, (), 8)["a"]} == {term, "保育料"}


def test_what_only_begins_like_a_name_stays() -> None:
    counts = {"a": Counter({("森林環境税",): 3}), "b": Counter({("防災無線",): 3})}
    assert [found.term for found in key_terms(counts, {"森", "森林", "森林太郎"}, 8)["a"]] == ["森林環境税"]


def test_the_names_in_a_record() -> None:
    record = parse(normalize(read(next((_CORPUS / "diet-style").glob("*.txt")))).view)
    analysis = Analysis("", "", record.meeting, record.speakers, (), record.attendance, frozenset(), ())
    names = names_of(analysis)
    full = [name for name in (*(s.name for s in record.speakers), *(a.name for a in record.attendance)) if name]
    assert full
    for name in full:
        assert folded(name) in names
        assert name.split()[0] in names if " " in name else name[:2] in names
    assert "" not in names
