"""A big archive made from the corpus by a seeded generator: 100 MB in 1,400 files, with words planted to look for.

The records follow three layouts in turn (label on a line of its own; label before the speech; the same in hard wraps
with page numbers). Nearly every sentence is new: clauses of the corpus put together, nouns exchanged, so that neither
an index nor a tokenizer gains from remembering them. `python -m bench.archive FOLDER` writes one to look at.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from bench.measure import ROOT
from bench.records import CORPUS

FILES, SIZE, SEED = 1400, 71_000, 1

#: Words that stand nowhere in the corpus: at a few places of the whole archive; in many lines; nowhere.
RARE, COMMON, ABSENT = "霧笛塔", "浜通り", "鯨見櫓"
#: A word that stands only across hard wraps, at a few places.
WRAPPED = "灯標守"
#: Two words that stand in a thousand sentences each and meet in a few.
TOGETHER = ("貝殻坂", "藻場札")
#: A word that every scan of it spells with 一 for ー: corrected when a record is read.
MISREAD, AS_READ = "キャッシュカード", "キャッシュカ一ド"
#: How many places: of the rare word, the wrapped one, the misread one, the sentence with both words.
RARE_PLACES, WRAPPED_PLACES, MISREAD_PLACES, TOGETHER_PLACES = 12, 8, 28, 5
#: Characters in a line of a record with hard wraps, and lines of a page.
_WIDTH, _PAGE = 34, 40

_TOWNS = ("潮見", "霞台", "鵜原", "波戸", "月路", "椿浦", "砂越", "灯ヶ崎", "貝沢", "汐入野")
_BODIES = ("町議会定例会", "市地域交通協議会", "町議会臨時会", "県市町村連絡協議会", "区図書館協議会")
_SURNAMES = (
    "橘川",
    "小豆沢",
    "乙訓",
    "百目鬼",
    "堂園",
    "氷室",
    "錦織",
    "卜部",
    "尾鷲",
    "五百蔵",
    "樋渡",
    "鴻巣",
    "葛西",
)
_GIVEN = ("孝志", "理玖", "俊介", "なつき", "美咲", "清", "惣一", "みちる", "達也", "蘭", "一馬", "薫")
_OFFICES = ("議長", "副議長", "町長", "総務課長", "財政課長", "建設課長", "教育長", "１番", "３番", "７番", "１２番")
#: Records whose old spelling or slips of OCR would stand in every file.
_OF_OTHER_TIMES = ("old-kanji", "scanned-petition")
_COPIES = 30
_NUMERALS = "一二三四五六七八九"


class _Words(NamedTuple):
    """What sentences are made of: beginnings up to the comma, ends behind it, whole short sentences."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    short: tuple[str, ...]


def _words(rng: random.Random) -> _Words:
    """Clauses of the corpus, each also in copies with other nouns and numbers."""
    heads, tails, short, nouns = set(), set(), set(), set()
    for path in sorted(CORPUS.glob("*/record.*")):
        if path.parent.name in _OF_OTHER_TIMES:
            continue
        for sentence in re.findall(r"[^。（）()【】「」○◆◎△〔〕：\s]{4,80}。", path.read_text(encoding="utf-8")):
            head, comma, tail = sentence.partition("、")
            if comma:
                heads.add(head + comma)
                tails.add(tail)
            elif len(sentence) > 8:
                short.add(sentence)
            nouns.update(re.findall(r"(?<![一-龠])[一-龠]{2}(?=[をはがの])", sentence))
    names = sorted(nouns)
    noun = re.compile(r"(?<![一-龠])[一-龠]{2}(?=[をはがの])")
    number = re.compile(r"[一二三四五六七八九](?=[年月日人件棟万千百十])")

    def varied(texts: set[str]) -> tuple[str, ...]:
        kept = sorted(texts)
        for text in sorted(texts):
            for _ in range(_COPIES):
                other = noun.sub(lambda m: rng.choice(names) if rng.random() < 0.7 else m[0], text)
                kept.append(number.sub(lambda m: rng.choice(_NUMERALS), other))
        return tuple(dict.fromkeys(kept))

    return _Words(varied(heads), varied(tails), tuple(sorted(short)))


def _sentences(rng: random.Random, words: _Words) -> Iterator[str]:
    """Sentences without end: seven in eight put together, the other a short one that comes back."""
    while True:
        many = 4096
        made = map("".join, zip(rng.choices(words.heads, k=many), rng.choices(words.tails, k=many), strict=True))
        for at, (sentence, short) in enumerate(zip(made, rng.choices(words.short, k=many), strict=True)):
            yield short if at % 8 == 7 else sentence


def _turn(rng: random.Random, sentences: Iterator[str]) -> list[str]:
    """The paragraphs of a turn: one half of the turns has one or two, the other up to ten."""
    lengths = [rng.randint(1, 4) for _ in range(rng.randint(1, 2) if rng.random() < 0.5 else rng.randint(2, 10))]
    paragraphs = ["".join(next(sentences) for _ in range(length)) for length in lengths]
    at = rng.randrange(len(paragraphs))
    chance = rng.random()
    if chance < 0.61:
        paragraphs[at] = f"{COMMON}の件であります。" + paragraphs[at]
    if 0.01 < chance < 0.02:
        paragraphs[at] += f"{TOGETHER[chance < 0.015]}を歩いて調べました。"
    return paragraphs


