"""The widgets of the desk. They take plain values and post messages; none knows the library."""
