"""The command line: one face on the library. Data goes to stdout, talk to stderr.

Nothing heavy is imported before a command needs it; `digest --help` reads this package and click.
"""
