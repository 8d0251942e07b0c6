"""Big records made from the corpus by a seeded generator, so that nobody needs real ones to measure."""

from __future__ import annotations

import random
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def stenographic(size: int, seed: int = 1) -> str:
    """A 速記録 of about *size* bytes of UTF-8: header, labels and paragraphs of our own, shuffled.

    Lines and speeches are about as long as in real records: a line of 110 bytes with its blank line, a turn of
    800 bytes (a real 速記録: 111 and 1,230; a week of the National Diet: 141 and a median of 945).
    """
    text = (CORPUS / "circle-below" / "record.txt").read_text(encoding="utf-8")
    header, *turns = text.split("\n○")
    labels = [turn.split("\n")[0] for turn in turns]
    sentences = [p for turn in turns for p in turn.split("\n")[1:] if p.endswith("。")]
    rng = random.Random(seed)
    paragraphs = ["".join(rng.choices(sentences, k=rng.randint(1, 3))) for _ in range(500)]
    parts, length = [header + "\n"], len(header.encode())
    while length < size:
        said = [rng.choice(paragraphs)] if rng.random() < 0.5 else rng.choices(paragraphs, k=rng.randint(2, 10))
        turn = f"○{rng.choice(labels)}\n\n" + "\n\n".join(said) + "\n\n"
        if rng.random() < 0.03:
            turn += "（「異議なし」と呼ぶ者あり）\n\n"
        parts.append(turn)
        length += len(turn.encode())
    return "".join(parts)


_LINE = 3900  # the longest lines that line rules still look at are a little longer

#: Texts that invite backtracking or nested loops: each is a unit that is repeated.
HOSTILE = {
    "open brackets": "（" * _LINE + "\n",
    "nested brackets": "（あ" * (_LINE // 2) + "\n",
    "tags": "<a" * (_LINE // 2) + "\n",
    "rules": "―" * _LINE + "x\n",
    "blanks": "　" * _LINE + "x\n",
    "spaced-out": "○" + "議 長 " * (_LINE // 4) + "\n",
    "offices": "○" + "委員長" * (_LINE // 3) + "\n",
    "eras": "令和" * (_LINE // 2) + "\n",
    "interjections": "（「異議なし」" * (_LINE // 7) + "\n",
    "names in columns": "山田太郎君　" * (_LINE // 6) + "\n",
    "one line": "○委員（山田君）　あ",
    "labels": "○委員（山田君）　あ。\n",
    "labels alone": "○委員\n",
    "numbered": "1 あ\n",
    "numbers": "1\n",
    "blank lines": "\n",
    "form feeds": "\f",
    "headings": "# あ\n\n",
    "pages": "- 1 -\nあいう。\n",
    "demands": "知事殿\n要望書\n1 あ\n住)あい。\n",
    "trailing": "あいうえお。（山田）\n\n",
    "attendance": "出席委員\n委員　山田太郎君　鈴木花子君\n",
    "tables": "a\tb\n",
}
