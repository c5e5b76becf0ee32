"""What `digest add` can read: files, folders, standard input, addresses; drafts come out."""

from digest.ingest.sources.options import AddOptions
from digest.ingest.sources.read import drafts

__all__ = ["AddOptions", "drafts"]
