"""The people there are, what their work must be shared between, and the search for the plan that earns most."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.jobs import defer
from clearspan.core.models import Function
from clearspan.stages.decisions import jobs, quarters
from clearspan.stages.decisions.models import Bucket, Capacity, PortfolioStudy
from clearspan.stages.decisions.rules import manages, works_on
from clearspan.stages.options.models import Option

Share = Annotated[float, Field(ge=0, le=1, description="A share of all effort, 0 to 1")]


@action(rule=manages, says="set how many people of {function} {product} has")
def set_capacity(
    actor: Actor,
    *,
    product: Product,
    function: Function,
    quarter: Annotated[date, Field(description="Any day of the first quarter, such as 2026-04-01")],
    people: Annotated[float, Field(ge=0, le=100_000, description="People, in full-time equivalents")],
    count: Annotated[int, Field(ge=1, le=40, description="For how many quarters from there")] = 1,
) -> list[Capacity]:
    """Says how many people of a function a product has, for one quarter or several."""
    first = quarters.first_day(quarter)
    return [
        Capacity.objects.update_or_create(
            product=product, function=function, quarter=quarters.after(first, i), defaults={"people": people}
        )[0]
        for i in range(count)
    ]


@action(rule=manages, says="set the share of {name} work in {product}")
def set_bucket(
    actor: Actor,
    *,
    product: Product,
    name: Annotated[str, Field(min_length=1, max_length=60, description="As options name it: new, improve, upkeep")],
    floor: Share = 0,
    cap: Share = 1,
) -> Bucket:
    """Says what share of all effort a kind of work must have at least, and may have at most."""
    if floor > cap:
        raise Invalid({"floor": "the least share is above the most"})
    return Bucket.objects.update_or_create(product=product, name=name, defaults={"floor": floor, "cap": cap})[0]


@action(rule=manages, says="removed the share of {bucket}")
def remove_bucket(actor: Actor, *, bucket: Bucket) -> None:
    """Lets a kind of work have any share."""
    bucket.delete()


@action(rule=works_on, says="asked for the plan of {product}")
def run_portfolio_study(
    actor: Actor,
    *,
    product: Product,
    risk: Annotated[float, Field(ge=0, le=1, description="0: what is likely counts; 1: the worst tenth does")] = 0,
    budget: Annotated[
        float | None, Field(ge=0, description="The most that may be spent before money comes back")
    ] = None,
    force: Annotated[Option | None, Field(description="An option that must be in the plan")] = None,
    seed: Annotated[int, Field(ge=0)] = 0,
) -> PortfolioStudy:
    """Looks for the options and starts that earn most with the people there are, and what one more person is worth."""
    if force is not None and force.product_id != product.pk:
        raise Invalid({"force": "it is an option of another product"})
    options = {"risk": risk, "budget": budget, "force": force.ref if force else None}
    waiting = product.portfolio_studies.filter(status="waiting", options=options, seed=seed).first()
    if waiting is not None:
        return waiting  # type: ignore[no-any-return]
    study = PortfolioStudy.objects.create(product=product, seed=seed, options=options, asked_by=actor.person)
    defer(jobs.study_portfolio, study)
    return study


@action(rule=works_on, says="asked {study} to stop with the best so far")
def stop_portfolio_study(actor: Actor, *, study: PortfolioStudy) -> PortfolioStudy:
    """Ends a search that is under way; the best plan found so far is kept."""
    study.stop_asked = True
    study.save(update_fields=["stop_asked"])
    return study


@action(rule=works_on, says="kept a variant of the plan as {name}")
def keep_variant(
    actor: Actor, *, study: PortfolioStudy, name: Annotated[str, Field(min_length=1, max_length=80)]
) -> PortfolioStudy:
    """Gives a plan a name, so that it is found again."""
    study.name = name
    study.save(update_fields=["name"])
    return study
