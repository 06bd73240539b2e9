"""Who builds: teams of ours, or a supplier's."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Product, Supplier
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.development.models import Team
from clearspan.stages.development.rules import works_on

Name = Annotated[str, Field(min_length=1, max_length=80, description="As people call it")]
Of = Annotated[Function | None, Field(description="The function its people are of")]
With = Annotated[Supplier | None, Field(description="The supplier whose team it is")]


@action(rule=works_on, says="added the team {result} to {product}")
def create_team(actor: Actor, *, product: Product, name: Name, function: Of = None, supplier: With = None) -> Team:
    """Adds a team that builds a product: people of ours, or a supplier's."""
    _is_free(product, name)
    return Team.objects.create(product=product, name=name.strip(), function=function, supplier=supplier)


@action(rule=works_on, says="changed the team {team}")
def change_team(actor: Actor, *, team: Team, name: Name, function: Of = None, supplier: With = None) -> Team:
    """Says anew what a team is called, and whose people it is."""
    _is_free(team.product, name, but=team)
    team.name, team.function, team.supplier = name.strip(), function, supplier
    team.save(update_fields=["name", "function", "supplier"])
    return team


@action(rule=works_on, says="removed the team {team}")
def remove_team(actor: Actor, *, team: Team) -> None:
    """Takes a team away. Its items stay, without a team."""
    team.delete()


def _is_free(product: Product, name: str, but: Team | None = None) -> None:
    if not name.strip():
        raise Invalid({"name": "a team needs a name"})
    alike = Team.objects.filter(product=product, name__iexact=name.strip()).exclude(pk=but.pk if but else None)
    if alike.exists():
        raise Invalid({"name": f"{product} has a team of this name already"})
