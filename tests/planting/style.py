"""Faults of style, with the dictionary and the list of words that a house would have."""

from __future__ import annotations

import re
from random import Random

from minutes_cli.check.model import Forbidden

from .record import Clean, Planted, one_line, pick, places

#: A dictionary in the format of prh.
PRH = """version: 1
rules:
  - expected: ください
    pattern: 下さい
  - expected: 子ども
    pattern: 子供
  - expected: 障害
    pattern: /障がい|障碍/
  - expected: 御了承
    pattern: ご了承
  - expected: 問合せ
    pattern: 問い合わせ
  - expected: 全て
    pattern: 総て
  - expected: 今後
    pattern: こんご
"""
_PRH = {
    "ください": "下さい",
    "子ども": "子供",
    "障害": "障がい",
    "御了承": "ご了承",
    "問合せ": "問い合わせ",
    "全て": "総て",
}
FORBIDDEN = (Forbidden("ぶっちゃけ"), Forbidden("老害", "高齢の方"), Forbidden("部外秘"))
#: Words and how they are also written; the record must have them as they stand here at least twice.
_WAYS = {
    "取組": "取り組み",
    "話合い": "話し合い",
    "問合せ": "問い合わせ",
    "申出": "申し出",
    "見積もった": "見積った",
    "打合せ": "打ち合わせ",
    "子ども": "子供",
    "全て": "すべて",
    "御質問": "ご質問",
    "御意見": "ご意見",
    "御答弁": "ご答弁",
    "御異議": "ご異議",
    "御説明": "ご説明",
    "御指摘": "ご指摘",
    "空き家": "空家",
    "ください": "下さい",
    "いただき": "頂き",
    "受付": "受け付け",
    "買物": "買い物",
    "手続": "手続き",
}


def other_spelling(clean: Clean, rng: Random) -> Planted | None:
    """A word written otherwise in one place."""
    choices = []
    for word, way in _WAYS.items():
        found = places(clean, word)
        choices += [(m, way) for m in found] if len(found) > 2 and way not in clean.text else []
    chosen = pick(rng, choices)
    return chosen and one_line("spelling-variants", clean, *chosen[0].span(), chosen[1], "spelling", ("prh",))


def against_the_dictionary(clean: Clean, rng: Random) -> Planted | None:
    """A word that the house writes otherwise."""
    chosen = pick(rng, [m for word in _PRH for m in re.finditer(word, clean.text)])
    alike = ("spelling-variants",)
    return chosen and one_line("prh", clean, *chosen.span(), _PRH[chosen.group()], "word", alike)


def word_slipped_in(clean: Clean, rng: Random) -> Planted | None:
    """A word that was said and shall not be printed."""
    chosen = pick(rng, places(clean, "。(?=[一-鿿ぁ-ん])")) or pick(rng, places(clean, "、(?=[一-鿿ぁ-ん])"))
    word = rng.choice(("ぶっちゃけ、", "老害と言われますが、", "これは部外秘ですが、"))
    at = chosen.end() if chosen else 0
    return chosen and one_line("forbidden-word", clean, at, at, word, "said")


PLANTERS = {
    "spelling-variants": (other_spelling,),
    "prh": (against_the_dictionary,),
    "forbidden-word": (word_slipped_in,),
}
