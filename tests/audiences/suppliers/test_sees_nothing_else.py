"""A supplier sees its own quotes and milestones and nothing else, whatever way it asks.

Every text and address of every other row of the company says so: it has a marker in it, and the marker must not come
out of any door. A mistake anywhere (a rule, a page, a read, an answer of an action) brings it out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test import Client

from clearspan.catalogue.models import Supplier, SupplierContact
from clearspan.core import tracking
from clearspan.core.actions import Invalid, NotThere, Refused, registry, row_type
from clearspan.core.actor import Actor
from clearspan.core.models import Company, Event, User
from clearspan.core.people import create_token
from clearspan.interfaces import reads
from clearspan.interfaces.cli import do as command
from clearspan.interfaces.mcp.tools import call, tools_for
from clearspan.interfaces.tokens import actor_of_secret
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.portal.models import Portal
from tests.browser.pages import SCREENS
from tests.one_of_each import one_of_each
from tests.world import PASSWORD, World

SECRET = "zqxsecret"
NAMES = ("scopes", "actions")  # lists of what the code itself calls so
OWN = "Ours to read"
Rows = dict[type[models.Model], Any]


@pytest.fixture
def rows(world: World) -> Rows:
    """One row of each kind and, of what suppliers see, another supplier's; a secret in every text there is."""
    rows = one_of_each(world)
    rival = Supplier.objects.create(name="Rival Sensors")
    rival_person = User.objects.create(email="rival@example.org", name="Rival")
    SupplierContact.objects.create(supplier=rival, name="Rival", person=rival_person)
    day = date(2026, 5, 1)
    Quote.objects.create(product=world.tideline, supplier=rival, title="Rival quote", state="given", amount=7)
    Milestone.objects.create(product=world.tideline, supplier=rival, title="Rival milestone", due_on=day)
    for model in tracking.tracked_models():
        for row in model._default_manager.all():
            plant(row)
    Company.objects.update(name="Harbour")  # a supplier knows whom it works for
    Portal.objects.update(is_open=False)  # what is public is everybody's: tests/stages/portal looks for secrets there
    own = {"title": OWN, "text": OWN, "words": OWN, "answer": OWN}
    Quote.objects.filter(supplier=world.buoyline).update(**own)
    Milestone.objects.filter(supplier=world.buoyline).update(
        criteria=[OWN], **{name: value for name, value in own.items() if name != "text"}
    )
    Supplier.objects.filter(pk=world.buoyline.pk).update(name="Buoyline")  # its note and website stay secrets
    SupplierContact.objects.filter(person=world.kit.person).update(name="Kit")
    User.objects.filter(pk=world.kit.person.pk).update(name="Kit", email="kit@example.org")
    world.kit.person.refresh_from_db()
    return rows


