"""What the issues ask for and tests of the suite show: they are run, and their number is the figure."""

from __future__ import annotations

import re
import subprocess
import sys

from bench.figures import Figure, exactly, missing
from bench.measure import ROOT, environment, last_line

#: For each issue what is shown, and by which files or tests.
SHOWN: dict[int, dict[str, tuple[str, ...]]] = {
    2: {
        "any text: blocks tile it, the bytes come back": (
            "tests/properties/test_parse.py",
            "tests/properties/test_ingest.py",
        ),
        "start-up imports neither Sudachi nor table nor cluster libraries": ("tests/cli/test_startup.py",),
    },
    3: {"any text: undo exact, a second run proposes nothing": ("tests/properties/test_normalize.py",)},
    4: {"spelling variants and inflections find each other": ("tests/cases/test_spellings.py",)},
    5: {
        "every sentence of a summary stands where it says": ("tests/properties/test_summary.py",),
        "the report in Chromium": ("tests/browser",),
    },
    6: {"rules find and leave alone what their examples say": ("tests/cases/test_rules.py",)},
    7: {
        "clients open what export writes": ("tests/clients",),
        "TEI and Akoma Ntoso are valid": ("tests/unit/test_tei.py", "tests/unit/test_akn.py"),
    },
    8: {
        "a dataset after any changes is as if made at once": ("tests/unit/test_dataset.py",),
        "a cluster: lost workers, crashes, files that never end": ("tests/unit/test_cluster.py",),
    },
}
_PASSED = re.compile(r"(\d+) passed")
_OTHERS = re.compile(r"(\d+) (?:failed|error|errors|skipped|xfailed)\b")


def by_tests(issue: int) -> list[Figure]:
    """For each row of the issue how many tests passed; all that ran must."""
    return [_ran(what, paths) for what, paths in SHOWN[issue].items()]


def _ran(what: str, paths: tuple[str, ...]) -> Figure:
    """Run the tests in *paths*."""
    if absent := [path for path in paths if not (ROOT / path.partition("::")[0]).exists()]:
        return missing(what, f"NOT HERE: {', '.join(absent)}")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *paths]
    run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    line = last_line(run.stdout) or last_line(run.stderr)
    passed = sum(map(int, _PASSED.findall(line)))
    others = sum(map(int, _OTHERS.findall(line)))
    return exactly(what, passed, "tests passed", f"{', '.join(paths)}: {line}", passed + others or 1)
