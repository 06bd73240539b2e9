"""No read, no tool, no action, no command, no import and no webhook tells anything of a confidential product."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clearspan.core import comments, history
from clearspan.core.actions import Invalid, NotThere, Refused, registry
from clearspan.core.actor import Actor
from clearspan.core.imports import kinds
from clearspan.core.imports.actions import run_import, start_import
from clearspan.core.models import Comment, Event, Import, User
from clearspan.core.people import create_token
from clearspan.interfaces import reads
from clearspan.interfaces.cli import do, imports
from clearspan.interfaces.mcp.tools import call, tools_for
from clearspan.interfaces.tokens import actor_of_secret
from clearspan.interfaces.webhooks import telling
from clearspan.interfaces.webhooks.models import Delivery, Webhook
from clearspan.stages.opportunities.models import Opportunity
from tests.interfaces.confidential.planted import EMPLOYEES, GUESTS, SECRET, Rows, given_to, text_of
from tests.world import World


@pytest.mark.parametrize("who", [*EMPLOYEES, *GUESTS])
def test_no_read_tells(world: World, rows: Rows, who: str) -> None:
    secret = create_token(getattr(world, who), name="mine", scopes=["read", "write"])["secret"]
    bearer, told = {"Authorization": f"Bearer {secret}"}, []
    actor = actor_of_secret(secret, "mcp")
    assert actor is not None
    for read in reads.READS:
        path = f"/api/{read.name.replace('_', '-')}"
        keys = list(read.model._default_manager.values_list("pk", flat=True)[:20])
        for at in (path, *(f"{path}/{key}" for key in keys)):
            if SECRET in text_of(Client().get(at, headers=bearer)):
                told.append(at)
        for name, given in ((f"list_{read.name}", {}), *((f"get_{read.one}", {"reference": str(key)}) for key in keys)):
            if SECRET in _said(lambda name=name, given=given: call(actor, name, given)):  # type: ignore[misc]
                told.append(name)
    assert not told, " ".join(told)
    assert SECRET not in str([str(tool) for tool in tools_for(actor)])


@pytest.mark.parametrize("who", ["another", "sol", "cora"])
def test_no_action_tells(world: World, rows: Rows, who: str) -> None:
    """Given every row of the product, and words that are plausible."""
    actor, told = getattr(world, who), []
    for name, action in sorted(registry.items()):
        before = Event.objects.count()
        said = _said(lambda action=action, name=name: action(actor, **given_to(name, rows)))  # type: ignore[misc]
        if SECRET in said or (Event.objects.count() > before and SECRET in Event.objects.first().summary):
            told.append(name)
    assert not told, " ".join(told)


def test_no_command_tells(
    world: World, rows: Rows, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = create_token(world.another, name="mine", scopes=["read", "write"])["secret"]
    monkeypatch.setenv("CLEARSPAN_TOKEN", secret)
    for name in sorted(set(registry) - {"revoke_token"}):
        do.main([name, "--json", json.dumps(given_to(name, rows))])
    (file := tmp_path / "deals.csv").write_text("Account,Product,Amount\nNorthmole Marina,Umbra,5\n")
    for product in ("umbra", "Umbra", "nothing"):
        imports.main(["deals", str(file), "--product", product])
        imports.main(["evidence", str(file), "--product", product])
    imports.main(["list"])
    imports.main(["undo", rows[Import].ref])
    said = capsys.readouterr()
    assert "tideline" in said.err and SECRET not in said.out + said.err


def test_no_import_tells_what_other_products_there_are(world: World, rows: Rows) -> None:
    """A file that names the product is answered as one that names no product at all."""
    told = []
    for kind in kinds.registry.values():
        for product in ("umbra", "Umbra"):
            columns = [*[one.name for one in kind.fields if one.name != "product"], "product"]
            content = f"{','.join(columns)}\n{','.join('1' for _ in columns[1:])},{product}\n"
            for options in ({}, {"product": product}):
                said = _said(lambda c=content, k=kind.name, o=options: _brought(world.another, c, k, o))  # type: ignore[misc]
                if SECRET in said:
                    told.append(f"{kind.name} {options}")
    assert not told, told


def test_no_webhook_tells_its_owner(world: World, rows: Rows) -> None:
    """Of all that was done, an administrator's webhook is told but what was done to what the administrator sees."""
    User.objects.filter(pk=world.another.person.pk).update(is_admin=True)
    for who, hears in (("another", False), ("ines", True)):
        owner = User.objects.get(pk=getattr(world, who).person.pk)
        hook = Webhook.objects.create(owner=owner, name="hook", address="https://hooks.example.org/x")
        bodies = [telling.body(Delivery(webhook=hook, event=event)) for event in Event.objects.all()]
        assert any(SECRET in body.decode() for body in bodies if body) is hears, who


@pytest.mark.parametrize("who", EMPLOYEES)
def test_what_was_done_said_and_brought_in_is_not_there(world: World, rows: Rows, who: str) -> None:
    actor = getattr(world, who)
    for model, text in ((Event, "summary"), (Comment, "text"), (Import, "name")):
        assert model.objects.filter(**{f"{text}__contains": SECRET}).exists(), model
        assert not model.objects.visible_to(actor).filter(**{f"{text}__contains": SECRET}).exists(), model
    assert not history.of(actor, *rows.values()) or not any(
        SECRET in one.summary for one in history.of(actor, *rows.values())
    )
    assert comments.about(world.ines, rows[Opportunity]) and not comments.about(actor, rows[Opportunity])


def _brought(actor: Actor, content: str, kind: str, options: dict[str, str]) -> Any:
    file = start_import(actor, name="mine.csv", kind=kind, content=content, options=options)
    run_import(actor, file=file)
    return [file.words, file.faults, file.result]


def _said(ask: Callable[[], Any]) -> str:
    """What is answered, whether it is done or not."""
    try:
        return json.dumps(ask(), default=str)
    except (Refused, NotThere, Invalid) as answer:
        return str(answer)
    except Exception as error:  # words that were not plausible enough: what is said of them counts too
        return str(error)
