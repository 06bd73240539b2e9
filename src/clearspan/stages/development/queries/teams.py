"""Teams, with what they have in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.development.models import Team, WorkItem

WEEKS = 12


@dataclass(frozen=True)
class TeamRow:
    """A team: items to do, being done, finished in the last twelve weeks. `team` None: of no team."""

    team: Team | None
    todo: int = 0
    doing: int = 0
    done: int = 0


def teams(actor: Actor, product: Product, today: date) -> list[TeamRow]:
    """Every team and, where there are such, the items of none. Two or three queries: what was done before is by far the
    most, and is not looked at."""
    since = today - timedelta(weeks=WEEKS)
    State = WorkItem.State
    rows = WorkItem.objects.visible_to(actor).filter(product=product).exclude(kind=WorkItem.Kind.EPIC).order_by()
    lately = Q(state=State.DONE, finished_on__gte=since)
    shown = rows.filter(Q(state__in=(State.TODO, State.DOING)) | lately)
    counted = shown.values("team").annotate(
        todo=Count("pk", filter=Q(state=State.TODO)),
        doing=Count("pk", filter=Q(state=State.DOING)),
        done=Count("pk", filter=lately),
    )
    counts = {row["team"]: (row["todo"], row["doing"], row["done"]) for row in counted}
    there = Team.objects.visible_to(actor).filter(product=product).select_related("function", "supplier")
    found = [TeamRow(team, *counts.get(team.pk, ())) for team in there]
    if None in counts or rows.filter(team=None).exists():
        found.append(TeamRow(None, *counts.get(None, ())))
    return found
