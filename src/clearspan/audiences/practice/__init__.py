"""A product manager's own craft: the methods, one's record, what to look back at, and what to learn from it."""
