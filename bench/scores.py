"""What the scorers in ../shared/tools say of turns and of corrections, on real records whose answers are known."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.figures import Figure, at_least, at_most, exactly, failed
from bench.measure import CommandFailed, environment, last_line
from bench.shared import SHARED, data, not_here
from bench.timing import MINUTES

#: What is scored, the least F1, the least share of right texts and of right names, the least F1 of a single record.
_TURNS: tuple[tuple[str, float, float | None, float | None, float | None], ...] = (
    ("diet", 0.998, 0.998, 0.99, None),
    ("diet-api", 0.998, 0.998, 0.99, None),
    ("layouts", 0.97, None, None, 0.85),
    ("kodaira-ippan", 0.97, None, None, None),
)
_TOTAL = re.compile(r"(\d+) records, .*F1 ([\d.]+), text right ([\d.]+), names right ([\d.]+)")
_WORST = re.compile(r"^ +([\d.]+) +gold", re.M)
_PAIRS = re.compile(r"errors gone (-?[\d.]+), edits (\d+), precision ([\d.]+)")
_SEED = re.compile(r"^\d+_.*: (\d+) of (\d+) right, (\d+) edits elsewhere", re.M)
#: `minutes normalize --json` without what it only shows: the scorer counts safe edits, or all of them.
_NOT_SHOWN = """
import json, subprocess, sys
run = subprocess.run([*{minutes}, *sys.argv[1:]], stdout=subprocess.PIPE, check=True)
out = json.loads(run.stdout)
out["edits"] = [edit for edit in out["edits"] if edit["safety"] != "show"]
print(json.dumps(out))
"""
_CLEAN = re.compile(r"(\d+) characters, (\d+) edits: ([\d.]+) per")


def turns() -> list[Figure]:
    """Turns, texts and names of four sets of records."""
    figures: list[Figure] = []
    for name, least, text_least, names_least, worst_least in _TURNS:
        folder = data(name)
        if folder is None or not (SHARED / "tools" / "score_turns").exists():
            figures.append(not_here(f"turns, {name}", f"data/{name}", "tools/score_turns"))
            continue
        try:
            out = _scored("score_turns", "--worst", "1", str(folder[0]))
        except CommandFailed as e:
            figures.append(failed(f"turns, {name}", str(e)))
            continue
        records, f1, text, names = _found(_TOTAL, out)
        beside = f"{records} records marked by people"
        worst = _found(_WORST, out)[0]
        figures += [
            at_least(f"F1 of turns, {name}", float(f1), "", beside, least, steady=True),
            at_least(f"texts right, {name}", float(text), "", beside, text_least, steady=True),
            at_least(f"F1 of the worst record, {name}", float(worst), "", beside, worst_least, steady=True),
        ]
        if float(names) or names_least is not None:  # else the answers name nobody
            figures.append(at_least(f"names right, {name}", float(names), "", beside, names_least, steady=True))
    return figures


def ocr() -> list[Figure]:
    """Corrections: the founding documents, pages read by tesseract, and correct records, which must stay."""
    if not (SHARED / "tools" / "score_ocr").exists():
        return [not_here("corrections of OCR", "tools/score_ocr")]
    return [*_seeds(), *_pairs(), *_clean()]


def _seeds() -> Iterable[Figure]:
    found = data("seeds", "ocr/seeds_gold.tsv")
    if found is None:
        yield not_here("slips of the founding documents", "data/seeds", "data/ocr/seeds_gold.tsv")
        return
    words = [str(path) for path in found]
    out = _scored("score_ocr", "seeds", *words)
    rows = {line.split("_")[0]: match for line in out.splitlines() if (match := _SEED.match(line))}
    petition = rows["003"]
    beside = f"of {petition[2]} that a reader marked"
    yield at_least("slips of the 要望書 corrected (safe)", int(petition[1]), "", beside, 22, steady=True)
    yield at_most("false safe corrections of the 要望書", int(petition[3]), "", beside, 0, steady=True)
    marked = sum(int(row[2]) for row in rows.values())
    elsewhere = sum(int(row[3]) for row in rows.values())
    yield at_most("false safe corrections of all five", elsewhere, "", "", 1, steady=True)
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch, "minutes.py")
        program.write_text(_NOT_SHOWN.format(minutes=MINUTES), encoding="utf-8")
        out = _scored("score_ocr", "seeds", *words, "--all", minutes=(sys.executable, str(program)))
    asked = sum(int(row[1]) for row in _SEED.finditer(out))
    beside = f"of {marked} that a reader marked; {sum(int(row[1]) for row in rows.values())} by safe ones"
    yield at_least("slips of all five corrected or asked about", asked, "", beside, 60, steady=True)


def _pairs() -> Iterable[Figure]:
    folder = data("ocr/pairs")
    if folder is None:
        yield not_here("pages read by tesseract", "data/ocr/pairs")
        return
    pages = json.loads((folder[0] / "manifest.json").read_text(encoding="utf-8"))
    easy = [page["name"] for page in pages if page["orient"] == "h" and page["level"] in (1, 2)]
    with tempfile.TemporaryDirectory() as scratch:
        for name in easy:
            for end in ("ocr", "clean"):
                Path(scratch, f"{name}.{end}.txt").symlink_to(folder[0] / f"{name}.{end}.txt")
        for what, where, least in (
            ("pages read by tesseract", str(folder[0]), 0.15),
            ("horizontal ones of levels 1 and 2", scratch, 0.25),
        ):
            gone, edits, precision = _found(_PAIRS, _scored("score_ocr", "pairs", where))
            beside = f"{edits} safe edits; the truth is known"
            yield at_least(f"{what}: share of errors gone", float(gone), "", beside, least, steady=True)
            yield at_least(f"{what}: precision", float(precision), "", beside, 0.98, steady=True)


def _clean() -> Iterable[Figure]:
    for name in ("diet", "layouts", "diet-api", "kodaira-ippan"):
        folder = data(name)
        what = f"safe edits of correct records per 10,000 characters, {name}"
        if folder is None:
            yield not_here(what, f"data/{name}")
            continue
        characters, edits, rate = _found(_CLEAN, _scored("score_ocr", "clean", str(folder[0])))
        limit = 0.2 if name in ("diet", "layouts") else None
        yield at_most(what, float(rate), "", f"{edits} edits, {characters} characters", limit, steady=True)


def otaru() -> list[Figure]:
    """The mayor's speeches of ../shared/data/otaru-html: one turn each."""
    from minutes_cli.ingest import find, read
    from minutes_cli.normalize import normalize
    from minutes_cli.parse import parse

    what = "otaru-html: pages whose speech is one turn"
    folder = data("otaru-html")
    if folder is None:
        return [not_here(what, "data/otaru-html")]
    paths = [path for path in find([str(folder[0])]) if not path.endswith(".md")]
    counts = [len(parse(normalize(read(path)).view).turns) for path in paths]
    return [exactly(what, counts.count(1), "pages", f"turns {counts}", len(paths))]


def _scored(tool: str, *words: str, minutes: tuple[str, ...] = MINUTES) -> str:
    """What a scorer prints. Raises CommandFailed."""
    command = [sys.executable, str(SHARED / "tools" / tool), *words, "--minutes", shlex.join(minutes)]
    run = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if run.returncode:
        raise CommandFailed(f"{tool}: exit {run.returncode}: {last_line(run.stderr)}")
    return run.stdout


def _found(pattern: re.Pattern[str], out: str) -> tuple[str, ...]:
    """The groups of *pattern* in what a scorer printed. Raises CommandFailed."""
    match = pattern.search(out)
    if match is None:
        raise CommandFailed(f"the scorer printed something else: {last_line(out)}")
    return match.groups()
