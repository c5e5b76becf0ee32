"""The reading desk: the library in a terminal. Asks the library, draws what it answers."""
