"""Compute which characters look alike in print, from installed fonts, for the noisy channel.

    python -m tools.make_lookalikes -o src/minutes_cli/normalize/channel/data/lookalikes.json.xz

Method: every kana and every kanji of JIS X 0208 is drawn 48 px high in each font, as it stands on the line and once
more stretched to its full height and width (OCR does not see how big a small kana is), blurred by a Gaussian of
1.5 px (OCR sees no finer), and taken as a vector with its mean taken away. Two characters are as alike as the cosine
of their vectors, averaged over the fonts, the larger of the two ways. For each character that may be read those are
kept that may have been meant (the shipped character model knows them): its twenty most alike, and those that have
it among their own twelve, from 0.6.
Needs ``pip install '.[tools]'`` and the fonts named in make_pairs.py.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from tools.make_pairs import FONTS

from minutes_cli.normalize.channel.alphabet import is_japanese
from minutes_cli.normalize.channel.character_model import load, shipped

SIZE, BLUR, FLOOR = 48, 1.5, 0.6
NEAREST, NEAREST_BACK = 20, 12


def standard_characters() -> Iterator[str]:
    """Kana and kanji of JIS X 0208."""
    for row, cell in product(range(4, 85), range(1, 95)):
        with suppress(UnicodeDecodeError):  # not every cell is taken
            character = bytes([row + 0xA0, cell + 0xA0]).decode("euc_jp")
            if is_japanese(character):
                yield character


def vectors(characters: str, font: str, *, stretched: bool) -> npt.NDArray[np.float32]:
    """One row of unit length per character."""
    face = ImageFont.truetype(FONTS[font], SIZE)
    rows = []
    for character in characters:
        image = Image.new("L", (SIZE + 8, SIZE + 16), 0)
        ImageDraw.Draw(image).text((4, 4), character, fill=255, font=face)
        if stretched:
            image = image.resize(image.size, box=image.getbbox())
        blurred = image.filter(ImageFilter.GaussianBlur(BLUR)).resize((SIZE // 2, SIZE // 2 + 4))
        rows.append(np.asarray(blurred, dtype=np.float32).ravel())
    matrix = np.stack(rows)
    matrix -= matrix.mean(axis=1, keepdims=True)
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)


def nearest(alike: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.bool_]:
    """Which entries are among the *count* largest of their row, besides the character itself."""
    flags = np.zeros(alike.shape, dtype=bool)
    np.put_along_axis(flags, np.argpartition(-alike, count + 1, axis=1)[:, : count + 1], True, axis=1)
    return flags


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--fonts", nargs="+", default=["ipam", "ipag", "noto"], choices=sorted(FONTS))
    options = parser.parse_args()
    meant = "".join(c for c in load(shipped()).alphabet.characters if is_japanese(c))
    read = "".join(sorted({*meant, *standard_characters()}))
    places = [read.index(c) for c in meant]
    ways = []
    for stretched in (False, True):
        drawn = [vectors(read, font, stretched=stretched) for font in options.fonts]
        ways.append(np.mean([v @ v[places].T for v in drawn], axis=0))
    alike = np.maximum(*ways)
    kept = (alike >= FLOOR) & (nearest(alike, NEAREST) | nearest(alike.T, NEAREST_BACK).T)
    table = {}
    for i, character in enumerate(read):
        best = [j for j in np.argsort(-alike[i]) if kept[i, j] and meant[j] != character]
        if best:
            table[character] = ["".join(meant[j] for j in best), [round(float(alike[i, j]) * 100) for j in best]]
    about = f"cosine of blurred glyphs, mean over {', '.join(options.fonts)}; hundredths"
    packed = json.dumps({"about": about, "alike": table}, ensure_ascii=False, separators=(",", ":"))
    options.out.write_bytes(lzma.compress(packed.encode(), preset=9))
    print(f"{len(table)} characters, {sum(len(row[1]) for row in table.values())} pairs", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
