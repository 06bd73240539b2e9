"""Options themselves: what they are, which needs they meet, what they need."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Meets, Needs, Option
from clearspan.stages.options.rules import works_on

Title = Annotated[str, Field(min_length=1, max_length=160, description="What would be done, in a few words")]
Quarters = Annotated[int, Field(ge=1, le=40, description="Quarters from start to finish")]
Quarter = Annotated[date, Field(description="First day of a quarter, such as 2026-04-01")]
Bucket = Annotated[str, Field(max_length=60, description="What kind of effort it is: new, improve, upkeep")]


@action(rule=works_on, says="created the option {result}")
def create_option(
    actor: Actor,
    *,
    product: Product,
    title: Title,
    summary: Annotated[str, Field(description="What it is and how it meets the need")] = "",
    opportunities: Annotated[list[Opportunity], Field(description="The needs it meets")] = [],  # noqa: B006 read only
    duration: Quarters = 1,
    bucket: Bucket = "",
    must: Annotated[bool, Field(description="It has to be done: by law, by contract")] = False,
) -> Option:
    """Adds a way to meet one or more needs of a product's market."""
    _of_one_product(product, opportunities)
    option = Option.objects.create(
        product=product, title=title, summary=summary, duration=duration, bucket=bucket, must=must, keeper=actor.person
    )
    Meets.objects.bulk_create(Meets(option=option, opportunity=opportunity) for opportunity in opportunities)
    return option


@action(rule=works_on, says="changed the option {option}")
def change_option(
    actor: Actor,
    *,
    option: Option,
    title: Title | None = None,
    summary: str | None = None,
    duration: Quarters | None = None,
    earliest: Quarter | None = None,
    latest: Quarter | None = None,
    bucket: Bucket | None = None,
    must: bool | None = None,
    ready: Annotated[bool | None, Field(description="Worked out enough to be decided")] = None,
) -> Option:
    """Changes what is given and leaves the rest. What was decided about an option stays decided."""
    given = {
        "title": title, "summary": summary, "duration": duration, "earliest": earliest, "latest": latest,
        "bucket": bucket, "must": must,
    }  # fmt: skip
    if ready is not None:
        if option.state not in (Option.State.DRAFT, Option.State.READY):
            raise Invalid({"ready": f"it is {option.get_state_display()} already; reopen the decision instead"})
        given["state"] = Option.State.READY if ready else Option.State.DRAFT
    for name, value in given.items():
        if value is not None:
            setattr(option, name, _quarter(name, value))
    if option.earliest and option.latest and option.latest < option.earliest:
        raise Invalid({"latest": "the last quarter in which it may start is before the first"})
    option.save()
    return option


@action(rule=works_on, says="{option} meets {opportunity}")
def meet_opportunity(actor: Actor, *, option: Option, opportunity: Opportunity) -> Meets:
    """Says that an option meets a need."""
    _of_one_product(option.product, [opportunity])
    return Meets.objects.get_or_create(option=option, opportunity=opportunity)[0]


@action(rule=works_on, says="{option} no longer meets {opportunity}")
def meet_opportunity_no_more(actor: Actor, *, option: Option, opportunity: Opportunity) -> None:
    """Takes back that an option meets a need."""
    if not Meets.objects.filter(option=option, opportunity=opportunity).delete()[0]:
        raise Invalid({"opportunity": "the option does not meet this need"})


@action(rule=works_on, says="{option} {kind} {other}")
def add_dependency(
    actor: Actor,
    *,
    option: Option,
    other: Option,
    kind: Annotated[Needs.Kind, Field(description="requires: the other is finished first; excludes: never both")],
) -> Needs:
    """Says that an option can start only when another is finished, or that only one of two can be done."""
    if option.product_id != other.product_id:
        raise Invalid({"other": "both options must be of one product"})
    if option.pk == other.pk:
        raise Invalid({"other": "an option cannot depend on itself"})
    if kind == Needs.Kind.REQUIRES and _requires(other, option):
        raise Invalid({"other": f"{other} requires {option} already: neither could ever start"})
    return Needs.objects.update_or_create(option=option, other=other, defaults={"kind": kind})[0]


@action(rule=works_on, says="{option} no longer depends on {other}")
def remove_dependency(actor: Actor, *, option: Option, other: Option) -> None:
    """Takes a dependency back."""
    if not Needs.objects.filter(option=option, other=other).delete()[0]:
        raise Invalid({"other": "there is no such dependency"})


def _of_one_product(product: Product, opportunities: list[Opportunity]) -> None:
    strange = next((need for need in opportunities if need.product_id != product.pk), None)
    if strange is not None:
        raise Invalid({"opportunities": f"{strange.ref} is a need of another product"})


def _quarter(name: str, value: object) -> object:
    if name in ("earliest", "latest") and isinstance(value, date):
        return date(value.year, 3 * ((value.month - 1) // 3) + 1, 1)
    return value


def _requires(option: Option, target: Option) -> bool:
    """Whether `option` requires `target`, directly or through others."""
    edges: dict[int, list[int]] = {}
    for start, end in Needs.objects.filter(kind=Needs.Kind.REQUIRES, option__product=option.product_id).values_list(
        "option", "other"
    ):
        edges.setdefault(start, []).append(end)
    seen, open_ = set(), [option.pk]
    while open_:
        at = open_.pop()
        if at == target.pk:
            return True
        if at not in seen:
            seen.add(at)
            open_ += edges.get(at, [])
    return False
