"""Two versions of a record: what is reported leads from the one to the other, both ways, and misses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, record
from minutes_cli.cli._reading import Reading
from minutes_cli.compare import compare
from minutes_cli.compare.alignment import Sign, align
from minutes_cli.compare.chains import Link, heaviest_chain
from minutes_cli.compare.loading import from_result, from_turns
from minutes_cli.compare.model import Change, Comparison, Person, Sort, Transcript, Unit, What
from minutes_cli.compare.pieces import pieces, pieces_of
from minutes_cli.compare.tally import tally
from minutes_cli.export.json import document_to_dict, write_json
from minutes_cli.export.jsonl import write_jsonl
from minutes_cli.export.model import Options
from minutes_cli.model import Span

_SENTENCES = [
    "はい。",
    "異議なし。",
    "これより会議を開きます。",
    "予算の内訳を伺います。",
    "お手元の資料をご覧ください。人件費が主なものです。",
    "待機児童は四月に十二人で、前の年より三人減りました。",
    "次に、保育所の整備について田中委員の発言を許します。",
    "道路の工事は来年の三月に終わる予定です。",
]
_TEXT = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=3).map("".join) | st.text(
    "あい予算。\n", max_size=12
)
_WHO = st.sampled_from(["会長", "田中委員", "佐藤委員", "事務局", None])
_SAYING = st.tuples(_WHO, _TEXT)
_SAYINGS = st.lists(_SAYING, max_size=14)
_LETTERS = st.text("あいうえお予算、。\n ", max_size=120) | st.text(max_size=20)


def transcript(sayings: list[tuple[str | None, str]]) -> Transcript:
    """A record in which these people say this, a line each."""
    ids = {who: f"s{n}" for n, who in enumerate(dict.fromkeys(who for who, _ in sayings if who), 1)}
    turns = [
        Unit(Sort.TURN, f"t{n}", text, Span(n, n + 1), (n, n), who, ids.get(who or ""))
        for n, (who, text) in enumerate(sayings, 1)
    ]
    persons = [Person(key, who, (who,), who) for who, key in ids.items()]
    return Transcript("made-up.txt", persons=tuple(persons), turns=tuple(turns))


def applied(found: Comparison) -> list[tuple[str | None, str]]:
    """The new version, made of the old one and of what is reported alone."""
    old, new = found.old.turns, found.new.turns
    made: list[tuple[str | None, str]] = []
    at = 0
    for change in found.changes:
        if change.old:
            made += [(turn.label, turn.text) for turn in old[at : change.old[0]]]
            at = change.old[-1] + 1
        else:  # where it was added is known from its place in the new version
            kept = change.new[0] - len(made)
            made += [(turn.label, turn.text) for turn in old[at : at + kept]]
            at += kept
        made += [(new[k].label, text) for k, text in zip(change.new, texts(found, change), strict=True)]
    return made + [(turn.label, turn.text) for turn in old[at:]]


def texts(found: Comparison, change: Change) -> list[str]:
    """The new texts of a change, from the pieces where there are any."""
    told = pieces_of(found, change)
    if not told or len(change.new) != 1:
        return [found.new.turns[k].text for k in change.new]
    assert "".join(p.text for p in told if p.sign != "+") == "\n".join(found.old.turns[k].text for k in change.old)
    return ["".join(p.text for p in told if p.sign != "-")]


_TURNED = {
    What.ADDED: What.REMOVED,
    What.REMOVED: What.ADDED,
    What.SPLIT: What.MERGED,
    What.MERGED: What.SPLIT,
}


@given(_SAYINGS)
def test_a_record_is_the_same_as_itself(sayings):
    assert compare(transcript(sayings), transcript(sayings)).same


@given(_SAYINGS, _SAYINGS)
def test_what_is_reported_makes_the_new_version_of_the_old_one(old, new):
    assert applied(compare(transcript(old), transcript(new))) == new


@given(_SAYINGS, _SAYINGS)
def test_changed_over_the_same_comes_out_the_other_way_round(old, new):
    there = compare(transcript(old), transcript(new))
    back = compare(transcript(new), transcript(old))
    turned = {(_TURNED.get(c.what, c.what), c.new, c.old, c.aspects) for c in back.changes}
    assert {(c.what, c.old, c.new, c.aspects) for c in there.changes} == turned
    assert {(f.part, f.name, f.old, f.new) for f in there.facts if not f.name} == {
        (f.part, f.name, f.new, f.old) for f in back.facts if not f.name
    }


@given(_SAYINGS, _SAYINGS)
def test_every_turn_of_both_sides_is_counted_once(old, new):
    found = compare(transcript(old), transcript(new))
    n = tally(found, Sort.TURN)
    changed = n.text + n.speaker + n.both + n.label + n.other
    assert (n.old, n.new) == (len(old), len(new))
    assert n.old == n.same + n.removed + changed + n.split + n.merged_from
    assert n.new == n.same + n.added + changed + n.split_into + n.merged
    for side in ("old", "new"):
        places = [at for change in found.changes for at in getattr(change, side)]
        assert places == sorted(set(places))


@dataclass
class Planted:
    """An edit, and what must be reported of it."""

    what: What
    old: tuple[int, ...]
    new: tuple[int, ...]


#: Turns that cannot be taken for each other.
_CLEAR = st.permutations(
    [(who, f"{text}第{n}号です。") for n, (who, text) in enumerate(zip("甲乙丙甲乙丙甲乙", _SENTENCES, strict=True))]
)


@given(_CLEAR, st.integers(0, 7), st.sampled_from(["add", "remove", "word", "speaker", "split"]))
def test_an_edit_is_found_where_it_was_made_and_nothing_else(sayings, at, edit):
    new = list(sayings)
    who, text = sayings[at]
    planted = Planted(What.TEXT, (at,), (at,))
    if edit == "add":
        new.insert(at, ("丁", "傍聴の方は静かにお願いいたします。"))
        planted = Planted(What.ADDED, (), (at,))
    elif edit == "remove":
        del new[at]
        planted = Planted(What.REMOVED, (at,), ())
    elif edit == "word":
        new[at] = (who, text.replace("です", "でした"))
    elif edit == "speaker":
        new[at] = ("丁", text)
        planted = Planted(What.SPEAKER, (at,), (at,))
    else:
        half = "では採決に入ります。賛成の方は挙手を願います。"
        sayings = [*sayings[:at], (who, text + half), *sayings[at + 1 :]]
        new.insert(at + 1, ("丁", half))
        planted = Planted(What.SPLIT, (at,), (at, at + 1))
    found = compare(transcript(sayings), transcript(new))
    assert [(c.what, c.old, c.new) for c in found.changes] == [(planted.what, planted.old, planted.new)]


@given(_LETTERS, _LETTERS)
def test_pieces_lead_from_the_old_text_to_the_new_one(old, new):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.sign != "+") == old
    assert "".join(piece.text for piece in found if piece.sign != "-") == new
    assert [p.text for p in found if p.sign == "="] == [p.text for p in pieces(new, old) if p.sign == "="]
    assert all(piece.text for piece in found)
    signs = "".join(piece.sign for piece in found)
    assert not any(pair in signs for pair in ("==", "--", "++", "+-"))


@given(st.lists(st.text("ab", min_size=1, max_size=4), min_size=30, max_size=80), st.data())
def test_pieces_of_long_texts_keep_every_character(words, data):
    old = "、".join(f"{n}番の{word}" for n, word in enumerate(words))
    cuts = data.draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=6).map(sorted))
    new = "".join(old[a:b] + "＃" * (a % 3) for a, b in zip([0, *cuts], [*cuts, len(old)], strict=True))
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.sign != "+") == old
    assert "".join(piece.text for piece in found if piece.sign != "-") == new
    out = sum(len(piece.text) for piece in found if piece.sign == "-")
    assert out <= 2 * len(cuts)  # nothing was taken out; a character or two between two insertions is shown with them


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=9))
def test_no_chain_weighs_more_than_the_heaviest(links):
    links = [Link(*link) for link in links]

    def best(rest: list[Link], old: int, new: int) -> float:
        further = [(n, link) for n, link in enumerate(rest) if link.old > old and link.new > new]
        return max((link.weight + best(rest[n + 1 :], link.old, link.new) for n, link in further), default=0)

    chain = heaviest_chain(links)
    assert all(a.old < b.old and a.new < b.new for a, b in pairwise(chain))
    assert sum(link.weight for link in chain) == best(sorted(links), -1, -1)


_SIGNS = st.lists(st.builds(Sign, st.text("あい", max_size=4), st.integers(0, 1)), max_size=8)


@given(_SIGNS, _SIGNS)
def test_the_same_turns_are_paired_whichever_version_is_the_old_one(old, new):
    assert align(old, new) == sorted((i, j) for j, i in align(new, old))


@given(st.text("ab", max_size=14), st.text("ab", max_size=14))
def test_the_same_characters_stay_whichever_version_is_the_old_one(old, new):
    assert [p for p in pieces(old, new) if p.sign == "="] == [p for p in pieces(new, old) if p.sign == "="]


@given(st.lists(st.sampled_from(["はい。", "いいえ。", "賛成です。"]), max_size=60), st.data())
def test_turns_that_say_the_same_over_and_over_keep_their_order(texts, data):
    left = [text for text in texts if data.draw(st.booleans())]
    pairs = align([Sign(text) for text in texts], [Sign(text) for text in left])
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


def test_a_long_record_changed_everywhere_is_still_paired_turn_by_turn():
    words = "第{}号の議案は、令和{}年度の補正予算で、総額{}万円、担当は{}課です。"
    old = [Sign(words.format(n, n % 9, n * 7, n % 50), n % 7) for n in range(400)]
    new = [Sign(sign.text.replace("、", "，"), sign.who) for sign in old]
    assert align(old, new) == [(n, n) for n in range(400)]


@pytest.mark.parametrize("name", NAMES)
def test_a_record_is_the_same_as_its_own_parse_result(name):
    found = Reading().document(str(record(name)))
    result = from_result(orjson.loads(write_json(found)))
    assert compare(from_result(document_to_dict(found)), result).same
    assert [turn.text for turn in result.turns] == [turn.text for turn in found.turns]
    if found.turns:
        rows = from_turns([orjson.loads(line) for line in write_jsonl([found], Options())])
        assert compare(result, rows).same
