"""What in-life says on earlier pages."""

from clearspan.stages.inlife.panels import improving, ledger, risks


def provide() -> None:
    """Registers this stage's answers."""
    improving.provide()
    ledger.provide()
    risks.provide()
