"""The configuration: read strictly here, written with its comments kept in `edit`."""
