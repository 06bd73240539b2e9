"""Pages of the company's people: what came in, what is new, whom to tell."""
