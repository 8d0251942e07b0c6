"""The table of benchmarks: what runs when, what a failure does to the others, what is printed and written."""

from __future__ import annotations

import importlib
import json
import platform
import socket
from pathlib import Path

import pytest
from bench import __main__ as bench_main
from bench.__main__ import as_json, as_markdown, chosen, listed, main
from bench.compare import load
from bench.figures import Figure, at_least, at_most, exactly, failed, missing, number, report, shown
from bench.groups import GROUPS, Group, Measured, measured
from bench.machine import machine
from bench.measure import ROOT, CommandFailed, in_process

README = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")


def good() -> list[Figure]:
    return [at_most("parse", 3, "s", "loop 2 s", 4, baseline_value=2), missing("rg", "NOT INSTALLED")]


def slow() -> list[Figure]:
    return [at_least("speed", 9, "MB/s", "", 10)]


def broken() -> list[Figure]:
    raise CommandFailed(f"{ROOT}/corpus: no such\n thing")


def groups(*functions: str, long: bool = False) -> tuple[Group, ...]:
    return tuple(Group(name, 8, 1, f"{__name__}:{name}", long=long) for name in functions)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of three groups in the place of the real one."""
    monkeypatch.setattr(bench_main, "GROUPS", groups("good", "broken", "slow"))
    monkeypatch.setattr(chosen, "__defaults__", (bench_main.GROUPS,))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_group_of_the_table_can_be_run(group: Group) -> None:
    module, _, function = group.measured.partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    assert group.issue in range(2, 9) and group.seconds > 0


def test_names_are_different_and_the_readme_has_them_all() -> None:
    names = [group.name for group in GROUPS]
    assert len(set(names)) == len(names)
    assert [name for name in names if f"`{name}`" not in README] == []


def test_what_runs_by_default_takes_at_most_a_quarter_of_an_hour() -> None:
    assert sum(group.seconds for group in chosen([], False)) <= 15 * 60
    assert chosen([], True) == list(GROUPS)


def test_groups_that_are_named_run_in_the_order_of_the_table_also_long_ones() -> None:
    table = (*groups("slow", long=True), *groups("good", "broken"))
    assert [g.name for g in chosen([], False, table)] == ["good", "broken"]
    assert [g.name for g in chosen(["broken", "slow"], False, table)] == ["slow", "broken"]
    with pytest.raises(KeyError, match="fast"):
        chosen(["good", "fast"], False, table)


def test_a_group_that_fails_is_a_row_and_the_others_run() -> None:
    told: list[str] = []
    runs = list(measured(groups("good", "broken", "slow"), told.append))
    assert [run.group.name for run in runs] == ["good", "broken", "slow"]
    (row,) = runs[1].figures
    assert row.holds is False and row.value is None
    assert row.baseline == "FAILED: CommandFailed: corpus: no such thing"
    assert [line for line in told if line.startswith("2/3 broken")]


def test_a_group_whose_module_is_missing_is_a_row_too() -> None:
    gone = Group("gone", 8, 1, "bench.there_is_no_such_module:figures")
    (run,) = measured([gone], lambda line: None)
    assert run.figures[0].holds is False and "ModuleNotFoundError" in run.figures[0].baseline


@pytest.mark.usefixtures("table")
def test_the_command_prints_markdown_and_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "figures.json"
    assert main(["--only", "good", "--json", str(out)]) == 0
    printed = capsys.readouterr()
    assert "| 8 | parse | 3 s | loop 2 s | ≤ 4 | yes |" in printed.out
    assert "| 8 | rg | — | NOT INSTALLED |  |  |" in printed.out
    assert "1/1 good" in printed.err
    whole = json.loads(out.read_text(encoding="utf-8"))
    assert whole["format"] == "minutes-bench/1"
    assert whole["figures"][0] == {
        "group": "good", "issue": 8, "name": "parse", "value": 3, "unit": "s", "baseline": "loop 2 s", "limit": "≤ 4",
        "holds": True, "better": "lower", "baseline_value": 2, "steady": False,
    }  # fmt: skip
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", ["slow", "broken"])
def test_exit_1_when_a_limit_does_not_hold_or_a_group_fails(name: str, tmp_path: Path) -> None:
    assert main(["--only", name, "--json", str(tmp_path / "f.json")]) == 1


@pytest.mark.usefixtures("table")
def test_exit_2_for_an_unknown_group(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--only", "fast"])
    assert ended.value.code == 2
    assert "there is no group fast" in capsys.readouterr().err


def test_the_list_shows_every_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.count("\n") == len(GROUPS) + 2
    assert "| scale | 8 |" in listed(GROUPS)


def test_what_is_written_can_be_loaded_again(tmp_path: Path) -> None:
    (group,) = groups("good")
    path = tmp_path / "figures.json"
    path.write_text(as_json({"cores": "2"}, [Measured(group, good(), 0.1)]), encoding="utf-8")
    assert list(load(path).figures.values()) == good()


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    (group,) = groups("good")
    rows = as_markdown({}, [Measured(group, [missing("a | b", "c\nd")], 0.1)]).splitlines()
    assert rows[-1] == r"| 8 | a \| b | — | c d |  |  |"


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        (at_most("", 4, "", "", 4), True),
        (at_most("", 4.1, "", "", 4), False),
        (at_most("", 4, "", "", None), None),
        (at_least("", 4, "", "", 4), True),
        (at_least("", 3.9, "", "", 4), False),
        (exactly("", 4, "", "", 4), True),
        (exactly("", 5, "", "", 4), False),
        (missing("", ""), None),
        (failed("", ""), False),
    ],
)
def test_limits(figure: Figure, holds: bool | None) -> None:
    assert figure.holds is holds


def test_figures_are_shown_in_about_three_digits() -> None:
    assert [number(value) for value in (0, 4, 1418.3, 33.12, 1.434, 0.99712)] == [
        "0", "4", "1418", "33.1", "1.43", "0.9971",
    ]  # fmt: skip
    assert shown(missing("", "")) == "—"
    assert report([at_least("share", 0.5, "", "", None)]).endswith("| share | 0.5000 |  |  |  |")


def test_the_machine_is_described_without_its_name_or_any_path() -> None:
    about = machine()
    assert about["python"].endswith(platform.python_version())
    assert int(about["cores"]) >= 1 and about["processor"] and about["memory"]
    assert {"numpy", "orjson", "pyarrow", "sudachipy", "sudachidict-core", "typer", "revision", "date"} <= set(about)
    words = " ".join(about.values())
    assert socket.gethostname() not in words.split()
    assert str(ROOT) not in words and str(Path.home()) not in words


def test_a_measured_program_that_fails_tells_its_last_line() -> None:
    assert in_process("result = {'a': 1}")["a"] == 1
    with pytest.raises(CommandFailed, match=r"^exit 1: ValueError: no$"):
        in_process("raise ValueError('no')")
