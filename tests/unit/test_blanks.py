"""blanks.py: what the majority of a record says about a blank."""

from __future__ import annotations

import pytest

from corrections import ODD, corrected, found
from minutes_cli.model import Safety
from minutes_cli.normalize.blanks import find

#: Running text without blanks inside.
PROSE = "委員会では、公園の管理について話し合いました。次の会議までに、資料をそろえることになりました。\n"
#: Latin words that touch Japanese letters, ten times.
TOUCHING = "市のICT担当がPTAとNPOに説明し、AIの研修とDXの話をした。\n"


def spread(text: str) -> str:
    """*text* with a blank between any two characters of a line, as OCR reads columns."""
    return "\n".join(" ".join(line) for line in text.split("\n"))


def test_a_record_spread_out_is_drawn_together():
    assert corrected(find, spread(PROSE * 2)) == PROSE * 2


def test_what_is_no_running_text_stays_spread_out():
    heading = "議 長 山 田\n"
    assert corrected(find, spread(PROSE * 2) + heading) == PROSE * 2 + heading


def test_digits_and_latin_letters_stay_spread_out():
    line = "令 和 6 年 の C O 2 の 量 は\n"
    assert corrected(find, spread(PROSE * 2) + line).endswith("令和 6 年の C O 2 の量は\n")


def test_words_set_apart_are_meant():
    text = "きょう みんな は こうえん へ いき まし た。 そして おべんとう を たべ まし た。\n" * 5
    assert corrected(find, text) == text


def test_a_roster_is_meant():
    text = "山 田 太 郎\n佐 藤 花 子\n議 長 鈴 木 一 郎\n" * 20
    assert corrected(find, text) == text


def test_a_short_text_says_nothing():
    assert corrected(find, "あ い う え お") == "あ い う え お"


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("市民の皆様には、そのようにお願いしたいとい うことで、承りました。\n", None),
        (
            "この件については、いかがでしょ うか、お答えください。\n",
            "この件については、いかがでしょうか、お答えください。\n",
        ),
        (
            "この件については、あり がとうございました、以上です。\n",
            "この件については、ありがとうございました、以上です。\n",
        ),
    ],
)
def test_a_blank_inside_a_word_goes(line, becomes):
    assert corrected(find, PROSE * 10 + line) == PROSE * 10 + (becomes or line)


@pytest.mark.parametrize(
    "line",
    [
        "これより、山田 太郎さんと佐藤 花子さんにお話しいただきます。\n",
        "議 事\n",
        "開 会\n",
        "　この件につきましてはいかがでしょ うか\n",  # no mark: perhaps no sentence
        "　第１回　会議\n",
        "。 次の文はここから始まり、続きます。\n",
        "名前  役 割  担 当\n",
    ],
)
def test_blanks_that_are_meant_stay(line):
    assert corrected(find, PROSE * 10 + line) == PROSE * 10 + line


def test_where_blanks_are_usual_none_is_a_slip():
    text = "この件について 次の方は いかが でしょうか、お答え ください。\n" * 10
    line = "この件については、いかがでしょ うか、お答えください。\n"
    assert corrected(find, text + line) == text + line


def test_a_blank_before_or_behind_a_latin_word_goes_where_there_is_none_elsewhere():
    assert corrected(find, TOUCHING * 2 + "人材バンク等の ICT人材と、市のICT のことを話した。\n") == (
        TOUCHING * 2 + "人材バンク等のICT人材と、市のICTのことを話した。\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "人材バンク等の ICT人材\n",  # too few places to tell
        "市のICT人材とA。\n人材バンク等の ICT人材\n",
        "市の ICT化と、国の DX化と、町の PTA化と、その IT化をした。AI人材のDX化。\n",  # no majority
        "市の ICT 担当が PTA と NPO に説明し、 AI の研修と DX の話をした。\n" * 2,  # the habit of the record
        TOUCHING + "それは New Town の話\n",  # English
        TOUCHING + "それは AI の話\n",  # on both sides: meant
        TOUCHING + "担当 ICT推進課\n",  # a column
        TOUCHING + "令和 6 年の 10 月に 3 D で\n",
    ],
)
def test_blanks_beside_latin_words_that_stay(text):
    assert corrected(find, text) == text


@pytest.mark.parametrize("text", ODD)
def test_any_text(text):
    corrected(find, text)


def test_every_correction_is_one_blank():
    text = spread(PROSE * 2) + TOUCHING * 2 + "等の ICT人材\n"
    corrections = found(find, text)
    assert corrections
    assert all(text[c.start : c.end] == " " and c.after == "" for c in corrections)
    assert not found(find, text, Safety.ASK)
