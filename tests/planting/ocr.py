"""Faults of OCR and of typing in haste."""

from __future__ import annotations

import re
from random import Random

from .record import Clean, Planted, bounds, one_line, pick, places, prose

#: What is right, and what OCR or a hasty hand makes of it.
_MISREAD = {
    "サービス": "サ一ビス",
    "センター": "センタ一",
    "タクシー": "夕クシー",
    "ルール": "ル一ル",
    "データ": "デ一タ",
    "エリア": "工リア",
    "カメラ": "力メラ",
    "カード": "力ード",
    "ペット": "ぺット",
    "工事": "エ事",
    "人口": "人ロ",
    "一方": "ー方",
    "一つ": "ーつ",
    "夕方": "タ方",
    "口座": "ロ座",
    "市へ": "市ヘ",
}
_MISTYPED = {
    "お願いいたします": "お願いたします",
    "お願いします": "お願します",
    "ございます": "ごさいます",
    "ありがとうございます": "ありがとございます",
    "でしょう": "でしよう",
    "ましょう": "ましよう",
    "なった": "なつた",
    "なって": "なつて",
    "あった": "あつた",
    "によって": "によつて",
    "異議": "異義",
    "いらっしゃ": "いらしゃ",
    "けれども": "けれでも",
    "ください": "くだい",
    "つきまして": "つきして",
    "と思います": "と思いす",
    "いただきます": "いたたきます",
    "っています": "っいます",
    "っております": "っおります",
    "よろしくお願い": "よろくお願い",
}
#: What stays a word, or may be meant, so that nobody can say what was meant.
_DOUBTFUL = {
    "コミュニティ": "コミニュティ",
    "アンケート": "アンケト",
    "スケジュール": "スケジュル",
    "ガイドライン": "ガイドラン",
    "セキュリティ": "セキリティ",
    "ボランティア": "ボランテア",
    "よろしくお願い申し上げます": "よろしく申し上げます",
    "ことでよろしい": "ことよろしい",
    "とおりの扱い": "とおり扱い",
    "国民": "國民",
    "予定": "豫定",
    "実施": "實施",
    "説明させていただきたい": "説明させていきたい",
}
_TWICE = "程度|以上|以下|以内|場合|予定|検討|推進|整備"
_SENTENCES = (
    "市民の皆様のニーズに合ったシュミレーションを行ってまいります。",
    "町の窓口でコミニュケーションを深めることが大切です。",
    "この計画を推進推進の体制をつくります。",
    "原案のとおり扱いとします。",
)


def _swapped(rule: str, table: dict[str, str], clean: Clean, rng: Random, what: str) -> Planted | None:
    choices = places(clean, "|".join(sorted(table, key=len, reverse=True)))
    chosen = pick(rng, choices)
    return chosen and one_line(rule, clean, *chosen.span(), table[chosen.group()], what)


def misread(clean: Clean, rng: Random) -> Planted | None:
    """Kanji, katakana and strokes that look the same."""
    return _swapped("correction", _MISREAD, clean, rng, "misread")


def mistyped(clean: Clean, rng: Random) -> Planted | None:
    """A letter of a set phrase lost, doubled or without its dots."""
    return _swapped("correction", _MISTYPED, clean, rng, "mistyped")


def misread_enumerator(clean: Clean, rng: Random) -> Planted | None:
    """A number in brackets that OCR could not read, between two that it could (or before one: the first)."""
    heads = list(re.finditer(r"(?m)^[ 　]*(\(([1-9])\))", clean.text))
    numbers = [int(head[2]) for head in heads]
    inner = [i for i in range(1, len(heads) - 1) if numbers[i - 1] + 1 == numbers[i] == numbers[i + 1] - 1]
    chosen = rng.choice(inner) if inner else None
    if chosen is None:
        return None
    if numbers[chosen - 1] == 1 and rng.random() < 0.3:
        return one_line("correction", clean, *heads[chosen - 1].span(1), "(D", "misread number")
    return one_line("correction", clean, *heads[chosen].span(1), rng.choice(["住)", "他)", "但)"]), "misread number")


def particle_twice(clean: Clean, rng: Random) -> Planted | None:
    """を typed twice."""
    chosen = pick(rng, places(clean, "(?<=[一-鿿])を(?=[一-鿿])"))
    return chosen and one_line("correction", clean, *chosen.span(), "をを", "typed twice")


def doubtful(clean: Clean, rng: Random) -> Planted | None:
    """A loanword or a phrase that has lost something."""
    return _swapped("possible-correction", _DOUBTFUL, clean, rng, "mistyped")


