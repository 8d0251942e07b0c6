"""Faults planted into clean records, one at a time, as they happen in city halls: how many does `check` find?"""
