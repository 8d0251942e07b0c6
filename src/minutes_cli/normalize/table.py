"""The table of methods, in the order in which they run."""

from __future__ import annotations

from minutes_cli.normalize import acronyms, blanks, channel, enumerators, hints, latin, marks, phrases, scripts
from minutes_cli.normalize.methods import Method

METHODS: tuple[Method, ...] = (
    Method(
        ("ocr-enumerator", "ocr-number"),
        "garbled numbers of items, headings, articles and bills, by sequence",
        enumerators.find,
    ),
    Method((latin.RULE,), "Latin words that were split, brackets read as kana", latin.find),
    Method((blanks.RULE,), "blanks where most of the record has none", blanks.find),
    Method((scripts.RULE,), "katakana words with kanji or hiragana that look the same, and the reverse", scripts.find),
    Method((acronyms.RULE,), "acronyms with digits or strokes for letters", acronyms.find),
    Method((marks.RULE,), "punctuation marks against the majority of the record", marks.find),
    Method(("phrase-*", "*"), "set phrases, old kana and old kanji in modern text, from rule files", phrases.find),
    Method((channel.RULE,), "a kana or kanji that looks like another and does not fit its context", channel.find),
    Method(("hint-kana",), "one kana too many", hints.find_kana),
    Method(("hint-word",), "a katakana word one letter away from a frequent one", hints.find_words),
    Method(("hint-sum",), "a number that contradicts its sum", hints.find_sums),
)
