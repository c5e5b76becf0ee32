"""SQLite: the truth about articles and about what a person did with them.

Every function takes a connection; `Database` hands them out, one a thread, and owns transactions.
Times in the database are whole seconds since the epoch, UTC.
"""
