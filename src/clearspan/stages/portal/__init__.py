"""The public portal: what customers ask for, said back to them; and only what was published."""
