"""Senior management's first page: the business from the product side, on one page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from clearspan.audiences.product.today import Row, newest_plans, rows_of
from clearspan.catalogue.models import Product
from clearspan.catalogue.slots import Standing, listed, said
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries.log import five_of
from clearspan.stages.decisions.queries.plans import sure_of
from clearspan.stages.launch.models import Launch
from clearspan.stages.options.models import Option
from clearspan.ui.marks import Scale
from clearspan.ui.numbers import money, money_range, plural

BETS = 12
SOON = timedelta(days=30)
MAY_LOSE = 0.25  # a bet of which one future in four loses money is named as one


@dataclass(frozen=True)
class Line:
    """One product: how it stands, with its money where somebody says how that stands."""

    row: Row
    money: Standing | None = None


@dataclass(frozen=True)
class Bet:
    """Something that was chosen and is not known yet: what was expected of it, as it was decided."""

    decision: Decision
    five: tuple[float, ...]
    loss: float  # chance that it loses money

    @property
    def losses(self) -> int:
        """In how many of fifty futures."""
        return round(50 * self.loss)


@dataclass(frozen=True)
class Person:
    """What one more of a function is worth over the plan, by product, the most first."""

    function: str
    worth: float
    product: Product
    sure: tuple[float, float] | None = None  # where that lies in nine of ten futures


@dataclass(frozen=True)
class ForLeadership:
    """All products that the person may see."""

    lines: Sequence[Line]
    risks: Sequence[tuple[Product, Standing]]  # what is behind or blocked
    bets: Sequence[Bet]  # all that are out, what is expected to earn most first
    people: Sequence[Person]
    decide: Sequence[Launch]  # go or no-go within a month

    @cached_property
    def plan_scale(self) -> Scale | None:
        values = [value for row in self.lines if row.row.plan for value in row.row.plan]
        return Scale.amounts(values) if values else None

    @cached_property
    def bet_scale(self) -> Scale | None:
        values = [value for bet in self.shown for value in bet.five]
        return Scale.amounts(values) if values else None

    @property
    def shown(self) -> Sequence[Bet]:
        """As many bets as one reads."""
        return self.bets[:BETS]

    @property
    def more(self) -> int:
        """How many bets are not shown."""
        return len(self.bets) - len(self.shown)

    @property
    def answer(self) -> str:
        """The first line: what the bets are worth together, how sure, what waits to be decided, what is at risk."""
        if not self.lines:
            return "There is no product yet."
        low, likely, high = (sum(bet.five[at] for bet in self.bets) for at in (0, 2, 4))
        currency = Company.ours().currency
        parts = []
        told = [row for row in self.lines if row.money]
        behind = [row.row.product.name for row in told if row.money and row.money.is_behind]
        if told:
            names = f"{' and '.join(behind[:3])} {'is' if len(behind) == 1 else 'are'} behind plan"
            parts.append(names if behind else "every product earns what was planned")
        if self.bets:
            unsure = sum(bet.loss >= MAY_LOSE for bet in self.bets)
            risk = f", {unsure} of which may well lose money" if unsure else ""
            out = f"{plural(len(self.bets), 'bet')} {'is' if len(self.bets) == 1 else 'are'} out"
            widest = " at the widest" if len(self.bets) > 1 else ""  # as if all went badly at once, or all well
            sure = f"({money_range(low, high, currency)}{widest})"
            parts.append(f"{out}, likely worth {money(likely, currency)} {sure}{risk}")
        number, risks = len(self.decide), len(self.risks)
        if number or not risks:
            many = plural(number, "launch", "launches") if number else "no launch"
            parts.append(f"{many} {'wait' if number > 1 else 'waits'} for a decision")
        if risks:
            parts.append(f"{plural(risks, 'thing')} {'is' if risks == 1 else 'are'} at risk")
        words = "; ".join(parts)
        return f"{words[:1].upper()}{words[1:]}."


def leadership(actor: Actor, product: Product | None, today: date) -> ForLeadership:
    """Everything on the page: a constant number of queries, whatever the company's size."""
    products = [product for product in Product.all_for(actor) if not product.is_archived]
    named = {one.pk: one for one in products}
    ahead = Launch.objects.visible_to(actor).filter(product__in=products, state=Launch.State.PLANNED)
    soon = ahead.filter(decide_on__lte=today + SOON).only("title", "product", "decide_on")
    decide = _of(named, soon.order_by("decide_on", "pk"))
    earn, plans = said("first.money", actor, products), newest_plans(products)
    lines = [Line(row, earn.get(row.product.pk)) for row in rows_of(products, set(), plans)]
    return ForLeadership(
        lines,
        _listed("first.risks", actor, named),
        _bets(named), _people(named, plans), decide,
    )  # fmt: skip


def moves_of(actor: Actor) -> list[tuple[Product, Standing]]:
    """What competitors did lately, product by product."""
    named = {product.pk: product for product in Product.all_for(actor) if not product.is_archived}
    return _listed("first.market", actor, named)


def of_moves(found: Sequence[object]) -> str:
    """Their number, in words."""
    if not found:
        return "Nothing is known of what competitors did lately."
    return f"{plural(len(found), 'thing')} {'is' if len(found) == 1 else 'are'} known that competitors did lately."


def _listed(slot: str, actor: Actor, products: Mapping[int, Product]) -> list[tuple[Product, Standing]]:
    """What is said of each product, product by product."""
    found = listed(slot, actor, list(products.values()))
    return [(product, one) for pk, product in products.items() for one in found.get(pk, ())]


def _of(products: Mapping[int, Product], rows: Iterable[Any]) -> list[Any]:
    """Rows with the products that are known already: their query need not read those again."""
    found = list(rows)
    for one in found:
        one.product = products[one.product_id]
    return found


def _bets(products: Mapping[int, Product]) -> list[Bet]:
    """What was chosen, of which nobody has said what came: the newest decision on each option. One query."""
    rows = Decision.objects.filter(
        product__in=products, kind=Decision.Kind.CHOOSE, option__state=Option.State.CHOSEN
    ).exclude(outcomes__amount__isnull=False)
    newest = rows.order_by("option_id", "-decided_on", "-pk").distinct("option_id")
    shown = ("product", "option__title", "decided_on", "expected")
    bets = [
        Bet(one, five, float(one.expected.get("probability_of_loss") or 0))
        for one in _of(products, newest.select_related("option").only(*shown))
        if (five := five_of(one.expected)) is not None
    ]
    return sorted(bets, key=lambda bet: -bet.five[2])


def _people(products: Mapping[int, Product], plans: Mapping[int, Mapping[str, Any]]) -> list[Person]:
    """One more of each function, by the newest plan of each product; the product where one is worth most."""
    best: dict[str, Person] = {}
    for key, plan in plans.items():
        for name, (worth, sure) in _worths(plan["capacity"]).items():
            if name not in best or worth > best[name].worth:
                best[name] = Person(name, worth, products[key], sure)
    return sorted(best.values(), key=lambda one: -one.worth)


def _worths(said: Any) -> dict[str, tuple[float, tuple[float, float] | None]]:
    """Function to what one more is worth and how sure that is, where the plan can tell and it is worth something."""
    found: dict[str, tuple[float, tuple[float, float] | None]] = {}
    for entry in json.loads(said) if said else ():
        if "note" not in entry and entry.get("per_unit"):
            found[entry["function"]] = float(entry["per_unit"]), sure_of(entry)
    return found
