"""Entry point: arguments in, exit code out; every fault becomes one line on stderr.

``minutes --version`` answers before typer is imported; everything heavy is imported where it is used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from minutes_cli import __version__
from minutes_cli.errors import MinutesError

BROKEN_PIPE = 141  # 128 + SIGPIPE: what a shell sees of any other program in `… | head`
INTERRUPTED = 130  # 128 + SIGINT
#: What people type most must not wait for typer: these commands read plain arguments themselves.
QUICK = ("grep", "parse")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``minutes`` with *argv* (default: the command line) and return the exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    args, debug = _take_debug(args)
    if args[:1] == ["--version"]:
        print(f"minutes {__version__}")
        return 0
    try:
        code = _run(args or ["--help"], debug)
        _flush()
        return code
    except BrokenPipeError:
        _silence_stdout()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except MinutesError as e:
        return _fault(str(e))
    except OSError as e:  # the output cannot be written: a full disk, a closed descriptor
        return _fault(f"cannot write the output: {e.strerror or e}; free some space or write elsewhere")
    except Exception as e:
        from minutes_cli.cli._files import internal_error

        return _fault(internal_error(e, debug))


def _run(args: list[str], debug: bool) -> int:
    if args[0] in QUICK:
        code: int | None = import_module(f"minutes_cli.cli.{args[0]}").quick(args[1:], debug)
        if code is not None:
            return code
    import typer

    from minutes_cli.cli.app import build

    # Not the typer app itself: run by its own main() it would turn faults and broken pipes into exit 1.
    command = typer.main.get_command(build(args[0]))
    # typer took click into itself, so the name of this class's module differs between its versions.
    click_error: type[Exception] = typer.BadParameter.mro()[2]
    try:
        with command.make_context("minutes", args, obj=debug) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as e:
        return e.exit_code
    except typer.Abort:
        return INTERRUPTED
    except click_error as e:
        return _fault(_usage_words(e, args))


def _usage_words(error: Exception, args: Sequence[str]) -> str:
    words = " ".join(str(getattr(error, "format_message", lambda: error)()).split())
    if words.startswith("No such command") and os.path.exists(args[0]):
        return f"{args[0]}: is no command but a file or folder; did you mean: minutes parse {args[0]}"
    context = getattr(error, "ctx", None)
    help_at = f"{context.command_path if context else 'minutes'} --help"
    return f"{words} See {help_at}" if words.endswith("?") else f"{words.rstrip('.')}; see {help_at}"


def _take_debug(args: list[str]) -> tuple[list[str], bool]:
    """``--debug`` counts wherever it stands, except behind ``--``."""
    end = args.index("--") if "--" in args else len(args)
    kept = [a for a in args[:end] if a != "--debug"]
    return kept + args[end:], len(kept) < end


def _fault(words: str) -> int:
    from minutes_cli.cli._print import message

    message(words)
    try:
        _flush()
    except OSError:
        _silence_stdout()
    return 2


def _flush() -> None:
    if sys.stdout is not None:  # it is None where the shell has closed it
        sys.stdout.flush()


def _silence_stdout() -> None:
    """Python flushes stdout once more when it ends, and would complain about a broken pipe or a full disk then."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
