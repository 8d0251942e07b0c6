"""Fuzzing: `python -m fuzz TARGET --minutes 30`."""
