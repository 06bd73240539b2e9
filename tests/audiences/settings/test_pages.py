"""Settings: every employee reads them, those who may change them, and a first product is three forms away."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.audiences.settings.common import who_can
from clearspan.audiences.settings.lists import KINDS
from clearspan.catalogue import defaults
from clearspan.catalogue.models import LifecycleStage, MarketSize, Product, ProductRole, Role, Segment
from clearspan.core.actor import Actor
from clearspan.core.models import Company, Function, Invitation, User
from tests.world import World

PAGES = ("settings", "settings_people", "settings_products", "settings_lists")


def signed_in(actor: Actor | User) -> Client:
    client, person = Client(), actor.person if isinstance(actor, Actor) else actor
    assert person is not None
    client.force_login(person)
    return client


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


@pytest.fixture
def ines(world: World) -> Client:
    return signed_in(world.ines)


@pytest.mark.parametrize("name", PAGES)
def test_employees_read_settings_and_for_customers_there_are_none(world: World, name: str) -> None:
    for reader in (world.ines, world.devi, world.leda):
        assert signed_in(reader).get(reverse(name)).status_code == 200
    assert signed_in(world.cora).get(reverse(name)).status_code == 404
    assert Client().get(reverse(name)).status_code == 302


def test_who_cannot_change_the_company_is_told_who_can(world: World, ines: Client) -> None:
    told = text(signed_in(world.devi), reverse("settings"))
    assert "Ines Maddox can change this." in told
    assert "<textarea" not in told
    assert 'name="currency"' not in told
    assert 'name="currency"' in text(ines, reverse("settings"))


def test_where_everything_lies_is_told_to_admins_only(world: World, ines: Client) -> None:
    assert "embedded, in" in text(ines, reverse("settings"))
    assert "embedded, in" not in text(signed_in(world.devi), reverse("settings"))


def test_rates_are_written_in_hundredths_and_the_currency_in_any_case(world: World, ines: Client) -> None:
    given = {
        "name": "Harbour & Vale", "currency": "sek", "discount_rate": "12.5", "need_threshold": "7", "year_starts": "4",
    }  # fmt: skip
    assert 'value="9"' in text(ines, reverse("settings"))
    ines.post(reverse("settings"), given)
    company = Company.ours()
    assert (company.currency, float(company.discount_rate), float(company.need_threshold)) == ("SEK", 0.125, 0.07)
    assert company.year_starts == 4
    refused = ines.post(reverse("settings"), {**given, "currency": "crowns"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["currency"])
    assert signed_in(world.devi).post(reverse("settings"), given).status_code == 403


def test_the_link_of_an_invitation_is_shown_once_and_opens(world: World, ines: Client) -> None:
    design = Function.objects.get(name="Design")
    given = {"name": "Nia Vass", "email": "nia@example.org", "function": design.pk}
    assert ines.post(reverse("invite_person"), given).url == reverse("settings_people")
    found = re.search(r'value="(http://testserver/welcome/[^"]+)"', text(ines, reverse("settings_people")))
    assert found is not None
    assert "/welcome/" not in text(ines, reverse("settings_people"))
    assert Client().get(found[1]).status_code == 200


def test_invitations_are_seen_by_admins_and_taken_back(world: World, ines: Client) -> None:
    ines.post(
        reverse("invite_person"),
        {"name": "Nia Vass", "email": "nia@example.org", "function": Function.objects.get(name="Design").pk},
    )
    assert "nia@example.org" in text(ines, reverse("settings_people"))
    assert "nia@example.org" not in text(signed_in(world.devi), reverse("settings_people"))
    ines.post(reverse("do", args=["withdraw_invitation"]), {"invitation": Invitation.objects.get().ref})
    assert "nia@example.org" not in text(ines, reverse("settings_people"))
    assert signed_in(world.devi).get(reverse("invite_person")).status_code == 403


def test_a_persons_function_and_rights_change_by_form(world: World, ines: Client) -> None:
    otto, sales = world.otto.person, Function.objects.get(name="Sales")
    assert otto is not None
    given = {"name": otto.name, "function": sales.pk, "is_admin": "on", "is_active": "on"}
    ines.post(reverse("settings_person", args=[otto.pk]), given)
    otto.refresh_from_db()
    assert (otto.function, otto.is_admin, otto.is_active) == (sales, True, True)
    ines.post(reverse("settings_person", args=[otto.pk]), {"name": otto.name, "function": sales.pk})
    otto.refresh_from_db()
    assert (otto.is_admin, otto.is_active) == (False, False)


def test_an_admin_is_told_at_the_field_that_they_cannot_lock_themselves_out(world: World, ines: Client) -> None:
    person = world.ines.person
    assert person is not None
    assert person.function is not None
    refused = ines.post(
        reverse("settings_person", args=[person.pk]),
        {"name": person.name, "function": person.function.pk, "is_active": "on"},
    )
    assert list(refused.context["form"].errors) == ["is_admin"]


def test_people_are_found_by_name_and_by_what_they_are(world: World, ines: Client) -> None:
    def found(query: str) -> list[str]:
        return [person.name for person in ines.get(f"{reverse('settings_people')}?{query}").context["page"]]

    assert found("q=reyes") == ["Sol Reyes"]
    assert found("who=customers") == ["Cora Finch", "Kit Amaro", "Xan Doe"]
    assert found("who=left") == []


def test_roles_on_a_confidential_product_are_not_given_away(world: World, ines: Client) -> None:
    for page in (reverse("settings_people"), reverse("settings_products")):
        assert "Umbra" in text(ines, page)
        assert "Umbra" not in text(signed_in(world.devi), page)
    assert signed_in(world.devi).get(reverse("settings_product", args=[world.umbra.pk])).status_code == 404


def test_a_role_is_given_and_taken_on_the_products_page(world: World, ines: Client) -> None:
    page, otto = reverse("settings_product", args=[world.tideline.pk]), world.otto.person
    assert otto is not None
    designer = Role.objects.get(name="Designer")
    ines.post(page, {"give": "yes", "person": otto.pk, "role": designer.pk})
    assert ProductRole.objects.get(product=world.tideline, person=otto).role == designer
    ines.post(reverse("do", args=["take_role"]), {"product": world.tideline.ref, "person": otto.ref})
    assert not ProductRole.objects.filter(person=otto).exists()
    refused = ines.post(
        page,
        {"give": "yes", "person": world.ines.person.pk, "role": designer.pk},  # type: ignore[union-attr]
    )
    assert list(refused.context["role_form"].errors) == ["person"]
    assert not refused.context["form"].errors


def test_a_product_is_changed_by_its_manager_and_who_cannot_is_told_who_can(world: World, ines: Client) -> None:
    page = reverse("settings_product", args=[world.tideline.pk])
    stage = LifecycleStage.objects.get(name="Growing")
    ines.post(page, {"name": "Tideline", "line": "Quayside", "stage": stage.pk, "description": "Berths, booked once."})
    world.tideline.refresh_from_db()
    assert (world.tideline.line.name, world.tideline.stage) == ("Quayside", stage)
    ines.post(page, {"name": "Tideline", "line": "", "stage": ""})
    world.tideline.refresh_from_db()
    assert (world.tideline.line.name, world.tideline.stage) == ("Quayside", None)
    assert "Ines Maddox can change what it is." in text(signed_in(world.devi), page)
    assert signed_in(world.devi).post(page, {"name": "Mine"}).status_code == 403


def test_a_product_out_of_the_menus_comes_back_from_settings(world: World, ines: Client) -> None:
    do, given = reverse("do", args=["change_product"]), {"product": world.tideline.ref}
    ines.post(do, {**given, "is_archived": "true"})
    assert ines.get(reverse("market", args=["tideline"])).status_code == 404
    page = text(ines, reverse("settings_product", args=[world.tideline.pk]))
    assert "Back into the menus" in page
    ines.post(do, {**given, "is_archived": "false"})
    assert ines.get(reverse("market", args=["tideline"])).status_code == 200


@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if kind.add])
def test_every_list_takes_a_new_one_changes_it_and_lets_it_go(world: World, ines: Client, kind: str) -> None:
    listed = KINDS[kind]
    form = listed.form()
    usual = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    answer = ines.post(reverse("new_listed", args=[kind]), {**usual, "name": "Something new"})
    assert answer.url == f"{reverse('settings_lists')}#{kind}"
    row = listed.model.objects.get(name="Something new")
    page = reverse("change_listed", args=[kind, row.pk])
    ines.post(page, {**usual, "name": "Something else"})
    row.refresh_from_db()
    assert row.name == "Something else"
    assert reverse("do", args=[listed.remove.name]) in text(ines, page)
    ines.post(reverse("do", args=[listed.remove.name]), {listed.parameter: row.ref})
    assert not listed.model.objects.filter(pk=row.pk).exists()


def test_lists_are_read_by_all_and_changed_by_who_may(world: World, ines: Client) -> None:
    new = reverse("new_listed", args=["functions"])
    assert new in text(ines, reverse("settings_lists"))
    assert new not in text(signed_in(world.devi), reverse("settings_lists"))
    assert signed_in(world.devi).get(new).status_code == 403
    assert ines.get(reverse("new_listed", args=["lines"])).status_code == 404
    assert ines.get(reverse("new_listed", args=["secrets"])).status_code == 404


def test_a_checkbox_that_is_empty_again_is_off(world: World, ines: Client) -> None:
    row = Function.objects.get(name="Engineering")
    page = reverse("change_listed", args=["functions", row.pk])
    assert "checked" in text(ines, page)
    ines.post(page, {"name": row.name, "kind": row.kind, "position": row.position})
    row.refresh_from_db()
    assert not row.is_scarce


@pytest.fixture
def first(db: None) -> Client:
    """The first person of a new company, on an empty database."""
    defaults.ensure()
    function = Function.objects.get(name="Product management")
    return signed_in(User.objects.create_user("nia@example.org", name="Nia Vass", function=function, is_admin=True))


def test_the_first_person_goes_from_an_empty_company_to_what_was_heard(first: Client) -> None:
    assert reverse("new_product") in text(first, reverse("today"))
    after = first.post(reverse("new_product"), {"name": "Berth Watch"})
    assert after.url == reverse("market", args=["berth-watch"])
    assert reverse("new_segment", args=["berth-watch"]) in text(first, after.url)
    size = {"name": "Marinas", "accounts": "320", "value_per_account": "9000"}
    again = first.post(reverse("new_segment", args=["berth-watch"]), {**size, "another": "yes"})
    assert again.url == reverse("new_segment", args=["berth-watch"])
    after = first.post(again.url, {**size, "name": "Sailing clubs"})
    page = text(first, after.url)
    assert reverse("import_new") in page
    assert reverse("record_feedback", args=["berth-watch"]) in page
    assert (Product.objects.count(), Segment.objects.count(), MarketSize.objects.count()) == (1, 2, 2)


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_company_has_every_page_of_settings(first: Client, name: str) -> None:
    assert first.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_larger_company_asks_the_database_no_more(world: World, ines: Client, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert ines.get(reverse(name)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    _grow(world)
    assert queries() == few


def _grow(world: World) -> None:
    role, function = Role.objects.get(name="Product owner"), Function.objects.get(name="Design")
    for n in range(8):
        product = Product.objects.create(name=f"Product {n}", key=f"product-{n}", line=world.tideline.line)
        person = User.objects.create_user(f"p{n}@example.org", name=f"Person {n}", function=function)
        ProductRole.objects.create(product=product, person=person, role=role)
        Segment.objects.create(name=f"Segment {n}")


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([], "nobody yet"),
        (["Ines"], "Ines"),
        (["Ines", "Leda"], "Ines or Leda"),
        (["Ines", "Leda", "Sol"], "Ines, Leda or Sol"),
        (["Ines", "Leda", "Sol", "Otto"], "Ines, Leda or 2 others"),
    ],
)
def test_who_can_is_said_in_names(people: list[str], words: str) -> None:
    assert who_can(people) == words
