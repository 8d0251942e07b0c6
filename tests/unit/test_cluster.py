"""The Dask engine: same results in the same order, whatever becomes of workers."""

import os
import re
import signal
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from minutes_cli.engine import Failure, Group, Outcome, Running, cluster_client, cluster_worker, each, run
from minutes_cli.engine import cluster as engine_cluster
from minutes_cli.errors import MinutesError, OutputError, UsageError


class Number(NamedTuple):
    """A task: what to double, and what happens at which of them."""

    path: str
    number: int


def double(numbers):
    """Good work."""
    return [task.number * 2 for task in numbers]


def double_or_die_once(marker, number):
    """Work on one of them that ends its process the first time."""
    if number.number == 7 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number.number * 2


def double_or_die(number):
    """Work on one of them that always ends its process."""
    if number.number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number.number * 2


def double_or_hang(number):
    """Work on one of them that never ends, inside C, where no other thread of the process gets a turn."""
    if number.number == 7:
        re.match(r"(a+)+$", "a" * 64 + "b")
    return number.number * 2


def pick_quarrel(number):
    """Work that must end the run."""
    if number.number == 7:
        raise OutputError("out/7.json: cannot write (disk full)")
    return number.number * 2


def read_here(number):
    """Work on a file of the folder where the run was started."""
    return Path(number.path).read_text()


def not_there(numbers):
    """What a worker says that does not know what it is sent."""
    raise ModuleNotFoundError("No module named 'minutes_cli'")


def where(numbers):
    """In which process it is done."""
    return os.getpid()


@pytest.fixture(scope="module")
def engine():
    """The engine of two workers that all tests of this module share."""
    with ExitStack() as stack:
        yield cluster_client._started_here(stack, 2).replace("tcp://", "dask://")


@pytest.fixture
def running(engine, monkeypatch):
    """A run there, whose workers are not given much time to end themselves."""
    monkeypatch.setattr(engine_cluster, "_GRACE", 0.5)
    monkeypatch.setattr(engine_cluster, "_LOOK", 0.1)
    return Running(engine=engine)


def numbers(count, together=5):
    """Groups of so many tasks."""
    tasks = [Number(f"{number}.txt", number) for number in range(count)]
    return [Group(tuple(tasks[at : at + together]), 100) for at in range(0, count, together)]


def by_path(outcomes):
    """Path -> result, each path once and in order."""
    found = []
    for tasks, results in outcomes:
        found += zip([task.path for task in tasks], [results] if isinstance(results, Failure) else results, strict=True)
    assert [path for path, _ in found] == [f"{number}.txt" for number in range(len(found))]
    return dict(found)


def test_results_come_in_the_order_of_the_groups(running, monkeypatch):
    monkeypatch.setattr(engine_cluster, "_FETCHED", 3)
    groups = numbers(50)
    assert list(run(double, groups, 2, running)) == [Outcome(g.tasks, double(g.tasks)) for g in groups]


@pytest.mark.parametrize("limit", [{"_AHEAD": 2}, {"_HELD": 200}])
def test_no_more_is_on_its_way_than_memory_should_hold(running, monkeypatch, limit):
    for name, value in limit.items():
        monkeypatch.setattr(engine_cluster, name, value)
    taken = []

    def groups():
        for group in numbers(100):
            taken.append(group)
            yield group

    done = 0
    for _ in run(double, groups(), 2, running):
        assert len(taken) - done <= 2 * 2 + 1
        done += 1
    assert done == 20


def test_both_workers_work(running):
    assert len({result for _, result in run(where, numbers(100), 2, running)}) == 2


def test_a_lost_worker_costs_nothing(running, tmp_path):
    work = partial(each, partial(double_or_die_once, str(tmp_path / "marker")), running)
    found = by_path(run(work, numbers(40), 2, running))
    assert (tmp_path / "marker").exists()
    assert found == {f"{number}.txt": number * 2 for number in range(40)}


