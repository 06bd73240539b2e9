"""The lines of a P&L that a new company finds, all its own to change."""

from __future__ import annotations

from clearspan.stages.inlife.models import LedgerLine

LINES = [
    ("Subscriptions", LedgerLine.Kind.REVENUE, "accounts", "Subscription revenue\nRecurring revenue\nLicences"),
    ("Services", LedgerLine.Kind.REVENUE, "", "Setup and training\nProfessional services\nService revenue"),
    ("Hosting", LedgerLine.Kind.SALES, "", "Hosting costs\nInfrastructure\nCloud"),
    ("Support", LedgerLine.Kind.SALES, "", "Support costs\nCustomer support"),
    ("Payment fees", LedgerLine.Kind.SALES, "", "Payment processing\nTransaction fees"),
    ("Development", LedgerLine.Kind.OPERATING, "", "Research and development\nR&D\nEngineering"),
    ("Marketing and sales", LedgerLine.Kind.OPERATING, "", "Sales and marketing\nMarketing"),
]


def ensure() -> None:
    """Makes the lines in a company that has none; a company's own are left alone."""
    if LedgerLine.objects.exists():
        return
    LedgerLine.objects.bulk_create(
        LedgerLine(name=name, kind=kind, unit=unit, other_names=others, position=at)
        for at, (name, kind, unit, others) in enumerate(LINES)
    )
