"""Reads the sources of names that `build_names` packs."""
