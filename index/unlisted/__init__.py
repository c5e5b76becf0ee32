"""Names that no list has: by how they sound, and by what the articles themselves say they are."""
