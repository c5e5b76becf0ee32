"""A terminal news desk for people who follow Taiwan-Japan relations."""

__version__ = "0.1.0"
