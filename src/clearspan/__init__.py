"""Clearspan: one clear line from what the market needs to what the product earns."""

__version__ = "0.1.0"
