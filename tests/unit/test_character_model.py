"""The character model: probabilities add up, files come back, many look-ups are one by one the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.errors import UsageError
from minutes_cli.normalize.channel.alphabet import Alphabet, fold, is_japanese, japanese
from minutes_cli.normalize.channel.character_model import ORDER, CharacterModel, load, save, shipped
from minutes_cli.normalize.channel.forest import Forest
from minutes_cli.normalize.channel.key_index import key_index
from minutes_cli.normalize.channel.training import mix, train

TEXT = (
    "町議会を開きます。これより町の予算を審議いたします。予算の説明を求めます。町民の皆様のために審議を尽くします。" * 5
)
OTHER = "委員会を開きます。公園の整備について質問します。整備の時期を伺います。公園は町民の憩いの場です。" * 5


@pytest.fixture(scope="module")
def model() -> CharacterModel:
    return train([TEXT], "made up")


@pytest.mark.parametrize("context", ["", "予", "町民の", "尽くし", "公園の", "審議を"])
@pytest.mark.parametrize("which", ["one", "two"])
def test_probabilities_add_up_to_one(model: CharacterModel, context: str, which: str) -> None:
    if which == "two":
        model = mix(model, train([OTHER], "other"))
    known = np.arange(1, len(model.alphabet), dtype=np.uint16)
    windows = np.zeros((len(known), ORDER), dtype=np.uint16)
    windows[:, -1] = known
    if context:
        windows[:, -1 - len(context) : -1] = model.alphabet.encode(context)
    total = float(np.exp(model.score(windows).astype(float)).sum())
    assert total == pytest.approx(1, abs=0.08)  # logarithms are kept in steps of 0.06


def test_what_was_seen_is_likelier(model: CharacterModel) -> None:
    seen, unseen = (float(model.line(model.alphabet.encode(text)).sum()) for text in ("予算の説明", "予説の算明"))
    assert seen > unseen + 10


def test_a_mixture_knows_both(model: CharacterModel) -> None:
    both = mix(model, train([OTHER], "other"))
    assert both.about == "50% made up; 50% other"
    for text, knows in ((TEXT, model), (OTHER, train([OTHER], "other"))):
        mixed, own = (float(m.line(m.alphabet.encode(text)).mean()) for m in (both, knows))
        assert own - 0.8 < mixed < own + 0.1


def test_a_file_comes_back(model: CharacterModel, tmp_path) -> None:
    path = tmp_path / "own.model"
    path.write_bytes(save(model))
    again = load(path)
    assert (again.about, again.size, again.entries) == (model.about, model.size, model.entries)
    ids = model.alphabet.encode(TEXT)
    assert np.array_equal(again.line(ids), model.line(ids))
    assert save(again) == save(model)


def test_a_file_that_is_none(tmp_path) -> None:
    path = tmp_path / "x"
    with pytest.raises(UsageError, match="cannot read the model"):
        load(path)
    for data in (b"", b"text", save(train([TEXT], "x"))[:-9]):
        path.write_bytes(data)
        with pytest.raises(UsageError, match="is no character model"):
            load(path)


def test_nothing_to_count() -> None:
    with pytest.raises(ValueError, match="no text"):
        train([" \n"], "nothing")


def test_the_shipped_model_says_what_it_was_made_of() -> None:
    model = load(shipped())
    assert "Diet" in model.about and model.size > 4_000_000
    assert shipped().stat().st_size < 2_000_000


@pytest.mark.parametrize(("character", "folded"), [("７", "0"), ("ｂ", "A"), ("，", "、"), ("〇", "○"), ("議", "議")])
def test_classes_of_characters(character: str, folded: str) -> None:
    assert fold(character) == folded
    alphabet = Alphabet("0A、○議")
    assert alphabet.character(int(alphabet.encode(character)[0])) == folded


@given(st.text(max_size=20))
def test_japanese_is_the_same_one_by_one(text: str) -> None:
    assert japanese(text).tolist() == [is_japanese(c) for c in text]


@given(st.sets(st.integers(0, 2**48)), st.lists(st.integers(0, 2**48)))
def test_the_index_finds_what_a_dictionary_finds(keys: set[int], others: list[int]) -> None:
    ordered = sorted(keys)
    where = {key: i for i, key in enumerate(ordered)}
    wanted = [*ordered, *others]
    found = key_index(np.array(ordered, dtype=np.uint64)).find(np.array(wanted, dtype=np.uint64))
    assert found.tolist() == [where.get(key, -1) for key in wanted]


def test_a_forest_follows_its_branches() -> None:
    numbers = [np.array(n, dtype=np.int32) for n in ([0, 3], [0, 0, 0, 1, 0, 0])]
    left, right = (np.array(n, dtype=np.int32) for n in ([1, 1, 2, 4, 4, 5], [2, 1, 2, 5, 4, 5]))
    forest = Forest(*numbers, np.array([5.0, 0, 0, 1, 0, 0]), left, right, np.array([0, 1.0, 2, 0, 10, 20]), 0.5, 1)
    assert forest.log_odds(np.array([[5.0, 1.0], [6.0, 2.0]])).tolist() == [11.5, 22.5]
