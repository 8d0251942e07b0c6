"""A linter for records: rules that say what is wrong, where, and what to do. Reads and prints nothing."""
