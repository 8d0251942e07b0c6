"""Rules about characters: whatever a text holds, each fault is found once, where it is, and mended without loss."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.check.brackets import lone, suspicious
from minutes_cli.check.characters import all_named, quoted
from minutes_cli.check.misread import apart, misread
from minutes_cli.check.model import Flaw, Forbidden, Options
from minutes_cli.check.stretches import Areas, places
from minutes_cli.check.subject import Subject
from minutes_cli.check.table import row_of, rule_of
from minutes_cli.edits import settle, view
from minutes_cli.errors import UsageError
from minutes_cli.ingest.text import decode, from_text
from minutes_cli.model import Safety, Span
from minutes_cli.parse import parse

RULES = (
    "wrong-encoding",
    "mojibake",
    "glyph-code",
    "control-character",
    "invisible-character",
    "half-width-kana",
    "decomposed-kana",
    "private-use-character",
    "mixed-marks",
    "no-break-space",
    "unbalanced-bracket",
    "implausible-text",
)
OPTIONS = Options(forbidden=(Forbidden("部外秘"), Forbidden("")))

RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　{}
○町長（鈴木一郎君）　お答えいたします。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
LINE = 3

ORDINARY = "議長は、町道の管理（令和６年）について「道」と言う。ABC abc\n　○〇１２"
PAIRS = ("（令和六年）", "「道」", "『道』", "〔拍手〕", "［別紙］", "【委員】", "〈一〉", "《二》", "(町 道)")
SELECTED = ("辻\U000e0100", "葛\U000e0101城", "神\ufe00社", "❤\ufe0f", "1\ufe0f\u20e3", "👁\ufe0f\u200d🗨")
USUAL = (
    "――――◇――――",
    "・・・・・・",
    "……？！",
    "14:00~15:30",
    "http://example.jp/?a=b;c:d#e|f",
    "a@example.jp",
    "|a|b|\n|:--|--:|",
)

#: Characters that the rules look at, so that random texts hold faults, and some that they must leave alone.
FAULTY = (
    "縺薙繧繝譁�\ufffdãæ\x81\x93‚ƒ¤¥銇„\x00\x08\x0b\x1a\x1b\x1e\x7f\x85\x9f\u2028\u200b\u200d\ufeff\xad\u202e\u2066"
    "\ufe0f\U000e0100\U000e0041🏴👁🗨辻ｱｶﾊﾞﾟ､｡｢｣ｰかはガ\u3099\u309a゛゜\ue000\uf8f1\U000f0001○〇◯◎●OＯ\xa0\u2003\u3164"
    "「」『』（）()〔〕［］【】〈〉《》;:'^~|_ﾉヽ・彁墸妛椦\ud800\uffff$B(cid:1)/g2&#3;\r\n\f\t 　1議長君町。、"
)
FREE = st.text(st.sampled_from(FAULTY), max_size=60) | st.text(st.characters(codec=None), max_size=40)
IN_RECORD = st.builds(RECORD.format, FREE.map(lambda t: t.replace("{", "").replace("}", "")))
TEXTS = st.one_of(FREE, IN_RECORD)


def subject_of(text: str, options: Options = OPTIONS, encoding: str = "utf-8") -> Subject:
    source = from_text(text, "record.txt", raw=text.encode(encoding, "surrogatepass"), encoding=encoding)
    return Subject(parse(source), (), options)


def flaws(rule: str, text: str, **more) -> list[Flaw]:
    return list(rule_of(row_of(rule)).find(subject_of(text, **more)))


def lines(rule: str, text: str, **more) -> list[int]:
    source = from_text(text, raw=b"")
    return [source.place(flaw.span.start).line for flaw in flaws(rule, text, **more)]


def fixed(rule: str, text: str) -> str:
    edits = [flaw.fix for flaw in flaws(rule, text) if flaw.fix and flaw.fix.safety is Safety.SAFE]
    kept, _ = settle(edits)
    return view(from_text(text, raw=b""), kept).text


class TestAnyText:
    @given(TEXTS)
    def test_every_flaw_lies_in_the_text_and_says_something(self, text: str):
        subject = subject_of(text)
        for name in (*RULES, "forbidden-word"):
            for span, message, fix in rule_of(row_of(name)).find(subject):
                assert 0 <= span.start <= span.end <= len(text)
                assert span.start < span.end
                assert message
                assert fix is None or (fix.before == text[fix.span.start : fix.span.end] != fix.after)

    @given(TEXTS)
    def test_no_rule_reports_a_place_twice(self, text: str):
        for name in RULES:
            spans = sorted(flaw.span for flaw in flaws(name, text))
            assert all(one.end <= other.start for one, other in pairwise(spans)), name

    @given(TEXTS)
    def test_no_two_of_the_rules_of_characters_share_a_place(self, text: str):
        seen: dict[int, str] = {}
        for name in RULES[:8]:
            for span, _, _ in flaws(name, text):
                for at in range(*span):
                    assert seen.setdefault(at, name) == name

    @given(TEXTS)
    def test_nothing_is_left_of_what_was_safely_mended(self, text: str):
        for name in RULES:
            mended = fixed(name, text)
            rest = [flaw for flaw in flaws(name, mended) if flaw.fix and flaw.fix.safety is Safety.SAFE]
            assert not rest or mended == text or name == "mixed-marks"

    @given(
        st.text(st.sampled_from("議長は、町道の管理（令和６年）について「道」と言う。ABC abc\n　○〇１２"), max_size=60)
    )
    def test_ordinary_characters_are_left_alone(self, text: str):
        for name in RULES:
            if name not in ("unbalanced-bracket", "mixed-marks"):
                assert flaws(name, text) == []


class TestMisread:
    WORDS = st.text(st.sampled_from("これはまちのみちについてのしつもんです会議録町道橋"), min_size=3, max_size=20)

    @pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("utf-8", "cp932"), ("euc-jp", "latin-1")])
    @given(WORDS.filter(lambda said: 2 * sum("ぁ" <= c <= "ん" for c in said) >= len(said)))
    def test_what_was_misread_is_read_again(self, right: str, wrong: str, said: str):
        try:
            garbled = said.encode(right).decode(wrong)
        except UnicodeDecodeError:
            return  # this word would have been refused, not misread
        if garbled.encode(wrong) != said.encode(right):
            return
        text = "町長は" + garbled + "と言う。"
        pieces = apart(text, misread(text, frozenset(text)))
        assert [piece.meant for piece in pieces if piece.span == Span(3, 3 + len(garbled))] == [said]

    @given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x9FFF), max_size=40))
    def test_japanese_is_not_misread(self, text: str):
        if not any(c in "縺繧繝銇銈銉" for c in text):
            assert misread(text, frozenset(text)) == []

    def test_half_width_kana_are_not_taken_for_another_encoding(self):
        for text in ("ｺﾝﾋﾟｭｰﾀ､ﾌﾟﾘﾝﾀ", "ｱ､ｲ､ｳ､ｴ､ｵ", "ﾔﾏﾀﾞ ﾀﾛｳ", "（ｱ）（ｲ）（ｳ）"):
            assert misread(text, frozenset(text)) == []

    def test_a_file_read_in_a_forced_encoding_is_reported_once(self):
        source = decode(RECORD.format("質問します。").encode("cp932"), "record.txt", "latin-1")
        subject = Subject(parse(source))
        found = {name: list(rule_of(row_of(name)).find(subject)) for name in RULES}
        assert len(found.pop("wrong-encoding")) == 1
        assert not any(found[name] for name in RULES[1:9] if name in found)

    @pytest.mark.parametrize("word", ["道路の整備", "文字化け", "お知らせ", "こ"])
    def test_a_word_of_which_bytes_are_lost_is_one_flaw(self, word: str):
        assert lines("mojibake", RECORD.format("町の" + word.encode().decode("cp932", "replace") + "です。")) == [LINE]

    def test_the_right_encoding_is_named(self):
        source = decode(RECORD.format("質問します。").encode(), "record.txt", "latin-1")
        (flaw,) = rule_of(row_of("wrong-encoding")).find(Subject(parse(source)))
        assert "--encoding utf-8" in flaw.message

    def test_a_line_of_euc_in_a_file_of_cp932_is_found_by_its_bytes(self):
        before, line = (
            RECORD.format("質問します。").encode("cp932"),
            "○２番（高橋次郎君）　質問します。".encode("euc-jp"),
        )
        source = decode(before + line + b"\n", "record.txt", "cp932")
        found = list(rule_of(row_of("wrong-encoding")).find(Subject(parse(source))))
        assert [source.place(flaw.span.start).line for flaw in found] == [6]
        assert "EUC-JP" in found[0].message

    @given(st.text("縺繧繝あ議長"), st.booleans())
    def test_characters_are_found_in_order(self, text: str, many: bool):
        wanted = "縺繧あ" + ("".join(map(chr, range(0x5000, 0x5100))) if many else "")
        assert places(text, frozenset(wanted)) == [at for at, character in enumerate(text) if character in wanted]

    def test_areas(self):
        areas = Areas([Span(2, 4), Span(6, 7)])
        assert [at for at in range(9) if areas.meet(Span(at, at + 1))] == [2, 3, 6]
        assert areas.meet(Span(0, 9))
        assert not Areas([]).meet(Span(0, 9))


class TestBrackets:
    @given(
        st.recursive(st.text("町道は、。", max_size=5), lambda inner: st.builds("「{}」（{}）".format, inner, inner))
    )
    def test_what_is_balanced_is_left_alone(self, text: str):
        assert flaws("unbalanced-bracket", RECORD.format(text)) == []

    @given(
        st.sampled_from(PAIRS),
        st.booleans(),
        st.lists(st.sampled_from(["「橋」と", "（第七\n号）と", "一つ、", "【注】"]), max_size=4),
    )
    def test_the_bracket_that_lost_its_partner_is_found(self, pair: str, opening: bool, around: list[str]):
        text = RECORD.format("".join(around) + "町の" + (pair[1:] if opening else pair[:-1]) + "について。")
        line = LINE + "".join(around).count("\n")
        assert lines("unbalanced-bracket", text) == [line]
        assert lines("unbalanced-bracket", RECORD.format("".join(around) + "町の" + pair + "について。")) == []

    def test_a_speech_is_not_mended_by_the_next_one(self):
        text = RECORD.format("「道が悪い。").replace("お答えいたします。", "はい」と答えます。")
        assert lines("unbalanced-bracket", text) == [3, 4]

    def test_marks_of_lists_are_no_brackets(self):
        said = "次の三つです。\n1）道路\n２)橋\nア）側溝\na) 照明、①）柵\n"
        assert lines("unbalanced-bracket", RECORD.format(said)) == []
        assert lines("unbalanced-bracket", RECORD.format("道路費）について")) == [3]

    def test_labels_of_one_bracket_are_a_way_of_writing(self):
        text = "会議の記録\n座長）始めます。\n委員）道が悪い。\n事務局）直します。\n座長）終わります。\n"
        assert lines("unbalanced-bracket", text) == []

    def test_a_million_brackets_are_looked_at_once(self):
        for text in ("（" * 10_000, "）" * 10_000, "（「" * 5_000, "（\n" * 5_000):
            assert len(list(lone(text, suspicious(text, frozenset(text)), [0]))) == text.count("（") + text.count(
                "）"
            ) + (text.count("「"))


class TestCharacters:
    @given(st.sampled_from("ガギグパピプヴダー。「」、・アンッ"), st.sampled_from("ガギグパピプヴダー。「」、・アンッ"))
    def test_half_width_kana_come_back_in_full_width(self, one: str, other: str):
        half = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFF9E)}
        marks = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
        pieces = unicodedata.normalize("NFD", "ア" + one + other)
        narrow = "".join(marks.get(c) or half[c] for c in pieces)
        assert fixed("half-width-kana", RECORD.format(narrow)) == RECORD.format("ア" + one + other)

    def test_a_half_width_mark_goes_into_the_kana_before_it(self):
        assert fixed("half-width-kana", RECORD.format("カﾞード、はﾟ")) == RECORD.format("ガード、ぱ")

    def test_marks_with_a_width_are_never_put_into_their_kana_without_asking(self):
        text = RECORD.format("か゛")
        assert lines("decomposed-kana", text) == [LINE]
        assert fixed("decomposed-kana", text) == text

    @given(st.text(st.sampled_from("かがきぎはばぱひびぴウヴゞゝんアー神"), max_size=12))
    def test_decomposed_kana_come_back_as_they_were(self, word: str):
        assert fixed("decomposed-kana", RECORD.format(unicodedata.normalize("NFD", word))) == RECORD.format(word)

    def test_compatibility_kanji_keep_their_form(self):
        text = RECORD.format("\ufa19社と\ufa1bか\u3099")
        assert fixed("decomposed-kana", text) == RECORD.format("\ufa19社と\ufa1bが")

    @pytest.mark.parametrize("name", SELECTED)
    def test_selectors_that_choose_a_shape_stay(self, name: str):
        assert flaws("invisible-character", RECORD.format(name + "です。")) == []

    @pytest.mark.parametrize("run", ["か\U000e0100", "。\u200b\u200b", "\u200d道", "道\ufeff", "道\u202e", "A\ufe0f"])
    def test_those_that_choose_none_are_one_flaw(self, run: str):
        assert lines("invisible-character", RECORD.format("町の" + run + "です。")) == [LINE]

    def test_a_direction_is_never_turned_back_without_asking(self):
        text = RECORD.format("管\u202e理")
        assert fixed("invisible-character", text) == text
        assert fixed("invisible-character", RECORD.format("管\u200b理")) == RECORD.format("管理")

    @pytest.mark.parametrize("lossy", "\x08\x1a\x1e\x07\x0e\x85\x9f")
    def test_what_may_stand_for_something_is_not_taken_out(self, lossy: str):
        text = RECORD.format(f"町{lossy}道")
        assert fixed("control-character", text) == text
        assert lines("control-character", text) == [LINE]

    def test_line_ends_of_other_programs_become_those_of_the_record(self):
        windows = RECORD.replace("\n", "\r\n")
        assert fixed("control-character", windows.format("町\x0b道")) == windows.format("町\r\n道")
        assert fixed("control-character", RECORD.format("町道\u2028")) == RECORD.format("町道")

    def test_blanks_are_as_wide_as_their_neighbours(self):
        said = RECORD.format("町\xa0道、A\xa0B、道\xa0A、A\u2003B")
        assert fixed("no-break-space", said) == RECORD.format("町　道、A B、道 A、A　B")

    def test_codes_are_named_for_those_who_cannot_see_them(self):
        assert all_named("\u200b\u200b\x00") == "U+200B ZERO WIDTH SPACE (2 times), U+0000 NULL"
        assert quoted("町\n道") == '"町 道"'
        assert quoted("町" * 30) == '"' + "町" * 20 + '…"'

    def test_the_code_of_a_gaiji_in_cp932_is_told(self):
        (flaw,) = flaws("private-use-character", RECORD.format("\ue000"))
        assert "F040" in flaw.message

    def test_entities_in_markdown_are_right(self):
        text = RECORD.format("A&nbsp;B")
        markdown = from_text(text, "record.md")
        assert lines("glyph-code", text) == [LINE]
        assert list(rule_of(row_of("glyph-code")).find(Subject(parse(markdown)))) == []


class TestMixedMarks:
    @pytest.mark.parametrize("mark", "〇◯OＯ0０")
    def test_a_circle_that_only_looks_the_same(self, mark: str):
        text = RECORD.format("はい。")
        garbled = text.replace("○町長", mark + "町長")
        assert lines("mixed-marks", garbled) == [4]
        assert fixed("mixed-marks", garbled) == text

    def test_an_even_mixture_has_no_right_one(self):
        text = RECORD.format("はい。").replace("○町長", "〇町長").replace("○１番", "〇１番")
        assert lines("mixed-marks", text * 3) == []

    def test_another_mark_once_before_somebody_who_has_the_circle_elsewhere(self):
        text = RECORD.format("はい。\n○町長（鈴木一郎君）　はい。")
        assert lines("mixed-marks", text.replace("○町長", "●町長", 1)) == [4]
        assert lines("mixed-marks", text.replace("○町長", "●町長")) == []

    def test_words_that_begin_with_the_letter_are_no_labels(self):
        text = RECORD.format("はい。\nOA機器（複写機）　の件\n0円　です\nO\n○年度　の件")
        assert lines("mixed-marks", text) == []


class TestImplausible:
    @given(st.permutations(list(";:'^~|_・ヽ")))
    def test_rows_of_specks_are_one_flaw(self, specks: list[str]):
        assert lines("implausible-text", RECORD.format("町道の。\n" + "".join(specks))) == [LINE + 1]

    @pytest.mark.parametrize("text", USUAL)
    def test_what_is_usual_in_records(self, text: str):
        assert lines("implausible-text", RECORD.format(text)) == []

    def test_old_kanji_are_text(self):
        strange = "彁墸妛椦"
        assert lines("implausible-text", RECORD.format(strange)) == [LINE]
        assert lines("implausible-text", RECORD.format(strange + "國會")) == []


class TestOwnWords:
    def test_a_forbidden_word_is_found_over_the_end_of_a_line(self):
        options = Options(forbidden=(Forbidden("部外秘", "公にしない"), Forbidden("a.c")))
        assert lines("forbidden-word", RECORD.format("部外秘、部\n　外秘、abc"), options=options) == [3, 3]
        assert [flaw.message for flaw in flaws("forbidden-word", RECORD.format("a.c、abc"), options=options)] == [
            '"a.c" shall not stand in records: write it in other words'
        ]

    def test_rules_say_what_they_lack(self):
        assert "--prh" in rule_of(row_of("prh")).lacks(Options())
        assert rule_of(row_of("prh")).lacks(Options(prh=(Path("a.yml"),))) is None
        assert rule_of(row_of("forbidden-word")).lacks(Options(forbidden=(Forbidden(""),)))
        assert rule_of(row_of("forbidden-word")).lacks(OPTIONS) is None

    def test_only_the_rules_of_the_dictionary_are_used(self, tmp_path: Path):
        dictionary = tmp_path / "house.yml"
        dictionary.write_text(
            "version: 1\nrules:\n  - {expected: 子ども, pattern: 子供}\n  - {expected: 子供会, pattern: 子供の会}\n"
        )
        found = flaws("prh", RECORD.format("子供の会と子供です。ございすます"), options=Options(prh=(dictionary,)))
        assert [(flaw.fix.before, flaw.fix.after, flaw.fix.safety) for flaw in found] == [
            ("子供の会", "子供会", Safety.ASK),
            ("子供", "子ども", Safety.ASK),
        ]

    def test_a_faulty_dictionary_is_refused(self, tmp_path: Path):
        dictionary = tmp_path / "house.yml"
        dictionary.write_text("version: 1\nrules:\n  - {expected: a, pattern: /(/}\n")
        with pytest.raises(UsageError, match=r"house\.yml:3"):
            flaws("prh", RECORD.format("a"), options=Options(prh=(dictionary,)))
        with pytest.raises(UsageError, match="cannot be read"):
            flaws("prh", RECORD.format("a"), options=Options(prh=(tmp_path / "none.yml",)))
