"""What definitions say on the pages of options and needs: what was defined, and how far it is signed.

Fills: `counts`, `option`, `opportunity.options`, `opportunity.reached`, `opportunity.merged`, `roadmap.words`,
`comparison.kinds`. Offers on its own page: `definition` (fragments, about a definition).
"""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.core.records import Records
from clearspan.stages.definition import answers, queries
from clearspan.stages.definition.models import Definition, Ground, Requirement
from clearspan.stages.definition.rules import works_on
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.options.ways import met

STATION = 5  # definition is the line's fifth


def provide() -> None:
    """Registers this stage's answers."""
    panels.provide("counts", counts)
    panels.provide("option", on_option)
    panels.provide("opportunity.options", on_need)
    panels.provide("opportunity.reached", reached)
    panels.provide("opportunity.merged", merged)
    panels.provide("roadmap.words", words)
    panels.provide("comparison.kinds", compared)


def compared(actor: Actor, product: Product) -> tuple[str, str]:
    """What else is compared with competitors, beside needs."""
    return "requirement_comparison", "Requirements"


def counts(actor: Actor, product: Product) -> dict[str, Records]:
    """The definitions that are not signed yet, for the menus."""
    return {"definitions": Definition.objects.filter(product=product).exclude(state=Definition.State.SIGNED)}


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """On an option's page: its definition, or the way to begin it."""
    definition = Definition.objects.visible_to(actor).filter(option=option).select_related("product").first()
    if definition is not None:
        found = queries.page(actor, definition)
        return Fragment("definition/_on_option.html", {"definition": definition, "answer": answers.of_page(found)})
    if option.state == Option.State.DECLINED or not works_on(actor, {"option": option}):
        return None
    return Fragment("definition/_begin.html", {"option": option, "chosen": option.state == Option.State.CHOSEN})


def on_need(actor: Actor, need: Opportunity) -> Fragment | None:
    """On a need's page: the requirements that stand on it."""
    rows = Requirement.objects.visible_to(actor).filter(grounds__opportunity=need, is_dropped=False)
    found = list(rows.select_related("definition__product").order_by("definition", "position", "pk")[:50])
    return Fragment("definition/_on_need.html", {"need": need, "requirements": found}) if found else None


def reached(actor: Actor, needs: Sequence[Opportunity]) -> dict[int, int]:
    """The needs that a requirement stands on, or whose option is defined, have come to the fifth station."""
    keys = [need.pk for need in needs]
    grounded = Ground.objects.visible_to(actor).filter(opportunity__in=keys, requirement__is_dropped=False).order_by()
    defined = Definition.objects.visible_to(actor).order_by()
    come = met(actor, needs, lambda options: defined.filter(option__in=options).values_list("option", flat=True))
    return dict.fromkeys(come | {*grounded.values_list("opportunity", flat=True)}, STATION)


def merged(actor: Actor, given: tuple[Sequence[Opportunity], Opportunity]) -> None:
    """When needs become one, what stands on them stands on the one that stays."""
    needs, into = given
    has = {*Ground.objects.filter(opportunity=into).values_list("requirement", flat=True)}
    for ground in Ground.objects.filter(opportunity__in=[need.pk for need in needs]).order_by("pk"):
        if ground.requirement_id in has:
            ground.delete()
        else:
            ground.opportunity = into
            ground.save(update_fields=["opportunity"])
            has.add(ground.requirement_id)


def words(actor: Actor, options: Sequence[Option]) -> dict[int, tuple[str, str]]:
    """What an option could be called in public, and what could be said of it: by its definition's positioning."""
    rows = Definition.objects.visible_to(actor).filter(option__in=[option.pk for option in options])
    return {
        row.option_id: (row.title, "\n\n".join(text for text in (row.outcome, row.difference) if text)) for row in rows
    }
