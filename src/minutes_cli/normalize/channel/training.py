"""Count characters and build a model of them: interpolated Kneser-Ney, pruned, as back-off tables.

Source of the method: S. F. Chen, J. Goodman, *An Empirical Study of Smoothing Techniques for Language Modeling*
(1998), section 3 (interpolated Kneser-Ney with one discount for each order, D = n1 / (n1 + 2 n2)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from minutes_cli.normalize.channel.alphabet import BITS, UNKNOWN, Alphabet, Ids, fold
from minutes_cli.normalize.channel.character_model import ORDER, CharacterModel, Table, quantize

Keys = npt.NDArray[np.uint64]

#: An n-gram of so many characters is kept when it stands at least so often in the text.
KEEP = {2: 1, 3: 2, 4: 3}
#: Records of so many characters together weigh half of what they can weigh beside the shipped model.
_HALFWAY = 200_000
#: A character seen less often than this is unknown.
RARE = 3


def train(texts: Iterable[str], about: str, *, keep: dict[int, int] = KEEP) -> CharacterModel:
    """A model of *texts*, each one record. *about* says in one line what they are.

    White space is left out: OCR and typesetting put it anywhere. Raises ValueError for an empty text.
    """
    squeezed = ["".join(text.split()) for text in texts]
    characters = Counter[str]()
    for text in squeezed:
        characters.update(text)
    folded = Counter[str]()
    for character, n in characters.items():
        folded[fold(character)] += n
    common = [c for c, n in folded.most_common((1 << BITS) - 1) if n >= RARE and ord(c) < 0x10000]
    if not common:
        raise ValueError("there is no text to count")
    alphabet = Alphabet(sorted(common))
    gap = np.full(ORDER - 1, UNKNOWN, dtype=np.uint16)
    stream = np.concatenate([part for text in squeezed for part in (gap, alphabet.encode(text))])
    return _build(alphabet, stream.astype(np.uint64), about, len(stream), keep)


def _build(alphabet: Alphabet, stream: Keys, about: str, size: int, keep: dict[int, int]) -> CharacterModel:
    counted = {n: _count(stream, n) for n in range(1, ORDER + 1)}
    probabilities: dict[int, npt.NDArray[np.float64]] = {}
    # Lowest order: how many different characters stand before each.
    for order in range(1, ORDER + 1):
        keys, raw = counted[order]
        counts = raw if order == ORDER else _continuations(keys, counted[order + 1][0], order)
        if order == 1:
            shares = (counts + 1.0) / (counts.sum() + len(alphabet))
            probabilities[1] = shares
            continue
        probabilities[order] = _interpolate(keys, counts, probabilities[order - 1], counted[order - 1][0], order)
    kept = {1: np.ones(len(counted[1][0]), dtype=bool)}
    for order in range(ORDER, 1, -1):
        mask = counted[order][1] >= keep[order]
        if order < ORDER:  # a context of a kept n-gram stays, too: it carries the back-off weight
            longer = counted[order + 1][0][kept[order + 1]]
            mask |= np.isin(counted[order][0], np.unique(longer >> np.uint64(BITS)))
        kept[order] = mask
    chosen = {order: counted[order][0][kept[order]] for order in counted}
    shares = {order: probabilities[order][kept[order]] for order in counted}
    return CharacterModel(alphabet, _tables(chosen, shares), about, size)


def fair_share(size: int) -> float:
    """How much a model of *size* characters should weigh beside the shipped one: half of it all if it is large."""
    return 0.5 * size / (size + _HALFWAY)


def mix(first: CharacterModel, second: CharacterModel, share: float = 0.5) -> CharacterModel:
    """One model of two: what either knows, *share* of each probability from the first.

    Method: static interpolation into one back-off model (A. Stolcke, *SRILM*, ICSLP 2002, section 3).
    """
    characters = sorted({*first.alphabet.characters, *second.alphabet.characters})
    alphabet = Alphabet(characters[: (1 << BITS) - 1])
    keys: dict[int, Keys] = {}
    shares: dict[int, npt.NDArray[np.float64]] = {}
    for order in range(1, ORDER + 1):
        both = [_moved(model, alphabet, order) for model in (first, second)]
        keys[order] = np.unique(np.concatenate(both))
        digits = [(keys[order] >> np.uint64(BITS * i)) & np.uint64((1 << BITS) - 1) for i in range(order - 1, -1, -1)]
        ids = np.stack(digits, axis=1).astype(np.int64)
        odds = []
        for model in (first, second):
            windows = np.zeros((len(ids), ORDER), dtype=np.uint16)
            windows[:, ORDER - order :] = _ids(alphabet, model.alphabet)[ids]
            odds.append(np.exp(model.score(windows).astype(np.float64)))
        shares[order] = share * odds[0] + (1 - share) * odds[1]
    about = f"{share:.0%} {first.about}; {1 - share:.0%} {second.about}"
    return CharacterModel(alphabet, _tables(keys, shares), about, first.size + second.size)


def _moved(model: CharacterModel, alphabet: Alphabet, order: int) -> Keys:
    """The keys of *model* in the ids of another alphabet; what that does not hold is left out."""
    ids = _ids(model.alphabet, alphabet).astype(np.uint64)
    keys = model.tables[order - 1].keys
    moved = np.zeros(len(keys), dtype=np.uint64)
    known = np.ones(len(keys), dtype=bool)
    for i in range(order):
        part = ids[((keys >> np.uint64(BITS * i)) & np.uint64((1 << BITS) - 1)).astype(np.int64)]
        known &= part != UNKNOWN
        moved |= part << np.uint64(BITS * i)
    return moved[known]


def _ids(one: Alphabet, other: Alphabet) -> Ids:
    """For each id of *one* that of the same character in the *other*, or unknown."""
    ids = np.full(1 << BITS, UNKNOWN, dtype=np.uint16)
    ids[1 : len(one)] = other.encode(one.characters)
    return ids


def _tables(keys: dict[int, Keys], shares: dict[int, npt.NDArray[np.float64]]) -> tuple[Table, ...]:
    """Sorted keys and their probabilities as tables; what each context leaves for other characters is worked out."""
    tables = []
    for order in range(1, ORDER + 1):
        weights = np.ones(len(keys[order]))
        if order < ORDER:
            weights = _backoff(keys[order + 1], shares[order + 1], shares[order], keys[order], order + 1)
        tables.append(Table(keys[order], quantize(np.log(shares[order])), quantize(np.log(weights))))
    return tuple(tables)


def _count(stream: Keys, order: int) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Sorted keys of all n-grams of this order without unknown characters, and how often each stands there."""
    size = len(stream) - order + 1
    keys = np.zeros(size, dtype=np.uint64)
    known = np.ones(size, dtype=bool)
    for i in range(order):
        part = stream[i : i + size]
        keys = (keys << np.uint64(BITS)) | part
        known &= part != UNKNOWN
    return np.unique(keys[known], return_counts=True)


