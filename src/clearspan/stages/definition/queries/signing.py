"""Who has signed what, and who has still to."""

from __future__ import annotations

import re

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Definition, DefinitionVersion, SignOff


def signed_version(definition: Definition) -> DefinitionVersion | None:
    """The newest version that every function asked has agreed to: what stands, whatever is written since."""
    return signed(definition.versions.all()).order_by("-number").first()  # type: ignore[no-any-return]


def standing_version(definition: Definition) -> DefinitionVersion | None:
    """What to work from: the signed version, else the newest, else None."""
    return signed_version(definition) or definition.versions.order_by("-number").first()


def standing_numbers(definitions: QuerySet[Definition]) -> dict[int, int]:
    """By definition, the number of its `standing_version`; nothing where it has none. One query."""
    versions = DefinitionVersion.objects.filter(definition__in=definitions.values("pk"))
    is_signed = Exists(signed(DefinitionVersion.objects.filter(pk=OuterRef("pk"))))
    first = versions.annotate(is_signed=is_signed).order_by("definition", "-is_signed", "-number")
    return dict(first.distinct("definition").values_list("definition", "number"))


def numbered(definition: Definition, number: str) -> DefinitionVersion | None:
    """Its version of that number, as somebody wrote it; None when there is none."""
    if not re.fullmatch(r"[0-9]{1,8}", number):
        return None
    return definition.versions.filter(number=int(number)).first()  # type: ignore[no-any-return]


def signed(versions: QuerySet[DefinitionVersion]) -> QuerySet[DefinitionVersion]:
    """Those of the versions that functions were asked to sign, and all did."""
    asked = SignOff.objects.filter(version=OuterRef("pk"))
    return versions.filter(Exists(asked)).exclude(Exists(asked.exclude(state=SignOff.State.AGREED)))


def waiting_sign_offs(actor: Actor, most: int | None = None) -> list[SignOff]:
    """What the actor's own function has still to say of newest versions, the most urgent first, no more than `most`:
    one query, of what a line about each says."""
    if not actor.is_employee or actor.person is None:
        return []
    newest = DefinitionVersion.objects.filter(definition=OuterRef("version__definition")).order_by("-number")
    waiting = (
        SignOff.objects.visible_to(actor)
        .filter(function=actor.person.function_id, state=SignOff.State.ASKED)
        .annotate(newest=Subquery(newest.values("pk")[:1]))
        .filter(version=F("newest"), version__definition__product__is_archived=False)
    )
    shown = (
        "due_on",
        "function__name",
        "version__number",
        "version__definition__title",
        "version__definition__product",
    )
    rows = waiting.select_related("version__definition", "function").only(*shown)
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:most])
