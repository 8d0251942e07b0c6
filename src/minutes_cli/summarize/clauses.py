"""Where a sentence may be cut without breaking a clause, and which subjects must not be lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes_cli.lexicon.words import Cut, Morpheme
from minutes_cli.patterns import lazy
from minutes_cli.summarize.model import Again, ClauseEnd

__all__ = ["Topic", "clauses", "only_asks", "topics"]

_OPENING, _CLOSING = frozenset("「『（("), frozenset("」』）)")
_VERBAL = frozenset(("動詞", "形容詞", "助動詞"))
_NOMINAL = frozenset(("名詞", "接頭辞", "代名詞", "連体詞"))
#: Particles that join clauses. Not those of conditions (ば, と, たら, ても): to leave out an "if" changes what is said.
_JOINING = frozenset("て が けれど けれども けども から ので ながら つつ し".split())
#: Nouns that only make a clause part of another one: 図ること, 行うため, 考える上で.
_FORMAL = frozenset(
    "事 こと 物 もの 為 所 ところ 方 様 訳 わけ 中 上 際 場合 点 筈 の 時 通り 時点 状況 限り 以上 一方".split()
    + "内 間 前 後 風".split()
)
#: Particles behind which the opposite is said: what is denied before them is not left out either.
_CONTRARY = frozenset("が けれど けれども けども".split())
#: Particles of adverbial phrases. Not those of topics, subjects and objects.
_ADVERBIAL = frozenset("に で から まで より へ など".split())
_PURPOSE = lazy(
    r"(?:ため(?:に(?:も|は)?)?|ように|とともに|と共に|ほか|一方(?:で)?|中(?:で)?|上(?:で)?|際(?:に)?(?:は)?|こと(?:から|により))、$"
)

#: Adverbial phrases made the topic: 来年度からは、 区部においては、 計画につきましては、
_ADVERBIAL_TOPIC = lazy(
    r"(?:に(?:おい|おきまし|つい|つきまし|関し|関しまし|対し|対しまし|当たっ|当たりまし|あたっ|あたりまし|向け)て|に|で|から|まで|へ)"
    r"(?:は|も)、$"
)
#: What somebody does is not said of a place: 国では、 組合においては、 name who does it.
_DOERS = frozenset("国都道府県市区町村省庁局部課会党社署所園校院者人民氏様員長方側体団")
_HIRAGANA = lazy(r"[ぁ-ゖ]$|以外$|場合$")
#: Speakers name themselves or the side they speak for.
_OWN = r"(?:私(?:ども|たち|共|達)?|我々|我が(?:党|会派|市|町|村|県|区)|わが(?:党|会派)|[本当][市町村県区局])"
_OWN_TOPIC = lazy(rf"(?:^|、){_OWN}(?:と(?:し|いたし|致し)(?:まし)?て)?(?:は|も)、$")
#: A body whose doing the speaker tells in humble words is the speaker's own.
_BODY_TOPIC = lazy(
    r"(?:^|、)[^、。はがも]{0,10}[都道府県市区町村局庁会](?:と(?:し|いたし|致し)(?:まし)?て)?(?:は|も)、$"
)
_HUMBLE = lazy(r"(?:て(?:まい|参)り|いたし)(?:ます|たい(?:と(?:考え|思|存じ)[^、。]{1,12})?)。?$")
#: は before a denial limits it: 区部では、行いません does not deny the rest. A duty and a question deny nothing.
_DENIAL = lazy(
    r"(?<!ばなり)(?<!はなり)(?<!ばいけ)(?<!はいけ)ません(?!か|でしょうか)"
    r"|(?<!ばなら)(?<!はなら)(?<!ばいけ)(?<!はいけ)(?<!少)な(?:い(?!か|でしょうか|だろうか)|かった|く(?!て?はな))|ず(?:、|に)|困難|難しい"
)
#: Others who do something: what they do must not seem to be done by the speaker.
_OTHERS = lazy(
    r"(?:国|政府|[^本当我わ]省|庁|国会|議会|企業|会社|[^、]社|団体|自治体|市町村|者|組合|協会|協議会|機構|員|氏|住民|市民|都民|県民|町民|村民|区民|国民)"
    r"(?:(?:で|において|としまして|として)?(?:は|も)、?|が、)$"
)
_ANY_TOPIC = lazy(r"(?:は|も|が)、$")

#: Who asks or thinks says so at the end of a sentence, and no more than that.
_ASKED_FOR = (
    "見解|所見|所感|考え|考え方|答弁|認識|決意|方針|説明|見通し|対応|姿勢|取り?組み?|検討状況|予定|状況|進め方|"
    "展開|計画"
)
_ASKED_NOUN = rf"[^、。]{{0,12}}(?:{_ASKED_FOR})(?:と[^、。]{{1,8}})?"
_ASKING = (
    rf"(?:(?:{_ASKED_NOUN}(?:を|について|は)?)?(?:もう一度|改めて|併せて|あわせて|ぜひ|以上)?"
    r"(?:伺い|お伺い|尋ね|お尋ね|お聞き|求め|お聞かせ|お示し|お答え|お願い|いかが)"
    rf"|{_ASKED_NOUN}を(?:ぜひ)?(?:いただき|頂き|聞かせて|聞きたい|示して|明らかにして))"
    r"(?:を)?(?:いたし|し|願い|ください|下さい|いただき|頂き|申し上げ|たい|です|でしょうか|と|思い|ます|存じ|か|て)*"
    r"(?:、(?:次の(?:質問|項目|テーマ)に(?:移り|参り|まいり)"
    r"|(?:私の)?(?:一般)?質問を(?:終わり|終え)(?:たいと思い)?)ます)?"
)
_THINKING = (
    r"と、?(?:いうふうに|いうように|このように|も)?、?(?:(?:私(?:は|も|ども(?:は|も))|我が党(?:は|も)|我々(?:は|も))、?)?(?:強く|常々)?"
    r"(?:思|考え|存じ)(?:い|っ|え|じ|う|る)?(?:て)?(?:おり|おる|い|いる|ござい)?"
    r"(?:ま(?:す|して)|(?:もの|ところ)(?:です|であります|でございま(?:す|して))|(?:の|ん)(?:です|であります))"
)
_ONLY_THOUGHT = lazy(rf"{_THINKING}(?:ね|よ)?(?:。?|(?:が|けれども|ので)?、{_ASKING}。?)")
_ONLY_ASKED = lazy(rf"、?{_ASKING}。?")
_NOTHING_ELSE = lazy(rf"(?:[^、。]{{0,8}}、)?(?:{_ASKING})。?")
_ABOUT = lazy(r"に(?:つい|関し)て$")
_ABOUT_ASKED = lazy(
    rf"、?(?:[^、。]{{0,8}}(?:{_ASKED_FOR})(?:と[^、。]{{1,8}})?を)?(?:お?伺い|お?尋ね|お聞き|質問)(?:いたし|し)?(?:ます|たいと思います)。?"
)


class Topic(NamedTuple):
    """``sentence[start:end]`` is a topic; ``others``: those who do something, and not the speaker's side."""

    start: int
    end: int
    others: bool


