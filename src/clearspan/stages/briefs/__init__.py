"""Briefs and digests: each audience is told how a product stands, out of one set of facts."""
