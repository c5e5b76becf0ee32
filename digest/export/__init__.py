"""Articles in the forms in which they leave the program. Pure functions on model values."""
