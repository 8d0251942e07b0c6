"""Whatever the text: every rule answers, points inside the record, and mends only what can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.check.baseline import baseline_of, compared, read_baseline
from minutes_cli.check.model import Forbidden, Options, Reported
from minutes_cli.check.run import check, understand
from minutes_cli.check.table import RULES
from minutes_cli.edits import correct, settle, undo, view
from minutes_cli.ingest import read
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Correction, Safety, Source

#: Everything but the dictionary of the user, which stands in a file.
ROWS = tuple(row for row in RULES if row.name != "prh")
OPTIONS = Options(forbidden=(Forbidden("議長", "会長と書く"),))

_PIECES = st.sampled_from(
    [
        *"""○議長（山田太郎君） ○１番（佐藤花子君） 〇町長（鈴木一郎君） ◯ ○ 議長 山田委員 佐藤 渡邊 渡辺
        ただいまから会議を開きます。 質問いたします。 お答えいたします。 （拍手） 「異議なし」と呼ぶ者あり
        出席議員 説明員 議事日程 日程第１ 日程第３ 議案第１号 議案第３号 (1) (2) (3) ① ③
        令和６年３月４日（月） 令和6年2月30日 2024年3月4日(火) 午前10時開会 午後３時散会 25時
        （ ） 「 」 〔 〕 ｶﾞ か゛ ﾃﾞｰﾀ 縺薙ｌ (cid:12) 住) 二ーズ
        会議録 要望書 記 殿 以上 取組 取り組み 問合せ 問い合わせ ―――― ……""".split(),
        *("\n", "\n\n", "\r\n", "\r", "\f", "\t", " ", "　", "\0", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\ufffd"),
        *("か\u3099", "\xa0", "\ue000", "\U000f0000", "辻\U000e0100", "\ud800", "𠮷", "㍻"),
    ]
)
TEXT = st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=80)


def _source(text: str) -> Source:
    return from_text(text, "令和6年3月4日.txt", raw=text.encode("utf-8", "surrogatepass"))


def _checked(source: Source) -> tuple[Reported, ...]:
    checked = check(understand(source, ROWS, OPTIONS), ROWS)
    assert not checked.failures, checked.failures
    return checked.findings


def _hold(source: Source) -> None:
    """What must be true of the findings of every record."""
    text = source.text
    findings = _checked(source)
    assert list(findings) == sorted(findings, key=lambda f: (f.span, f.code, f.message))
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.start == source.place(finding.span.start)
        assert finding.message
        assert "\n" not in finding.message
        if finding.fix is not None:
            start, end = finding.fix.span
            assert text[start:end] == finding.fix.before != finding.fix.after
    assert len({(f.rule, f.span) for f in findings if f.span.end}) == len([f for f in findings if f.span.end]), (
        "one rule reports one place once"
    )


@given(TEXT)
def test_any_text_can_be_checked(text: str) -> None:
    _hold(_source(text))


@pytest.mark.parametrize("name", NAMES)
def test_the_corpus_can_be_checked(name: str) -> None:
    _hold(read(str(record(name))))


@given(TEXT)
def test_safe_fixes_can_be_undone_and_come_to_an_end(text: str) -> None:
    source = _source(text)
    seen = view(source)
    for _ in range(6):
        now = source if seen.text == source.text else _source(seen.text)
        fixes, _refused = settle(f.fix for f in _checked(now) if f.fix is not None and f.fix.safety is Safety.SAFE)
        if not fixes:
            break
        corrections = [Correction(*e.span, e.after, e.rule, e.safety, e.confidence, e.reason) for e in fixes]
        seen = correct(seen, corrections)
    else:
        raise AssertionError("fixes go on without an end")
    assert undo(seen) == text


@given(TEXT)
def test_a_baseline_leaves_nothing_of_its_own_record(text: str) -> None:
    findings = _checked(_source(text))
    baseline = read_baseline(baseline_of(("a.txt", f) for f in findings), "known.json")
    assert compared(findings, "a.txt", baseline) == ((), len(findings), 0)
    assert compared(findings, "b.txt", baseline) == (findings, 0, 0)
    assert compared((), "a.txt", baseline).gone == len(findings)
