"""Markdown and stray tags: markup is no speech, its place is furniture, lines stay those of the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.ingest import understand
from minutes_cli.model import BlockKind, Document
from minutes_cli.parse import parse

_HEAD = "# 潮見市議会 総務委員会の質疑\n\n## 基金について\n\n"
_REST = "\n".join(f"\n残高は何億円か。（堂園 なつき）\n\n> {n}億円である。（尾長 財政課長）\n" for n in range(3, 9))


def _parse(text: str, name: str = "record.md") -> Document:
    return parse(understand(name, text.encode()))


def _first(line: str, name: str = "record.md") -> str:
    return _parse(f"{_HEAD}{line}\n{_REST}", name).turns[0].text


def test_markup_is_no_part_of_what_is_said():
    said = "<span class='x'>基金</span>の**残高**は[計画](https://example.jp/a.pdf)で{{note}}五億円か。（堂園 なつき）"
    assert _first(said) == "基金の残高は計画で五億円か。"


def test_markup_in_speech_is_furniture():
    found = _parse(f"{_HEAD}この<b>基金</b>の**残高**は何億円か。（堂園 なつき）\n{_REST}")
    kept = [found.view.text[one.start : one.end] for one in found.blocks if one.kind is BlockKind.FURNITURE]
    assert kept[-4:] == ["<b>", "</b>", "**", "**"]


def test_a_line_break_in_markup_ends_a_paragraph():
    assert _first("残高は。<br>今後はどうか。（堂園 なつき）") == "残高は。\n今後はどうか。"


def test_a_question_in_a_table_of_tags_has_its_speaker():
    found = _parse(f'{_HEAD}<table class="qanda"><tr><td>\n残高は減るか。（堂園 なつき）\n</td></tr></table>\n{_REST}')
    assert (found.turns[0].label, found.turns[0].text) == ("堂園 なつき", "残高は減るか。")
    found = _parse(f"{_HEAD}<p>残高は減るか。（堂園 なつき）</p>\n{_REST}")
    assert (found.turns[0].label, found.turns[0].text) == ("堂園 なつき", "残高は減るか。")


def test_what_is_commented_out_is_not_said():
    found = _parse(f"{_HEAD}<!--\n五億円である。（尾長）\n-->\n{_REST}")
    assert all("五億円である" not in turn.text for turn in found.turns[:2])
    assert found.turns[0].text == "残高は何億円か。"


def test_markup_in_headings_is_no_part_of_them():
    found = _parse(f"# 質疑\n\n## [基金](#kikin)の**残高**\n{_REST}\n<h2 class='a'>道路</h2>\n{_REST}")
    assert [section.heading for section in found.sections][-2:] == ["基金の残高", "道路"]


def test_in_a_text_only_tags_are_markup():
    assert _first("この**残高**は<b>何億円</b>か。（堂園 なつき）", "record.txt") == "この**残高**は何億円か。"


def test_what_looks_like_a_tag_but_is_none_is_said():
    assert _first("<笑い>と<A社>の{甲}は[一](二)か。（堂園 なつき）") == "<笑い>と<A社>の{甲}は[一](二)か。"


def test_speakers_at_the_ends_win_over_a_few_questions_marked_q_and_a():
    found = _parse(
        f"{_HEAD}{_REST}{_REST}{_REST}\n### 討論\n\nQ. 理由は何か。\nA. 手続を変える。\nQ. いつか。\nA. 春である。\n"
    )
    assert found.layout.convention == "trailing-label"


_part = st.sampled_from(
    ("<b>", "</b>", "**", "[一](#a)", "<br>", "<!--", "-->", "{{a}}", "あ", "い。", "\n", "<", "> ", "![え](b.png)")
)


@given(st.lists(_part, max_size=30))
def test_blocks_tile_the_text_and_what_is_said_is_no_furniture(parts: list[str]):
    text = f"{_HEAD}{''.join(parts)}か。（堂園 なつき）\n{_REST}"
    found = _parse(text)

    assert [block.start for block in found.blocks[1:]] == [block.end for block in found.blocks[:-1]]
    assert (found.blocks[0].start, found.blocks[-1].end) == (0, len(found.view.text))
    furniture = [block for block in found.blocks if block.kind is BlockKind.FURNITURE]
    for turn, places in zip(found.turns, found.spoken, strict=True):
        pieces = list(zip(places[::2], places[1::2], strict=True))
        joined = "".join(found.view.text[start:end] for start, end in pieces)
        assert "".join(joined.split()) == "".join(turn.text.split())
        assert not any(start < one.end and one.start < end for start, end in pieces for one in furniture)
