"""The trace strip: the eight stations of a row's line, or of a whole product."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.models import Definition
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.trace.queries import Line, line_of
from clearspan.ui.numbers import count, plural
from clearspan.ui.shell import Station, trace

CAP = 10_000  # beyond this nobody needs the exact number, and counting it costs time


def strip_of(actor: Actor, about: Any) -> tuple[Station, ...] | None:
    """The strip for a product or for one row of the line; None for what is not on the line."""
    if isinstance(about, Product):
        return _of_product(about)
    if isinstance(about, (Feedback, Ask, Opportunity, Option, Decision, Definition)):
        return _of_line(line_of(actor, about))
    return None


def _of_product(product: Product) -> tuple[Station, ...]:
    heard = Feedback.objects.filter(product=product).values("pk")[: CAP + 1].count()
    needs = Opportunity.objects.filter(product=product).exclude(state=Opportunity.State.CLOSED).count()
    options = Option.objects.filter(product=product).count()
    decided = Decision.objects.filter(product=product).aggregate(
        yes=Count("pk", filter=Q(kind=Decision.Kind.CHOOSE)), no=Count("pk", filter=~Q(kind=Decision.Kind.CHOOSE))
    )
    defined = Definition.objects.filter(product=product).aggregate(
        n=Count("pk"), signed=Count("pk", filter=Q(state=Definition.State.SIGNED))
    )
    facts = [
        (f"{count(CAP)}+ heard" if heard > CAP else f"{count(heard)} heard", heard, "inbox"),
        (plural(needs, "need"), needs, "opportunities"),
        (plural(options, "option"), options, "options"),
        (f"{decided['yes']} yes, {decided['no']} no", decided["yes"] + decided["no"], "decisions"),
        (f"{defined['signed']} of {defined['n']} signed" if defined["n"] else "none yet", defined["n"], "definitions"),
    ]
    return trace(*((fact, "done" if n else "next", reverse(name, args=[product.key])) for fact, n, name in facts))


def _of_line(line: Line) -> tuple[Station, ...]:
    chosen = sum(option.state == Option.State.CHOSEN for option in line.options)
    options = plural(len(line.options), "option") + (f", {chosen} chosen" if chosen else "")
    decision = line.decisions[0] if line.decisions else None
    facts = [
        (plural(line.mentions, "mention"), line.feedback, "feedback"),
        (_one_or(line.opportunities, "need"), line.opportunities, "opportunity"),
        (options if line.options else "none yet", line.options, "option"),
        (
            f"{decision.get_kind_display()}, {decision.decided_on:%b %Y}" if decision else "none yet",
            line.decisions,
            "decision",
        ),
        (_defined(line), line.definitions, "definition"),
    ]
    return trace(*(_station(line, place, fact, rows, name) for place, (fact, rows, name) in enumerate(facts)))


def _station(line: Line, place: int, fact: str, rows: list[Any], name: str) -> Any:
    """(fact, state, address): here, done, under way (the next one to come), or not yet."""
    if place == line.here:
        return ("this one" if place else "this", "here")
    if not rows:
        return (fact, "next" if place == line.here + 1 else "none")
    only = rows[0]
    lists = {
        "feedback": "inbox", "opportunity": "opportunities", "option": "options", "decision": "decisions",
        "definition": "definitions",
    }  # fmt: skip
    if name == "feedback" and len(rows) > 1 and line.opportunities:  # who said it, in their words
        need = line.opportunities[0]
        return (fact, "done", reverse("opportunity_mentions", args=[need.product.key, need.pk]))
    one = len(rows) == 1 or name == "decision"
    url = reverse(name, args=[only.product.key, only.pk]) if one else reverse(lists[name], args=[only.product.key])
    under_way = name == "definition" and any(one.state != Definition.State.SIGNED for one in rows)
    return (fact, "next" if under_way else "done", url)


def _defined(line: Line) -> str:
    """How far its definition is; of several, how many are signed."""
    signed = sum(one.state == Definition.State.SIGNED for one in line.definitions)
    if len(line.definitions) == 1:
        return str(line.definitions[0].get_state_display())
    return f"{signed} of {len(line.definitions)} signed" if line.definitions else "none yet"


def _one_or(rows: list[Any], word: str) -> str:
    return str(rows[0]) if len(rows) == 1 else plural(len(rows), word)
