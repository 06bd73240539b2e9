"""The page of the whole line."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from clearspan.stages.definition.models import Requirement
from clearspan.stages.development.models import WorkItem
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Opportunity
from tests.one_of_each import one_of_each
from tests.world import World

Rows = dict[type[models.Model], Any]


@pytest.fixture
def rows(world: World, client: Client) -> Rows:
    client.force_login(world.ines.person)
    return one_of_each(world)


@pytest.mark.parametrize("kind", [Feedback, Opportunity, Requirement, WorkItem])
def test_every_station_has_the_picture_of_its_line(rows: Rows, client: Client, kind: type[models.Model]) -> None:
    page = client.get(reverse("trace", args=["tideline", rows[kind].ref]))
    assert page.status_code == 200
    names = {node for node in ("Know who lies where", "Berth map", "Draw the berths") if node.encode() in page.content}
    assert len(names) == 3


def test_from_the_beginning_one_asks_what_became_from_the_end_one_asks_why(rows: Rows, client: Client) -> None:
    assert not client.get(reverse("trace", args=["tideline", rows[Feedback].ref])).context["asks_why"]
    assert client.get(reverse("trace", args=["tideline", rows[WorkItem].ref])).context["asks_why"]


def test_a_reference_of_nothing_on_the_line_is_not_there(world: World, rows: Rows, client: Client) -> None:
    for reference in ("OP-99999", "nonsense", world.northmole.ref):
        assert client.get(reverse("trace", args=["tideline", reference])).status_code == 404


def test_another_product_s_line_is_not_there(rows: Rows, client: Client) -> None:
    assert client.get(reverse("trace", args=["umbra", rows[Opportunity].ref])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_line_is_read_without_locking_anything(client: Client) -> None:
    """Outside of a transaction, as every page is read."""
    world = World.make()
    client.force_login(world.ines.person)
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    assert client.get(reverse("trace", args=["tideline", need.ref])).status_code == 200


def test_a_customer_sees_no_line(world: World, rows: Rows, client: Client) -> None:
    client.force_login(world.cora.person)
    assert client.get(reverse("trace", args=["tideline", rows[Opportunity].ref])).status_code == 404
