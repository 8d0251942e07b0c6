"""The rules for turns and layouts: what happens to labels is found at its line, and nothing else is reported."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, record

from minutes_cli.check.label_style import style_of
from minutes_cli.check.model import Options, Reported
from minutes_cli.check.run import check, understand
from minutes_cli.check.stray_labels import strays
from minutes_cli.check.subject import Subject
from minutes_cli.check.table import RULES
from minutes_cli.ingest import read
from minutes_cli.ingest.text import from_text

ROWS = [row for row in RULES if row.group in ("turns", "layout")]
#: Of these records nothing or no speaker is understood, by nature.
_NO_MEETINGS = {"unknown"}
#: Those whose speakers stand before their speech.
_WITHOUT = {"unknown", "petition", "scanned-petition", "slides", "notes-bullets", "trailing"}
_SPEAKERS = [name for name in NAMES if name not in _WITHOUT]
_MARKED = ["chair-answer-marks", "circle-below", "circle-same-line", "diet-style", "numbered-mark", "page-marks"]


def _subject(text: str, options: Options | None = None) -> Subject:
    raw = text.encode("utf-8", "surrogatepass")
    return understand(from_text(text, "record.txt", raw=raw, encoding="utf-8"), ROWS, options)


def _findings(text: str, options: Options | None = None) -> tuple[Reported, ...]:
    checked = check(_subject(text, options), ROWS)
    assert not checked.failures, checked.failures
    return checked.findings


def _found(text: str, line: int) -> list[str]:
    return [finding.rule for finding in _findings(text) if finding.start.line == line]


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _text(name: str) -> str:
    return read(record(name)).text


# -- records without faults -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_good_records_are_quiet(name: str):
    found = [(f.rule, f.start.line, f.message) for f in _findings(_text(name)) if name not in _NO_MEETINGS]
    assert found == []


def test_a_text_that_is_no_record_is_reported_once():
    assert [finding.rule for finding in _findings(_text("unknown"))] == ["unknown-record"]


# -- any text ---------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *(
            "○議長（山田太郎君）　",
            "議長（山田太郎君）",
            "○1番（佐藤花子君）",
            "【会長】",
            "会長：",
            "委員）",
            "（委員）",
            "## 会長\n",
        ),
        *(
            "町長。",
            "お答えいたします。",
            "異議なしと認めます。",
            "そうです。",
            "説明を求めます。",
            "（拍手）",
            "○",
            "【",
            "：",
            "（",
            "）",
        ),
        *(
            "\n",
            "\r\n",
            "\n\n",
            "　",
            " ",
            "\0",
            "\ud800",
            "\f",
            "会議録\n",
            "令和6年3月4日（月）\n",
            "議 長 （ 山 田 君 ） ",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join), st.none() | st.integers(0, 50))
def test_any_text_is_checked_and_every_place_lies_in_it(text: str, longest: int | None):
    for finding in _findings(text, Options(longest_turn=longest)):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_stray_labels_stand_in_order_and_apart_from_those_taken(text: str):
    subject = _subject(text)
    found = strays(subject)
    assert [stray.start for stray in found] == sorted({stray.start for stray in found})
    style = style_of(subject)
    taken = {label.start for label in style.labels if not label.mark} if style is not None else set()
    assert not [stray for stray in found if stray.start in taken and stray.trouble.value == "empty"]


@given(st.integers(1, 12), st.integers(0, 3))
def test_a_limit_reports_every_longer_speech(size: int, over: int):
    text = f"○議長（山田太郎君）　はい。\n○1番（佐藤花子君）　{'あ' * size}。\n○議長（山田太郎君）　ええ。\n"
    limit = max(3, size + 1 - over)
    found = [f for f in _findings(text, Options(longest_turn=limit)) if f.rule == "overlong-turn"]
    assert [f.start.line for f in found] == ([2] if size + 1 > limit else [])


# -- what happens to labels -------------------------------------------------------------------------------


def _labels(text: str) -> list[tuple[int, int, int, int]]:
    """Every label but the first and the last: where its line begins, where it begins, ends, and its speech begins."""
    style = style_of(_subject(text))
    assert style is not None
    found = []
    for label in style.labels[1:-1]:
        begin = max(text.rfind("\n", 0, label.start), text.rfind("\f", 0, label.start)) + 1
        blank = re.compile(r"\s*").match(text, label.end + len(label.closer))
        assert blank is not None
        found.append((begin, label.start, label.end + len(label.closer), blank.end()))
    return found


def _share(name: str, spoil: Callable[[str, int, int, int, int], str | None], rule: str) -> float:
    """The share of labels whose fault is found at its line, by *rule* alone."""
    text = _text(name)
    tried = hits = 0
    for place in _labels(text):
        spoilt = spoil(text, *place)
        if spoilt is not None:
            tried += 1
            hits += _found(spoilt, _line(text, place[0])) == [rule]
    assert tried, "no label was spoilt"
    return hits / tried


@pytest.mark.parametrize("name", _MARKED)
@pytest.mark.parametrize("instead", ["", "・"])
def test_a_lost_mark_is_found(name: str, instead: str):
    def spoil(text: str, begin: int, start: int, end: int, said: int) -> str:
        return text[: start - 1] + instead + text[start:]

    assert _share(name, spoil, "swallowed-label") >= 0.9


@pytest.mark.parametrize("instead", ["；", "　", "・", "."])
def test_a_lost_colon_is_found(instead: str):
    def spoil(text: str, begin: int, start: int, end: int, said: int) -> str:
        return text[: end - 1] + instead + text[end:]

    for name in ("colon", "long-council"):
        assert _share(name, spoil, "swallowed-label") >= 0.9


@pytest.mark.parametrize("name", [*_MARKED, "colon", "bracket-corner", "question-answer", "glued", "bare-plain"])
def test_a_label_on_the_line_before_is_found(name: str):
    text, tried, hits = _text(name), 0, 0
    for begin, *_ in _labels(text):
        before = text[:begin].rstrip()
        if before.endswith("。"):
            tried += 1
            hits += _found(before + text[begin:].lstrip("　 "), _line(text, len(before))) == ["swallowed-label"]
    assert tried
    assert hits >= 0.9 * tried


@pytest.mark.parametrize(
    "name", ["circle-same-line", "diet-style", "chair-answer-marks", "not-speakers", "circle-below"]
)
def test_a_label_that_runs_into_its_speech_is_found(name: str):
    def spoil(text: str, begin: int, start: int, end: int, said: int) -> str | None:
        glued = text[:end] + text[said:]
        return None if glued[end] in "（〔" else glued

    assert _share(name, spoil, "glued-label") >= 0.8


@pytest.mark.parametrize(
    "name", ["circle-same-line", "diet-style", "colon", "bracket-corner", "bare-plain", "half-bracket"]
)
def test_a_label_without_speech_is_found(name: str):
    text = _text(name)
    ends = [begin for begin, *_ in _labels(text)][1:]
    tried = hits = 0
    for (begin, _, end, _), after in zip(_labels(text), ends, strict=False):
        if "〔" in text[end:after] or "◎" in text[end:after] or "\n\n" in text[end:after].strip():
            continue  # an event or a heading stands there, too
        tried += 1
        hits += _found(text[:end] + "\n" + text[after:], _line(text, begin)) == ["empty-turn"]
    assert tried
    assert hits >= 0.8 * tried


@pytest.mark.parametrize("name", ["long-plenary", "long-pdf", "circle-same-line", "numbered-mark"])
def test_the_lost_label_of_who_was_called_is_found(name: str):
    text, tried, hits = _text(name), 0, 0
    for begin, _, _, said in _labels(text):
        before = re.sub(r"\s*〔[^〕]*〕\s*$", "", text[:begin]).rstrip()
        if re.search(r"[\s。][^。]{1,12}(?:君|長)。$", before) and text[said] not in "〔（":
            tried += 1
            hits += _found(text[:begin] + text[said:], _line(text, begin)) == ["words-of-others"]
    assert tried
    assert hits >= 0.75 * tried


@pytest.mark.parametrize("name", _SPEAKERS)
def test_no_fault_is_reported_by_two_rules(name: str):
    text = _text(name)
    for begin, start, end, said in _labels(text)[:4]:
        for spoilt in (
            text[: start - 1] + text[start:],
            text[:end] + text[said:],
            text[:begin].rstrip() + text[begin:],
        ):
            places = [(finding.start.line, finding.start.column) for finding in _findings(spoilt)]
            assert len(places) == len(set(places)), _findings(spoilt)


# -- single cases -----------------------------------------------------------------------------------------

_MEETING = """あおば町議会会議録
令和6年3月4日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
　質問を行います。1番佐藤花子君。
○1番（佐藤花子君）　橋の工事はいつ終わりますか。
○議長（山田太郎君）　町長。
○町長（海野一郎君）　秋に終わります。
{}○議長（山田太郎君）　以上で質問を終わります。
○1番（佐藤花子君）　ありがとうございました。
○議長（山田太郎君）　本日はこれで散会いたします。
"""


@pytest.mark.parametrize(
    "line",
    [
        "町長、ここは大事です。",
        "議長（山田太郎君）の言われたとおりです。",
        "議長　山田太郎君　　1番　佐藤花子君",
        "○印は直した橋、△印は残る橋です。",
        "（議長（山田太郎君）着席）",
        "「議長。」と呼ぶ声がありました。",
        "　1番（佐藤花子君）からのお尋ねもそうでした。",
        "この橋については、お尋ねのあった\n1番（佐藤花子君）　と話して決めます。",
    ],
)
def test_names_and_offices_in_a_speech_are_no_labels(line: str):
    assert _findings(_MEETING.format(line + "\n")) == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("1番（佐藤花子君）　冬の前ですか。", "swallowed-label"),
        ("○1番（佐藤花子君）冬の前ですか。", "glued-label"),
        ("○1番（佐藤花子君）", "empty-turn"),
        ("○町長（海野一郎君）　雪の前です。", "same-speaker-twice"),
        ("雪の前です。○1番（佐藤花子君）　ありがとうございます。", "swallowed-label"),
    ],
)
def test_each_fault_has_one_rule(line: str, rule: str):
    assert [(f.rule, f.start.line) for f in _findings(_MEETING.format(line + "\n"))] == [(rule, 8)]


@pytest.mark.parametrize(
    "marked",
    ["O1番（佐藤花子君）　冬の前ですか。", "０1番（佐藤花子君）　冬の前ですか。", "○1番（佐藤花子君　冬の前ですか。"],
)
def test_letters_for_circles_and_lost_brackets_are_left_to_their_own_rules(marked: str):
    assert _findings(_MEETING.format(marked + "\n")) == ()


def test_many_labels_inside_lines_are_one_fault():
    lost = _MEETING.format("").replace("。\n○", "。○")
    assert [(f.rule, f.start.line) for f in _findings(lost) if f.rule != "doubtful-layout"] == [
        ("labels-inside-lines", 4)
    ]


def test_labels_before_every_paragraph_are_a_way_of_printing():
    often = "".join(f"○町長（海野一郎君）　{n}番目の橋は{n + 3}月に直します。\n" for n in range(1, 6))
    assert _findings(_MEETING.format(often)) == ()
    assert [f.rule for f in _findings(_MEETING.format("○町長（海野一郎君）　もう一つ直します。\n"))] == [
        "same-speaker-twice"
    ]


def test_a_copied_speech_is_found_whoever_gives_it():
    again = "○町長（海野一郎君）　秋に終わります。雪の前には渡れます。\n"
    found = _findings(_MEETING.format(again).replace("秋に終わります。\n", "秋に終わります。雪の前には渡れます。\n"))
    assert [(f.rule, f.start.line) for f in found] == [("same-speaker-twice", 8)]
    assert "says the same again" in found[0].message


def test_what_is_spoken_before_the_first_label_is_found_at_its_line():
    text = _text("circle-same-line")
    subject = _subject(text)
    style = style_of(subject)
    assert style is not None
    first = style.labels[0]
    spoilt = text[: first.start - 1] + text[first.end :].lstrip("　")
    assert _found(spoilt, _line(text, first.start)) == ["speech-before-speaker"]
