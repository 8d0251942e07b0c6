"""Whatever the text: the original comes back, places fit, and normalizing the result changes nothing more."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.edits import correct, propose, undo, view
from minutes_cli.ingest import read
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Correction, Safety
from minutes_cli.normalize import Fix, Normalized, Settings, normalize
from minutes_cli.normalize.channel.alphabet import is_japanese

_SLIPS = st.sampled_from(
    [
        *"""(1) (2) (3) 住) 他) a) (D CD ①
        ② １ ２ ３ 第1条 第l条 第３条 議案第１号 議案第２号
        自治体 肖治体 白治体 自治体問 1CT ICT 10T IoT G
        IGA GIGA Soc ie t y 5.0) 5.のの (
        ） 二ーズ ニーズ 工りア エリア 三ッ林 八ッ場 お願ひ 思ひます
        なつた あつという間 よろしく願い申し上げます ですがけれども ごございます 思えます 國 關係 、
        。 , . 。。 ., まず、人人口 の を に
        が は で と も 市民 対策 議会 会議
        を開きます でございます について 問題 間題 末定 未定 夕クシー へルパー""".split(),
        " ",
        "　",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\0",
        "か\u3099",
        "𠮷",
        "\u2028",
    ]
)
TEXT = st.lists(_SLIPS, max_size=50).map("".join) | st.text(max_size=40)
SETTINGS = st.sampled_from([Settings(channel=True), Settings()])
FIX = st.sampled_from(list(Fix))


def _hold(result: Normalized, text: str) -> None:
    assert undo(result.view) == text
    last = 0
    for edit in result.edits:
        assert last <= edit.span.start <= edit.span.end <= len(text)
        assert text[edit.span.start : edit.span.end] == edit.before != edit.after
        assert 0 <= edit.confidence <= 1 and edit.reason and edit.rule
        last = edit.span.end


@given(TEXT, SETTINGS, FIX)
@example("", Settings(channel=True), Fix.ALL)
@example("(1) 市民\n住)対策\n(3) 議会\n", Settings(), Fix.SAFE)
def test_the_original_comes_back_and_the_result_is_final(text: str, settings: Settings, fix: Fix) -> None:
    result = normalize(from_text(text), settings, fix)
    _hold(result, text)
    again = normalize(from_text(result.view.text), settings, fix)
    assert again.view.edits == ()


@given(TEXT)
def test_only_what_was_asked_for_is_applied(text: str) -> None:
    assert normalize(from_text(text), fix=Fix.NONE).view.text == text
    safe = normalize(from_text(text))
    assert {edit.safety for edit in safe.view.edits} <= {Safety.SAFE}
    assert Safety.SHOW not in {edit.safety for edit in normalize(from_text(text), fix=Fix.ALL).view.edits}


@given(TEXT)
def test_the_channel_changes_kana_and_kanji_alone(text: str) -> None:
    settings = Settings(select=("ocr-character",), channel=True)
    for edit in normalize(from_text(text), settings, Fix.ALL).edits:
        assert is_japanese(edit.before) and is_japanese(edit.after)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fix", list(Fix))
def test_the_corpus(name: str, fix: Fix) -> None:
    source = read(record(name))
    result = normalize(source, fix=fix)
    _hold(result, source.text)
    assert normalize(from_text(result.view.text), fix=fix).view.edits == ()


_PLACES = st.tuples(st.integers(0, 12), st.integers(0, 4), st.sampled_from(["", "x", "yz", "あ"]))


@given(st.text("abあ ", max_size=12), st.lists(_PLACES, max_size=4), st.lists(_PLACES, max_size=4))
@example("あ a", [(1, 1, "")], [(0, 1, "x")])
@example("あ a", [(1, 1, "")], [(1, 1, "x")])
@example("あ a", [(1, 1, "")], [(0, 1, "x"), (1, 1, "y")])
def test_corrections_of_corrections_lead_back(text: str, first: list, second: list) -> None:
    seen = view(from_text(text))
    for places in (first, second):
        size = len(seen.text)
        made = [
            Correction(min(a, size), min(a + n, size), after, f"r{i}", Safety.SAFE, 1.0, "because")
            for i, (a, n, after) in enumerate(places)
        ]
        seen = correct(seen, made)
    assert undo(seen) == text
    others = propose(seen, [Correction(0, min(1, len(seen.text)), "q", "r", Safety.ASK, 0.5, "perhaps")])
    for edit in others:
        assert text[edit.span.start : edit.span.end] == edit.before
        assert all(edit.span.end <= e.span.start or e.span.end <= edit.span.start for e in seen.edits)
