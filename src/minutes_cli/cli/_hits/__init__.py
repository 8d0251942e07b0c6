"""Hits on the screen and in files: one small file per output. They take results and options, and yield text.

All are pure: what is yielded is to be written to stdout as it is. Text of records goes through ``clean`` first, so
that nothing in it can steer a terminal; JSON and CSV for programs hold it as it is.
"""
