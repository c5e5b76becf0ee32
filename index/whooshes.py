"""All that the index takes from Whoosh, by one door.

Modules of Whoosh import one another in circles. Where two threads begin with different ones, Python
gives one of them a module that is not whole yet; who comes through here waits until all are.
"""

from whoosh import columns, formats
from whoosh import query as queries
from whoosh.analysis import Token, Tokenizer
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.fields import COLUMN, DATETIME, TEXT, FieldType, Schema
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query import NullQuery, Phrase, Prefix, QueryError, Sequence, SpanNear
from whoosh.query.spans import Span
from whoosh.reading import MultiReader, SegmentReader, TermInfo, TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import Searcher
from whoosh.util.filelock import FileLock, try_for
from whoosh.util.numeric import byte_to_length

__all__ = [
    "BM25F",
    "COLUMN",
    "DATETIME",
    "TEXT",
    "ColumnReader",
    "FieldType",
    "FileLock",
    "LeafMatcher",
    "MultiReader",
    "NullQuery",
    "Phrase",
    "Prefix",
    "QueryError",
    "ReadTooFar",
    "Schema",
    "Searcher",
    "SegmentReader",
    "Sequence",
    "Span",
    "SpanNear",
    "TermInfo",
    "TermNotFound",
    "Token",
    "Tokenizer",
    "base",
    "byte_to_length",
    "columns",
    "formats",
    "queries",
    "try_for",
]
