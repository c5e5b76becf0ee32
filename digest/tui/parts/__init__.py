"""What the desk does, by subject: each part holds the actions of one and their effects."""
