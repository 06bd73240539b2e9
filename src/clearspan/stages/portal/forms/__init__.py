"""Forms of the portal: the public's, and those of the company's people."""
