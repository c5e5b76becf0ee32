"""What comes in: feeds, pages and files, made into drafts of articles."""
