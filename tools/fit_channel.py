"""Fit the weights of the noisy channel from pairs of read and true text, and from slips planted into correct text.

    python -m tools.fit_channel -o src/minutes_cli/normalize/channel/data/channel.json.xz --model MODEL \\
        --pairs FOLDER... --correct FILE...

FOLDERs are as ``tools/make_pairs.py`` writes them. The texts must not be among those that MODEL was made of, else the
weights would trust it too much: make one without them for the fit. Method: logistic regression on the cheap columns
chooses three candidates of a place; gradient boosting on all columns (two halves, each judged by the other's forest,
give the calibration; then one forest of all). Needs ``pip install '.[tools]'``.
"""

from __future__ import annotations

import argparse
import difflib
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from bench.planted import alike_by_meant, nearest, plant
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from minutes_cli.normalize.channel.alphabet import is_japanese, japanese
from minutes_cli.normalize.channel.character_model import CharacterModel, load
from minutes_cli.normalize.channel.evidence import AROUND, CHEAP, COSTLY, repeats
from minutes_cli.normalize.channel.judge import candidates, first_scores, rows

#: Pages read worse than this teach nothing about single characters.
WORST = 0.12
PAGE = 6000


class Page(NamedTuple):
    """What was read, without white space, and for each character the true one."""

    read: str
    truth: list[str | None]


def aligned(read: str, true: str) -> Page:
    """Characters of *read* beside those of *true*, as far as they correspond one to one.

    What does not is None and counts against every candidate: where a line was read as another one, nothing is safe.
    """
    truth: list[str | None] = [None] * len(read)
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, read, true, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            truth[i1:i2] = true[j1:j2]
    return Page(read, truth)


def pairs(folder: Path) -> Iterator[Page]:
    for path in sorted(folder.glob("*.ocr.txt")):
        read = "".join(path.read_text(encoding="utf-8").split())
        true = "".join(path.with_name(path.name.replace(".ocr.", ".clean.")).read_text(encoding="utf-8").split())
        page = aligned(read, true)
        wrong = sum(a != b for a, b in zip(read, page.truth, strict=True) if b is None or is_japanese(a))
        if len(read) > 50 and wrong < WORST * len(read):
            yield page


def planted(path: Path, rates: list[float], seed: int) -> Iterator[Page]:
    table = nearest(alike_by_meant())
    text = "".join(path.read_text(encoding="utf-8").split())
    for number, start in enumerate(range(0, len(text) - PAGE + 1, PAGE)):
        page = text[start : start + PAGE]
        yield Page(plant(page, rates[number % len(rates)], table, seed + start), list(page))


def first_stage(pages: list[Page], model: CharacterModel) -> tuple[list[float], float]:
    x, y = [], []
    for page in pages:
        found, columns = candidates(page.read, japanese(page.read), model, repeats(page.read))
        meant = zip(found.ids.tolist(), found.at.tolist(), strict=True)
        right = [model.alphabet.character(i) == page.truth[at] for i, at in meant]
        x.append(columns)
        y.append(np.array(right, dtype=bool))
    everything, right = np.concatenate(x), np.concatenate(y)
    # Nearly all candidates are wrong: some of them say as much as all.
    rng = np.random.default_rng(0)
    wrong = np.flatnonzero(~right)
    some = np.concatenate([np.flatnonzero(right), rng.choice(wrong, min(len(wrong), 200_000), replace=False)])
    scaler = StandardScaler().fit(everything)
    line = LogisticRegression(max_iter=500).fit(scaler.transform(everything[some]), right[some])
    weights = line.coef_[0] / scaler.scale_
    bias = line.intercept_[0] - float((weights * scaler.mean_).sum())
    return [round(float(w), 4) for w in weights], round(float(bias), 4)


