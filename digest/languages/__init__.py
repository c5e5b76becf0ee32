"""The languages that the program speaks: its words in them, and how they write days."""
