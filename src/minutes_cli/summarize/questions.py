"""What one speech asks, question by question, and what another answers, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.patterns import lazy
from minutes_cli.summarize.model import Form, Sentence, Speech
from minutes_cli.summarize.rounds import asks, says

if TYPE_CHECKING:
    import re

__all__ = ["Piece", "Question", "announces", "join", "pieces", "split", "topic"]

_DIGITS = "0-9０-９一二三四五六七八九十"
_NUMBER = (
    rf"第([{_DIGITS}]{{1,3}})(?:点|問|に|は|の|、)|(?:大きな?|大項目)?([{_DIGITS}]{{1,3}})\s?(?:点目|つ目|番目|問目|件目|項目目)|"
    rf"[（(]([{_DIGITS}]{{1,2}})[）)]|([0-9０-９]{{1,2}})[.．、　]|([①-⑳])|ひとつ目|ふたつ目"
)
_LINK = r"(?:それでは|では|そして|また|さて|それから|あと)?、?"
#: A question of its own begins, or the answer to one.
_MARK = lazy(
    rf"{_LINK}(?:{_NUMBER}|次の?(?:質問|項目|点|問題|テーマ|ページ)?(?:に|は|です|で)|続いて|続きまして|最後(?:に|の|です|は)|"
    r"もう[一1１](?:点|つ)|別の(?:質問|件|話|問題|観点)|話題を|質問を[変替移]|(?:まず|初めに|始めに|はじめに|第一に|最初に))"
)
#: The answer to another question may begin.
_SHIFT = lazy(r"また|それから|あと、|なお|加えて|併せて|一方|そして|その(?:他|ほか)")
_TOPIC = lazy(
    r"[^。]{2,70}?(?:について(?:の|は|で|お|、|ご|御|も|申)|につきまして|に関しまして|に関して|に関する(?:お尋ね|御質問|ご質問)|のお尋ね|の御質問|のご質問|"
    r"の件(?:で|に|は)|ということ(?:なん|で(?:す|ござい))|のお話)"
)
_TOPIC_WITHIN = 80
#: It names the question that it answers.
_ANNOUNCES = lazy(
    r"(?:について|に関して|につきまして|に関する|の)(?:の|は、?|ですが、?)?(?:お尋ね|お問い?合わせ|[御ご]?質問|[御ご]?質疑|お答え)|"
    r"(?:について|に関して|につきまして|の件|に関する件)(?:でございます|であります|です)(?:が|けれど|。)"
)
#: The sentence only says what the questions are about.
_HEADS = lazy(
    r"(?:について|に関して|につきまして|に関し|に対して|を中心に|点|以下|順次|問目)、?[^。、]{0,8}"
    r"(?:[おご御]?(?:伺|質問|聞き|聴き|尋ね|質疑|問)[^。、]{0,20}|順次[^。、]{0,12})[。]?$"
)
#: Verbs of asking: such a sentence is meant to be answered. Others may be asked of nobody.
_MEANT = lazy(
    r"伺|尋ね|お聞き|聞かせ|聞きた|問[うい]|答え|答弁|見解|所見|認識を|説明|教え|示し|願い|いかが|どう(?:です|でしょう|か|お考え)|ください|下さい|求め|"
    r"考え[はが]|つもり|予定|いつ|幾ら|いくら|何[人件名円点回か]|どこ|誰|どの(?:よう|程度|くらい)|は。$"
)
#: So near the end of the sentence.
_NEAR = 40
#: More sentences than this between two that ask make the first one part of what leads to the second.
_APART = 2
#: How many sentences before and behind those that ask are taken for what they are about.
_AROUND = 6
#: With fewer words a question says too little: the sentence before it says what about (どうですか).
_FEW = 2
#: Words that say nothing of what is asked: those of asking, answering and thinking, and light verbs and nouns.
_EMPTY = frozenset(
    """質問 質疑 答弁 回答 説明 見解 所見 認識 考え 考える 思う 存ずる 存じる 申し上げる 申す
    言う 伺う 聞く 尋ねる 答える 御座る 頂く 致す 為る 成る 有る 居る 行く 参る 来る 下さる
    願う 願い 宜しい 有り難い 有り難う 感謝 御礼 先程 今 今回 今日 今後 以上 次 最後 点 方
    事 物 為 様 等 所 中 上 下 時 者 委員 議員 君 御 お尋ね 関する 就く 於く 対する 此れ
    其れ 何 状況 内容 必要 取り組み 取り組む 進める 行う 指摘 話 意味 具体 具体的 非常 大変
    本当 様々 場合 一つ 一 二 三 四 五 六 七 八 九 十 年 月 日 人 我々 私 私共 皆 皆様
    皆さん 出来る 見る 持つ 出る 入る 受ける 図る 含む 良い 無い 多い 大きい 其処 此処 其の
    此の よう 見える 居らっしゃる 的 化 性 部分 形 先 現在 引き続き 確り 是非 又 当たる 因る
    通る 付く つく 於ける 仕舞う 呉れる 遣る
    """.split()
    + [str(number) for number in range(100)]
)

#: What each sentence of a speech is about.
Topics = Sequence[frozenset[str]]


class Question(NamedTuple):
    """A question in a speech: the sentences that ask, from where on they do, and its words, those of its topic at half.

    ``start`` and ``end`` are the sentences that belong to it; ``number`` is the one that the asker gives it;
    ``marked``: the asker sets it off from what is asked before; ``meant``: it is a question that wants an answer, and
    not a request or a figure of speech; ``asks``: it has the form of a question at least. ``text``: what asks.
    """

    speech: int
    sentences: tuple[int, ...]
    start: int
    end: int
    words: Mapping[str, float]
    number: int | None
    marked: bool
    meant: bool
    asks: bool
    text: str


class Piece(NamedTuple):
    """A part of an answer on one subject: its sentences, its words, those of the first sentence, its number."""

    speech: int
    sentences: tuple[int, ...]
    words: frozenset[str]
    head: frozenset[str]
    number: int | None


def split(speech: Speech, at: int, topics: Topics, *, fine: bool, needed: bool = True) -> list[Question]:
    """The questions of the speech with index *at*.

    One begins where the speaker says so (次に, 2点目は), and with *fine* also behind each run of sentences that ask.
    A speech in which no sentence asks is a question in its last sentence of substance, if one is *needed*.
    """
    sentences, text = speech.sentences, speech.text
    asking = [j for j, sentence in enumerate(sentences) if asks(speech, sentence)]
    asking = _serious(speech, asking)
    if not asking and needed:
        rest = [j for j, sentence in enumerate(sentences) if says(speech, sentence)]
        asking = rest[-1:] or ([len(sentences) - 1] if sentences else [])
    marks = {j: match for j, s in enumerate(sentences) if (match := _MARK.match(text, s.start))}
    cuts = {0, *marks}
    if fine:
        cuts.update(j + 1 for j in asking if j + 1 not in asking)
    found: list[Question] = []
    for start, end in pairwise([*sorted(cuts), len(sentences)]):
        run = [j for j in asking if start <= j < end]
        if run:
            match = marks.get(start)
            found.append(_question(speech, at, topics, run, start, end, match, marked=bool(match and found)))
        elif found:  # what is said behind a question and leads to no other one
            words = dict.fromkeys([word for j in range(start, min(end, start + _AROUND)) for word in topics[j]], 0.5)
            found[-1] = found[-1]._replace(words={**words, **found[-1].words})
    return found


def _serious(speech: Speech, asking: list[int]) -> list[int]:
    """Without headings, and without what the speaker asks on the way to the question itself."""
    text, sentences = speech.text, speech.sentences
    kept: list[int] = []
    for k, j in enumerate(asking):
        sentence = sentences[j]
        following = asking[k + 1] if k + 1 < len(asking) else None
        heads = _HEADS.search(text, sentence.start, sentence.end) is not None
        if following is None:
            if heads and kept and kept[-1] >= j - 1:
                continue  # 以上、三点について伺います
        else:
            if heads:
                continue
            on_the_way = following - j > _APART and _MARK.match(text, sentences[j + 1].start) is None
            if on_the_way and not _MEANT.search(text, max(sentence.start, sentence.end - _NEAR), sentence.end):
                continue
        kept.append(j)
    return kept or asking[-1:]


def _question(
    speech: Speech,
    at: int,
    topics: Topics,
    run: Sequence[int],
    start: int,
    end: int,
    mark: re.Match[str] | None,
    *,
    marked: bool,
) -> Question:
    number = _number(mark) if mark else None
    sentences = speech.sentences
    words: dict[str, float] = {}
    own = sum(len(topics[j]) for j in run)
    shown = list(run)
    if own < _FEW and run[0] > start and says(speech, sentences[run[0] - 1]):
        shown.insert(0, run[0] - 1)
    for j in range(max(start, run[0] - _AROUND), min(end, run[-1] + _AROUND + 1)):
        words.update(dict.fromkeys(topics[j], 0.5))
    words.update(dict.fromkeys(topics[start], 0.5))
    for j in shown:
        words.update(dict.fromkeys(topics[j], 1.0))
    meant = any(_is_meant(speech, sentences[j]) for j in run)
    asks_it = any(sentences[j].reading.form is Form.QUESTION for j in run)
    told = "".join([speech.text[sentences[j].start : sentences[j].end] for j in shown])
    return Question(at, tuple(shown), start, end, words, number, marked, meant, asks_it, told)


def join(first: Question, second: Question) -> Question:
    """One question of two in the same speech."""
    words = {**second.words, **first.words}
    for word in first.words.keys() & second.words.keys():
        words[word] = max(first.words[word], second.words[word])
    return first._replace(
        sentences=tuple(sorted({*first.sentences, *second.sentences})),
        end=second.end,
        words=words,
        meant=first.meant or second.meant,
        asks=first.asks or second.asks,
        text=first.text + second.text,
    )


def _is_meant(speech: Speech, sentence: Sentence) -> bool:
    start = max(sentence.start, sentence.end - _NEAR)
    return sentence.reading.form is Form.QUESTION and _MEANT.search(speech.text, start, sentence.end) is not None


def pieces(speech: Speech, at: int, topics: Topics) -> list[Piece]:
    """The parts of the answer with index *at*, one at least, without greetings.

    One begins where the speaker turns to another subject. Where the questions are named one after the other
    (…についてのお尋ねです), only these begin pieces, and numbers.
    """
    text, sentences = speech.text, speech.sentences
    strict = announces(speech) > 1
    found: list[list[int]] = []
    numbers: list[int | None] = []
    for j, sentence in enumerate(sentences):
        names_it = _ANNOUNCES.search(text, sentence.start, sentence.end) is not None
        if not says(speech, sentence) and not (names_it and topics[j]):
            continue
        mark = _MARK.match(text, sentence.start)
        number = _number(mark) if mark else None
        begins = (number is not None or names_it) if strict else (mark is not None or _turns(text, sentence))
        if not found or begins:
            found.append([])
            numbers.append(number)
        found[-1].append(j)
    if not found:
        return [Piece(at, tuple(range(len(sentences))), frozenset(), frozenset(), None)]
    return [
        Piece(at, tuple(part), frozenset().union(*words), words[0], number)
        for part, number in zip(found, numbers, strict=True)
        for words in [[topics[j] for j in part]]
    ]


def _turns(text: str, sentence: Sentence) -> bool:
    start = sentence.start
    if start == 0 or text[start - 1] == "\n" or _SHIFT.match(text, start):
        return True
    return _TOPIC.match(text, start, start + _TOPIC_WITHIN) is not None


def announces(speech: Speech) -> int:
    """How many sentences of an answer name the question that they turn to."""
    return sum(_ANNOUNCES.search(speech.text, s.start, s.end) is not None for s in speech.sentences)


def topic(sentence: Sentence) -> frozenset[str]:
    """The words of a sentence that tell what it is about, and its noun phrases."""
    found = [word for _, word in sentence.words]
    found += [phrase.form for phrase in sentence.phrases]
    return frozenset(found) - _EMPTY


def _number(match: re.Match[str]) -> int | None:
    written = next((found for found in match.groups() if found), None)
    if written is None:
        return None
    return ord(written) - ord("①") + 1 if "①" <= written <= "⑳" else to_int(written)
