"""What a new company finds: functions, roles, stages of a product's life and gates, all its own to change."""

from __future__ import annotations

from collections.abc import Callable

from clearspan.catalogue.models import Gate, LifecycleStage, Role
from clearspan.core.actor import Kind
from clearspan.core.models import Company, Function

FUNCTIONS = [
    ("Product management", Kind.PRODUCT, False),
    ("Engineering", Kind.DEVELOPMENT, True),
    ("Design", Kind.DEVELOPMENT, True),
    ("Data", Kind.DEVELOPMENT, True),
    ("Sales", Kind.SALES, False),
    ("Marketing", Kind.OTHER, False),
    ("Delivery", Kind.OTHER, False),
    ("Support", Kind.OTHER, True),
    ("Operations", Kind.OTHER, False),
    ("Logistics", Kind.OTHER, False),
    ("Finance", Kind.OTHER, False),
    ("Legal", Kind.OTHER, False),
    ("Leadership", Kind.LEADERSHIP, False),
]
ROLES = [
    ("Product manager", Role.Grants.MANAGE),
    ("Product owner", Role.Grants.MANAGE),
    ("Engineering lead", Role.Grants.CONTRIBUTE),
    ("Designer", Role.Grants.CONTRIBUTE),
    ("Product marketing", Role.Grants.CONTRIBUTE),
    ("Sponsor", Role.Grants.SEE),
]
STAGES = [
    ("Idea", False),
    ("In development", False),
    ("Introduced", True),
    ("Growing", True),
    ("Mature", True),
    ("Declining", True),
    ("Retired", False),
]
GATES = [
    ("Worth looking into", "Is there a need, whose is it, and is it ours to meet?"),
    ("Worth building", "Which option earns most, how sure are we, and who does it take from elsewhere?"),
    ("Ready to launch", "Can we sell, deliver, operate and support it?"),
    ("Keeping its promise", "Does it earn what was expected, and if not, what do we do?"),
]
_later: list[Callable[[], None]] = []


def also(ensure_more: Callable[[], None]) -> None:
    """Registers what a later stage makes for a new company, under the same promise."""
    if ensure_more not in _later:
        _later.append(ensure_more)


def ensure() -> None:
    """Makes what is missing in a company that has none of it yet; a company's own choices are left alone."""
    Company.ours()
    if not Function.objects.exists():
        Function.objects.bulk_create(
            Function(name=n, kind=k, is_scarce=s, position=i) for i, (n, k, s) in enumerate(FUNCTIONS)
        )
    if not Role.objects.exists():
        Role.objects.bulk_create(Role(name=name, grants=grants) for name, grants in ROLES)
    if not LifecycleStage.objects.exists():
        LifecycleStage.objects.bulk_create(
            LifecycleStage(name=n, is_live=live, position=i) for i, (n, live) in enumerate(STAGES)
        )
    if not Gate.objects.exists():
        Gate.objects.bulk_create(Gate(name=n, asks=asks, position=i) for i, (n, asks) in enumerate(GATES))
    for ensure_more in _later:
        ensure_more()
