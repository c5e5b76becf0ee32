"""Where text goes on a grid of terminal cells. Pure functions; nothing here knows a widget."""
