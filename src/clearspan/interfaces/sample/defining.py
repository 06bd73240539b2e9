"""Writes the definitions of what was chosen, in versions that functions have signed, by the actions people use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from clearspan.core.actor import Actor
from clearspan.core.models import Event, Function, User
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.rows import Rows, at_noon
from clearspan.stages.definition.actions import (
    add_requirement,
    change_definition,
    drop_requirement,
    ground_requirement,
    object_to_definition,
    publish_version,
    sign_off,
    start_definition,
)
from clearspan.stages.definition.models import Definition, DefinitionVersion, Requirement, SignOff
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option

TEXTS = (
    "problem", "outcome", "left_out", "measure", "unit", "baseline", "target", "audience", "alternative", "difference",
    "proof",
)  # fmt: skip


def definitions(rows: Rows, options: dict[str, Option], needs: dict[str, Opportunity], today: date) -> None:
    """Every definition, with its versions and what each function said to them."""
    for given in load("definitions")["definition"]:
        _definition(rows, given, options[given["option"]], needs, today)


def _definition(rows: Rows, given: dict[str, Any], option: Option, needs: dict[str, Opportunity], today: date) -> None:
    writer = Actor(rows.people[given["by"]])
    texts = {name: given[name] for name in TEXTS if name in given}
    if "by_day" in given:
        texts["measured_by"] = today + timedelta(days=given["by_day"])
    with told_on(today - timedelta(days=given["ago"])):
        definition = start_definition(writer, option=option, propose=False)
        change_definition(writer, definition=definition, **texts)
        for requirement in given["requirement"]:
            _require(writer, definition, requirement, needs)
    Definition.objects.filter(pk=definition.pk).update(created_at=at_noon(today - timedelta(days=given["ago"])))
    for version in given.get("version", []):
        _version(rows, writer, definition, version, needs, today - timedelta(days=version["ago"]))


def _require(
    writer: Actor, definition: Definition, given: dict[str, Any], needs: dict[str, Opportunity]
) -> Requirement:
    asked = {name: given[name] for name in ("title", "text", "weight", "criteria") if name in given}
    made: Requirement = add_requirement(writer, definition=definition, **asked)
    for need in given.get("needs", []):
        ground_requirement(writer, requirement=made, opportunity=needs[need])
    return made


def _version(
    rows: Rows, writer: Actor, definition: Definition, given: dict[str, Any], needs: dict[str, Opportunity], day: date
) -> None:
    with told_on(day):
        if "set" in given:
            change_definition(writer, definition=definition, **given["set"])
        for requirement in given.get("add", []):
            made = _require(writer, definition, requirement, needs)
            if requirement.get("drop"):
                drop_requirement(writer, requirement=made)
        functions = list(Function.objects.filter(name__in=given["signs"]))
        version = publish_version(writer, definition=definition, note=given["note"], functions=functions)
    DefinitionVersion.objects.filter(pk=version.pk).update(created_at=at_noon(day))
    SignOff.objects.filter(version=version).update(due_on=day + timedelta(days=10))
    for function in functions:
        said = given["signs"][function.name]
        if said:
            _sign(version.sign_offs.get(function=function), rows.people[said[0]], said[1], said[2], day)


def _sign(asked: SignOff, person: User, says: str, words: str, day: date) -> None:
    """Two days later, or three: people have other things to do."""
    later = day + timedelta(days=2 + asked.function_id % 2)
    with told_on(later):
        (sign_off if says == "agreed" else object_to_definition)(Actor(person), sign_off=asked, words=words)
    SignOff.objects.filter(pk=asked.pk).update(said_at=at_noon(later))


@contextmanager
def told_on(day: date) -> Iterator[None]:
    """What is done within was done on that day, as history tells it."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    Event.objects.filter(pk__gt=last).update(at=at_noon(day))
