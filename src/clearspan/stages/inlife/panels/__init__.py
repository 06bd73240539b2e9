"""What in-life says on earlier pages."""


def provide() -> None:
    """Registers this stage's answers."""
