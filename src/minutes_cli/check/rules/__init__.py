"""One file per rule; :mod:`minutes_cli.check.table` lists them all."""
