"""Outgoing webhooks: what is done here is told to other systems, signed, tried again, logged.

An event queues its deliveries in its own transaction. The worker sends each: with what the webhook's owner may see at
that moment, and nothing else. docs/how-to/webhooks.md says what a receiver has to know.
"""
