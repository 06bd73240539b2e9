"""Rows -> engine -> what is kept of it."""
