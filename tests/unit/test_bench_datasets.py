"""What the benches of datasets rely on: what counts as the same dataset, and what a kill leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.datasets import parts, places, turns, unreadable
from bench.figures import Figure
from bench.growth import _figures
from bench.killing import Fault, killed, run
from bench.timing import Watched


def write(path: Path, records: list[tuple[str, int, str]]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    path.parent.mkdir(parents=True, exist_ok=True)
    names = ("path", "order", "text")
    write_table(pa.table(dict(zip(names, map(list, zip(*records, strict=True)), strict=True))), path)


ROWS = [("a.txt", 1, "開会します。"), ("a.txt", 2, "閉会します。"), ("b.txt", 1, "始めます。")]


def test_rows_come_in_the_order_of_records_and_turns_however_they_are_cut_into_parts(tmp_path: Path) -> None:
    write(tmp_path / "one" / "year=2024" / "part-0.parquet", ROWS)
    write(tmp_path / "two" / "year=2024" / "part-0.parquet", ROWS[2:])
    write(tmp_path / "two" / "year=2024" / "part-1.parquet", ROWS[1::-1])
    one, two = turns(tmp_path / "one"), turns(tmp_path / "two")
    assert one.equals(two)
    assert places(one) == [("a.txt", 1), ("a.txt", 2), ("b.txt", 1)]
    write(tmp_path / "two" / "year=2024" / "part-2.parquet", ROWS[:1])
    assert not one.equals(turns(tmp_path / "two"))


def test_parts_count_by_their_bytes_and_other_files_by_their_names(tmp_path: Path) -> None:
    write(tmp_path / "year=2024" / "part-0.parquet", ROWS)
    (tmp_path / "manifest").write_text("1", encoding="utf-8")
    before = parts(tmp_path)
    (tmp_path / "manifest").write_text("2", encoding="utf-8")
    assert parts(tmp_path) == before
    write(tmp_path / "year=2024" / "part-0.parquet", ROWS[:2])
    assert parts(tmp_path) != before
    (tmp_path / "left-over").touch()
    assert parts(tmp_path).keys() - before.keys() == {"left-over"}


def test_a_part_that_is_cut_off_cannot_be_read(tmp_path: Path) -> None:
    part = tmp_path / "year=2024" / "body=町" / "part-0.parquet"
    write(part, ROWS)
    assert unreadable(tmp_path) == []
    part.write_bytes(part.read_bytes()[:-9])
    assert unreadable(tmp_path) == ["part-0.parquet"]


def test_a_run_that_had_ended_was_not_killed_and_one_that_had_not_was() -> None:
    assert not killed(["--version"], 60)
    assert killed(["parse", "-"], 0)


def test_a_run_with_an_error_is_a_fault_that_says_so() -> None:
    with pytest.raises(Fault, match="no-such-file"):
        run(["parse", "no-such-file"])
    assert run(["--version"])[0] == 0


def test_growth_takes_off_the_start_and_medians_count(tmp_path: Path) -> None:
    folders = {}
    for name, size in (("start", 1), ("10 MB", 1_000_000), ("100 MB", 2_000_000)):
        folders[name] = tmp_path / name
        folders[name].mkdir()
        (folders[name] / "a.txt").write_bytes(b"a" * size)

    def ran(*seconds: float, peak: int = 100) -> list[Watched]:
        return [Watched(0, one, peak) for one in seconds]

    def figures(whole: float) -> list[Figure]:
        runs = {"start": ran(1, 3, 1), "10 MB": ran(2, 2, 9), "100 MB": ran(9, whole, whole, peak=150)}
        return _figures(runs, folders, ["100 MB"])

    cost, memory = figures(3)
    assert cost.value == pytest.approx(1) and cost.holds
    assert memory.value == pytest.approx(1.5)
    assert figures(3.4)[0].value == pytest.approx(1.2) and figures(3.4)[0].holds is False
