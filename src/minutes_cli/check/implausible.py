"""What stands in a label where a name belongs, and can be nobody's name."""

from __future__ import annotations

from minutes_cli.check.people import Naming
from minutes_cli.lexicon.roles import DEPARTMENT, HONORIFICS, ORGANISATION_AT_END, SEAT, office_at_end
from minutes_cli.parse.labels import squeeze
from minutes_cli.patterns import lazy

_BRACKET = lazy(r"(?P<outer>[^（(]*)[（(](?P<inner>[^（()）]*)(?:[）)]|$)")
_HONOURED = lazy(rf"(?P<name>.+?)[ 　]*(?:{'|'.join(HONORIFICS)})")
#: Letters, figures and circles that stand for a name that is not told: Ａ委員, ○○委員, 甲, 市民２.
_ANONYMOUS = lazy(
    r"(?:[一-龥]*(?:委員|議員|民|性|者|員|団体))?(?:[A-Za-zＡ-Ｚａ-ｚ]{1,2}[0-9０-９]{0,2}|[0-9０-９①-⑳]{1,3})"
    r"|[○〇●◯×＊*△□■◎]+|[甲乙丙丁]|男性|女性|第?[0-9０-９一二三四五六七八九十]+号"
)
#: A foreigner's name in letters: Smith, J. Smith, JOHN SMITH, O'Brien, in either width; it holds a vowel.
_ROMAN = lazy(
    r"(?=.*[AEIOUYaeiouyＡＥＩＯＵＹａｅｉｏｕｙÀ-ž])[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚÀ-ž.．'’‐\-・]*"
    r"(?:[ 　][A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚÀ-ž.．'’‐\-・]*)*"
)
_INITIALS = lazy(r"(?:[A-ZＡ-Ｚ][.．・])+[ァ-ヺー・一-龥]+")
_LETTERS = lazy(r"[A-Za-zＡ-Ｚａ-ｚÀ-ž]")
#: Kanji, kana and what joins names; variation selectors choose a form of a kanji.
_STRANGE = lazy(
    r"[^一-龥々〆〇ヶヵぁ-ゖァ-ヺー・＝= 　"
    r"\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
#: Marks that stand for a character that was not read.
_BROKEN = lazy(r"[■□●◆〓\ufffd?？*＊#＃|｜^~_＿]")
#: A figure in or before a short name: 八3木, 8木; not 公募2号, 2区, 第1.
_FIGURE_INSIDE = lazy(
    r"[一-龥々ぁ-ゖァ-ヺ]{1,3}[0-9０-９][一-龥々ぁ-ゖァ-ヺ]{0,4}(?<![号期区名人年月日番部組班級次項条回件])"
)
_KANA = lazy(r"[ぁ-ゖァ-ヺー]")
_LONGEST_KANJI = lazy(r"[一-龥々]{9,}")
#: Pieces of sentences: endings of verbs, and particles where no name has them.
_SENTENCE = lazy(
    r"です|ます|ました|いたし|ください|する$|した$|ない$|こと|という|[一-龥](?:は|が|を|に)$|^[はがをにでと][一-龥]|について"
    r"|(?:君|議員|さん).+|登壇$|退席$|着席$|^(?:ただいま|それでは|これより|ありがとう|よろしく|おはよう|こんにちは|本日)"
)
#: Sums and times; 四月一日 and 八月朔日 are surnames.
_FIGURES = lazy(r"(?:[一二三四五六七八九十百千万億〇]+(?:円|年|時|分|件|号|条|項|％))+|(?:午前|午後).*")


def implausible(naming: Naming) -> tuple[str, str] | None:
    """What the label has for a name, and why it can be none; None where it may be one, or where none belongs."""
    text = naming.text.strip()
    name, sure = (naming.label.name, True) if naming.label.name else _place(text)
    if not name:
        return None
    if not sure and not (_BROKEN.search(name) or _FIGURE_INSIDE.fullmatch(name)):
        return None  # 公募２号委員, ＰＴＡ会長: what stands before an office need not be a name
    why = _wrong(name)
    return None if why is None else (name, why)


def _place(text: str) -> tuple[str, bool]:
    """What stands in a label where its name belongs and is none, and whether nothing else than a name belongs there."""
    bracket = _BRACKET.match(text)
    if bracket is None or not bracket["outer"].strip():
        bare = bracket["inner"] if bracket else text
        honoured = _HONOURED.fullmatch(bare)
        return (honoured["name"].strip() if honoured else _before_office(bare)), False
    outer, inner = squeeze(bracket["outer"]), bracket["inner"].strip()
    if not SEAT.fullmatch(outer) and office_at_end(outer) is None:
        return "", False
    honoured = _HONOURED.fullmatch(inner)
    if honoured:
        return honoured["name"].strip(), True
    if _BROKEN.search(outer):  # 橘■川委員（町長）
        return _before_office(outer), False
    if office_at_end(inner) is None and not ORGANISATION_AT_END.search(inner):
        return inner, len(inner.split()) == 1
    return _before_office(inner), False


def _before_office(text: str) -> str:
    """山田 of 山田委員 and of 山田総務課長; nothing for a seat."""
    text = text.split()[-1] if text.split() else ""
    at = None if SEAT.fullmatch(text) else office_at_end(text)
    if not at:
        return ""
    department = DEPARTMENT.search(text, 0, at)
    return text[: department.start() if department else at]


def _wrong(name: str) -> str | None:
    """What is wrong with *name*; None where it may be one."""
    tight = squeeze(name)
    if _ANONYMOUS.fullmatch(tight) or _ROMAN.fullmatch(name) or _INITIALS.fullmatch(tight):
        return None
    if len(tight) == 1 and _KANA.match(tight):
        return "is a single kana"
    if all(map(_LETTERS.match, tight)):
        return "is no word"
    if any(c.isdecimal() for c in tight):
        return "holds a figure"
    if _STRANGE.search(name):
        return "holds a mark or a letter"
    if _FIGURES.fullmatch(tight):
        return "is a figure, a date or a time"
    if _LONGEST_KANJI.search(tight):
        return "is too long"
    if _SENTENCE.search(tight):
        return "is a piece of a sentence"
    return None
