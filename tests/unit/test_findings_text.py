"""Findings on a screen: the carets stand under the words, nothing steers the terminal, long lines are cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.check.model import Flaw, Reported
from minutes_cli.check.run import reported
from minutes_cli.check.table import row_of
from minutes_cli.cli._findings_text import finding_lines
from minutes_cli.cli._print import STYLES
from minutes_cli.cli._text import columns, visible
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Edit, Safety, Severity, Span

CHARACTERS = st.sampled_from("aあｱ○（\t\x1b\u202e\u3099\u0301𠮷é\x00 　") | st.characters(exclude_characters="\n\r\f")
LINES = st.text(CHARACTERS, min_size=1, max_size=60)
LONG = st.text(CHARACTERS, min_size=100, max_size=900)


def found(text: str, span: Span, fix: Edit | None = None, path: str = "record.txt") -> Reported:
    """A finding at *span* of *text*."""
    source = from_text(text, path, raw=b"")
    [one] = reported(source, row_of("empty-turn"), Severity.WARNING, [Flaw(span, "say something", fix)])
    return one


def screen(finding: Reported, width: int = 100) -> list[str]:
    """The lines as they are printed."""
    return ["".join(part for part, _ in line) for line in finding_lines([finding], width)]


def standing_over(carets: str, line: str) -> str:
    """What of *line* stands over the carets: every character whose columns are all under them, marks included."""
    start, end = carets.index("^"), carets.rindex("^") + 1
    at, over = 0, ""
    for char in line:
        if (
            start <= at
            and at + columns(char) <= end
            and (at < end or not columns(char))
            and not (at == start and not columns(char))
        ):
            over += char
        at += columns(char)
    return over


def widthless(text: str) -> bool:
    return columns(text) == 0


@given(LINES, LINES, LINES)
def test_the_carets_stand_under_the_words(before, words, after):
    if widthless(words[0]) or widthless(visible(words)):
        words = "語" + words  # marks belong to the letter before them: there are tests of their own for these
    if after and widthless(after[0]):
        after = "語" + after
    lines = screen(found(f"x\n{before}{words}{after}\n", Span(2 + len(before), 2 + len(before + words))), 10_000)
    if columns(visible(before + words + after)) > 150:
        return  # cut: see below
    _, line, carets = lines
    assert line == "    " + visible(before + words + after)
    assert set(carets) == {" ", "^"}
    assert carets.count("^") == columns(visible(words))
    assert standing_over(carets, line) == visible(words)


@given(LONG, st.integers(0, 899), st.integers(1, 400), st.integers(40, 200))
def test_a_long_line_is_cut_around_the_place(text, start, length, width):
    start = min(start, len(text) - 1)
    end = min(start + length, len(text))
    _, line, carets = screen(found(text, Span(start, end)), width)
    assert columns(line) <= width
    assert columns(carets) <= width
    shown = line[4:]
    low = shown.startswith("…")
    high = shown.endswith("…")
    inner = shown[low : len(shown) - high]
    assert inner in visible(text)
    if not low:
        assert visible(text).startswith(inner)
    if not high:
        assert visible(text).endswith(inner)
    assert "^" in carets


@given(st.text(), st.text(), st.integers(0, 50), st.integers(0, 50), st.text(max_size=5), st.text(max_size=5))
def test_nothing_of_a_record_steers_the_terminal(text, path, start, length, before, after):
    span = Span(min(start, len(text)), min(start + length, len(text)))
    fix = Edit(span, before, after, "latin")
    finding = found(text, span, fix, path)._replace(message=text)
    for line in finding_lines([finding], 80):
        for part, style in line:
            assert part == visible(part)
            assert style == "" or style in STYLES


def test_a_finding_in_a_record():
    text = "令和6年第1回あおば町議会\n○議長（山田太郎君）　ただいま。\n"
    assert screen(found(text, Span(16, 21))) == [
        "record.txt:2:3: warning M302 empty-turn: say something",
        "    ○議長（山田太郎君）　ただいま。",
        "       ^^^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("ガイｶﾞイ", Span(2, 4), ["    ガイｶﾞイ", "        ^^"]),
        ("か\u3099い", Span(0, 2), ["    か\u3099い", "    ^^"]),
        ("いか\u3099い", Span(2, 3), ["    いか\u3099い", "      ^^"]),
        ("あ\tい", Span(1, 2), ["    あ い", "      ^"]),
        ("あ\x1b[31mい", Span(1, 2), ["    あ␛[31mい", "      ^"]),
        ("あ\u202eい", Span(1, 2), ["    あ\\u202eい", "      ^^^^^^"]),
        ("あい", Span(1, 1), ["    あい", "      ^"]),
        ("あい", Span(2, 2), ["    あい", "        ^"]),
        ("あい\nうえ", Span(1, 4), ["    あい", "      ^^…"]),
        ("\u3099い", Span(0, 1), ["    \u3099い", "    ^"]),
    ],
    ids=["half", "mark", "mark-alone", "tab", "escape", "bidi", "between", "end", "lines", "mark-first"],
)
def test_carets(text, span, expected):
    assert screen(found(text, span))[1:] == expected


def test_what_is_said_of_the_whole_record_has_no_place():
    assert screen(found("あいう", Span(0, 0))) == ["record.txt: warning M302 empty-turn: say something"]


def test_both_ends_of_a_long_line_are_cut():
    assert screen(found("あ" * 50 + "○議長" + "い" * 50, Span(50, 53)), 40)[1:] == [
        "    …あああああああ○議長いいいいいいい…",
        "                   ^^^^^",
    ]


def test_a_line_without_end_is_cut_however_wide_the_screen_is():
    _, line, carets = screen(found("あ" * 5000, Span(2000, 2001)), 10_000)
    assert 150 <= columns(line) <= 160
    assert line.startswith("    …") and line.endswith("…")
    assert carets.strip() == "^^"


def test_what_was_left_out_before_marks_without_width_is_told_too():
    _, line, _ = screen(found("か" + "\u3099" * 300 + "い", Span(301, 302)))
    assert line.startswith("    …\u3099")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(Span(0, 2), "ｶﾞ", "ガ", "x"), "    fix: 「ｶﾞ」 → 「ガ」 (--fix)"),
        (Edit(Span(0, 2), "ｶﾞ", "ガ", "x", Safety.ASK), "    suggestion: 「ｶﾞ」 → 「ガ」"),
        (Edit(Span(0, 2), "ｶﾞ", "ガ", "x", Safety.SHOW), "    suggestion: 「ｶﾞ」 → 「ガ」"),
        (Edit(Span(0, 1), "\u200b", "", "x"), "    fix: take out 「\\u200b」 (--fix)"),
        (Edit(Span(0, 0), "", "」", "x"), "    fix: insert “」” (--fix)"),
        (Edit(Span(0, 2), "か\u3099", "が", "x"), "    fix: U+304B U+3099 → U+304C (--fix)"),
        (Edit(Span(0, 1), "\u00a0", " ", "x"), "    fix: U+00A0 → U+0020 (--fix)"),
    ],
    ids=["safe", "ask", "show", "delete", "insert", "same-looks", "blank"],
)
def test_fixes(edit, expected):
    assert screen(found("ｶﾞイド", Span(0, 2), edit))[-1] == expected


def test_a_fix_with_nothing_to_tell_apart_by_sight_is_told_by_numbers():
    before = "は\u309a" * 40
    line = screen(found("ｶﾞ", Span(0, 2), Edit(Span(0, 2), before, unicodedata.normalize("NFC", before), "x")))[-1]
    assert columns(line) <= 110
    assert "…" in line
