"""A speaker label taken apart (name, role, title, affiliation), and how much it looks like one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.lexicon.roles import (
    DEPARTMENT,
    GROUP,
    HEADING_AT_END,
    HONORIFICS,
    OFFICES,
    ORGANISATION_AT_END,
    PLAIN_ORGANISATION_AT_END,
    SEAT,
)
from minutes_cli.lexicon.roles import office_at_end as _office_at_end
from minutes_cli.model import Label
from minutes_cli.patterns import lazy

_NAME = "一-龥々〆ヶヵぁ-んァ-ヶー\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff"
#: A person's name: kanji and kana, two parts at most, no sentence.
NAME_SHAPE = rf"[{_NAME}]{{1,8}}(?:[ 　・]+[{_NAME}]{{1,8}})?"
NAME = lazy(NAME_SHAPE)
_SPACED_OUT = lazy(r"\S(?:[ 　]+\S)+")
#: A bracket in a label; the closing one may have been forgotten.
_BRACKETED = lazy(r"(?P<outer>[^（(]*)[（(](?P<inner>[^（()）]*)(?:[）)]|$)(?P<tail>.*)")
_WHOLE = lazy(r"[（(［\[〔【]([^（()）［\]〔〕【】]+)[）)］\]〕】]")
_DATED = lazy(r"年.{1,3}月.{1,3}日|^第[0-9０-９一二三四五六七八九十]+[条項号回章節]")
_WITHIN = lazy(r"(?P<body>.+(?:局|省|庁|委員会|本部))(?P<role>.+)")
_NUMBER = lazy(
    r"(?:令和|平成|昭和)?[0-9０-９二三四五六七八九十一元]{1,4}(?:年|月|日|人|名|件|点|円|％|億|万|つ目)|(?:及び|並びに|又は|若しくは|なお)$"
)
_BODIES = frozenset("市町村区都道府県国")
#: Labels that say what is said, not who says it.
_NO_NAME = frozenset(("問", "答", "質問", "回答", "答弁", "質疑", "意見"))
_LETTERED = lazy(r"(?P<before>[A-ZＡ-Ｚ])?(?P<role>[一-龥]{2,6}?)(?P<after>[A-ZＡ-Ｚ0-9０-９①-⑳]{1,2})?")
_BEFORE = frozenset(map(chr, (*range(ord("A"), ord("Z") + 1), *range(ord("Ａ"), ord("Ｚ") + 1))))
_AFTER = _BEFORE | frozenset("0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_HONORIFIC_AT_END = lazy(rf"(.+?)[ 　]*(?:{'|'.join(HONORIFICS)})")
_KNOWN_OFFICE = frozenset(OFFICES)
#: Words that make a stretch of text a sentence and no label.
_SENTENCE = lazy(r"[。、，「」『』？！?!;；<>|*#{}=\[\]]|です|ます|した|する|ない|こと|[^ァ-ヶー一-龥][をはが](?=.)")
#: Members who write their surname or their given name in kana: くりさわ善文君, かわはま議員, 卜部ともはる君. Words that
#: begin sentences are no surnames.
_KANA_NAME = lazy(
    r"(?!それ|これ|あれ|では|まず|また|なお|ただ|そして|しかし|そこ|ここ|どう|ぜひ|この|その|あの|ほか|いま|いず|とり|おは|みな)"
    r"[ぁ-ゖー]{2,6}[一-龥々ぁ-ゖァ-ヶー]{0,4}(?:君|くん|さん|氏|様|議員|委員)|[一-龥々]{1,4}[ぁ-ゖー]{2,5}(?:君|くん|氏)"
)
_BEHIND_KANA_NAME = ("君", "くん", "さん", "氏", "様", "議員", "委員")
_LONGEST = 40


#: The same words end many labels and lists of a record, and looking an office up takes two long patterns.
office_at_end = lru_cache(maxsize=8192)(_office_at_end)


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """*text* without any blanks."""
    return "".join(text.split())


def close_up(text: str) -> str:
    """Blanks out of a spaced-out word (議 長), one blank where there are words (平林 浩一)."""
    parts = text.split()
    if len(parts) > 1 and parts[-1] in HONORIFICS:
        return f"{close_up(' '.join(parts[:-1]))} {parts[-1]}"
    single = sum(len(part) == 1 for part in parts)
    spaced_out = (len(parts) > 2 and single >= 2) or (len(parts) == 2 and single == 2)
    return ("" if spaced_out else " ").join(parts)


@lru_cache(maxsize=4096)
def take_apart(text: str) -> Label:
    """Name, role, title and affiliation in a label; what the label does not say stays None.

    >>> take_apart("会長（小池知事）")
    Label(text='会長（小池知事）', name='小池', role='会長', title='知事', affiliation=None, mark=None)
    """
    label = text.strip()
    if whole := _WHOLE.fullmatch(label):
        label = whole[1].strip()
    bracketed = _BRACKETED.fullmatch(label)
    if label in _NO_NAME:
        return Label(text)
    if bracketed is None:
        return _plain(text, close_up(label))
    outer, inner, tail = (close_up(part.strip()) for part in bracketed.group("outer", "inner", "tail"))
    return _with_bracket(text, outer, inner, tail)


def _with_bracket(text: str, outer: str, inner: str, tail: str) -> Label:
    first = _plain(text, outer)
    second = _plain(text, inner.removesuffix("議員").rstrip() or inner if outer else inner)
    if tail and len(inner) <= 2 and (office_at_end(tail) == 0 or tail in HONORIFICS):
        role = None if tail in HONORIFICS else tail
        return Label(text, first.name or outer, role, None, None, mark=inner)
    if not outer:
        return second
    if inner.endswith(HONORIFICS) and second.name and not first.role and not first.affiliation:
        return Label(text, second.name, None, second.title or second.affiliation or second.role, outer)
    if inner.endswith(HONORIFICS) and second.name and not first.affiliation:
        return Label(text, second.name, outer, second.title or second.role, second.affiliation)
    if first.name and first.role:
        return Label(text, first.name, first.role, inner or None, first.affiliation)
    if SEAT.fullmatch(squeeze(outer)) or first.role:
        name = second.name if second.name or second.role else None
        title = second.title or second.role
        return Label(text, name, outer, title, second.affiliation or first.affiliation)
    if inner in _KNOWN_OFFICE and _could_be_name(outer):
        return Label(text, outer, inner)
    if first.affiliation:
        return Label(text, second.name, None, second.title or second.role, outer)
    if len(inner) <= 1:
        return first._replace(text=text, mark=inner)
    if second.role or second.affiliation:
        role, title = second.role, second.title
        if inner in _KNOWN_OFFICE:
            return Label(text, first.name or outer, inner)
        return Label(text, first.name or outer, None, title or role, second.affiliation)
    return Label(text, second.name, outer if not first.name else None, None, None)


def _plain(text: str, label: str) -> Label:
    """A label, or a part of one, without brackets."""
    bare = label
    if honoured := _HONORIFIC_AT_END.fullmatch(label):
        bare = honoured[1].rstrip()
    parts = bare.split()
    if len(parts) > 1:
        return _words(text, parts, bool(honoured))
    if SEAT.fullmatch(bare):
        return Label(text, role=bare)
    seat = SEAT.match(bare)
    if seat and honoured and _could_be_name(bare[seat.end() :]):
        return Label(text, name=bare[seat.end() :], role=seat.group())
    lettered = _LETTERED.fullmatch(bare) if bare[:1] in _BEFORE or bare[-1:] in _AFTER else None
    if lettered and (lettered["before"] or lettered["after"]) and lettered["role"] in _KNOWN_OFFICE:
        return Label(text, role=lettered["role"], mark=lettered["before"] or lettered["after"])
    office = office_at_end(bare)
    if office is None:
        if not honoured and ORGANISATION_AT_END.search(bare):
            return Label(text, affiliation=bare)
        return Label(text, name=bare if bare and NAME.fullmatch(bare) else None)
    return _name_and_office(text, bare, office)


def _name_and_office(text: str, label: str, at: int) -> Label:
    """Split 武田行政部長 into 武田 and 行政部長: the name ends where words for departments begin."""
    seat = SEAT.match(label)
    if seat and label[seat.end() :]:
        rest = _plain(text, label[seat.end() :])
        return Label(text, rest.name, seat.group(), None if rest.role in ("議員", "委員") else rest.role)
    before = label[:at]
    if not before:
        return Label(text, role=label)
    department = DEPARTMENT.search(label, 0, at)
    name, role = (label[: department.start()], label[department.start() :]) if department else (before, label[at:])
    if not name:
        return Label(text, role=label)
    if PLAIN_ORGANISATION_AT_END.search(name) or (ORGANISATION_AT_END.search(name) and len(name) > 3):
        if inside := _WITHIN.fullmatch(role):
            name, role = name + inside["body"], inside["role"]
        return Label(text, role=role, affiliation=name)
    if not NAME.fullmatch(name) or len(name) > 7:
        return Label(text, role=label)
    return Label(text, name=name, role=role)


def _words(text: str, parts: list[str], honoured: bool) -> Label:
    """A label of several words: 狛江市 CIO 平林 浩一; 赤坂 市民サービス担当課長; 平野 和仁."""
    if len(parts) > 1 and (SEAT.fullmatch(parts[0]) or parts[0] in _KNOWN_OFFICE):
        names = [*parts[1:-1], parts[-1].removesuffix("議員") or parts[-1]]
        if len(names) <= 2 and all(map(_could_be_name, names)) and office_at_end(names[-1]) is None:
            return Label(text, name=" ".join(names), role=parts[0])
    offices = [i for i, part in enumerate(parts) if office_at_end(part) is not None]
    if offices and offices[-1] == len(parts) - 1:
        last = _plain(text, parts[-1])
        names = parts[:-1]
        if last.name and not names:
            return last
        if len(names) <= 2 and all(map(_could_be_name, names)):
            return Label(text, name=" ".join(names), role=parts[-1])
        if last.name:
            return Label(text, last.name, last.role, None, " ".join(names))
        return Label(text, role=parts[-1], affiliation=" ".join(names))
    if not offices and not honoured and ORGANISATION_AT_END.search(parts[-1]):
        return Label(text, affiliation=" ".join(parts))
    name_from = offices[-1] + 1 if offices else max(0, len(parts) - 2)
    names, front = parts[name_from:], parts[:name_from]
    if not offices and len(parts) == 2 and not honoured and ORGANISATION_AT_END.search(parts[0]):
        names, front = parts[1:], parts[:1]
    if not names or not all(NAME.fullmatch(p) for p in names) or len(names) > 2:
        return Label(text)
    organisation = len(front)
    while organisation and _is_post(front[organisation - 1]):
        organisation -= 1
    affiliation, post = " ".join(front[:organisation]), " ".join(front[organisation:])
    return Label(text, " ".join(names), None, post or None, affiliation or None)


def _could_be_name(word: str) -> bool:
    """Kanji and kana that do not end like an organisation; 田村 and 渡部 do, and are names all the same."""
    return bool(NAME.fullmatch(word)) and (len(word) <= 2 or not ORGANISATION_AT_END.search(word))


def _is_post(word: str) -> bool:
    return office_at_end(word) is not None


class Evidence(NamedTuple):
    """How much a string looks like a speaker label, about -1 to 1, and why."""

    score: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=8192)
def weigh(text: str) -> Evidence:
    """Evidence from the label alone: offices, honorifics, brackets, seat numbers.

    What reads like a heading, a number or a sentence counts against it.
    """
    label = text.strip()
    tight = squeeze(label)
    if not tight or len(tight) > _LONGEST:
        return Evidence(-1.0, ("too long",))
    bracketed = _BRACKETED.fullmatch(tight)
    outer = bracketed["outer"] if bracketed else tight
    inner = bracketed["inner"] if bracketed else ""
    if GROUP.match(tight) and not (bracketed and outer in _KNOWN_OFFICE):
        return Evidence(-1.0, ("heading of a list",))
    if _SENTENCE.search(tight) and not (outer.endswith(_BEHIND_KANA_NAME) and _KANA_NAME.fullmatch(outer)):
        return Evidence(-1.0, ("a sentence",))
    if _DATED.search(tight):
        return Evidence(-1.0, ("a date",))
    if not bracketed and re.search(r"\S君[ 　]+\S", label):
        return Evidence(-1.0, ("several names",))
    reasons: list[str] = []
    score = 0.0

    def add(points: float, reason: str) -> None:
        nonlocal score
        score += points
        reasons.append(reason)

    tail = (bracketed["tail"] if bracketed else "") or outer or inner
    honoured = tail.endswith(HONORIFICS) or (bool(outer) and inner.endswith((*HONORIFICS, "議員")))
    if honoured:
        add(0.6, "honorific")
    if SEAT.match(outer) and (SEAT.fullmatch(outer) or bracketed):
        seats = to_int(outer.split("番")[0]) or 0
        add(0.7 if bracketed or 0 < seats < 100 else -0.9, "seat number")
    elif outer in _KNOWN_OFFICE or tight in _KNOWN_OFFICE:
        add(0.7, "office")
    elif office_at_end(tail) is not None or office_at_end(outer) is not None:
        add(0.5, "ends in an office")
    if " " in close_up(label) and not bracketed:
        parts = take_apart(text)
        if parts.name and (parts.role or parts.title) and (honoured or tight.endswith("議員")):
            add(0.9 - score, "office and name")
    if bracketed and outer and office_at_end(inner) is not None and office_at_end(outer) is None:
        add(0.3, "office in brackets")
    if bracketed and inner and outer:
        add(0.25 if office_at_end(inner) is not None or NAME.fullmatch(inner) else -0.2, "bracket")
    if not honoured and bracketed and not outer and office_at_end(inner) is not None:
        add(0.3, "office in brackets")
    if not reasons:
        parts = take_apart(text)
        if parts.name and (parts.title or parts.affiliation):
            add(0.5, "post and name")
        elif tight in _BODIES:
            add(0.4, "a body")
        elif ORGANISATION_AT_END.search(tight):
            add(0.2, "organisation")
        elif NAME.fullmatch(tight) and len(tight) <= 6:
            add(0.1, "could be a name")
    if HEADING_AT_END.search(outer or inner) and not honoured:
        add(-0.9, "ends like a heading")
    if score < 0.5 and _NUMBER.match(tight):
        add(-0.9, "a number")
    if len(outer) > 24 and "post and name" not in reasons:
        add(-0.3, "long")
    return Evidence(max(-1.0, min(1.0, score)), tuple(reasons))
