"""A file is never ruled out that holds what is looked for: in corpus records, with planted wraps, pages and slips."""

from __future__ import annotations

import random
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus import NAMES, record

from minutes_cli.errors import IngestError
from minutes_cli.ingest import read
from minutes_cli.ingest.text import decode, from_text
from minutes_cli.lexicon.folding import fold
from minutes_cli.normalize import Fix, normalize
from minutes_cli.parse import parse
from minutes_cli.parse.passages import searchable
from minutes_cli.passage import Passage
from minutes_cli.search.broken import Text
from minutes_cli.search.needs import of_literal
from minutes_cli.search.prefilter import is_read, possible, possible_lines
from minutes_cli.search.written import TWINS

BREAKS = [
    "\n",
    "\n　",
    "\r\n",
    " ",
    "　（拍手）",
    "（笑声）\n",
    "\n- 3 -\n",
    "\n\n〔拍手〕\n",
    " \n",
    "\n12\n",
    "\f",
    '\n<PAGE="2">\n',
]
SLIPS = [
    ("ござい", "ごさい"),
    ("お願いし", "お願し"),
    ("いただき", "いたたき"),
    ("異議", "異義"),
    ("を", "をを"),
    ("って", "つて"),
    ("、", "、."),
    ("1", "l"),
    ("会", "會"),
]
LOOKALIKES = TWINS | {after: before for before, after in TWINS.items()}


@lru_cache
def source_text(name: str) -> str:
    return read(str(record(name))).text


def planted(text: str, rng: random.Random) -> str:
    """*text* with line ends, events, page marks and slips at random places."""
    characters = list(text)
    for _ in range(rng.choice([0, 3, 40])):
        i = rng.randrange(len(characters))
        characters[i] = rng.choice(BREAKS) + characters[i]
    for i, character in enumerate(characters):
        if character in LOOKALIKES and rng.random() < 0.03:
            characters[i] = LOOKALIKES[character]
    text = "".join(characters)
    for right, wrong in rng.sample(SLIPS, 4):
        text = text.replace(right, wrong, rng.choice([1, 3]))
    return text


def words(passage: Passage, rng: random.Random) -> set[str]:
    """Parts of a passage: at random places, over the seams between lines, over corrections."""
    text = passage.text
    places = [(i := rng.randrange(len(text)), i + 1) for _ in range(5)] if text else []
    places += [(run.at, run.at) for run in passage.runs] + [(slip.start, slip.end) for slip in passage.slips]
    found = {text[max(0, a - rng.randint(0, 4)) : b + rng.randint(0, 4)] for a, b in places}
    return {word for word in found if word.strip() and "\n" not in word}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fix", [Fix.SAFE, Fix.ALL, Fix.NONE])
def test_what_stands_in_a_passage_is_never_ruled_out(name: str, fix: Fix) -> None:
    rng = random.Random(f"{name} {fix}")
    plain = source_text(name)
    for text in (plain, planted(plain, rng)):
        passages = searchable(parse(normalize(from_text(text, name), fix=fix).view)).passages
        if fix is not Fix.NONE and is_read(text):
            assert possible(text.encode(), of_literal("量子計算機"), fix=fix)
            continue
        looked = Text(text)
        for passage in passages:
            for word in words(passage, rng):
                assert looked.may_hold(word, fix), word
                assert looked.may_hold(fold(word).text, fix, folded=True), word


@pytest.mark.parametrize(
    "markup", ["予<b>算</b>案", "予<!-- 注 -->算案", "予**算案**", "[予算](a.html)案", "予{{x}}算案"]
)
def test_markup_inside_lines_rules_nothing_out(markup: str) -> None:
    text = f"○議長（架空君）　{markup}を説明します。\n○町長（森君）　はい。\n"
    source = decode(text.encode(), "record.md")._replace(media_type="text/markdown")
    passages = searchable(parse(source)).passages
    assert any("予算案" in passage.text for passage in passages)
    assert possible(text.encode(), of_literal("予算案"))


