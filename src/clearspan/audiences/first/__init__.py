"""The first page: each function's own question, answered in the first line."""
