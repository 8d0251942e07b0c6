"""The table of methods, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import cast

from minutes_cli.model import Correction
from minutes_cli.normalize import guards
from minutes_cli.normalize.methods import CHANNEL, Method, Settings

Find = Callable[[str, Settings], Iterable[Correction]]


def _of(module: str, name: str = "find") -> Find:
    """The function *name* of a module beside this one, which is loaded when it is called first."""

    def find(text: str, settings: Settings) -> Iterable[Correction]:
        return cast(Find, getattr(import_module(f"minutes_cli.normalize.{module}"), name))(text, settings)

    return find


METHODS: tuple[Method, ...] = (
    Method(
        ("radical",),
        "radicals (⼀) that the font of a PDF gives for kanji (一)",
        _of("radicals"),
        guards.holds_radicals,
    ),
    Method(
        ("ocr-enumerator", "ocr-number"),
        "garbled numbers of items, headings, articles and bills, by sequence",
        _of("enumerators"),
    ),
    Method(
        ("ocr-latin",), "Latin words that were split, brackets read as kana", _of("latin"), guards.holds_split_latin
    ),
    Method(("ocr-blank",), "blanks where most of the record has none", _of("blanks"), guards.holds_blanks),
    Method(
        ("ocr-script",), "katakana words with kanji or hiragana that look the same, and the reverse", _of("scripts")
    ),
    Method(("ocr-acronym",), "acronyms with digits or strokes for letters", _of("acronyms")),
    Method(("ocr-mark",), "punctuation marks against the majority of the record", _of("marks")),
    Method(("phrase-*", "*"), "set phrases, old kana and old kanji in modern text, from rule files", _of("phrases")),
    Method(
        (CHANNEL,),
        "a kana or kanji that looks like another and does not fit its context",
        _of("channel"),
        guards.channel_runs,
    ),
    Method(("hint-kana",), "one kana too many", _of("hints", "find_kana")),
    Method(("hint-word",), "a katakana word one letter away from a frequent one", _of("hints", "find_words")),
    Method(("hint-sum",), "a number that contradicts its sum", _of("hints", "find_sums")),
)
