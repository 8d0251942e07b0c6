"""The engine: results in the order of the input, a fault costs its own task and no other, little is on its way."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.engine import Failure, Group, Running, attempt, each, failure_of, grouped, jobs_for, run
from minutes_cli.errors import MinutesError, OutputError


class Task(NamedTuple):
    """Something to do; ``what`` says what happens."""

    path: str
    what: str = "well"


ENDLESS = Running(1, 0.2)


def do(task: Task) -> str:
    """What the tests call work."""
    match task.what:
        case "endless":
            while True:
                pass
        case "guarded":
            while True:
                try:
                    while True:
                        pass
                except Exception:  # code that guards itself against faults of its parts
                    continue
        case "faulty":
            raise ZeroDivisionError("by\nnothing")
        case "refused":
            raise MinutesError(f"{task.path}: no record")
        case "full":
            raise OutputError("the disk is full")
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(7)
    return task.path.upper()


def refuse(tasks: tuple[Task, ...]) -> str:
    """Work that ends the run."""
    if any(task.what == "full" for task in tasks):
        raise OutputError("the disk is full")
    return "".join(task.path for task in tasks)


def of_no_kind(tasks: tuple[Task, ...]) -> object:
    """What no process can send to another."""
    return (task for task in tasks)


def grouping(*whats: str, size: int = 1) -> list[Group[Task]]:
    """A group for each of *whats*, several tasks of one group with blanks between them."""
    numbers = iter(range(1000))
    return [Group(tuple(Task(f"t{next(numbers)}", what) for what in group.split()), size) for group in whats]


class TestOneTask:
    def test_what_goes_wrong_is_a_failure(self):
        assert attempt(do, Task("a"), Running()) == "A"
        assert attempt(do, Task("a", "refused"), Running()) == Failure("a: no record")
        words, trace = attempt(do, Task("a", "faulty"), Running())
        assert words.startswith("a: internal error: ZeroDivisionError: by nothing at test_engine.py:")
        assert "\n" not in words
        assert trace.startswith("Traceback") and "by\nnothing" in trace

    @pytest.mark.parametrize("what", ["endless", "guarded"])
    def test_what_takes_too_long_is_one(self, what):
        assert attempt(do, Task("a", what), ENDLESS) == Failure(
            "a: took longer than 0.2 s, so it was stopped; --timeout gives it more"
        )

    def test_a_full_disk_ends_everything(self):
        with pytest.raises(OutputError):
            each(do, Running(), (Task("a"), Task("b", "full")))

    def test_the_words_for_a_fault_of_ours_are_one_line(self):
        assert failure_of("x", ValueError("a\n b")).words == "x: internal error: ValueError: a b"


class TestGroups:
    @given(st.lists(st.integers(0, 3_000_000), max_size=300), st.integers(1, 9))
    def test_all_tasks_once_and_in_order(self, sizes, jobs):
        tasks = [Task(str(i)) for i in range(len(sizes))]
        groups = list(grouped(tasks, sizes, jobs))
        assert [task for group in groups for task in group.tasks] == tasks
        assert sum(group.size for group in groups) == sum(sizes)
        assert all(1 <= len(group.tasks) <= 64 for group in groups)
        assert all(group.size <= 1_000_000 for group in groups if len(group.tasks) > 1)

    def test_little_is_done_in_one_process(self, monkeypatch):
        monkeypatch.setattr("minutes_cli.engine.groups.cores", lambda: 8)
        auto = Running(None)
        assert jobs_for([1000] * 20, auto) == 1
        assert jobs_for([50_000_000], auto) == 1
        assert jobs_for([1_000_000] * 3, auto) == 3
        assert jobs_for([1000] * 200, auto) == 8
        assert jobs_for([], auto) == jobs_for([], Running(5)) == 1
        assert jobs_for([1] * 3, Running(5)) == 3
        assert jobs_for([9_000_000] * 9, Running(1)) == 1


class TestProcesses:
    """Few tests, for each starts processes anew."""

    def test_faults_cost_no_other_task(self):
        groups = grouping("well killed well", "exit", "endless well", "refused faulty", "well")
        outcomes = list(run(partial(each, do, Running(2, 0.5)), groups, 2, Running(2, 0.5)))
        assert [task for outcome in outcomes for task in outcome.tasks] == [t for group in groups for t in group.tasks]
        made = []
        for tasks, result in outcomes:
            made += [result] if isinstance(result, Failure) else result
            assert len(tasks) == (1 if isinstance(result, Failure) else len(result))
        said = [one if isinstance(one, str) else one.words for one in made]
        died = "the process that worked on it has died"
        assert said[:4] == ["T0", f"t1: {died} (killed, or out of memory); it is left out", "T2", made[3].words]
        assert said[3] == f"t3: {died} (exit code 7); it is left out"
        assert said[4:7] == [Running(2, 0.5).words_for_timeout("t4"), "T5", "t6: no record"]
        assert said[7].startswith("t7: internal error: ZeroDivisionError") and made[7].trace
        assert said[8:] == ["T8"]

    def test_the_results_of_one_process_are_those_of_two(self):
        groups = grouping(*["well well"] * 40)
        work = partial(each, do, Running(2))
        assert list(run(work, groups, 2, Running(2))) == list(run(work, groups, 1, Running(1)))

    def test_what_work_raises_ends_the_run(self):
        outcomes = run(refuse, grouping("well", "full", "well"), 2, Running(2))
        assert next(outcomes).result == "t0"
        with pytest.raises(OutputError, match="the disk is full"):
            next(outcomes)

    def test_what_cannot_be_sent_back_is_said(self):
        with pytest.raises(TypeError, match="generator"):
            list(run(of_no_kind, grouping("well"), 2, Running(2)))

    def test_little_is_on_its_way(self):
        asked = 0

        def groups():
            nonlocal asked
            for group in grouping(*["well"] * 100, size=10_000_000):
                asked += 1
                yield group

        outcomes = run(partial(each, do, Running(2)), groups(), 2, Running(2))
        most = 0
        for done, _ in enumerate(outcomes):
            most = max(most, asked - done)
        assert asked == 100
        assert most <= 8  # 64 MB are 6 of these; one is in hand, one is just asked for

    def test_who_stops_asking_stops_the_processes(self):
        outcomes = run(partial(each, do, Running(2)), grouping(*["well"] * 3, *["endless"] * 3), 2, Running(2, None))
        assert next(outcomes).result == ("T0",)
        outcomes.close()  # it would wait for ever


def test_one_process_does_nothing_before_it_is_asked():
    done = []
    outcomes = run(lambda tasks: done.append(tasks), grouping("well", "well"), 1, Running())
    assert not done
    next(outcomes)
    assert len(done) == 1


def test_one_process_needs_no_others(monkeypatch):
    monkeypatch.setitem(sys.modules, "minutes_cli.engine.processes", None)
    [outcome] = run(partial(each, do, Running()), grouping("well"), 1, Running())
    assert outcome.result == ("T0",)
