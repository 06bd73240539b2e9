"""The forms of this stage, by noun."""
