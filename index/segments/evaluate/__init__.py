"""Answering Whoosh queries with whole arrays.

`match` finds documents, `spans` places in them, `score` their BM25F. The results are those of
Whoosh's own matchers run to the end, except where these are inconsistent:

- a boost counts on every kind of query, also on an `And` or `Or` of one child;
- `Prefix` always has a constant score, its boost (Whoosh: only in small segments);
- `DisjunctionMax` takes the best score of the same document (Whoosh compares with whatever
  document the other side stands at);
- `AndNot` never returns an excluded document (Whoosh may return the first).
"""
