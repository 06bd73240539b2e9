"""Is it earning what it should, and what do we do? The ledger, what it will earn, and what was promised."""