def clauses(cut: Cut | Again) -> list[tuple[int, ClauseEnd]]:
    """The ends of the clauses of a sentence in order, each with what ends there; the last one is the sentence's.

    None lies inside brackets, or before a noun that needs the clause (こと, ため). QUOTED stands where nothing follows
    but that the speaker thinks so or asks it; a denial is never such a rest. Topics and subjects (国は、 国が、) are
    no FRONT, but for the speaker's own (私は、): without them it would seem that the speaker does what others do.
    """
    sentence, words = cut.sentence, cut.morphemes()
    found: list[tuple[int, ClauseEnd]] = []
    for i, mark in _open_places(sentence, words):
        kind = _at_comma(sentence, words, i) if mark == "、" and i else _ends(sentence, words, i)
        if kind is not None:
            found.append((words[i].end, kind))
    return [*found, (len(sentence), ClauseEnd.SENTENCE)]


def _open_places(sentence: str, words: Sequence[Morpheme]) -> Iterator[tuple[int, str]]:
    """The words outside of brackets but for the last one: their indexes, each with the first character of the word."""
    depth = 0
    for i, word in enumerate(words):
        mark = sentence[word.start : word.start + 1]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        if not depth and word.end < len(sentence):
            yield i, mark


def topics(cut: Cut | Again) -> list[Topic]:
    """The topics and subjects set off in a sentence, in order.

    What stands behind the topic of others (国は、) is never to be shown without it.
    """
    sentence, words = cut.sentence, cut.morphemes()
    found: list[Topic] = []
    begin = 0
    for i, mark in _open_places(sentence, words):
        word = words[i]
        if mark == "、" or (mark in "はも" and sentence[word.end : word.end + 1] != "、"):
            low = max(begin, word.end - 16)
            if _OTHERS.search(sentence, low, word.end):
                found.append(Topic(begin, word.end, True))
            elif mark == "、" and _ANY_TOPIC.search(sentence, low, word.end):
                found.append(Topic(begin, word.end, False))
        if mark == "、":
            begin = word.end
    return found


