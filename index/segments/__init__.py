"""Storage and evaluation of the search index: numpy postings under Whoosh's queries.

An index is a folder of immutable segment files and one manifest that names the current ones
(`manifest`, `layout`). `store.Segments` opens, commits and merges; `snapshot.Snapshot` is one
committed state, which answers Whoosh's `Query` objects over whole arrays (`evaluate`) and hands
any query it does not know to Whoosh's own matchers through a codec (`codec`).
"""