def plant(row: models.Model) -> None:
    """Puts the marker into every text of a row, in the database itself: no rule and no action is asked."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.is_relation or isinstance(field, models.GeneratedField):
            continue
        if isinstance(field, (models.JSONField, ArrayField)):
            values[field.name] = _marked(getattr(row, field.name), field, f"{SECRET}{row.pk}")
            continue
        if not isinstance(field, (models.CharField, models.TextField)) or field.choices:
            continue
        if field.name in ("password", "secret_hash", "currency", "kind", "key", "interface", "action", "engine"):
            continue
        unique = f"{SECRET}{row.pk}"
        value = f"{unique}@example.org" if isinstance(field, models.EmailField) else unique
        if isinstance(field, models.URLField):
            value = f"https://example.org/{unique}"
        values[field.name] = value[: field.max_length or None]
    if values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def _marked(value: Any, field: models.Field[Any, Any], marker: str) -> Any:
    """Of a list of texts each; of a value with a shape its sentences: one word may be a name that the code reads."""
    if isinstance(field, ArrayField):
        texts = isinstance(field.base_field, (models.CharField, models.TextField)) and field.name not in NAMES
        return [marker for _ in value or [1]] if texts else value
    if isinstance(value, dict):
        return {key: _marked(one, field, marker) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, field, marker) for one in value]
    return marker if isinstance(value, str) and " " in value else value


@pytest.fixture
def kit(world: World, rows: Rows, client: Client) -> Client:
    client.force_login(world.kit.person)
    return client


@pytest.fixture
def secret(world: World, rows: Rows) -> str:
    return str(create_token(world.kit, name="mine", scopes=["read", "write"])["secret"])


def keeps(said: Any, about: str) -> None:
    text = said.content.decode() if hasattr(said, "content") else json.dumps(said, default=str)
    assert SECRET not in text, about


def test_the_marker_is_everywhere_else(world: World, rows: Rows, client: Client) -> None:
    """Else the other tests would hold of nothing."""
    without = {
        model.__name__ for model in tracking.tracked_models()
        if not any(SECRET in str(vars(row)) for row in model._default_manager.all())
    }  # fmt: skip
    texts = {
        model.__name__ for model in tracking.tracked_models()
        if any(type(f) in (models.CharField, models.TextField) and not f.choices for f in model._meta.concrete_fields)
    }  # fmt: skip
    assert without & texts <= {"Company", "DemandStudy"} | {name for name in texts if name.endswith("Study")}
    client.force_login(world.ines.person)
    assert SECRET in client.get("/tideline/suppliers").content.decode()


def test_no_page_tells(rows: Rows, kit: Client) -> None:
    shown = set()
    for screen in SCREENS:
        answer = kit.get(screen.address(rows), follow=True)
        keeps(answer, screen.title)
        if answer.status_code != 404:
            shown.add(screen.name)
    about_oneself = {name for name in shown if name.startswith(("account", "mfa", "portal"))}
    assert shown - about_oneself == {"supplying", "today", "patterns"}


def test_its_own_page_shows_what_is_its_own(kit: Client) -> None:
    body = kit.get("/supplying").content.decode()
    assert OWN in body
    assert "Rival" not in body


@pytest.mark.parametrize("q", ["", SECRET, "OP-1", "DC-1", "Berth"])
def test_nothing_is_found(kit: Client, q: str) -> None:
    assert kit.get("/find", {"q": q}).json() == []


def test_no_read_over_rest_tells(secret: str, rows: Rows) -> None:
    for read in reads.READS:
        path = f"/api/{read.name.replace('_', '-')}"
        for at in (path, *(f"{path}/{row.pk}" for row in read.model._default_manager.all())):
            answer = Client().get(at, headers={"Authorization": f"Bearer {secret}"})
            keeps(answer, at)
            assert answer.status_code in (200, 404), at


def test_rest_reads_its_own_rows_and_of_them_what_it_may_know(secret: str, world: World, rows: Rows) -> None:
    for name, model in (("quotes", Quote), ("milestones", Milestone), ("suppliers", Supplier)):
        answer = Client().get(f"/api/{name}", headers={"Authorization": f"Bearer {secret}"}).json()
        assert len(answer["rows"]) == 1, name
        assert set(answer["rows"][0]) == {"ref", *model.guest_fields}


def test_no_filter_of_a_read_asks_around_what_is_told(secret: str, rows: Rows) -> None:
    for read in reads.READS:
        for query in ({"q": SECRET}, *([{"product": "tideline"}] if read.product else []), {"state": "new"}):
            path = f"/api/{read.name.replace('_', '-')}"
            answer = Client().get(path, query, headers={"Authorization": f"Bearer {secret}"})
            if answer.status_code == 200:
                assert query == {"state": "new"}
                assert read.name in ("quotes", "milestones")


def test_no_tool_tells_and_none_is_offered_that_is_not_there(secret: str, rows: Rows) -> None:
    actor = actor_of_secret(secret, "mcp")
    assert actor is not None
    offered = {tool.name for tool in tools_for(actor)}
    assert not {"list_opportunities", "create_opportunity", "comment"} & offered
    for read in reads.READS:
        for name, given in (
            (f"list_{read.name}", {}),
            *((f"get_{read.one}", {"reference": str(row.pk)}) for row in read.model._default_manager.all()),
        ):
            try:
                keeps(call(actor, name, given), name)
            except NotThere as error:
                keeps(str(error), name)


def test_no_action_tells_or_does_anything_to_what_is_not_its_own(
    world: World, rows: Rows, kit: Client, secret: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Given every row of the company: by the screen's button, over REST, over MCP and at the command line."""
    monkeypatch.setenv("CLEARSPAN_TOKEN", secret)
    bearer = {"Authorization": f"Bearer {secret}"}
    for name in sorted(registry):
        if name in ("revoke_token", "undo"):  # of one's own; they have tests of their own, and would end this one
            continue
        given, before = dict(as_given(name, rows)), Event.objects.count()
        posted = kit.post(f"/do/{name}", given, follow=True)
        sent = Client().post(f"/api/actions/{name}", given, content_type="application/json", headers=bearer)
        command.main([name, "--json", json.dumps(given)])
        said = capsys.readouterr()
        for answer in (posted, sent, said.out + said.err, by_tool(world.kit, name, given)):
            keeps(answer, name)
        if not registry[name].open_to_guests:
            assert Event.objects.count() == before, name


def by_tool(actor: Actor, name: str, given: dict[str, Any]) -> Any:
    try:
        return call(Actor(actor.person, interface="mcp"), name, given)
    except (Refused, NotThere, Invalid) as error:
        return str(error)


def as_given(name: str, rows: Rows) -> Iterator[tuple[str, Any]]:
    """A row of the company for every row the action takes, and something plausible for the rest."""
    plausible = {"text": "x", "title": "x", "name": "x", "reasons": "because", "amount": "1", "words": "because"}
    for parameter, (hint, declared) in registry[name].parameters.items():
        model, many = row_type(hint)
        if model is not None:
            reference = str(rows[model].pk) if model is Event else rows[model].ref
            yield parameter, [reference] if many else reference
        elif parameter == "about":
            yield parameter, "OP-1"
        elif declared.default is declared.empty and parameter in plausible:
            yield parameter, plausible[parameter]


def test_another_suppliers_rows_do_not_exist_for_it(world: World, rows: Rows) -> None:
    for model in (Quote, Milestone):
        other = model.objects.get(supplier__name__startswith=SECRET)
        own = model.objects.get(supplier=world.buoyline)
        assert list(model.objects.visible_to(world.kit)) == [own]
        rival = Actor(User.objects.exclude(pk=world.kit.person.pk).get(supplier_contact__isnull=False))
        assert list(model.objects.visible_to(rival)) == [other]


def test_signing_in_shows_it_and_being_let_go_shows_nothing(world: World, rows: Rows) -> None:
    browser = Client()
    browser.post("/account/login/", {"login": "kit@example.org", "password": PASSWORD})
    assert OWN in browser.get("/", follow=True).content.decode()
    User.objects.filter(pk=world.kit.person.pk).update(is_active=False)
    assert OWN not in browser.get("/supplying", follow=True).content.decode()
    world.kit.person.refresh_from_db()
    for model in (Quote, Milestone, Supplier, SupplierContact, User, Event):
        assert not model.objects.visible_to(world.kit).exists()
