"""The list of definitions: what each asks for, what it stands on, who has signed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.definition.models import Definition, DefinitionVersion, Ground, Requirement, SignOff
from clearspan.stages.definition.queries.signing import signed
from clearspan.stages.options.models import Option
from clearspan.ui.numbers import plural

MOST = 20


@dataclass
class DefinitionRow:
    """One definition of the list. `agreed` of `asked` functions said yes to its newest version."""

    definition: Definition
    requirements: int = 0
    ungrounded: int = 0
    version: DefinitionVersion | None = None  # the newest, without its content
    signed: int | None = None  # the number of the version that stands
    asked: int = 0
    agreed: int = 0
    objected: int = 0

    @property
    def words(self) -> str:
        """What the marks of the row say."""
        return f"{self.agreed} of {plural(self.asked, 'function')} signed"


def rows(actor: Actor, product: Product, *, state: str = "", q: str = "") -> list[DefinitionRow]:
    """The product's definitions, newest first: five queries, however many there are."""
    found = Definition.objects.visible_to(actor).filter(product=product).select_related("option", "keeper", "product")
    if state:
        found = found.filter(state=state)
    if q:
        found = found.filter(Q(title__icontains=q) | Q(option__title__icontains=q))
    made = {definition.pk: DefinitionRow(definition) for definition in found.order_by("-pk")}
    _count_requirements(made)
    _find_versions(made)
    return list(made.values())


def undefined(actor: Actor, product: Product) -> list[Option]:
    """Options that were chosen and have no definition yet, the newest first."""
    chosen = Option.objects.visible_to(actor).filter(product=product, state=Option.State.CHOSEN)
    return list(chosen.filter(definition__isnull=True).order_by("-pk")[:MOST])


def _count_requirements(made: dict[int, DefinitionRow]) -> None:
    for entry in (
        wanting(Requirement.objects.filter(definition__in=made))
        .values("definition")
        .annotate(n=Count("pk"), bare=Count("pk", filter=Q(grounded=False)))
    ):
        row = made[entry["definition"]]
        row.requirements, row.ungrounded = entry["n"], entry["bare"]


def wanting(requirements: QuerySet[Requirement]) -> QuerySet[Requirement]:
    """Those to be built, each with `grounded`: whether it stands on anything."""
    return (
        requirements.filter(is_dropped=False)
        .annotate(grounded=Exists(Ground.objects.filter(requirement=OuterRef("pk"))))
        .order_by()
    )


def _find_versions(made: dict[int, DefinitionRow]) -> None:
    versions = DefinitionVersion.objects.filter(definition__in=made).defer("content")
    newest = versions.order_by("definition_id", "-number").distinct("definition_id")
    by_version = {}
    for version in newest:
        made[version.definition_id].version = version
        by_version[version.pk] = made[version.definition_id]
    for definition, number in signed(versions).order_by("number").values_list("definition", "number"):
        made[definition].signed = number
    for version_pk, state in SignOff.objects.filter(version__in=by_version).values_list("version", "state"):
        row = by_version[version_pk]
        row.asked += 1
        row.agreed += state == SignOff.State.AGREED
        row.objected += state == SignOff.State.OBJECTED
