"""The rules that come with minutes, as data."""
