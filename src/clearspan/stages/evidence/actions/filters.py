"""Filters of the inbox that a person keeps for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.stages.evidence.queries.heard import NAMES

KEPT = "feedback_filters"  # in User.preferences: [{"name": …, "query": …}]
MOST = 20
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


def employees_themselves(actor: Actor, given: Mapping[str, Any]) -> bool:
    """Every employee, for themselves."""
    return actor.is_employee and actor.person is not None


@action(rule=employees_themselves, says="kept the filter “{name}”")
def save_filter(
    actor: Actor,
    *,
    name: Name,
    query: Annotated[str, Field(max_length=1_000, description="As in the inbox's address: state=new&channel=call.")],
) -> str:
    """Keeps a filter of the inbox under a name, for oneself. A name that is there already gets the new filter."""
    chosen = [(key, value) for key, value in parse_qsl(query.lstrip("?")) if key in NAMES]
    if not chosen:
        raise Invalid({"query": "choose at least one filter to keep"})
    person = _locked(actor)
    kept = [one for one in person.preferences.get(KEPT, []) if one["name"] != name]
    if len(kept) >= MOST:
        raise Invalid({"name": f"{MOST} filters are kept; forget one first"})
    _keep(person, [*kept, {"name": name, "query": urlencode(chosen)}])
    return name


@action(rule=employees_themselves, says="forgot the filter “{name}”")
def forget_filter(actor: Actor, *, name: Name) -> str:
    """Forgets a filter that was kept."""
    person = _locked(actor)
    kept = person.preferences.get(KEPT, [])
    left = [one for one in kept if one["name"] != name]
    if len(left) == len(kept):
        raise Invalid({"name": f"there is no filter “{name}”"})
    _keep(person, left)
    return name


def _locked(actor: Actor) -> User:
    assert actor.person is not None, "the rule lets in persons only"
    person: User = User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.person.pk)
    return person


def _keep(person: User, filters: list[dict[str, str]]) -> None:
    person.preferences = {**person.preferences, KEPT: filters}
    person.save(update_fields=["preferences"])