def only_asks(sentence: str) -> bool:
    """Whether a sentence asks for an answer and does not say to what: あわせて、知事の見解を伺います。"""
    return _NOTHING_ELSE.fullmatch(sentence) is not None


def _at_comma(sentence: str, words: Sequence[Morpheme], i: int) -> ClauseEnd | None:
    """What ends at the comma ``words[i]``."""
    before, end = words[i - 1], words[i].end
    pos = before.pos
    if _ONLY_ASKED.fullmatch(sentence, end):
        return ClauseEnd.QUOTED
    if pos[1] == "接続助詞" and before.form != "ては":
        if before.form in _CONTRARY and _denies(words[max(0, i - 4) : i - 1]):
            return ClauseEnd.CONDITION
        return ClauseEnd.JOINED if before.form in _JOINING else None
    if pos[5].startswith("連用形") or _PURPOSE.search(sentence, max(0, end - 8), end):
        return ClauseEnd.JOINED
    if pos[0] in ("接続詞", "副詞") or pos[2] == "副詞可能":
        return ClauseEnd.FRONT
    if pos[0] == "助詞" and before.form in _ADVERBIAL and words[i - 2].form not in ("事", "こと"):
        return ClauseEnd.FRONT
    if before.form in ("は", "も", "ては") and _is_front_topic(sentence, words, i):
        return ClauseEnd.FRONT
    return None


def _is_front_topic(sentence: str, words: Sequence[Morpheme], i: int) -> bool:
    """Whether the topic before the comma ``words[i]`` may be left out: a time, a place, a matter, the speaker."""
    end = words[i].end
    if _OWN_TOPIC.search(sentence, max(0, end - 16), end):
        return True
    if _BODY_TOPIC.search(sentence, max(0, end - 24), end) and _HUMBLE.search(sentence, end):
        return True
    if _DENIAL.search(sentence, end):
        return False
    if i > 1 and words[i - 2].pos[2] == "副詞可能":
        return True
    topic = _ADVERBIAL_TOPIC.search(sentence, max(0, end - 10), end)
    if topic is None or not topic.start():
        return False
    at = topic.start()
    return sentence[at - 1] not in _DOERS and _HIRAGANA.search(sentence, max(0, at - 2), at) is None


def _ends(sentence: str, words: Sequence[Morpheme], i: int) -> ClauseEnd | None:
    """What ends behind ``words[i]`` where no comma stands."""
    word, behind = words[i], words[i + 1]
    if _is_condition(word) and behind.form not in ("共に", "とも"):
        return ClauseEnd.CONDITION
    if behind.form == "と" and _ONLY_THOUGHT.fullmatch(sentence, word.end):
        return ClauseEnd.QUOTED
    if word.form == "か" and word.pos[0] == "助詞" and _ONLY_ASKED.fullmatch(sentence, word.end):
        return ClauseEnd.QUOTED
    if (
        word.form == "て"
        and _ABOUT.search(sentence, max(0, word.end - 4), word.end)
        and _ABOUT_ASKED.fullmatch(sentence, word.end)
    ):
        return ClauseEnd.QUOTED
    if (word.pos[0] in _VERBAL or word.pos[1] == "形容詞的") and word.pos[5].startswith(("終止形", "連体形")):
        if (
            behind.pos[0] in _NOMINAL
            and behind.form not in _FORMAL
            and not (word.form in ("だ", "於く") or _denies((word,)))
        ):
            return ClauseEnd.RELATIVE
    elif (
        word.form == "て" and word.pos[1] == "接続助詞" and behind.pos[0] in _NOMINAL and behind.pos[1] != "非自立可能"
    ):
        return ClauseEnd.JOINED
    return None


def _denies(words: Sequence[Morpheme]) -> bool:
    """Whether one of the *words* is a negation."""
    return any(word.form in ("ない", "無い", "ず", "ぬ", "まい") for word in words)


def _is_condition(word: Morpheme) -> bool:
    if word.pos[5].startswith("仮定形") or word.form in ("場合", "限り"):
        return True
    return word.pos[1] == "接続助詞" and word.form in ("と", "ても", "とも")
