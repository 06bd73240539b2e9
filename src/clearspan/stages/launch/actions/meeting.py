"""Go or no-go: what each function says, and what is decided."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from pydantic import Field

from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.launch import queries
from clearspan.stages.launch.models import GoDecision, GoVote, Launch
from clearspan.stages.launch.rules import decides, speaks_for_function

OPEN = (Launch.State.PLANNED, Launch.State.GO, Launch.State.NO_GO)


@action(rule=speaks_for_function, says="said for {launch}: {result}")
def vote_on_launch(
    actor: Actor,
    *,
    launch: Launch,
    function: Function,
    says: Annotated[GoVote.Says, Field(description="go, go_if or no_go")],
    words: Annotated[str, Field(max_length=2_000, description="The condition, or what stands against it")] = "",
) -> GoVote:
    """Says what a function thinks of launching. A later word takes the place of an earlier one."""
    if launch.state not in OPEN:
        raise Invalid({"launch": f"it is {launch.get_state_display()}"})
    if says != GoVote.Says.GO and not words.strip():
        what = "the condition" if says == GoVote.Says.GO_IF else "what stands against it"
        raise Invalid({"words": f"say {what}"})
    given = {"says": says, "words": words.strip(), "person": actor.person, "said_at": timezone.now()}
    return GoVote.objects.update_or_create(launch=launch, function=function, defaults=given)[0]


@action(rule=decides, says="decided: {result}")
def decide_launch(
    actor: Actor,
    *,
    launch: Launch,
    goes: Annotated[bool, Field(description="True: go. False: no-go")],
    reasons: Annotated[str, Field(min_length=3, description="Why, so that somebody who was not there understands")],
) -> GoDecision:
    """Decides go or no-go. How ready everything was, and who said what, is kept with it."""
    if launch.state not in OPEN:
        raise Invalid({"launch": f"it is {launch.get_state_display()}"})
    today = timezone.localdate()
    decision: GoDecision = GoDecision.objects.create(
        launch=launch, goes=goes, reasons=reasons, decided_on=today, decided_by=actor.person,
        readiness=queries.as_kept(queries.readiness(actor, launch, today)),
    )  # fmt: skip
    launch.state = Launch.State.GO if goes else Launch.State.NO_GO
    launch.save(update_fields=["state"])
    return decision