def word_twice(clean: Clean, rng: Random) -> Planted | None:
    """A word said once and typed twice."""
    chosen = pick(rng, places(clean, f"(?:{_TWICE})(?=[のをにがはでとも、。])"))
    return chosen and one_line("possible-correction", clean, *chosen.span(), chosen.group() * 2, "typed twice")


def doubtful_sentence(clean: Clean, rng: Random) -> Planted | None:
    """A sentence added in haste."""
    chosen = pick(rng, places(clean, "。(?=[一-鿿ぁ-ん])")) or pick(rng, places(clean, "。(?=\n)"))
    at = chosen.end() if chosen else 0
    return chosen and one_line("possible-correction", clean, at, at, rng.choice(_SENTENCES), "added")


# M203


def kana_twice(clean: Clean, rng: Random) -> Planted | None:
    """A kana typed twice where no word has it twice."""
    chosen = pick(rng, places(clean, "ございません|よろしい|られ|っ(?=[てた])"))
    if chosen is None:
        return None
    at = chosen.start() + next(i for i, c in enumerate(chosen.group()) if c in "よらんっ")
    doubled = clean.text[at] * 2
    return one_line("hint", clean, at, at + 1, doubled, f"in {chosen.group()}", ("correction", "possible-correction"))


def kana_lost(clean: Clean, rng: Random) -> Planted | None:
    """て lost behind っ."""
    chosen = pick(rng, places(clean, "(?<=[一-鿿]っ)て(?=[いおも])"))
    alike = ("correction", "possible-correction")
    return chosen and one_line("hint", clean, *chosen.span(), "", "て lost", alike)


def wrong_sum(clean: Clean, rng: Random) -> Planted | None:
    """A digit mistyped in a total, or in one of the two figures before it."""
    figure = "[0-9０-９][0-9０-９，,]*"
    words = "[^0-9０-９。、\\n]"
    chosen = pick(rng, places(clean, f"({figure}){words}{{1,12}}({figure}){words}{{1,6}}計({figure})"))
    if chosen is None:
        return None
    at = chosen.start(rng.choice((1, 2, 3)))
    digits = "0123456789" if clean.text[at].isascii() else "０１２３４５６７８９"
    after = digits[(digits.index(clean.text[at]) + 3) % 9 + 1]
    return one_line("hint", clean, at, at + 1, after, "sum")


def letter_of_katakana(clean: Clean, rng: Random) -> Planted | None:
    """A letter lost within a katakana word that the record has again and again."""
    words = [m for m in places(clean, "[ァ-ヴー]{5,}") if clean.text.count(m.group()) > 5]
    chosen = pick(rng, words)
    if chosen is None:
        return None
    at = rng.randrange(chosen.start() + 1, chosen.end() - 1)
    return one_line("hint", clean, at, at + 1, "", f"in {chosen.group()}", ("possible-correction",))


# M204


_RUBBISH = (
    "ー‐丨一'｀゛.,;:、・ 丨コ一 ‐|_ー- ゛゜",
    "lI|!i:;'`~^,._-=  rn ]|[ Il1! ,.;:^~",
    "罫冂丶亅囗丿卩乚丨冖凵匚冫勹匸丬丷",
    "■□▲▽◇#%&*@$■=+<>{}\\/■▽□",
    "ﾞ゛・~ ー丿ヽヾ〃ゝ々ゞ仝〆ヽ一、。，.",
)


def line_of_rubbish(clean: Clean, rng: Random) -> Planted | None:
    """A stamp, a seam of the page or a figure that OCR took for text."""
    chosen = pick(rng, prose(clean))
    if chosen is None:
        return None
    at = bounds(clean.text, chosen[0])[0]
    return one_line("implausible-text", clean, at, at, rng.choice(_RUBBISH) + "\n", "a line of rubbish")


def stretch_of_rubbish(clean: Clean, rng: Random) -> Planted | None:
    """Words under a stain."""
    chosen = pick(rng, places(clean, "[一-鿿ぁ-んァ-ヴー]{10,16}"))
    return chosen and one_line("implausible-text", clean, *chosen.span(), rng.choice(_RUBBISH)[:14], "unreadable")


PLANTERS = {
    "correction": (misread, mistyped, misread_enumerator, particle_twice),
    "possible-correction": (doubtful, word_twice, doubtful_sentence),
    "hint": (kana_twice, kana_lost, wrong_sum, letter_of_katakana),
    "implausible-text": (line_of_rubbish, stretch_of_rubbish),
}
