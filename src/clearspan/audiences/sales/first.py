"""Sales' first page: what can I tell the prospect? My asks, what has come and is coming, and what is different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q

from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing, said
from clearspan.core.actor import Actor, Kind
from clearspan.stages.decisions.audiences import SALES
from clearspan.stages.decisions.queries import Published, published
from clearspan.stages.evidence.ask_facts import AskFacts, facts_of
from clearspan.stages.evidence.models import Ask
from clearspan.stages.launch.models import Collateral, Launch
from clearspan.ui.numbers import plural

SHOWN = 12
LATELY = timedelta(days=180)
TO_SELL = ("sales_sheet", "battlecard")  # documents of launches that salespeople take along


@dataclass(frozen=True)
class ForSales:
    """Asks over all products; what has come, what comes and what is different, of one."""

    asks: Sequence[tuple[Ask, AskFacts]]
    come: Sequence[Launch]
    coming: Sequence[Published]
    battle: Sequence[Standing]  # against the first of them; of the others the number
    more_rivals: int
    documents: Sequence[Collateral]
    is_mine: bool
    answered: int = 0  # of all, not of those shown
    waits: int = 0

    @property
    def answer(self) -> str:
        """The first line: what was answered, and the first thing that may be promised."""
        verb = "is" if self.answered == 1 else "are"
        if not self.asks:
            words = "None of your asks is open" if self.is_mine else "No deal asks for anything"
        elif self.is_mine:
            waits = f"{self.waits or 'none'} {'wait' if self.waits > 1 else 'waits'}"
            words = f"{self.answered} of your asks {verb} answered, {waits}"
        else:
            words = f"{self.answered} of {plural(self.answered + self.waits, 'ask')} {verb} answered"
        if not self.coming:
            return f"{words}; nothing that is coming may be promised yet."
        first = next((one for one in self.coming if one.said.last), self.coming[0])
        number = plural(len(self.coming), "thing")
        return f"{words}; you may tell of {number} to come, first “{first.title}”, {first.when}."


def sales(actor: Actor, product: Product | None, today: date) -> ForSales:
    """A salesperson's own asks; others see those of all open deals. A constant number of queries."""
    is_mine = actor.kind == Kind.SALES
    rows = Ask.objects.visible_to(actor).filter(deal__state="open").exclude(state=Ask.State.WITHDRAWN)
    if is_mine:
        rows = rows.filter(asked_by=actor.person)
    soonest = (F("needed_by").asc(nulls_last=True), "-pk")
    first = list(rows.order_by(*soonest).values_list("pk", flat=True)[:SHOWN])  # before all that hangs on each is read
    ways = ("deal__account", "deal__product", "feedback__copy_of", "asked_by")
    whole = Ask.objects.filter(pk__in=first).select_related(*ways).order_by(*soonest)
    asks = list(whole.defer("feedback__search", "feedback__copy_of__search", "deal__account__search"))
    facts = facts_of(actor, asks)
    waits = Count("pk", filter=Q(state=Ask.State.OPEN))
    counts = rows.order_by().aggregate(answered=Count("pk", filter=Q(state=Ask.State.ANSWERED)), waits=waits)
    launches = Launch.objects.visible_to(actor).filter(product=product)
    battle = said("first.battle", actor, [product]).get(product.pk, ()) if product else ()
    come = launches.filter(state=Launch.State.LAUNCHED, launched_on__gte=today - LATELY)
    papers = Collateral.objects.visible_to(actor).filter(launch__in=launches, kind__in=TO_SELL, state="ready")
    return ForSales(
        [(ask, facts[ask.pk]) for ask in asks],
        list(come.only("title", "launched_on").order_by("-launched_on")[:SHOWN]),
        published(actor, product, SALES, today) if product else [],
        battle[:SHOWN],
        max(0, len(battle) - SHOWN),
        list(papers.only("title", "kind", "launch").order_by("-pk")[:SHOWN]),
        is_mine,
        **counts,
    )
