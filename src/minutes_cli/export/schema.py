"""The JSON Schema of minutes/1."""

from __future__ import annotations

from importlib.resources import files


def schema() -> bytes:
    """The schema (draft 2020-12) as UTF-8 JSON, as it is kept in schema.json."""
    return (files("minutes_cli.export") / "schema.json").read_bytes()