def _wraps(paragraph: str) -> Iterator[str]:
    return (paragraph[at : at + _WIDTH] for at in range(0, len(paragraph), _WIDTH))


def _record(rng: random.Random, sentences: Iterator[str], number: int, size: int, planted: list[str]) -> str:
    """A record of about *size* bytes of UTF-8 in the layout ``number % 3`` with the sentences of *planted* in it."""
    layout = number % 3
    town, body = _TOWNS[number % len(_TOWNS)], rng.choice(_BODIES)
    year, month, day = 2 + number // 3 % 7, rng.randint(1, 12), rng.randint(1, 28)
    session = rng.randint(1, 9)
    people = [f"{o}（{s}{g}君）" for o, s, g in zip(
        _OFFICES, rng.sample(_SURNAMES, len(_OFFICES)), rng.choices(_GIVEN, k=len(_OFFICES)), strict=True
    )]  # fmt: skip
    lines = [
        f"令和{year}年第{session}回{town}{body}会議録",
        f"令和{year}年{month}月{day}日",
        "",
        "午前９時３０分　開議",
    ]
    length, places = sum(map(len, lines)) * 3, sorted((rng.uniform(0.1, 0.9) * size, p) for p in planted)
    while length < size:
        said, label = _turn(rng, sentences), rng.choice(people)
        while places and places[0][0] <= length:
            said.append(places.pop(0)[1])
        if layout == 0:
            turn = [f"○{label}", "", *(line for paragraph in said for line in (paragraph, ""))]
        elif layout == 1:
            turn = [f"○{label}　{said[0]}", *("　" + paragraph for paragraph in said[1:])]
        else:
            turn = [*_wraps(f"○{label}　{said[0]}"), *(w for p in said[1:] for w in _wraps("　" + p))]
        if rng.random() < 0.05:
            turn.append("（「異議なし」と呼ぶ者あり）")
        lines += turn
        length += sum(map(len, turn)) * 3 + len(turn)
    if layout == 2:
        pages = [lines[at : at + _PAGE] for at in range(0, len(lines), _PAGE)]
        lines = [line for n, page in enumerate(pages, 1) for line in (*page, f"- {n} -", "")]
    return "\n".join(lines) + "\n"


def _planted(rng: random.Random, files: int) -> dict[int, list[str]]:
    """Which sentences are put into which file. A wrapped word only goes where lines are wrapped: layout 2."""
    planted: dict[int, list[str]] = {}
    both = f"{TOGETHER[0]}の先に{TOGETHER[1]}を立てたいと思います。"
    rare = f"{RARE}の修理について伺います。"
    # The paragraph begins with a blank, so that the wrap falls behind the first character of the word.
    before = "港の出入りを長く見てきた者として申し上げますと、この仕事のことは"
    assert len(before) == _WIDTH - 2
    wrapped = f"{before}{WRAPPED}に聞くのが早道であります。"
    misread = f"{AS_READ}の扱いを改めます。"
    for sentence, places, step in (
        (rare, RARE_PLACES, 1),
        (both, TOGETHER_PLACES, 1),
        (misread, MISREAD_PLACES, 1),
        (wrapped, WRAPPED_PLACES, 3),
    ):
        possible = range(step - 1, files, step)
        for file in rng.sample(possible, min(places, len(possible))):
            planted.setdefault(file, []).append(sentence)
    return planted


def archive(folder: Path, files: int = FILES, size: int = SIZE, seed: int = SEED) -> None:
    """Write *files* records of about *size* bytes into *folder*, a hundred to a folder; the same bytes every time."""
    rng = random.Random(seed)
    sentences, planted = _sentences(rng, _words(rng)), _planted(rng, files)
    for number in range(files):
        path = folder / f"{number // 100:02}" / f"record-{number:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_record(rng, sentences, number, size, planted.get(number, [])).encode())


def kept(files: int = FILES, size: int = SIZE, seed: int = SEED) -> Path:
    """The folder of such an archive below bench/out/, made if it is not there yet; older makes of it are removed."""
    made_by = crc32(b"".join(path.read_bytes() for path in (Path(__file__), *sorted(CORPUS.glob("*/record.*")))))
    name = f"archive-{files}-{size}-{seed}"
    folder = ROOT / "bench" / "out" / f"{name}-{made_by:08x}"
    if not folder.exists():
        for old in folder.parent.glob(f"{name}-*"):
            shutil.rmtree(old)
        unfinished = folder.with_name(f"{name}-unfinished")
        archive(unfinished, files, size, seed)
        unfinished.rename(folder)
    return folder


def main() -> None:
    """Write an archive into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of a record, about")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    archive(options.folder, options.files, options.size, options.seed)


if __name__ == "__main__":
    main()
