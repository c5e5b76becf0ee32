"""The configuration: read strictly here, written with its comments kept in `edit`."""

from digest.config.load import check, load, user_file
from digest.config.source import Problem

__all__ = ["Problem", "check", "load", "user_file"]
