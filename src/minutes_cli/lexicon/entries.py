"""What a word of the dictionary is to a search: its form, its parts, and what it tells about its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sudachipy import Dictionary, Morpheme, MorphemeList

#: Marks that stand between the parts of a foreign word, or do not: デジタル・デバイド.
JOINTS = frozenset("・･·•‧゠＝=‐-")


class Part(NamedTuple):
    """A part of a compound: where it stands in the folded surface of the compound, and its form."""

    start: int
    end: int
    form: str


class Entry(NamedTuple):
    """A word of the dictionary; of an unknown word (``form`` is empty) only what its part of speech tells."""

    form: str
    nouns: tuple[str, ...]  # the forms of the nouns that are spelled like this verb and made from it
    parts: tuple[Part, ...]
    size: int  # of the folded surface
    forms: frozenset[str]  # all of these that are words
    plain: bool  # nothing but its form matters, unless a verb stands before it
    blank: bool
    prefix: bool
    shows_noun: bool  # behind a verb's form it shows that this is a noun
    inflects: bool
    ending: bool  # an auxiliary, or a particle that joins clauses
    pos: tuple[str, ...] = ()  # the six parts of its part of speech: 動詞, 一般, *, *, 五段-カ行, 連用形-一般


def is_word(form: str) -> bool:
    """Whether *form* is more than marks and blanks."""
    return any(map(str.isalnum, form))


#: What has been looked up, by number. Threads may look up the same word twice, to no harm.
KNOWN: dict[int, Entry] = {}
#: The forms of those that are just that.
PLAIN: dict[int, str] = {}
#: The forms of marks, and what stands for the form of a word that is not plain.
MARKS: set[str | None] = {None}
#: All words of the dictionary among them with their forms, in the order in which they were met.
LEARNED: list[tuple[int, frozenset[str]]] = []


def look_up(dictionary: Dictionary, m: Morpheme) -> int:
    """The number under which what the *dictionary* says of *m* is to be found in ``KNOWN``; negative if it has no *m*.

    That of an unknown word stands for its part of speech.
    """
    number: int = m.word_id()
    same = None if m.is_oov() else dictionary.lookup(m.surface())
    # A surface that ends inside a run of ー cannot be looked up on its own: the word is treated as unknown.
    if same is None or all(e.word_id() != number for e in same):
        number = -1 - m.part_of_speech_id()
        if number not in KNOWN:
            KNOWN[number] = _entry(m, None)
        return number
    entry = _entry(m, same)
    LEARNED.append((number, entry.forms))
    if not is_word(entry.form):
        MARKS.add(entry.form)
    if entry.plain:
        PLAIN[number] = entry.form
    KNOWN[number] = entry  # last: who finds it there finds all of it
    return number


def _entry(m: Morpheme, same: MorphemeList | None) -> Entry:
    """What *m* is; *same* are the words of the dictionary that are spelled like it, None for an unknown word."""
    pos = m.part_of_speech()
    form = m.normalized_form() if same else ""
    nouns = _nouns(form, same) if same and pos[0] == "動詞" and pos[5].startswith("連用形") else ()
    whole = next((e for e in same or () if e.word_id() == m.word_id()), None)
    parts = tuple(_parts(whole)) if whole else ()
    blank, prefix = pos[0] == "空白", pos[0] == "接頭辞"
    return Entry(
        form=form,
        nouns=nouns,
        parts=parts,
        size=len(whole.surface()) if whole else 0,
        forms=frozenset(filter(is_word, (form, *nouns, *(part.form for part in parts)))),
        plain=form != "" and not (blank or prefix or nouns or parts or form in JOINTS),
        blank=blank,
        prefix=prefix,
        shows_noun=_shows_noun(pos, form),
        inflects=pos[0] == "形状詞" or (pos[5] != "*" and pos[0] != "助動詞"),
        ending=pos[0] == "助動詞" or pos[1] == "接続助詞",
        pos=pos,
    )


def _shows_noun(pos: tuple[str, ...], form: str) -> bool:
    """Whether a verb's form is a noun before this: 繰り越しの, 申し込み書, 引っ越しです, but not 申し込みます."""
    match pos[0]:
        case "助詞":  # たり is an adverbial particle to Sudachi, but joins clauses
            return pos[1] != "接続助詞" and form not in ("たり", "だり")
        case "助動詞":
            return pos[4] in ("助動詞-ダ", "助動詞-デス")
        case "接尾辞":
            return pos[1] == "名詞的"
        case "補助記号":
            return pos[1] != "読点"
    return pos[0] in ("名詞", "空白")


def _nouns(verb: str, same: MorphemeList) -> tuple[str, ...]:
    """The forms of the common nouns in *same* that begin with the stem of the *verb*."""
    common = (e.normalized_form() for e in same if e.part_of_speech()[:2] == ("名詞", "普通名詞"))
    return tuple(dict.fromkeys(noun for noun in common if noun.startswith(verb[:-1]) and noun != verb))


def _parts(m: Morpheme, at: int = 0) -> Iterator[Part]:
    """The parts of a word that does not inflect: the next shorter ones, and theirs.

    None where one is the stem of a verb or an adjective: 考え方 is not 考える and 方, nor 高さ 高い.
    """
    if m.part_of_speech()[5] != "*":
        return
    parts = m.split("B", add_single=False) or m.split("A", add_single=False)
    if not all(p.part_of_speech()[5].startswith(("*", "終止形", "連体形")) for p in parts):
        return
    for part in parts:
        end = at + len(part.surface())
        yield Part(at, end, part.normalized_form())
        yield from _parts(part, at)
        at = end
