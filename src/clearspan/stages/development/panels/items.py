"""How far the work is, on the pages of what it is for: options, definitions, needs."""

from __future__ import annotations

from collections.abc import Sequence

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.core.records import Records
from clearspan.stages.definition.models import Definition, Requirement
from clearspan.stages.development import item_words
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries import progress
from clearspan.stages.development.rules import builds
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.options.ways import met
from clearspan.ui.marks import Scale

STATION = 6  # development is the line's sixth


def provide() -> None:
    panels.provide("counts", counts)
    panels.provide("option", on_option)
    panels.provide("definition", on_definition)
    panels.provide("opportunity.options", on_need)
    panels.provide("opportunity.reached", reached)


def counts(actor: Actor, product: Product) -> dict[str, Records]:
    """The items in hand, for the menus."""
    return {"development": WorkItem.objects.filter(product=product, state=WorkItem.State.DOING)}


def on_option(actor: Actor, option: Option) -> Fragment | None:
    """How far the build of an option is; nothing of one that nobody decided and nobody builds."""
    found = progress.of_options(actor, [option]).get(option.pk)
    if found is None and option.state != Option.State.CHOSEN:
        return None
    said = {
        "option": option,
        "progress": found,
        "finding": item_words.of_progress(found),
        "points": item_words.points_of(found) if found else "",
        "scale": Scale.shares([1.0]),
        "may": builds(actor, {"option": option}),
    }
    return Fragment("development/_on_option.html", said)


def on_definition(actor: Actor, definition: Definition) -> Fragment | None:
    """How far each requirement is."""
    requirements = list(Requirement.objects.visible_to(actor).filter(definition=definition, is_dropped=False))
    each = progress.of_requirements(actor, requirements)
    whole = progress.of_options(actor, [definition.option]).get(definition.option_id)
    if whole is None:
        return None
    said = {
        "definition": definition,
        "rows": [(one, each.get(one.pk)) for one in requirements],
        "finding": item_words.of_progress(whole),
        "scale": Scale.shares([1.0]),
    }
    return Fragment("development/_on_definition.html", said)


def on_need(actor: Actor, need: Opportunity) -> Fragment | None:
    """What is being built for a need, option by option."""
    options = list(Option.objects.visible_to(actor).filter(meets__opportunity=need).select_related("product"))
    found = progress.of_options(actor, options)
    rows = [(option, found[option.pk]) for option in options if option.pk in found]
    if not rows:
        return None
    under_way = sum(not of.is_done for _, of in rows)
    finding = "It is being built" if under_way else "What was begun for it is built"
    return Fragment(
        "development/_on_need.html", {"need": need, "rows": rows, "finding": finding, "scale": Scale.shares([1.0])}
    )


def reached(actor: Actor, needs: Sequence[Opportunity]) -> dict[int, int]:
    """The needs for which something is or was in hand have come to the sixth station."""
    begun = WorkItem.objects.filter(state__in=(WorkItem.State.DOING, WorkItem.State.DONE)).order_by().distinct()
    come = met(actor, needs, lambda options: begun.filter(option__in=options).values_list("option", flat=True))
    return dict.fromkeys(come, STATION)
