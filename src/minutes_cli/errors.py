"""Faults of the operator. Faults inside a record are data: see :class:`minutes_cli.model.Finding`."""

from __future__ import annotations


class MinutesError(Exception):
    """Something the user can mend; the message says what, where and what to do, in one line."""


class IngestError(MinutesError):
    """A file cannot be read as a record (missing, empty, binary, undecodable, …)."""


class UsageError(MinutesError):
    """The command line asks for something that does not exist or does not fit together."""


class OutputError(MinutesError):
    """The result cannot be written (disk full, no permission, …): going on with other records is no use."""
