"""A person's walk through what a page offers: every link opened, every button tried."""