def examined(
    pages: list[Page], model: CharacterModel, weights: list[float], bias: float
) -> tuple[Any, Any, npt.NDArray[np.int64]]:
    x, y, numbers = [], [], []
    for number, page in enumerate(pages):
        found, columns = candidates(page.read, japanese(page.read), model, repeats(page.read))
        scores = first_scores(columns, np.array(weights, dtype=np.float32), bias)
        for place in rows(page.read, found, columns, scores, model):
            for row in place:
                x.append(row.columns)
                y.append(page.truth[row.at] == row.meant)
                numbers.append(number)
    return np.array(x, dtype=float), np.array(y), np.array(numbers)


#: More of these speaks for a candidate, less of those below against it: no tree may say otherwise.
FOR = (
    "first margin gain_margin cost_margin gain alike has_alike alike_squared odds next repeats cost_falls "
    "cost_falls_capped unknown_falls words_fall"
).split()
AGAINST = "nearby repeats_before without without_previous without_next word_before".split()


def boosted(x: Any, y: Any) -> Any:
    return HistGradientBoostingClassifier(
        max_iter=200,
        max_leaf_nodes=12,
        learning_rate=0.08,
        min_samples_leaf=30,
        l2_regularization=1.0,
        monotonic_cst=[(name in FOR) - (name in AGAINST) for name in COSTLY],
        early_stopping=False,
        random_state=0,
    ).fit(x, y)


def as_arrays(fitted: Any) -> dict[str, Any]:
    result: dict[str, Any] = {name: [] for name in ("roots", "feature", "threshold", "left", "right", "value")}
    depth = 0
    for (tree,) in fitted._predictors:
        base = len(result["value"])
        result["roots"].append(base)
        for i, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            result["feature"].append(int(node["feature_idx"]))
            result["threshold"].append(round(float(node["num_threshold"]), 4))
            result["left"].append(base + (i if leaf else int(node["left"])))
            result["right"].append(base + (i if leaf else int(node["right"])))
            result["value"].append(round(float(node["value"]), 4) if leaf else 0.0)
            depth = max(depth, int(node["depth"]))
    result["start"] = float(fitted._baseline_prediction.ravel()[0])
    result["depth"] = depth
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, nargs="+", default=[])
    parser.add_argument("--correct", type=Path, nargs="+", default=[])
    parser.add_argument("--rates", type=float, nargs="+", default=[0, 0.01, 0.005, 0, 0.03])
    options = parser.parse_args()
    model = load(options.model)
    pages = [page for folder in options.pairs for page in pairs(folder)]
    read = len(pages)
    pages += [page for path in options.correct for page in planted(path, options.rates, 7)]
    weights, bias = first_stage(pages, model)
    x, y, number = examined(pages, model, weights, bias)
    aside = np.zeros(len(y))
    for half in (0, 1):
        here = number % 2 == half
        aside[here] = boosted(x[~here], y[~here]).decision_function(x[here])
    curve = LogisticRegression(C=1e6).fit(aside[:, None], y)
    about = f"{read} pages read by OCR and {len(pages) - read} planted; {len(y)} candidates, {int(y.sum())} right"
    data = {
        "about": about,
        "cheap": CHEAP,
        "costly": COSTLY,
        "around": AROUND,
        "weights": weights,
        "bias": bias,
        "forest": as_arrays(boosted(x, y)),
        "slope": round(float(curve.coef_[0, 0]), 4),
        "offset": round(float(curve.intercept_[0]), 4),
    }
    options.out.write_bytes(lzma.compress(json.dumps(data, separators=(",", ":")).encode(), preset=9))
    print(about, data["slope"], data["offset"], file=sys.stderr)
    chance = 1 / (1 + np.exp(-(data["slope"] * aside + data["offset"])))
    for name, part in (("read", number < read), ("planted", number >= read)):
        for bar in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98):
            taken = part & (chance > bar)
            if taken.any():
                print(f"  {name} above {bar}: {int(taken.sum())}, right {y[taken].mean():.4f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
