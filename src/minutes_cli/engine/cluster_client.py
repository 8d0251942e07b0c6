"""The way to a Dask cluster: one that is started here and ends with the run, or one that somebody has started."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from minutes_cli.engine.cluster_worker import differing, identity
from minutes_cli.engine.model import Running, cores
from minutes_cli.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["connected"]

#: Seconds until a scheduler that does not answer counts as one that is not there.
_REACH = 10.0
#: Of our own workers: a group that has ended so many and one more is tried task by task.
_ALLOWED = 1
#: Settings of our own workers: nobody looks at their profile, and they serve no pages; and where one is just about to
#: come back when Dask looks for it, it would not be replaced.
_PLAIN = {
    "distributed.deploy.lost-worker-timeout": "1 week",
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


#: Ctrl-C is for the one who started them: this process ends them.
_LEAVE_INTERRUPTS = "import signal\n\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"


@contextmanager
def connected(running: Running, jobs: int) -> Iterator[Client]:
    """A client of the cluster that ``running.engine`` names. Raises UsageError."""
    engine = running.engine or ""
    with ExitStack() as stack:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                import distributed
            except ImportError:
                raise UsageError(
                    f"--engine {engine} needs distributed, which is not installed; minutes-cli[cluster] brings it: "
                    "pip install '.[cluster]' where minutes is checked out"
                ) from None
            stack.enter_context(_quiet())
            if engine == "dask":
                address = _started_here(stack, running.jobs or max(jobs, cores()))
            else:
                address = _address_of(engine)
            try:
                client = distributed.Client(address, timeout=_REACH, set_as_default=False, name="minutes")  # type: ignore[no-untyped-call]
            except (OSError, ValueError) as e:
                raise UsageError(f"--engine {engine}: no scheduler of Dask answers there ({_reason(e)})") from None
            stack.callback(_close, client)
        _check_versions(client, engine)
        yield client


def _address_of(engine: str) -> str:
    """``dask://HOST:PORT``, or ``dask://tls://HOST:PORT`` with the certificates that Dask's own settings name."""
    place = engine.removeprefix("dask://")
    host, _, port = place.rpartition(":")
    if not host or not port.isdecimal():
        raise UsageError(f"--engine {engine}: the address of a scheduler is dask://HOST:PORT")
    return place if "://" in place else f"tcp://{place}"


def _reason(error: Exception) -> str:
    return f"within {_REACH:g} s" if isinstance(error, TimeoutError) else " ".join(str(error).split())


def _started_here(stack: ExitStack, workers: int) -> str:
    """The address of a cluster on this machine, which *stack* ends."""
    import dask
    from distributed import LocalCluster

    stack.enter_context(dask.config.set(_PLAIN))
    cluster = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
        memory_limit=0,
        preload=[_LEAVE_INTERRUPTS],
        scheduler_kwargs={"allowed_failures": _ALLOWED, "dashboard": False, "dashboard_address": "127.0.0.1:0"},
    )
    stack.callback(_close, cluster)
    return str(cluster.scheduler_address)


def _close(one: object) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one.close()  # type: ignore[attr-defined]


@contextmanager
def _quiet() -> Iterator[None]:
    """Say nothing of what the library notes down for whoever runs a cluster."""
    from distributed.utils import silence_logging_cmgr

    with silence_logging_cmgr(logging.CRITICAL + 1), silence_logging_cmgr(logging.CRITICAL + 1, "tornado"):
        yield


def _check_versions(client: Client, engine: str) -> None:
    """Raise UsageError where the workers that are there would give other results; later ones say it themselves."""
    here = identity()
    for address, there in sorted(client.run(identity, on_error="return").items()):
        if isinstance(there, OSError):
            continue  # it has just gone; whoever comes in its place says what it has
        if isinstance(there, Exception):
            raise UsageError(f"--engine {engine}: the worker {address} has no minutes {here[0][1]} ({there})")
        if words := differing(here, there):
            raise UsageError(f"--engine {engine}: the worker {address} has {words}; workers must have the same")
