"""Reads the dictionaries that `build_dictionary` makes its table of."""
