"""Learn how likely words are to stand in people's summaries: writes src/minutes_cli/summarize/salience.json.

    python tools/fit_salience.py SUMMARIES.json [--half first|second|both]

SUMMARIES.json is a list of objects with ``Source`` (sentences joined by a literal backslash and n) and ``Summary``.
Every occurrence of a content word is an example: does the word stand in the summary? Speeches weigh the same whatever
their length. By default only the first half is learnt from, so that the other can be used to check.
Needs scikit-learn (``pip install -e '.[tools]'``).
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from minutes_cli.ingest.text import from_text
from minutes_cli.lexicon.words import cut, is_content
from minutes_cli.parse import parse
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.salience import features

TARGET = Path(__file__).parent.parent / "src" / "minutes_cli" / "summarize" / "salience.json"


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=("first", "second", "both"), default="first")
    parser.add_argument("--strength", type=float, default=0.01, help="inverse of the regularization")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    options = parser.parse_args()
    items = [item for item in json.loads(options.file.read_text(encoding="utf-8")) if item.get("Source")]
    half = len(items) // 2
    chosen = {"first": items[:half], "second": items[half:], "both": items}[options.half]
    examples: list[dict[str, float]] = []
    answers: list[bool] = []
    weights: list[float] = []
    for item in chosen:
        wanted = content(re.sub(r"〔\d+〕", "", item["Summary"]))
        found = list(features(speech(item["Source"])))
        examples += [dict.fromkeys(names, 1.0) for _, names in found]
        answers += [form in wanted for form, _ in found]
        weights += [30 / len(found)] * len(found)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(examples)
    model = LogisticRegression(C=options.strength, max_iter=5000).fit(matrix, np.array(answers), np.array(weights))
    learnt = {"bias": round(float(model.intercept_[0]), 3)}
    for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True):
        if abs(weight) >= 0.005:
            learnt[name] = round(float(weight), 3)
    options.output.write_text(json.dumps(learnt, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{options.output}: {len(learnt)} weights from {len(chosen)} speeches, {len(answers):,} words")


def speech(source: str):
    """A record with one speech of these sentences."""
    lines = [line.strip() for line in re.split(r"\\n|\n", source) if line.strip()]
    record = "○山田太郎君　" + "\n　".join(lines) + "\n"
    return analyse(parse(from_text(record, "speech.txt"))).speeches[0]


def content(text: str) -> set[str]:
    """The content words of *text*."""
    return {m.form for line in text.split("\n") for m in cut(line).morphemes() if is_content(m.pos)}


if __name__ == "__main__":
    main()
