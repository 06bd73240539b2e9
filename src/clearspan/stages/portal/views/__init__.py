"""The public's pages, and those on which the company's people read what came in."""
