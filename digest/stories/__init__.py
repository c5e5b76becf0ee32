"""Stories: which articles report one event, in any language, and what is told of it."""