def test_what_always_ends_its_worker_is_a_failure_and_costs_no_other(running, capfd):
    found = by_path(run(partial(each, double_or_die, running), numbers(20), 2, running))
    bad = found.pop("7.txt")
    assert bad == Failure("7.txt: the process that worked on it has died (each time it was tried); it is left out")
    assert found == {f"{number}.txt": number * 2 for number in range(20) if number != 7}
    assert capfd.readouterr() == ("", "")


def test_what_never_ends_is_a_failure_and_costs_no_other(running):
    running = running._replace(timeout=0.5)
    found = by_path(run(partial(each, double_or_hang, running), numbers(20), 2, running))
    assert found.pop("7.txt") == Failure("7.txt: took longer than 0.5 s, so it was stopped; --timeout gives it more")
    assert found == {f"{number}.txt": number * 2 for number in range(20) if number != 7}


def test_what_the_work_raises_ends_the_run(running):
    with pytest.raises(OutputError, match="disk full"):
        list(run(partial(each, pick_quarrel, running), numbers(20), 2, running))


def test_relative_paths_mean_what_they_mean_here(running, tmp_path, monkeypatch):
    (tmp_path / "0.txt").write_text("here")
    monkeypatch.chdir(tmp_path)
    assert by_path(run(partial(each, read_here, running), numbers(1), 2, running)) == {"0.txt": "here"}


def test_a_folder_that_workers_have_not_is_no_place_for_relative_paths(running, monkeypatch):
    monkeypatch.setattr(cluster_worker.os, "getcwd", lambda: "/no/such/folder")
    with pytest.raises(UsageError, match=r"^0\.txt: the workers have no folder /no/such/folder; give URLs"):
        list(run(double, numbers(1), 2, running))


def test_standard_input_is_not_for_workers(running):
    with pytest.raises(UsageError, match=r"^-: standard input"):
        list(run(double, [Group((Number("-", 1),), 1)], 1, running))


def test_workers_of_another_version_are_refused(running, monkeypatch):
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0.1")
    with pytest.raises(UsageError, match=r"tcp://\S+ has sudachipy \S+ there and 0\.0\.1 here, .*; workers must"):
        list(run(double, numbers(1), 2, running))


def test_workers_of_another_version_that_come_later_are_refused(running, monkeypatch):
    others = (*cluster_worker.identity()[:-1], ("sudachidict-core", "20010101"))
    monkeypatch.setattr(cluster_worker, "identity", lambda: others)
    with pytest.raises(UsageError, match=r"tcp://.*: sudachidict-core \d+ there and 20010101 here; workers must"):
        list(run(double, numbers(1), 2, running))


def test_a_worker_without_minutes_that_comes_later_is_refused(running):
    with pytest.raises(UsageError, match=r"^a worker of the cluster has no minutes, or another version \(No module"):
        list(run(not_there, numbers(20), 2, running))


def test_an_address_where_nothing_answers(monkeypatch):
    monkeypatch.setattr(cluster_client, "_REACH", 0.2)
    with pytest.raises(UsageError, match=r"^--engine dask://127\.0\.0\.1:9: no scheduler of Dask answers there") as e:
        list(run(double, numbers(1), 1, Running(engine="dask://127.0.0.1:9")))
    assert "\n" not in str(e.value)


@pytest.mark.parametrize("words", ["dask://", "dask://host", "dask://host:port", "dask://:8786"])
def test_an_address_that_is_none(words):
    with pytest.raises(UsageError, match=r"the address of a scheduler is dask://HOST:PORT$"):
        list(run(double, numbers(1), 1, Running(engine=words)))


def test_dask_that_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"needs distributed, which is not installed; minutes-cli\[cluster\] brings"):
        list(run(double, numbers(1), 1, Running(engine="dask")))


def test_a_cluster_without_workers_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(engine_cluster, "_PATIENCE", 0.0)
    monkeypatch.setattr(engine_cluster, "_COUNT", 0.0)
    monkeypatch.setattr(engine_cluster, "_LOOK", 0.05)
    with ExitStack() as stack:
        engine = cluster_client._started_here(stack, 0).replace("tcp://", "dask://")
        with pytest.raises(MinutesError, match="no workers for 0 s"):
            list(run(double, numbers(1), 1, Running(engine=engine)))
