"""A company with a confidential product, Umbra, whose every text has a marker in it; and who has no right to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, get_args, get_origin

from django.db import models
from django.test import Client

from clearspan.catalogue.models import Supplier
from clearspan.catalogue.rules import products_of
from clearspan.core import tracking
from clearspan.core.actions import registry, row_type
from clearspan.core.actor import Actor
from clearspan.core.models import Comment, Event, Function, Import, User
from clearspan.stages.decisions.models import PortfolioStudy
from clearspan.stages.opportunities.models import DemandStudy, Opportunity
from clearspan.stages.options.models import CaseStudy
from tests.audiences.suppliers.test_sees_nothing_else import SECRET, plant
from tests.one_of_each import one_of_each
from tests.world import World

Rows = dict[type[models.Model], Any]
EMPLOYEES = ("another", "devi", "sol", "otto")  # "another" manages products, but not this one
GUESTS = ("cora", "kit", "xan")  # of an account that spoke of it, of a supplier of another product, nobody


def company() -> tuple[World, Rows]:
    """One row of each kind, all of Umbra; the marker in every text of what belongs to it, and in what was done to it.

    Umbra's supplier is none of the people who sign in here: a supplier sees its own quotes, whatever they are for.
    """
    world = World.make()
    world.deal.product = world.umbra
    world.deal.save()
    rows = one_of_each(replace(world, tideline=world.umbra, buoyline=Supplier.objects.create(name="Hush")))
    Import.objects.filter(pk=rows[Import].pk).update(products=[world.umbra.pk])
    for model in tracking.tracked_models():
        for row in model._default_manager.all():
            if _of_umbra(row, world):
                plant(row)
    for study in (DemandStudy, CaseStudy, PortfolioStudy):  # their results here are empty: no page could show one
        study.objects.update(status="failed")
    _done_to(world, rows)
    manager = User.objects.create(
        email="another@example.org", name="Another Manager", function=Function.objects.get(name="Product management")
    )
    world.actors["another"] = Actor(manager)
    return world, rows


def _of_umbra(row: models.Model, world: World) -> bool:
    if isinstance(row, (Comment, Import)):
        return world.umbra.pk in row.products
    return products_of({"row": row}) == {world.umbra.pk}


def _done_to(world: World, rows: Rows) -> None:
    need = rows[Opportunity]
    registry["change_opportunity"](world.ines, opportunity=need, title=f"{SECRET} again")
    registry["create_opportunity"](world.ines, product=world.umbra, title=f"{SECRET} anew")
    registry["comment"](world.ines, about=need.ref, text=f"{SECRET} was said")
    registry["start_import"](
        world.ines, name=f"{SECRET}.csv", kind="evidence", content=f"Text,{SECRET} column\nIt is dark.,x\n",
        options={"product": "umbra"},
    )  # fmt: skip
    later = registry["start_import"](
        world.ines, name=f"{SECRET} later.csv", kind="deals", content="Account,Amount,Name\nNorthmole Marina,5,Lamps\n"
    )
    registry["match_columns"](world.ines, file=later, options={"product": "umbra"})


def signed_in(world: World, who: str | None) -> Client:
    client = Client()
    if who is not None:
        client.force_login(getattr(world, who).person)
    return client


def text_of(answer: Any) -> str:
    """What is in an answer, whole: its headers too, which name files and lead on."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)} {content.decode('utf-8', 'replace')}"


def given_to(name: str, rows: Rows, **people: Any) -> dict[str, Any]:
    """Rows of the product for every row the action takes, `people` for persons, and plausible words for the rest."""
    return dict(_given_to(name, rows, people))


def _given_to(name: str, rows: Rows, people: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for parameter, (hint, declared) in registry[name].parameters.items():
        model, many = row_type(hint)
        plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if model is User and people:
            yield parameter, [people["person"].ref] if many else people["person"].ref
        elif model is not None and model in rows:
            reference = str(rows[model].pk) if model is Event else rows[model].ref
            yield parameter, [reference] if many else reference
        elif parameter in ("everyone", "tells"):
            yield parameter, True
        elif declared.default is declared.empty and isinstance(plain, type) and issubclass(plain, models.Choices):
            yield parameter, next(iter(plain)).value
        elif declared.default is declared.empty and parameter in _PLAUSIBLE:
            yield parameter, _PLAUSIBLE[parameter].format(need=rows[Opportunity].ref)


_PLAUSIBLE = {"text": "x", "title": "x", "name": "x", "reasons": "x", "words": "x", "amount": "1", "subject": "x",
              "about": "{need}", "audience": "development", "part": "answer"}  # fmt: skip
