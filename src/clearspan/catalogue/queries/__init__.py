"""Every read of the catalogue that takes more than a line."""
