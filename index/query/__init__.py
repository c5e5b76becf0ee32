"""The query language: `names` has its words, `parser` reads it, `ast` is what it means."""
