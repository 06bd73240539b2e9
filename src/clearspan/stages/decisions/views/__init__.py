"""The pages of this stage, by noun."""
