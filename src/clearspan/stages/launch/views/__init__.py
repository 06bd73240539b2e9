"""The pages of launches, and of promotion."""
