"""Records of Japanese public meetings as data: parse, search, count, quote, check."""

__version__ = "0.1.0"
