"""Which evidence speaks of which need."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearspan.core import panels
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities import jobs
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.opportunities.rules import sorts

Quote = Annotated[str, Field(max_length=4000, description="The sentence that says it, word for word.")]
Importance = Annotated[int, Field(ge=1, le=4, description="1 in passing, 2 useful, 3 important, 4 cannot do without.")]
Prompted = Annotated[bool, Field(description="The account was asked about this very need.")]
Answer = Annotated[bool, Field(description="What it said: it has the need, or not.")]
Suggested = Annotated[float | None, Field(ge=0, le=1, description="How alike they are, if Clearspan suggested it.")]


@action(rule=sorts, says="linked {result} to {opportunity}")
def link_evidence(
    actor: Actor,
    *,
    opportunity: Opportunity,
    feedback: list[Feedback],
    quote: Quote = "",
    importance: Importance = Mention.Importance.USEFUL,
    prompted: Prompted = False,
    answer: Answer = True,
    suggested: Suggested = None,
) -> Linked:
    """Says that pieces of feedback speak of a need, and counts them as sorted. A quote belongs to one piece."""
    if quote and len(feedback) != 1:
        raise Invalid({"quote": "a quote is cut from one piece of feedback; link them one by one"})
    if strange := [item.ref for item in feedback if item.product_id != opportunity.product_id]:
        raise Invalid({"feedback": f"{', '.join(strange[:5])} was said about another product"})
    if quote:
        _check_quote(quote, feedback[0])
    known = set(opportunity.mentions.filter(feedback__in=feedback).values_list("feedback", flat=True))
    new = [item for item in feedback if item.pk not in known]
    if not new:
        raise Invalid({"feedback": f"this is linked to {opportunity} already"})
    Mention.objects.bulk_create(
        Mention(
            opportunity=opportunity,
            feedback=item,
            quote=quote,
            importance=importance,
            prompted=prompted,
            answer=answer,
            suggested=suggested,
            linked_by=actor.person,
        )
        for item in new
    )
    unsorted = [item.pk for item in new if item.state in (Feedback.State.NEW, Feedback.State.AWAY)]
    Feedback.objects.filter(pk__in=unsorted).update(state=Feedback.State.SORTED)
    panels.ask("evidence.linked", actor, (opportunity, new))  # what stands for others, such as an idea with its votes
    jobs.refresh_soon(opportunity.product_id)
    return Linked(new)


@action(rule=sorts, says="unlinked {result} from {opportunity}")
def unlink_evidence(actor: Actor, *, opportunity: Opportunity, feedback: list[Feedback]) -> Linked:
    """Takes pieces of feedback off a need. What then speaks of no need is unsorted again."""
    keys = [item.pk for item in feedback]
    if not opportunity.mentions.filter(feedback__in=keys).delete()[0]:
        raise Invalid({"feedback": f"none of this is linked to {opportunity}"})
    silent = Feedback.objects.filter(pk__in=keys, state=Feedback.State.SORTED, mentions=None)
    Feedback.objects.filter(pk__in=list(silent.values_list("pk", flat=True))).update(state=Feedback.State.NEW)
    panels.ask("evidence.linked", actor, (opportunity, feedback))
    jobs.refresh_soon(opportunity.product_id)
    return Linked(feedback)


@action(rule=sorts, says="changed how {result.feedback} speaks of {result.opportunity}")
def change_mention(
    actor: Actor,
    *,
    mention: Mention,
    quote: Annotated[str | None, Field(max_length=4000, description="Word for word; empty takes it away.")] = None,
    importance: Annotated[int | None, Field(ge=1, le=4)] = None,
    prompted: bool | None = None,
    answer: bool | None = None,
    agreed: Annotated[str | None, Field(max_length=200, description="Who agreed that it may be told, and when")] = None,
) -> Mention:
    """Cuts a quote, or changes how much a mention matters and whether the account was asked. None leaves as it is."""
    if quote:
        _check_quote(quote, mention.feedback)
    if agreed and not (mention.quote if quote is None else quote):
        raise Invalid({"agreed": "it has no quote; cut one first"})
    given = {"quote": quote, "importance": importance, "prompted": prompted, "answer": answer, "agreed": agreed}
    changed = [name for name, value in given.items() if value is not None]
    for name in changed:
        setattr(mention, name, given[name])
    mention.save(update_fields=changed)
    if prompted is not None or answer is not None:
        jobs.refresh_soon(mention.opportunity.product_id)
    return mention


class Linked(list[Feedback]):
    """Feedback that was linked, and how an event names it: by its title, or by how many there are."""

    def __str__(self) -> str:
        return f"“{str(self[0])[:80]}”" if len(self) == 1 else f"{len(self)} pieces of feedback"


def _check_quote(quote: str, feedback: Feedback) -> None:
    """A quote is what was said, not what we made of it; only white space may differ."""
    said = " ".join(f"{feedback.title} {feedback.text}".split())
    if " ".join(quote.split()) not in said:
        raise Invalid({"quote": "these words do not stand in the feedback; a quote is cut word for word"})
