"""Development's first page: what am I to build next, why, is it needed, and are we on track?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, QuerySet, When

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.panels import Fragment
from clearspan.stages.decisions.audiences import DEVELOPMENT
from clearspan.stages.decisions.queries import Published, published
from clearspan.stages.development import forecast_words
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries import forecast
from clearspan.stages.opportunities.models import Mention, Verdict
from clearspan.stages.options.models import Meets, Option
from clearspan.ui.numbers import money, plural

SHOWN = 8  # items, and options


@dataclass(frozen=True)
class Build:
    """A decided option: who needs it, when it should be there, and how much of it is left."""

    coming: Published
    needed: str  # "41 accounts asked for it, worth £0.9 m a year"
    todo: int
    doing: int


@dataclass(frozen=True)
class ForDevelopment:
    """The page of one product. What stands `beside` is the stages' own: where the work went."""

    builds: Sequence[Build]
    doing: Sequence[WorkItem]  # of the person, else of everybody
    next: Sequence[WorkItem]  # what waits, of what was decided, in the roadmap's order
    dates: str
    is_mine: bool
    beside: Sequence[Fragment] = ()

    @property
    def answer(self) -> str:
        """The first line: what to build next, for what, and who needs that."""
        if not self.next:
            rest = "what is in hand can be finished" if self.doing else "nothing that was decided waits to be built"
            return f"{rest[:1].upper()}{rest[1:]}. {self.dates}."
        item = self.next[0]
        build = next((one for one in self.builds if one.coming.option == item.option_id), None)
        for_what = f", for “{build.coming.title}”: {build.needed}" if build else ""
        return f"Next is “{item.title}”{for_what}."

    @property
    def under(self) -> str:
        """When everything is done, where the first line says what comes next."""
        return f"All that is open: {self.dates[:1].lower()}{self.dates[1:]}." if self.next else ""


def development(actor: Actor, product: Product | None, today: date) -> ForDevelopment:
    """What a team is to build of a product: a constant number of queries, however much work there is."""
    if product is None:
        return ForDevelopment((), (), (), "There is no product yet", False)
    coming = published(actor, product, DEVELOPMENT, today)[:SHOWN]
    items = WorkItem.objects.visible_to(actor).filter(product=product).exclude(kind=WorkItem.Kind.EPIC)
    hands, is_mine = _doing(actor, items)
    study = forecast.newest(actor, product)
    dates = forecast_words.of_dates(study.p50, study.p85, today) if study else "When it will be done is not known yet"
    beside = panels.ask("first.development", actor, product)
    return ForDevelopment(_builds(actor, items, coming), hands, _next(items, coming), dates, is_mine, beside)


def _doing(actor: Actor, items: QuerySet[WorkItem]) -> tuple[list[WorkItem], bool]:
    """What is being done, by the person where that is anything, else by everybody; and which of both. One query."""
    is_mine = Case(When(assignee__in=_names(actor), then=True), default=False)
    doing = items.filter(state=WorkItem.State.DOING).annotate(is_mine=is_mine).select_related("option")
    shown = ("title", "assignee", "started_on", "is_upkeep", "option__title")
    found = list(doing.only(*shown).order_by("-is_mine", "started_on", "pk")[:SHOWN])
    mine = [item for item in found if item.is_mine]  # type: ignore[attr-defined]  # annotated
    return mine or found, bool(mine)


def _names(actor: Actor) -> list[str]:
    """How trackers may call the person."""
    person = actor.person
    return [person.name, person.email, person.email.partition("@")[0]] if person else []


def _next(items: QuerySet[WorkItem], coming: Sequence[Published]) -> list[WorkItem]:
    """What waits to be begun, of what was decided: the options in their order, in each what waits longest."""
    if not coming:
        return []
    order = Case(*(When(option=one.option, then=at) for at, one in enumerate(coming)), output_field=IntegerField())
    waiting = items.filter(state=WorkItem.State.TODO, option__in=[one.option for one in coming])
    rows = waiting.select_related("option").only("title", "option__title").order_by(order, "added_on", "pk")
    return list(rows[:SHOWN])


def _builds(actor: Actor, items: QuerySet[WorkItem], coming: Sequence[Published]) -> list[Build]:
    """Four queries for all."""
    keys = [one.option for one in coming]
    counted = items.filter(option__in=keys).order_by().values("option", "state").annotate(n=Count("state"))
    counts = {(row["option"], row["state"]): row["n"] for row in counted}
    needed = needed_by(actor, keys)
    return [
        Build(one, needed.get(one.option, "no need of the market is named for it"),
              counts.get((one.option, "todo"), 0), counts.get((one.option, "doing"), 0))
        for one in coming
    ]  # fmt: skip


def needed_by(actor: Actor, options: Sequence[int]) -> dict[int, str]:
    """Option to who needs it and what that is worth, in words: three queries for all.

    As the demand study counted; of what it has not judged yet, whoever is known to ask.
    """
    needs: dict[int, set[int]] = {}
    met = Meets.objects.filter(option__in=Option.objects.visible_to(actor).filter(pk__in=options))
    for option, need in met.values_list("option", "opportunity"):
        needs.setdefault(option, set()).add(need)
    every = {need for some in needs.values() for need in some}
    judged = Verdict.objects.filter(opportunity__in=every).values_list("opportunity", "value", "asking")
    worth, asking = {need: value for need, value, _ in judged}, {need: heard for need, _, heard in judged}
    unjudged = every - set(worth)
    said = Mention.objects.visible_to(actor).filter(opportunity__in=unjudged, answer=True)
    said = said.order_by().values("opportunity")
    asking |= dict(said.annotate(n=Count("feedback__account", distinct=True)).values_list("opportunity", "n"))
    currency = Company.ours().currency
    return {option: _needed(some, asking, worth, currency) for option, some in needs.items()}


def _needed(needs: set[int], asking: dict[int, int], worth: dict[int, float], currency: str) -> str:
    """Of the need that matters most: counts over several would count the same account twice."""
    first = max(needs, key=lambda need: (worth.get(need, 0.0), asking.get(need, 0)))
    accounts = asking.get(first, 0)
    words = f"{plural(accounts, 'account')} asked for it" if accounts else "nobody was heard to ask for it"
    return f"{words}, worth {money(worth[first], currency)} a year" if worth.get(first) else words
