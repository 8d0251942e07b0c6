"""An index: a SQLite file that keeps records whole and says which of them a search must look at.

:class:`~minutes_cli.store.read.Index` is all that a search needs, and cheap to load. ``build.update`` makes it and
keeps it up to date, ``status.inspect`` says what is in it.
"""

from minutes_cli.store.read import Index, locate
from minutes_cli.store.schema import OutdatedError, StoreError, default_path

__all__ = ["Index", "OutdatedError", "StoreError", "default_path", "locate"]
