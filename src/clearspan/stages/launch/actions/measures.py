"""What is expected of a launch as numbers, and what came."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.launch.models import Launch, LaunchMeasure
from clearspan.stages.launch.rules import works_on

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


@action(rule=works_on, says="set what is expected of {launch}: {result}")
def set_launch_measure(
    actor: Actor,
    *,
    launch: Launch,
    name: Name,
    low: Annotated[float, Field(allow_inf_nan=False, description="Undercut once in ten")],
    likely: Annotated[float, Field(allow_inf_nan=False)],
    high: Annotated[float, Field(allow_inf_nan=False, description="Exceeded once in ten")],
    due_on: Annotated[date, Field(description="When to look")],
    unit: Annotated[str, Field(max_length=40, description="Such as customers, or GBP a month")] = "",
    source: Annotated[str, Field(max_length=200, description="Who says so; “guess” is a source")] = "",
    measure: Annotated[LaunchMeasure | None, Field(description="None adds one")] = None,
) -> LaunchMeasure:
    """Says what is expected, with how sure one is, so that it can be held against what comes."""
    if not low <= likely <= high:
        raise Invalid({"likely": "low, likely and high must rise"})
    if measure is not None and measure.launch_id != launch.pk:
        raise Invalid({"measure": "it is of another launch"})
    if measure is not None and measure.came is not None and (low, likely, high) != (
        measure.low, measure.likely, measure.high,
    ):  # fmt: skip
        raise Invalid({"likely": "what came is known; what was expected stays as it was"})
    row = measure or LaunchMeasure(launch=launch)
    given = {"name": name, "unit": unit, "low": low, "likely": likely, "high": high, "source": source, "due_on": due_on}
    for field, value in given.items():
        setattr(row, field, value)
    row.save()
    return row


@action(rule=works_on, says="noted what came: {measure}")
def record_launch_result(
    actor: Actor,
    *,
    measure: LaunchMeasure,
    came: Annotated[float, Field(allow_inf_nan=False, description="In the measure's own unit")],
    came_on: Annotated[date | None, Field(description="As of which day; empty is today")] = None,
    note: Annotated[str, Field(description="What explains it")] = "",
) -> LaunchMeasure:
    """Holds what was expected against what came."""
    day = came_on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid({"came_on": "that day is still to come"})
    measure.came, measure.came_on, measure.note = came, day, note
    measure.save(update_fields=["came", "came_on", "note"])
    return measure


@action(rule=works_on, says="expects {measure} no longer")
def remove_launch_measure(actor: Actor, *, measure: LaunchMeasure) -> None:
    """Takes an expectation back. One that was held against what came stays."""
    if measure.came is not None:
        raise Invalid({"measure": "what came of it is known; it stays"})
    measure.delete()
