"""Make pairs of true text and what OCR reads: typeset a text, degrade the picture, read it with tesseract.

    python -m tools.make_pairs -o pairs/ --pages 20 corpus/*/record.txt

Writes ``NAME.clean.txt`` (what was drawn), ``NAME.ocr.txt`` (what was read) and ``manifest.json`` (font, size,
level, direction of each page). The same ``--seed`` gives the same pages. Needs ``pip install '.[tools]'`` and, on
Debian, ``apt install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert`` with one of the font packages
fonts-ipafont, fonts-noto-cjk, fonts-vlgothic, fonts-takao-mincho.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = {
    "ipam": "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf",
    "ipag": "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "noto": "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "sans": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "vl": "/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf",
    "takao": "/usr/share/fonts/truetype/takao-mincho/TakaoMincho.ttf",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How much a page suffers: blur radius (px), noise (grey levels of 255), turn (degrees), threshold or None."""

    blur: float
    noise: float
    turn: float
    threshold: int | None


LEVELS = {1: Level(0.6, 8, 0.1, None), 2: Level(0.9, 18, 0.3, None), 3: Level(0.8, 25, 0.5, 170)}


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be drawn: its name, how it is set, and the number of its first character in the text."""

    name: str
    orient: str
    font: str
    px: int
    level: int
    start: int


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most *width* characters; line ends of *text* stay, closing marks hang over by one."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = paragraph
        while len(rest) > width:
            cut = width + 1 if rest[width] in "。、，．」）" else width
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return [line for line in lines if line.strip()]


def draw(lines: Sequence[str], page: Page) -> Image.Image:
    """The page in black on white, one pixel a dot, at about the resolution of a 200 dpi scan."""
    font = ImageFont.truetype(FONTS[page.font], page.px)
    step, margin = int(page.px * 1.75), page.px * 3
    length = max(len(line) for line in lines) * page.px + 2 * margin
    depth = len(lines) * step + 2 * margin
    vertical = page.orient == "v"
    image = Image.new("L", (depth, length) if vertical else (length, depth), 255)
    pen = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        if vertical:
            pen.text((depth - margin - i * step, margin), line, fill=0, font=font, direction="ttb", anchor="rt")
        else:
            pen.text((margin, margin + i * step), line, fill=0, font=font)
    return image


def degrade(image: Image.Image, level: Level, seed: int) -> Image.Image:
    """Turn, blur, speckle and, at the worst level, reduce to black and white."""
    rng = np.random.default_rng(seed)
    turned = image.rotate(float(rng.uniform(-level.turn, level.turn)), Image.Resampling.BICUBIC, fillcolor=255)
    blurred = turned.filter(ImageFilter.GaussianBlur(level.blur))
    grey = np.asarray(blurred, dtype=np.float32) + rng.normal(0, level.noise, (image.height, image.width))
    if level.threshold is not None:
        grey = np.where(grey > level.threshold, 255, 0)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def read(image: Image.Image, orient: str) -> str:
    """What tesseract reads. Raises CalledProcessError with its message."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        image.save(path)
        language, mode = ("jpn_vert", "5") if orient == "v" else ("jpn", "6")
        command = ["tesseract", str(path), "-", "-l", language, "--psm", mode, "--dpi", "200"]
        run = subprocess.run(command, capture_output=True, text=True, check=True, env={"OMP_THREAD_LIMIT": "1"})
        return run.stdout


def plan(size: int, options: argparse.Namespace) -> Iterator[Page]:
    """The pages, chosen at random but the same for the same seed: fonts, sizes, levels and directions mixed."""
    rng = random.Random(options.seed)
    for i in range(options.pages):
        orient = "v" if rng.random() < options.vertical else "h"
        font, px, level = rng.choice(options.fonts), rng.choice((27, 29, 32)), rng.choice(options.levels)
        start = rng.randrange(max(1, size - options.characters))
        yield Page(f"{options.name}{i:04d}{orient}_L{level}", orient, font, px, level, start)


def make(page: Page, text: str, options: argparse.Namespace) -> Page:
    """Draw, degrade and read one page, and write both texts."""
    piece = text[page.start : page.start + options.characters]
    lines = wrap(piece.partition("\n")[2] or piece, 38)
    seen = degrade(draw(lines, page), LEVELS[page.level], options.seed + page.start)
    got = read(seen, page.orient)
    Path(options.out, f"{page.name}.clean.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Path(options.out, f"{page.name}.ocr.txt").write_text(got, encoding="utf-8")
    return page


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="UTF-8 texts to draw from")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder for the pairs")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--characters", type=int, default=1300, help="characters a page")
    parser.add_argument("--vertical", type=float, default=0.2, help="share of pages set in columns")
    parser.add_argument("--levels", type=int, nargs="+", default=[1, 2, 3], choices=sorted(LEVELS))
    parser.add_argument("--fonts", nargs="+", default=sorted(FONTS), choices=sorted(FONTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--name", default="page", help="how the names of pages begin")
    options = parser.parse_args()
    missing = [FONTS[f] for f in options.fonts if not Path(FONTS[f]).exists()]
    if missing:
        print(f"no such font: {missing[0]}; install it or choose others with --fonts", file=sys.stderr)
        return 2
    text = "\n".join(path.read_text(encoding="utf-8") for path in options.files)
    options.out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        made = list(pool.map(lambda page: make(page, text, options), plan(len(text), options)))
    rows = [asdict(page) for page in made]
    (options.out / "manifest.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
