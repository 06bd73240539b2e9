"""Everything out, for an admin: the worker writes it, and who asked may download it for a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.jobs import defer
from clearspan.interfaces.archive import jobs
from clearspan.interfaces.archive.models import Backup


def administers(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Who may change the company's settings."""
    return actor.is_admin and actor.person is not None


@action(rule=administers, says="asked for an export of everything", irreversible=True)
def export_company(actor: Actor) -> Backup:
    """Writes everything of the company to one file. Whoever asked, and nobody else, may download it for a day."""
    waits = Backup.objects.filter(asked_by=actor.person, status__in=(Backup.Status.WAITING, Backup.Status.RUNNING))
    if waits.exists():
        raise Invalid(f"one is being written for you already ({waits[0].ref})")
    made: Backup = Backup.objects.create(asked_by=actor.person)
    defer(jobs.make, made)
    return made
