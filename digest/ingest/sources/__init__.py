"""What `digest add` can read: files, folders, standard input, addresses; drafts come out."""
