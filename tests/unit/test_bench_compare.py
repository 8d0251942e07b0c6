"""Two runs of the bench beside each other: what is slower, what is not, and what the exit code says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bench.__main__ import as_json
from bench.compare import BETTER, BROKEN, GAINED, GONE, LOST, NEW, SAME, WORSE, Run, compare, main, table
from bench.figures import Figure, at_least, at_most, exactly, failed, missing, no_more_than
from bench.groups import Group, Measured

GROUP = Group("group", 8, 1, "bench.none:none")
SPEED = at_least("speed", 20, "MB/s", "loop 100", 15, baseline_value=100)
TIME = at_most("time", 2, "s", "", None)
SHARE = at_least("F1", 0.997, "", "", 0.99, steady=True)


def run(*figures: Figure) -> Run:
    return Run({}, {("group", figure.name): figure for figure in figures})


def changed(old: Figure, new: Figure, tolerance: float = 0.15) -> str:
    (change,) = compare(run(old), run(new), tolerance)
    return change.what


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (TIME, replace(TIME, value=2.29), SAME),
        (TIME, replace(TIME, value=2.31), WORSE),
        (TIME, replace(TIME, value=1.7), BETTER),
        (SPEED, replace(SPEED, value=17.5), SAME),
        (SPEED, replace(SPEED, value=17), WORSE),
        (SPEED, replace(SPEED, value=24), BETTER),
        # a slower machine: the baseline is slower, too
        (SPEED, replace(SPEED, value=16, baseline_value=80), SAME),
        (SPEED, replace(SPEED, value=20, baseline_value=130), WORSE),
        (SPEED, replace(SPEED, value=20, baseline_value=80), BETTER),
        # a baseline that only one of them has is none
        (replace(SPEED, baseline_value=None), replace(SPEED, baseline_value=300), SAME),
        (SHARE, replace(SHARE, value=0.9969), WORSE),
        (SHARE, replace(SHARE, value=0.9971), BETTER),
        (SHARE, replace(SHARE, value=0.997), SAME),
        (no_more_than("faults", 0, "", ""), replace(no_more_than("faults", 1, "", "", 1)), WORSE),
        (no_more_than("faults", 1, "", "", 1), no_more_than("faults", 0, "", "", 1), BETTER),
        (exactly("places", 8, "", "", 8), exactly("places", 7, "", "", 8), LOST),
        # a limit that holds no more tells, however little is missing
        (
            replace(SPEED, value=15, baseline_value=None),
            replace(SPEED, value=14.9, baseline_value=None, holds=False),
            LOST,
        ),
        (replace(SPEED, value=14.9, holds=False), replace(SPEED, value=15), GAINED),
        (replace(SPEED, value=14, holds=False), replace(SPEED, value=13.9, holds=False), SAME),
        (SPEED, missing("speed", "NOT HERE"), GONE),
        (missing("speed", "NOT HERE"), SPEED, NEW),
        (missing("speed", "NOT HERE"), missing("speed", "NOT HERE"), SAME),
        (SPEED, failed("speed", "exit 2"), BROKEN),
        (failed("speed", "exit 2"), failed("speed", "exit 2"), SAME),
    ],
)
def test_what_became_of_a_figure(old: Figure, new: Figure, what: str) -> None:
    assert changed(old, new) == what


def test_the_tolerance_is_that_which_is_given() -> None:
    assert changed(TIME, replace(TIME, value=2.3), 0.1) == WORSE
    assert changed(TIME, replace(TIME, value=2.3), 0.2) == SAME


def test_new_and_gone_figures_are_told() -> None:
    assert [c.what for c in compare(run(TIME), run(SPEED))] == [NEW, GONE]


def test_a_group_that_fails_now_is_told_and_one_that_is_new_is_not_held_against_it() -> None:
    assert BROKEN in [c.what for c in compare(run(TIME), run(failed("group", "exit 2")))]
    assert [c.what for c in compare(run(), run(failed("group", "exit 2")))] == [NEW]


def test_the_worst_comes_first_and_what_is_the_same_is_only_counted() -> None:
    old = run(TIME, SPEED, SHARE)
    new = run(replace(TIME, value=1), replace(SPEED, value=10, holds=False), SHARE)
    lines = table(compare(old, new)).splitlines()
    assert lines[2] == (
        "| limit holds no more | group | speed | 20 MB/s (0.2000 of the baseline) | 10 MB/s (0.1000 of the baseline) "
        "| 2.00 times | ≥ 15 |"
    )
    assert lines[3].startswith("| better | group | time | 2 s | 1 s | 0.50 times |")
    assert lines[-1] == "1 limit holds no more; 1 better; 1 about the same"
    assert not any("F1" in line for line in lines)


def written(path: Path, *figures: Figure, cores: str = "2") -> str:
    path.write_text(
        as_json({"cores": cores, "date": path.name}, [Measured(GROUP, list(figures), 1.0)]), encoding="utf-8"
    )
    return str(path)


def test_exit_codes_and_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = written(tmp_path / "old.json", TIME, SPEED)
    assert main([old, old]) == 0
    assert capsys.readouterr().out == "2 about the same\n"
    slower = written(tmp_path / "new.json", replace(TIME, value=3), SPEED, cores="4")
    assert main([old, slower]) == 1
    printed = capsys.readouterr()
    assert "| slower or worse | group | time | 2 s | 3 s | 1.50 times |  |" in printed.out
    assert printed.err == "cores: 2 → 4\n"
    assert main([old, slower, "--tolerance", "0.6"]) == 0
    assert main([slower, old]) == 0
    assert main([old, written(tmp_path / "lost.json", TIME, replace(SPEED, holds=False))]) == 1
    assert main([old, written(tmp_path / "failed.json", failed("group", "exit 2"))]) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        '{"format": "minutes-bench/0", "machine": {}, "figures": []}',
        '{"format": "minutes-bench/1"}',
        '{"format": "minutes-bench/1", "machine": {}, "figures": [{"name": "a"}]}',
        '{"format": "minutes-bench/1", "machine": [], "figures": []}',
    ],
)
def test_exit_2_and_one_line_for_a_file_that_is_no_report(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content, encoding="utf-8")
    assert main([str(bad), written(tmp_path / "good.json", TIME)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and str(bad) in told.err


@pytest.mark.parametrize("field", ["value", "baseline_value", "better", "holds"])
def test_exit_2_for_a_field_of_the_wrong_kind(field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = Path(written(tmp_path / "good.json", SPEED))
    whole = json.loads(good.read_text(encoding="utf-8"))
    whole["figures"][0][field] = "much"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(whole), encoding="utf-8")
    assert main([str(good), str(bad)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_exit_2_for_a_missing_file_and_a_tolerance_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = written(tmp_path / "good.json", TIME)
    assert main([good, str(tmp_path / "none.json")]) == 2
    assert "No such file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main([good, good, "--tolerance", "-1"])
    assert ended.value.code == 2
