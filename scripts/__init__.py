"""Builds the data files of the package; run by hand, never shipped."""
