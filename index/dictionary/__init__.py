"""Content words across English, Traditional Chinese and Japanese."""

from index.dictionary.dictionary import Dictionary, Translations

__all__ = ["Dictionary", "Translations"]
