"""The first page of every other function: what is coming, and what must we have ready?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.decisions.audiences import FUNCTIONS
from clearspan.stages.decisions.queries import Published, published
from clearspan.stages.launch.models import Commitment, Launch
from clearspan.stages.launch.queries.launches import OPEN
from clearspan.stages.launch.queries.waiting import commitments_of
from clearspan.ui.numbers import day, plural

SHOWN = 20
LAUNCHES = 8


@dataclass(frozen=True)
class ForFunctions:
    """What a function must have ready, the launches that are ahead, and what is coming of one product."""

    function: Function | None
    asked: Sequence[Commitment]  # not done, of all products, by day
    launches: Sequence[Launch]
    coming: Sequence[Published]
    today: date

    @property
    def late(self) -> int:
        return sum(one.due_on < self.today for one in self.asked)

    @property
    def answer(self) -> str:
        """The first line: how much is to be ready, by when the first, and what is coming."""
        ahead = f"{plural(len(self.launches), 'launch', 'launches')} {'is' if len(self.launches) == 1 else 'are'} ahead"
        if not self.asked:
            return f"Nothing is to be ready{f' of {self.function}' if self.function else ''}; {ahead}."
        number, first = len(self.asked), self.asked[0].due_on
        things = f"{number} or more things" if number == SHOWN else plural(number, "thing")
        things += " is" if number == 1 else " are"
        by = f"{'was due' if first < self.today else 'by'} {day(first, self.today)}"
        return f"{things} to be ready, {f'the first {by}' if number > 1 else by}; {ahead}."


def functions(actor: Actor, product: Product | None, today: date) -> ForFunctions:
    """The page of the actor's function: a constant number of queries."""
    function = actor.person.function if actor.person else None
    open_ = (Commitment.State.ASKED, Commitment.State.PROMISED)
    shown = ("title", "state", "due_on", "launch__title", "launch__product__key", "owner__name")
    rows = commitments_of(actor, function).filter(state__in=open_).select_related(None)
    asked = rows.select_related("launch__product", "owner").only(*shown)
    ahead = Launch.objects.visible_to(actor).filter(state__in=OPEN).select_related("product")
    ahead = ahead.only("title", "state", "planned_on", "product__key", "product__name")
    return ForFunctions(
        function, list(asked[:SHOWN]), list(ahead.order_by("planned_on", "pk")[:LAUNCHES]),
        published(actor, product, FUNCTIONS, today) if product else [], today,
    )  # fmt: skip
