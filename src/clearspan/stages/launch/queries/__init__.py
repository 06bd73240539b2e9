"""Every read of this stage, a file for each noun."""
