"""The search engine: three languages in one index, on Whoosh.

Stands alone: it knows `Document`, never an article or a database.
"""
