"""The trace strip: the eight stations of a row's line, or of a whole product."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core import lists
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.models import Decision
from clearspan.stages.definition.models import Definition
from clearspan.stages.development.models import WorkItem
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.inlife.queries.amounts import earned
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.trace.queries import Line, is_on_line, line_of
from clearspan.ui.numbers import count, money, plural
from clearspan.ui.shell import Station, trace

LISTS = {
    "feedback": "inbox", "opportunity": "opportunities", "option": "options", "decision": "decisions",
    "definition": "definitions", "item": "items", "launch": "launches",
}  # fmt: skip
AHEAD = (Launch.State.PLANNED, Launch.State.GO, Launch.State.NO_GO)
OVER = {"definition": Definition.State.SIGNED, "launch": Launch.State.LAUNCHED}


def strip_of(actor: Actor, about: Any) -> tuple[Station, ...] | None:
    """The strip for a product or for one row of the line; None for what is not on the line."""
    if isinstance(about, Product):
        return _of_product(actor, about)
    line = line_of(actor, about, most=2) if is_on_line(about) else None
    return _of_line(line) if line is not None else None


def _of_product(actor: Actor, product: Product) -> tuple[Station, ...]:
    decisions, definitions = Decision.objects.filter(product=product), Definition.objects.filter(product=product)
    launches = Launch.objects.filter(product=product)
    n = lists.counts(
        {
            "heard": Feedback.objects.filter(product=product),
            "needs": Opportunity.objects.filter(product=product).exclude(state=Opportunity.State.CLOSED),
            "options": Option.objects.filter(product=product),
            "yes": decisions.filter(kind=Decision.Kind.CHOOSE),
            "no": decisions.exclude(kind=Decision.Kind.CHOOSE),
            "defined": definitions,
            "signed": definitions.filter(state=Definition.State.SIGNED),
            "doing": WorkItem.objects.filter(product=product, state=WorkItem.State.DOING),
            "ahead": launches.filter(state__in=AHEAD),
            "done": launches.filter(state=Launch.State.LAUNCHED),
        }
    )
    earns = earned(actor, product)
    a_year = f"{money(earns, Company.ours().currency)} a year" if earns is not None else "none yet"
    facts = [
        (f"{n['heard']} heard", n["heard"], "inbox"),
        (n["needs"].of("need"), n["needs"], "opportunities"),
        (n["options"].of("option"), n["options"], "options"),
        (f"{n['yes']} yes, {n['no']} no", n["yes"] or n["no"], "decisions"),
        (f"{n['signed']} of {n['defined']} signed", n["defined"], "definitions"),
        (f"{n['doing']} being built", n["doing"], "development"),
        (f"{n['ahead']} ahead, {n['done']} done", n["ahead"] or n["done"], "launches"),
        (a_year, earns is not None, "inlife"),
    ]
    return trace(*((fact, "done" if any_ else "next", reverse(to, args=[product.key])) for fact, any_, to in facts))


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
        (_state_or(line.definitions, "definition"), line.definitions, "definition"),
        (f"{count(line.done)} of {count(line.all)} done" if line.all else "none yet", line.items, "item"),
        (_state_or(line.launches, "launch"), line.launches, "launch"),
        (_in_life(line), line.came or line.proposals, "inlife"),
    ]
    return trace(*(_station(line, place, fact, rows, name) for place, (fact, rows, name) in enumerate(facts)))


def _station(line: Line, place: int, fact: str, rows: list[Any], name: str) -> Any:
    """(fact, state, address): here, done, under way (the next one to come), or not yet."""
    if place == line.here:
        about: Any = line.about
        return ("the whole line", "here", reverse("trace", args=[about.product.key, about.ref]))
    if not rows:
        return (fact, "next" if place == line.here + 1 else "none")
    only = rows[0]
    if name == "inlife":
        return (fact, "done", _came_at(line))
    if name == "feedback" and len(rows) > 1 and line.opportunities:  # who said it, in their words
        need = line.opportunities[0]
        return (fact, "done", reverse("opportunity_mentions", args=[need.product.key, need.pk]))
    if name == "item":
        served = f"?option={line.options[0].ref}" if len(line.options) == 1 else ""
        url = reverse("items", args=[only.product.key]) + served
        return (fact, "next" if line.done < line.all else "done", url)
    one = len(rows) == 1 or name == "decision"
    url = reverse(name, args=[only.product.key, only.pk]) if one else reverse(LISTS[name], args=[only.product.key])
    over = OVER.get(name)  # what is not over is under way: a ring
    return (fact, "next" if over and any(row.state != over for row in rows) else "done", url)


def _in_life(line: Line) -> str:
    """What came of what was decided; of what is still to come, the proposal it was made of."""
    if not line.came:
        return f"to {line.proposals[0].get_kind_display()}" if line.proposals else "none yet"
    came = money(sum(one.came or 0.0 for one in line.came), Company.ours().currency)
    return f"{came} came"


def _came_at(line: Line) -> str:
    if not line.came:
        return reverse("proposal", args=[line.proposals[0].product.key, line.proposals[0].pk])
    decision = line.came[0].decision
    if len(line.came) > 1:
        return reverse("promises", args=[decision.product.key])
    return reverse("decision", args=[decision.product.key, decision.pk])


def _one_or(rows: list[Any], word: str) -> str:
    return str(rows[0]) if len(rows) == 1 else plural(len(rows), word)


def _state_or(rows: list[Any], word: str) -> str:
    if not rows:
        return "none yet"
    return rows[0].get_state_display() if len(rows) == 1 else plural(len(rows), word)
