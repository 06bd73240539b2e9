"""Of a confidential product nobody without a role on it learns anything, whatever way they ask.

Every text of every row of the product has a marker in it, and so has what was done to it. The marker must not come out
of any door: no page, no read, no search, no file, no feed, no answer of an action.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import models
from django.test import Client

from clearspan.catalogue.rules import products_of
from clearspan.core import tracking
from clearspan.core.actions import Invalid, NotThere, Refused, registry, row_type
from clearspan.core.actor import Actor
from clearspan.core.models import Event, Function, User
from clearspan.core.people import create_token
from clearspan.interfaces import reads
from clearspan.interfaces.mcp.tools import call, tools_for
from clearspan.interfaces.tokens import actor_of_secret
from clearspan.stages.opportunities.models import Opportunity
from clearspan.ui import pdf
from tests.audiences.suppliers.test_sees_nothing_else import SECRET, plant
from tests.browser.pages import SCREENS
from tests.one_of_each import one_of_each
from tests.world import World

Rows = dict[type[models.Model], Any]
EMPLOYEES = ("another", "devi", "sol", "otto")
GUESTS = ("cora", "kit", "xan")


@pytest.fixture
def rows(world: World) -> Rows:
    """One row of each kind, all of Umbra; the marker in every text of what belongs to it, and in its history."""
    world.deal.product = world.umbra
    world.deal.save()
    rows = one_of_each(replace(world, tideline=world.umbra))
    for model in tracking.tracked_models():
        for row in model._default_manager.all():
            if products_of({"row": row}) == {world.umbra.pk}:
                plant(row)
    registry["change_opportunity"](world.ines, opportunity=rows[Opportunity], title=f"{SECRET} again")
    registry["create_opportunity"](world.ines, product=world.umbra, title=f"{SECRET} anew")
    manager = User.objects.create(
        email="another@example.org", name="Another Manager", function=Function.objects.get(name="Product management")
    )
    world.actors["another"] = Actor(manager)
    return rows


def keeps(said: Any, about: str) -> None:
    assert SECRET not in (text_of(said) if hasattr(said, "status_code") else json.dumps(said, default=str)), about


def text_of(answer: Any) -> str:
    """What is in an answer, whole."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


@pytest.fixture(autouse=True)
def documents_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is packed: it is read here before it is set."""
    monkeypatch.setattr(pdf, "pdf", lambda document: repr(document).encode())


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(getattr(world, who).person)
    return client


def test_its_manager_finds_the_marker_at_every_door(world: World, rows: Rows) -> None:
    """Else the other tests would hold of nothing."""
    ines = signed_in(world, "ines")
    for address in ("/umbra/opportunities", "/audit", "/settings/products"):
        assert SECRET in text_of(ines.get(address)), address
    assert SECRET in json.dumps(ines.get("/find", {"q": SECRET}).json())


@pytest.mark.parametrize("who", [*EMPLOYEES, *GUESTS, None])
def test_no_page_tells(world: World, rows: Rows, who: str | None) -> None:
    client = signed_in(world, who) if who else Client()
    told = [
        screen.title
        for screen in SCREENS
        if SECRET in text_of(client.get(screen.address(rows), follow=True)) and screen.name != "account_logout"
    ]
    assert not told, " ".join(told)


@pytest.mark.parametrize("who", [*EMPLOYEES, *GUESTS])
def test_no_search_tells(world: World, rows: Rows, who: str) -> None:
    client = signed_in(world, who)
    for q in ("", SECRET, "OP-", *(row.ref for row in rows.values() if hasattr(row, "ref"))):
        keeps(client.get("/find", {"q": q}), q)


@pytest.mark.parametrize("who", [*EMPLOYEES, *GUESTS])
def test_no_read_tells(world: World, rows: Rows, who: str) -> None:
    secret = create_token(getattr(world, who), name="mine", scopes=["read", "write"])["secret"]
    bearer = {"Authorization": f"Bearer {secret}"}
    actor = actor_of_secret(secret, "mcp")
    assert actor is not None
    told = []
    for read in reads.READS:
        path = f"/api/{read.name.replace('_', '-')}"
        keys = list(read.model._default_manager.values_list("pk", flat=True)[:20])
        for at in (path, *(f"{path}/{key}" for key in keys)):
            if SECRET in text_of(Client().get(at, headers=bearer)):
                told.append(at)
        for name, given in ((f"list_{read.name}", {}), *((f"get_{read.one}", {"reference": str(key)}) for key in keys)):
            try:
                if SECRET in json.dumps(call(actor, name, given), default=str):
                    told.append(name)
            except NotThere as error:
                keeps(str(error), name)
    assert not told, " ".join(told)
    keeps([str(tool) for tool in tools_for(actor)], "the tools")


@pytest.mark.parametrize("who", ["another", "sol"])
def test_no_action_tells(world: World, rows: Rows, who: str) -> None:
    """Given every row of the product, and words that are plausible."""
    actor, told = getattr(world, who), []
    for name, action in sorted(registry.items()):
        before = Event.objects.count()
        try:
            action(actor, **dict(_given(name, rows)))
            said = ""
        except (Refused, NotThere, Invalid) as error:
            said = str(error)
        except Exception as error:
            said = str(error)
        if SECRET in said or (Event.objects.count() > before and SECRET in Event.objects.first().summary):
            told.append(name)
    assert not told, " ".join(told)


def _given(name: str, rows: Rows) -> Iterator[tuple[str, Any]]:
    for parameter, (hint, declared) in registry[name].parameters.items():
        model, many = row_type(hint)
        if model is not None and model in rows:
            reference = str(rows[model].pk) if model is Event else rows[model].ref
            yield parameter, [reference] if many else reference
        elif declared.default is declared.empty and parameter in ("text", "title", "name", "reasons", "words"):
            yield parameter, "x"
