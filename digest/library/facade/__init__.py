"""The library facade: the one object that the command line and the desk talk to."""
