"""Every non-trivial read of this stage: the actor first, a constant number of queries."""
