"""The pages of suppliers, quotes and milestones, as our own people use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clearspan.catalogue.models import Supplier, SupplierContact
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.options.models import Option
from tests.world import World

AT = "/tideline/suppliers"


@pytest.fixture
def ines(world: World, client: Client) -> Client:
    client.force_login(world.ines.person)
    return client


def test_the_first_supplier_is_added_from_an_empty_list(world: World, ines: Client) -> None:
    Supplier.objects.all().delete()
    assert "Who builds, makes or delivers for us" in ines.get(AT).content.decode()
    answer = ines.post(f"{AT}/new", {"name": "Quayside Cables"}, follow=True)
    assert "Quayside Cables owes us nothing now" in answer.content.decode()


def test_a_contact_is_invited_and_the_link_is_shown_once(world: World, ines: Client) -> None:
    at = f"{AT}/{world.buoyline.pk}"
    ines.post(f"{at}/contacts/new", {"name": "Bo Lind", "email": "bo@buoyline.example"})
    bo = SupplierContact.objects.get(name="Bo Lind")
    assert "/welcome/" in ines.post(f"{at}/contacts/{bo.pk}/invite", follow=True).content.decode()
    again = ines.get(at).content.decode()
    assert "/welcome/" not in again
    assert "invited" in again


def test_a_quote_is_accepted_with_its_milestones_from_its_page(world: World, ines: Client) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    quote = Quote.objects.create(
        product=world.tideline, supplier=world.buoyline, title="Sensors", state="given", amount=9_000, delivers_on=soon
    )
    at = f"{AT}/quotes/{quote.pk}"
    assert "would take £9,000" in ines.get(at).content.decode()
    posted = {
        "part-TOTAL_FORMS": "2", "part-INITIAL_FORMS": "1", "part-0-title": "First ten", "part-0-due_on": f"{soon}",
        "part-0-criteria": "On the quay\nReports within a minute", "part-0-amount": "9000",
        "part-1-title": "", "part-1-due_on": "", "answer": "",
    }  # fmt: skip
    too_much = ines.post(at, {**posted, "part-0-amount": "9001"})
    assert too_much.status_code == 422
    assert "more than the quote" in too_much.content.decode()
    ines.post(at, posted)
    made = Milestone.objects.get()
    assert (made.title, made.criteria) == ("First ten", ["On the quay", "Reports within a minute"])


def test_a_delivery_is_sent_back_from_its_page_with_what_is_missing(world: World, ines: Client) -> None:
    made = Milestone.objects.create(
        product=world.tideline, supplier=world.buoyline, title="First ten", due_on=timezone.localdate(),
        criteria=["On the quay", "Reports"], state="delivered", delivered_on=timezone.localdate(), met=[1, 2],
    )  # fmt: skip
    at = f"{AT}/milestones/{made.pk}"
    assert "waits for acceptance" in ines.get(at).content.decode()
    assert ines.post(at, {"missing": ["2"], "answer": ""}).status_code == 422
    ines.post(at, {"missing": ["2"], "answer": "Two are silent"})
    made.refresh_from_db()
    assert (made.state, made.missing) == ("rejected", [2])


def test_a_late_milestone_shows_on_its_option_and_on_development(world: World, ines: Client) -> None:
    option = Option.objects.create(product=world.tideline, title="Berth map")
    Milestone.objects.create(
        product=world.tideline, supplier=world.buoyline, title="First ten", option=option,
        due_on=timezone.localdate() - timedelta(days=12),
    )  # fmt: skip
    for at in (f"/tideline/options/{option.pk}", "/tideline/development"):
        body = ines.get(at).content.decode()
        assert "First ten" in body, at
        assert "12\u00a0days late" in body, at


@pytest.mark.parametrize("who", ["kit", "cora", "xan"])
def test_our_pages_are_nothing_to_guests(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who).person)
    for at in (AT, f"{AT}/{world.buoyline.pk}"):
        assert client.get(at).status_code == 404
