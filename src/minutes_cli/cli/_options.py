"""Options as a table: read quickly where the command line is well formed, by typer where it is not or asks for help.

Loading typer takes four times as long as a search through the index; see ``bench/README.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import inspect

Sort = Literal["flag", "number", "text", "texts", "choice"]


class Option(NamedTuple):
    """A row of the table. ``name`` is the field it fills; ``flags`` as on the command line, the short one first."""

    name: str
    flags: tuple[str, ...]
    sort: Sort
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False


class Given(NamedTuple):
    """What stands on a command line: values by the names of options, and the other words."""

    values: dict[str, Any]
    words: tuple[str, ...]


def read(table: Sequence[Option], arguments: Sequence[str]) -> Given | None:
    """*arguments* read by *table*; None for anything that is not plainly right, which typer then explains."""
    by_flag = {flag: option for option in table for flag in option.flags}
    values: dict[str, Any] = {}
    words: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            words += rest
            break
        if word == "-" or not word.startswith("-"):
            words.append(word)
            continue
        if word.startswith("--"):
            flag, given, value = word.partition("=")
            option = by_flag.get(flag)
            if option is None or (given and option.sort == "flag"):
                return None
            if not _take(option, values, value if given else None, rest):
                return None
            continue
        while len(word) > 1:  # -il is -i -l, and -m5 is -m 5
            option = by_flag.get(word[:2])
            if option is None:
                return None
            if option.sort == "flag":
                values[option.name] = True
                word = "-" + word[2:]
                continue
            if not _take(option, values, word[2:] or None, rest):
                return None
            break
    return Given(values, tuple(words))


def _take(option: Option, values: dict[str, Any], value: str | None, rest: list[str]) -> bool:
    """Put the value of *option* into *values*, the next of *rest* where it has none itself; False if it is not good."""
    if option.sort == "flag":
        values[option.name] = True
        return True
    if value is None:
        if not rest:
            return False
        value = rest.pop(0)
    if option.sort == "texts":
        values[option.name] = (*values.get(option.name, ()), value)
    elif option.sort == "number":
        if not (value.isascii() and value.isdigit()):
            return False
        values[option.name] = int(value)
    elif option.choices and value not in option.choices:
        return False
    else:
        values[option.name] = value
    return True


def command(table: Sequence[Option], run: Callable[..., int], words: str, words_help: str) -> Callable[..., int]:
    """A function for typer with the options of *table*: it calls ``run(Given, debug)``.

    *words* is the metavar of what stands beside the options.
    """
    import inspect

    import typer

    def called(typer_context: typer.Context, **given: Any) -> int:
        rest = tuple(given.pop("words") or ())
        values = {name: tuple(v) if isinstance(v, list) else v for name, v in given.items() if v not in (None, False)}
        return run(Given({k: v for k, v in values.items() if v != ()}, rest), bool(typer_context.obj))

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("typer_context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        inspect.Parameter(
            "words",
            keyword,
            default=None,
            annotation=_annotated(list[str] | None, typer.Argument(metavar=words, help=words_help, show_default=False)),
        ),
        *(_parameter(option) for option in table),
    ]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {}
    return called


def _parameter(option: Option) -> inspect.Parameter:
    import inspect

    import typer

    one: Any = Literal[option.choices] if option.choices else str
    kind: Any = {"flag": bool, "number": int | None, "texts": list[str] | None}.get(option.sort, one | None)
    made = typer.Option(
        *option.flags,
        metavar=option.metavar or None,
        help=option.help,
        show_default=False,
        hidden=option.hidden,
        min=0 if option.sort == "number" else None,
    )
    default = False if option.sort == "flag" else None
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=_annotated(kind, made)
    )


def _annotated(kind: Any, option: Any) -> Any:
    from typing import Annotated

    return Annotated[kind, option]
