"""Every read of this stage that says more than one row, by noun."""
