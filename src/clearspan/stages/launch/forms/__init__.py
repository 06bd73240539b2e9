"""The forms of launches, and of promotion."""
