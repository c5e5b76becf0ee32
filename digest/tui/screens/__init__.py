"""The screens: the desk, and those that open over it."""
