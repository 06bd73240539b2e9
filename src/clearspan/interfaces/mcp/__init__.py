"""Tools for a person's own agent: every action and every read, under the person's token and its scopes."""