def test_files_without_the_words_are_ruled_out() -> None:
    absent = ["量子計算機", "宇宙港", "サービスロボ", "打ち合わせ卓", "ＤＸ化"]
    typed = [source_text(name) for name in NAMES if not is_read(source_text(name))]
    for word in absent:
        ruled_out = sum(not possible(text.encode(), of_literal(word)) for text in typed)
        assert ruled_out >= 0.9 * len(typed), word


@pytest.mark.parametrize(
    "text",
    [
        "○議長（架空君）\n　これは自治\n体の件です。\n",
        "○議長（架空君）\n　これは自治（拍手）体の件です。\n",
        "○議長（架空君）\n　これは自治\n\n－ 12 －\n\n架空町議会会議録\n体の件です。\n" + "架空町議会会議録\n" * 3,
        "○議長（架空君）\n　これは自\n治\n体の件です。\n",
        "○議長（架空君）\n　これは自治　\r\n　体の件です。\n",
        "これは自 治体の件です。",
    ],
)
def test_breaks(text: str) -> None:
    assert Text(text).may_hold("自治体")
    assert not Text(text).may_hold("自治会")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("要望\n(1) 道路の件\n住) 河川の件\n(3) 公園の件\n", "(2) 河川"),
        ("第1条 目的\n第l2条 定義\n", "第12条"),
        ("第1条 目的\n第l2条 定義\n", "12条"),
        ("これは（Society 5.の実現です。", "Society 5.0）実現"),
        ("ああああ\nい", "あああい"),
        ("ああいああ\n（拍手）\nいう", "ああいう"),
        ("ご説明ありがとございます。", "ありがとうございます"),
        ("実施しましたがけれども", "しましたけれども"),
        ("現地をを\n視察し", "地を視"),
        ("よいのですけれどもも\nもう少し", "どももう"),
        ("片付けをし\nて帰る", "けをして"),
        ("行政続のオンライン化", "行政手続のオンライン"),
        ("D×の推進", "DXの推進"),
    ],
)
def test_slips(text: str, word: str) -> None:
    assert Text(text).may_hold(word)


@given(st.text(max_size=40), st.text(min_size=1, max_size=5))
def test_anything_may_be_asked(text: str, word: str) -> None:
    may = Text(text).may_hold(word)
    assert may or word not in text
    assert Text(text).may_hold(word, "none") or word not in text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc-jp", "iso-2022-jp", "utf-16", "utf-32", "utf-16-le"]
)
@given(data=st.data())
def test_lines_are_never_ruled_out_wrongly(encoding: str, data: st.DataObject) -> None:
    text = "".join(
        data.draw(st.lists(st.sampled_from([*"自治体①㈱ⅰ髙ＤＸdxｶﾞカ、。\n保育￢∵", "の件です。\n"]), max_size=40))
    )
    raw = ("これは記録です。\n" + text).encode(encoding, "ignore")
    try:
        read_text = decode(raw, "-").text
    except IngestError:
        return
    at = data.draw(st.integers(0, len(read_text)))
    word = read_text[at : at + data.draw(st.integers(1, 5))]
    assert possible_lines(raw, of_literal(word))
    assert possible_lines(raw, of_literal(word), encoding=encoding)
    assert possible_lines(raw, of_literal(fold(word).text), folded=True)
    assert possible(raw, of_literal(word), fix="none")


def test_lines_without_the_words_are_ruled_out() -> None:
    text = "これは自治体の記録です。\n架空町の保育について。\n"
    for encoding in ("utf-8", "cp932", "euc-jp"):
        assert not possible_lines(text.encode(encoding), of_literal("量子"))
        assert possible_lines(text.encode(encoding), of_literal("保育"))
    assert possible_lines(text.encode("utf-16"), of_literal("量子"))
    assert possible_lines(text.encode("iso-2022-jp"), of_literal("量子"))
    assert not possible_lines(text.encode(), of_literal("量子"), encoding="utf-8")
    assert possible_lines(text.encode(), ())