def _continuations(keys: Keys, longer: Keys, order: int) -> npt.NDArray[np.int64]:
    """For each n-gram, before how many different characters it was seen (at least 1)."""
    suffix = longer & np.uint64((1 << BITS * order) - 1)
    found, counts = np.unique(suffix, return_counts=True)
    at = np.searchsorted(found, keys)
    at = np.minimum(at, len(found) - 1) if len(found) else at
    hit = found[at] == keys if len(found) else np.zeros(len(keys), dtype=bool)
    return np.where(hit, counts[at] if len(found) else 0, 1)


def _interpolate(
    keys: Keys,
    counts: npt.NDArray[np.int64],
    below: npt.NDArray[np.float64],
    below_keys: Keys,
    order: int,
) -> npt.NDArray[np.float64]:
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    discount = once / (once + 2 * twice) if once and twice else 0.75
    contexts = keys >> np.uint64(BITS)
    _, group = np.unique(contexts, return_inverse=True)
    total = np.bincount(group, weights=counts)
    kinds = np.bincount(group)
    suffix = keys & np.uint64((1 << BITS * (order - 1)) - 1)
    shorter = below[np.searchsorted(below_keys, suffix)]
    return (counts - discount) / total[group] + (discount * kinds / total)[group] * shorter


def _backoff(
    keys: Keys,
    shares: npt.NDArray[np.float64],
    below: npt.NDArray[np.float64],
    below_keys: Keys,
    order: int,
) -> npt.NDArray[np.float64]:
    """What is left for characters not in the table, by context: (1 - sum kept) / (1 - sum of the same below)."""
    contexts = keys >> np.uint64(BITS)
    at = np.searchsorted(below_keys, contexts)
    suffix = keys & np.uint64((1 << BITS * (order - 1)) - 1)
    found = np.minimum(np.searchsorted(below_keys, suffix), len(below_keys) - 1)
    shorter = np.where(below_keys[found] == suffix, below[found], 0.0)
    kept = np.bincount(at, weights=shares, minlength=len(below_keys))
    same = np.bincount(at, weights=shorter, minlength=len(below_keys))
    return np.clip((1 - kept) / np.maximum(1 - same, 1e-6), 1e-4, 1.0)
