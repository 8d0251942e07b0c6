"""Where the settings of ``minutes check`` come from: the command line, ``minutes.toml``, ``pyproject.toml``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.check.settings import Settings, read_settings
from minutes_cli.check.sidecar import NONE, SUFFIX, Sidecar, read_sidecar
from minutes_cli.errors import UsageError
from minutes_cli.ingest import STDIN
from minutes_cli.settings_files import load_toml
from minutes_cli.settings_files import read_settings as text_of

OWN, SHARED = "minutes.toml", "pyproject.toml"


class _File(NamedTuple):
    """A file of settings: its path, the folder that paths in it start from, and its table ``check``."""

    path: str
    folder: Path
    table: dict[str, Any]


class Given(NamedTuple):
    """What the command line says, None and empty where it says nothing: it goes before any file."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    changes: tuple[tuple[str, Any], ...] = ()  # other fields of Settings
    options: tuple[tuple[str, Any], ...] = ()  # fields of Options

    def over(self, settings: Settings) -> Settings:
        """*settings* with what the command line says. Who selects rules there gets these, whatever files ignore."""
        if self.select:
            settings = settings._replace(select=self.select, extend_select=(), ignore=())
        return settings._replace(
            extend_select=(*settings.extend_select, *self.extend_select),
            ignore=(*settings.ignore, *self.ignore),
            options=settings.options._replace(**dict(self.options)),
            **dict(self.changes),
        )


class SettingsFinder:
    """Settings by record: the nearest file upward from it counts. Every file is read once."""

    def __init__(self, given: Given, config: Path | None = None, *, isolated: bool = False) -> None:
        self._given = given
        self._isolated = isolated
        self._forced = None if config is None else _read(config, needed=True)
        self._by_folder: dict[str, _File | None] = {}
        self._made: dict[tuple[str, str], Settings] = {}

    def of(self, record: str) -> Settings:
        """The settings for the record with this path. Raises UsageError."""
        folder = os.getcwd() if record == STDIN else os.path.dirname(os.path.realpath(record))
        file = self._forced or (None if self._isolated else self._nearest(folder))
        if file is None:
            return self._given.over(Settings())
        name = STDIN if record == STDIN else os.path.join(folder, os.path.basename(record))
        relative = Path(os.path.relpath(name, file.folder)).as_posix() if name != STDIN else STDIN
        plain = "per-path" not in file.table
        key = (file.path, "" if plain else relative)
        if key not in self._made:
            read = read_settings(file.table, file.path, file.folder, relative, Settings())
            self._made[key] = self._given.over(read)
        return self._made[key]

    def _nearest(self, folder: str) -> _File | None:
        if folder not in self._by_folder:
            above = os.path.dirname(folder)
            here = _in(Path(folder))
            self._by_folder[folder] = here or (None if above == folder else self._nearest(above))
        return self._by_folder[folder]


def _in(folder: Path) -> _File | None:
    """The settings that stand in *folder* itself; ``minutes.toml`` goes before ``pyproject.toml``."""
    for name in (OWN, SHARED):
        if (folder / name).is_file() and (found := _read(folder / name, needed=False)) is not None:
            return found
    return None


def _read(path: Path, *, needed: bool) -> _File | None:
    table: Any = load_toml(text_of(path), str(path))
    if path.name == SHARED:
        tool = table.get("tool", {})
        table = tool.get("minutes") if isinstance(tool, dict) else None
        if table is None:
            if needed:
                raise UsageError(f"{path}: has no table [tool.minutes.check]")
            return None
    where = f"{path}: " + ("[tool.minutes]" if path.name == SHARED else "the file")
    if not isinstance(table, dict) or set(table) - {"check"} or not isinstance(table.get("check", {}), dict):
        prefix = "tool.minutes.check" if path.name == SHARED else "check"
        raise UsageError(f"{where} holds a table that is not known; settings stand under [{prefix}]")
    return _File(str(path), path.parent, table.get("check", {}))


def sidecar_of(record: str) -> Sidecar:
    """The suppressions beside *record*; none where there is no such file. Raises UsageError."""
    path = Path(record + SUFFIX)
    if record == STDIN or not path.exists():
        return NONE
    text = text_of(path)
    return read_sidecar(load_toml(text, str(path)), text, str(path))
