"""Meaning: articles near a query or an article in sense, whatever words and language they use.

An optional extra. A small multilingual sentence model makes a vector of an article's title and
first lines; vectors are kept by what was embedded, apart from the index, and compared exactly.
"""
