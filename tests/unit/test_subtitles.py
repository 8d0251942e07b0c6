"""WebVTT and SubRip: cues of one speaker are one turn, each word has its time, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, document, tight

from minutes_cli.errors import IngestError
from minutes_cli.ingest import understand
from minutes_cli.model import Document, Severity, Source
from minutes_cli.parse import parse

_Cue = tuple[str, str, bool]  # speaker, words, whether the speaker begins with it


def _time(second: int, mark: str) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{mark}000"


def _vtt(cues: list[_Cue], write: Callable[[_Cue], str], mark: str = ".") -> str:
    numbered = [f"{n}\n{_time(n, mark)} --> {_time(n + 1, mark)}\n{write(cue)}\n" for n, cue in enumerate(cues, 1)]
    return "\n".join((["WEBVTT\n"] if mark == "." else []) + numbered)


_STYLES = {
    "voice": lambda cue: f"<v {cue[0]}>{cue[1].replace('&', '&amp;').replace('<', '&lt;')}</v>",
    "every cue": lambda cue: f"{cue[0]}: {cue[1]}",
    "first cue": lambda cue: f"{cue[0]}：{cue[1]}" if cue[2] else cue[1],
    "brackets": lambda cue: f"[{cue[0]}] {cue[1]}" if cue[2] else cue[1],
}


def _read(text: str, name: str = "record.vtt") -> Source:
    return understand(name, text.encode())


def _turns(found: Document) -> list[tuple[str, str]]:
    return [(tight(turn.label), tight(turn.text)) for turn in found.turns]


def _spoken(name: str) -> list[tuple[str, str]]:
    """The turns of a record, those of the same speaker in a row as one; blanks only in labels."""
    merged: list[tuple[str, str]] = []
    for turn in document(name).turns:
        label, text = turn.label or "", tight(turn.text)
        if merged and merged[-1][0] == label:
            merged[-1] = (label, merged[-1][1] + text)
        else:
            merged.append((label, text))
    return merged


_NAMED = [
    name for name in NAMES if name != "table-ditto" and len(_spoken(name)) > 2 and all(s for s, _ in _spoken(name))
]


@pytest.mark.parametrize("style", _STYLES)
@pytest.mark.parametrize("name", _NAMED)
def test_subtitles_made_of_a_record_give_its_turns(name: str, style: str):
    spoken = _spoken(name)
    cues = [(label, text[i : i + 17], i == 0) for label, text in spoken for i in range(0, len(text), 17)]
    for mark, file in ((".", "record.vtt"), (",", "record.srt")):
        if style != "voice" or mark == ".":
            assert _turns(parse(_read(_vtt(cues, _STYLES[style], mark), file))) == [
                (tight(label), text) for label, text in spoken
            ]


_word = st.text("あ漢aB1。、（）：", min_size=1, max_size=8)


@given(st.lists(st.tuples(st.sampled_from(("山田", "Sato Ken", "話者 1")), _word, st.just(True)), min_size=1))
def test_every_word_of_every_cue_is_there_at_its_time(cues: list[_Cue]):
    source = _read(_vtt(cues, _STYLES["voice"]))

    bare = tight(source.text)
    for name in ("山田", "SatoKen", "話者1"):
        bare = bare.replace(f"【{name}】", "")
    assert bare == tight("".join(words for _, words, _ in cues))
    times = [anchor.place for anchor in source.anchors]
    assert times == [_time(n, ".") for n in range(1, len(cues) + 1)]


@pytest.mark.parametrize(
    "other", ["話者 2", "Speaker 2", "Hanako Sato", "佐藤", "iPhone", "佐藤花子/潮見市", "【録音】"]
)
def test_a_speaker_may_be_called_anything(other: str):
    cues = [(other if n % 2 else "Taro", f"{n}番目の発言です。", True) for n in range(5)]
    labels = [turn.label for turn in parse(_read(_vtt(cues, _STYLES["voice"]))).turns]
    bare = other.strip("【】")  # the reader writes 【（録音）】, and brackets around the whole are no part of a label
    assert labels == ["Taro", bare, "Taro", bare, "Taro"]


def test_where_a_word_is_shown():
    source = _read("WEBVTT\n\n12:03.500 --> 12:05.000\nこれより\n\n01:00:06.000 --> 01:00:07.000\n会議を開きます。\n")
    assert source.where(source.text.index("これ")) == "00:12:03.500"
    assert source.where(source.text.index("会議")) == "01:00:06.000"


def test_tags_go_references_are_read_and_ruby_is_in_brackets():
    cue = "<c.yellow>A&amp;B</c> <00:00:01.500><i>&lt;会議&gt;</i> <ruby>乙訓<rt>おとくに</rt></ruby> <笑い>"
    assert "A&B <会議> 乙訓（おとくに） <笑い>" in _read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n").text


def test_subrip_has_no_references():
    source = _read("1\n00:00:01,000 --> 00:00:02,000\n<b>A&amp;B</b> {\\an8}はい\n", "record.srt")
    assert source.text == "A&amp;B はい\n"
    assert source.media_type == "application/x-subrip"


def test_a_title_is_furniture_and_notes_are_reported():
    source = _read(
        "WEBVTT - 第3回定例会\nKind: captions\n\nSTYLE\n::cue {}\n\n"
        "NOTE 山田さんは欠席\n\n00:01.000 --> 00:02.000\nはい\n"
    )
    assert source.text == "第3回定例会\nはい\n"
    assert len(source.hints) == 1
    notes = [one.message for one in source.findings if one.rule == "subtitle-note"]
    assert len(notes) == 1 and "山田さんは欠席" in notes[0]


@pytest.mark.parametrize(("cue", "said"), [("はい", True), ("<v 山田>はい", False)])
def test_cues_that_name_no_speaker_are_said_to_name_none(cue: str, said: bool):
    source = _read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n")
    found = [(one.message, one.severity) for one in source.findings if one.rule == "no-voices"]
    assert found == ([("the cues name no speakers", Severity.INFO)] if said else [])


def test_brackets_inside_a_cue_are_words_of_its_speaker():
    lines = ["<v 山田>次は</v>", "<v 佐藤>【資料１】について申します。</v>", "<v 佐藤>【鈴木】と書いてあります。</v>"]
    cues = "\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}\n" for n, line in enumerate(lines, 1))
    assert _turns(parse(_read(f"WEBVTT\n\n{cues}"))) == [
        ("山田", "次は"),
        ("佐藤", "【資料１】について申します。【鈴木】と書いてあります。"),
    ]


def test_a_blank_line_inside_a_cue_loses_nothing():
    source = _read("1\n00:00:01,000 --> 00:00:02,000\n一\n\n二\n\n2\n00:00:03,000 --> 00:00:04,000\n三\n", "a.srt")
    assert tight(source.text) == "一二三"


def test_words_with_colons_are_no_speakers():
    source = _read("WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{words}" for n, words in enumerate(
        ("日時：明日です。", "はい。", "そうです。", "場所は？", "https://example.jp/です。"))))  # fmt: skip
    assert "【" not in source.text
    assert "日時：明日です。" in source.text


def test_speakers_unknown_means_no_turns_with_labels():
    assert all(
        turn.label is None for turn in parse(_read("WEBVTT\n\n00:01.000 --> 00:02.000\n会議を開きます。\n")).turns
    )


@pytest.mark.parametrize("text", ["WEBVTT\n", "WEBVTT\n\nNOTE なし\n"])
def test_subtitles_without_a_cue_are_refused(text: str):
    with pytest.raises(IngestError, match=r"^record\.vtt: subtitles without a single cue"):
        _read(text)
