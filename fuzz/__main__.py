"""`python -m fuzz TARGET --minutes 30 --seed 1`: exit 1 when something was found, 0 when nothing was.

Finds are written under fuzz/finds/TARGET: the input, and what went wrong with it. `--again FILE` tries an input again.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Collection
from pathlib import Path

NAMES = ("ingest", "parse", "normalize", "check", "export", "query")
#: Packages that only the target of the same name runs, or none.
OTHERS = frozenset({"cli", "check", "compare", "store", "summarize"})


def main() -> int:
    """Run one target; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--minutes", type=float, default=30.0, help="of wall clock")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="inputs by chance alone, also where atheris is installed")
    parser.add_argument("--again", type=Path, nargs="+", metavar="FILE", help="try these inputs, and no others")
    given = parser.parse_args()
    guided = not (given.plain or given.again) and _load(given.target)

    from fuzz.engines import by_chance, by_coverage
    from fuzz.targets import TARGETS
    from fuzz.watch import Watch

    if given.target not in TARGETS:
        parser.error(f"there is nothing to try for {given.target} yet")
    target = TARGETS[given.target]
    if given.again:
        for path in given.again:
            target.run(path.read_bytes())
        return 0
    watch = Watch(given.target, target)

    def done() -> int:
        print(watch.report(), flush=True)
        return 1 if watch.faults else 0

    if guided:
        by_coverage(given.target, target, watch, given.minutes, given.seed, done)
    by_chance(given.target, target, watch, given.minutes, given.seed)
    return done()


def _load(target: str) -> bool:
    """Load what *target* runs so that atheris sees where inputs lead; False where atheris is not installed."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed (pip install -e '.[fuzz]'): inputs come by chance", file=sys.stderr)
        return False
    # The channel compares whole arrays, and atheris keeps every array that it has seen compared.
    without = ["minutes_cli.normalize.channel"]
    with atheris.instrument_imports(include=["minutes_cli"], exclude=without, enable_loader_override=False):
        _import_all(OTHERS - {target}, importlib.import_module)
    return True


def _import_all(without: Collection[str], load: Callable[[str], object]) -> None:
    """All but the packages *without*, also what is imported inside functions, later."""
    import minutes_cli

    for name in (module.name for module in pkgutil.iter_modules(minutes_cli.__path__)):
        if name not in without and not name.startswith("__"):
            package = load(f"minutes_cli.{name}")
            for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"minutes_cli.{name}."):
                if not module.name.endswith("__main__") and ".findings" not in module.name:
                    load(module.name)


if __name__ == "__main__":
    sys.exit(main())
