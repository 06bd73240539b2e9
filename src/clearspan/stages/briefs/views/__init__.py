"""The pages of briefs."""
