"""Feeds read: from the bytes a server sent to entries that the rest can rely on."""
