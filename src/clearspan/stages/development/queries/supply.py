"""What suppliers owe us, what waits for us, and how well they have kept their days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils import timezone

from clearspan.catalogue.models import Product, Supplier, SupplierContact
from clearspan.core.actor import Actor
from clearspan.stages.development.models import Milestone, Quote, Team
from clearspan.stages.development.models.supply import OPEN_STATES, lateness
from clearspan.stages.options.models import Option

State = Milestone.State


@dataclass(frozen=True)
class Due:
    """A milestone as it stands on a day. `late`: days after the agreed day, below nought early."""

    milestone: Milestone
    late: int

    @property
    def is_late(self) -> bool:
        return self.late > 0

    @property
    def early(self) -> int:
        return max(0, -self.late)

    @property
    def better(self) -> int:
        """For a bar to the right: days early; to the left: days late."""
        return -self.late

    @property
    def in_words(self) -> str:
        return f"{abs(self.late)} {'day' if abs(self.late) == 1 else 'days'} {'late' if self.is_late else 'early'}"

    @property
    def waits(self) -> bool:
        """Whether it was delivered and waits for our answer."""
        return bool(self.milestone.state == State.DELIVERED)

    @property
    def criteria(self) -> list[tuple[int, str, bool, bool]]:
        """Each criterion: its place from 1, its words, whether the supplier says it is met, whether we miss it."""
        one = self.milestone
        return [(at, words, at in one.met, at in one.missing) for at, words in enumerate(one.criteria, 1)]


@dataclass(frozen=True)
class Kept:
    """Of so many milestones whose day has come, how many were there on it."""

    on_time: int = 0
    of: int = 0


@dataclass
class SupplierRow:
    """A supplier in a list: what it owes one product, what waits for us there, its record with all we may see."""

    supplier: Supplier
    owed: int = 0  # milestones of the product, not accepted yet
    waiting: int = 0  # of these, delivered and not answered
    latest: Due | None = None  # the latest of those still to be delivered
    next: Due | None = None  # the one due soonest of those
    quotes: int = 0  # of the product, given and not answered
    asked: int = 0  # of the product, asked for and not given
    kept: Kept = Kept()


@dataclass(frozen=True)
class SupplierPage:
    """One supplier with everything that we have with it, as far as the actor sees the products."""

    supplier: Supplier
    open: list[Due]
    accepted: list[Due]
    quotes: list[Quote]
    contacts: list[SupplierContact]
    teams: list[Team]
    kept: Kept

    @property
    def latest(self) -> Due | None:
        late = [one for one in self.open if one.is_late and one.milestone.is_open]
        return max(late, key=lambda one: one.late, default=None)

    @property
    def waiting(self) -> list[Due]:
        return [one for one in self.open if one.waits]

    @property
    def quotes_given(self) -> list[Quote]:
        return [quote for quote in self.quotes if quote.state == Quote.State.GIVEN]

    @property
    def owed(self) -> Decimal:
        """What is due for what is still to be accepted."""
        return sum((one.milestone.amount or Decimal(0) for one in self.open), Decimal(0))


@dataclass(frozen=True)
class Supplying:
    """What a supplier's own people see: their quotes and their milestones."""

    suppliers: list[Supplier]
    asked: list[Quote]
    given: list[Quote]
    settled: list[Quote]
    to_deliver: list[Due]
    delivered: list[Due]
    accepted: list[Due]

    @property
    def late(self) -> list[Due]:
        return [one for one in self.to_deliver if one.is_late]


def suppliers(actor: Actor, product: Product) -> list[SupplierRow]:
    """Every supplier, those who are late with this product first: five queries, however many there are."""
    today = timezone.localdate()
    records = _kept_by_supplier(actor, today)
    rows = {
        supplier.pk: SupplierRow(supplier, kept=records.get(supplier.pk, Kept()))
        for supplier in Supplier.objects.visible_to(actor)
    }
    _add_milestones(rows, _milestones(actor).filter(product=product).exclude(state=State.ACCEPTED), today)
    for quote in Quote.objects.visible_to(actor).filter(product=product, state__in=("asked", "given")):
        row = rows[quote.supplier_id]
        row.asked, row.quotes = row.asked + (quote.state == "asked"), row.quotes + (quote.state == "given")
    return sorted(rows.values(), key=_most_urgent)


def _add_milestones(rows: dict[int, SupplierRow], milestones: QuerySet[Milestone], today: date) -> None:
    """Counts what is owed; of it, reads the two of each supplier that are shown. There may be thousands, so two
    queries: one of a few columns for all, one of whole rows for those."""
    latest: dict[int, tuple[int, int]] = {}  # supplier to (days late, number)
    soonest: dict[int, int] = {}
    columns = milestones.values_list("supplier", "pk", "state", "due_on", "expected_on", "delivered_on")
    for supplier, pk, state, due_on, expected_on, delivered_on in columns:
        row = rows[supplier]
        row.owed, row.waiting = row.owed + 1, row.waiting + (state == State.DELIVERED)
        if state not in OPEN_STATES:
            continue
        soonest.setdefault(supplier, pk)
        late = lateness(state, due_on, expected_on, delivered_on, today)
        if late > max(0, latest.get(supplier, (0, 0))[0]):
            latest[supplier] = (late, pk)
    shown = milestones.in_bulk({*soonest.values(), *(pk for _, pk in latest.values())})
    for supplier, pk in soonest.items():
        rows[supplier].next = due(shown[pk])
        rows[supplier].latest = due(shown[latest[supplier][1]]) if supplier in latest else None


def supplier_page(actor: Actor, supplier: Supplier) -> SupplierPage:
    """Everything we have with a supplier: a constant number of queries."""
    today = timezone.localdate()
    due = [Due(one, one.late(today)) for one in _milestones(actor).filter(supplier=supplier)]
    quotes = Quote.objects.visible_to(actor).filter(supplier=supplier).select_related("product", "option")
    contacts = SupplierContact.objects.visible_to(actor).filter(supplier=supplier)
    teams = Team.objects.visible_to(actor).filter(supplier=supplier).select_related("product")
    return SupplierPage(
        supplier,
        open=[one for one in due if one.milestone.state != State.ACCEPTED],
        accepted=[one for one in reversed(due) if one.milestone.state == State.ACCEPTED],
        quotes=list(quotes),
        contacts=list(contacts.select_related("person", "invitation")),
        teams=list(teams),
        kept=kept(due, today),
    )


def due(milestone: Milestone) -> Due:
    """The milestone as it stands today."""
    return Due(milestone, milestone.late(timezone.localdate()))


def kept(days: Iterable[Due], today: date) -> Kept:
    """Of those whose day is over or that are there: how many came on their day. What was sent back is not there."""
    counted = [one for one in days if one.milestone.due_on < today or not one.milestone.is_open]
    return Kept(sum(not one.is_late for one in counted), len(counted))


def _kept_by_supplier(actor: Actor, today: date) -> dict[int, Kept]:
    """What `kept` says of each supplier, counted by the database."""
    there = Q(state__in=(State.DELIVERED, State.ACCEPTED))
    delivered = Q(delivered_on__lte=F("due_on"))
    expected = Q(delivered_on=None, due_on__gte=today) & (Q(expected_on=None) | Q(expected_on__lte=F("due_on")))
    rows = Milestone.objects.visible_to(actor).filter(there | Q(due_on__lt=today)).order_by().values("supplier")
    counted = rows.annotate(of=Count("pk"), on_time=Count("pk", filter=there & (delivered | expected)))
    return {row["supplier"]: Kept(row["on_time"], row["of"]) for row in counted}


def of_option(actor: Actor, option: Option) -> list[Due]:
    """What suppliers deliver for an option, soonest first."""
    today = timezone.localdate()
    return [Due(one, one.late(today)) for one in _milestones(actor).filter(option=option)]


def waiting_milestones(
    actor: Actor, products: Iterable[Product | int] | None = None, most: int | None = None
) -> list[Due]:
    """For Today: what was delivered and waits for our answer, then what is late; of all products, or of these; no more
    than `most`.

    One query, of what a line about each says. An agreed day that is coming is none of these.
    """
    today = timezone.localdate()
    shown = ("title", "state", "due_on", "expected_on", "delivered_on", "product", "supplier__name")
    rows = Milestone.objects.visible_to(actor).select_related("supplier").only(*shown).exclude(state=State.ACCEPTED)
    rows = rows.filter(Q(state=State.DELIVERED) | Q(due_on__lt=today) | Q(expected_on__gt=F("due_on")))
    if products is not None:
        rows = rows.filter(product__in=list(products))
    waits = Case(When(state=State.DELIVERED, then=0), default=1)
    found = [Due(one, one.late(today)) for one in rows.order_by(waits, "due_on", "pk")[:most]]
    return [one for one in found if one.waits or one.is_late]


def waiting_quotes(
    actor: Actor, products: Iterable[Product | int] | None = None, most: int | None = None
) -> list[Quote]:
    """For Today: quotes that were given and wait for our answer, those that run out soonest first; no more than `most`.
    One query, of what a line about each says."""
    rows = Quote.objects.visible_to(actor).filter(state=Quote.State.GIVEN).select_related("supplier")
    rows = rows.only("title", "valid_until", "product", "supplier__name")
    if products is not None:
        rows = rows.filter(product__in=list(products))
    return list(rows.order_by(F("valid_until").asc(nulls_last=True), "pk")[:most])


def supplying(actor: Actor) -> Supplying:
    """What a supplier's person sees. Nothing of ours but titles, what was asked, and what was answered."""
    today = timezone.localdate()
    rows = [Due(one, one.late(today)) for one in Milestone.objects.visible_to(actor).order_by("due_on", "pk")]
    quotes = list(Quote.objects.visible_to(actor))
    return Supplying(
        list(Supplier.objects.visible_to(actor)),
        asked=sorted((q for q in quotes if q.state == "asked"), key=lambda q: (q.due_on or date.max, q.pk)),
        given=[q for q in quotes if q.state == "given"],
        settled=[q for q in quotes if q.state in ("accepted", "declined")],
        to_deliver=[one for one in rows if one.milestone.is_open],
        delivered=[one for one in rows if one.waits],
        accepted=[one for one in reversed(rows) if one.milestone.state == State.ACCEPTED],
    )


def _milestones(actor: Actor) -> QuerySet[Milestone]:
    rows = Milestone.objects.visible_to(actor).select_related("product", "supplier", "option")
    return rows.order_by("due_on", "pk")


def _most_urgent(row: SupplierRow) -> tuple[object, ...]:
    latest, waits = row.latest, bool(row.waiting or row.quotes)
    return (-(latest.late if latest else 0), not waits, not row.owed, row.supplier.name.lower())


__all__ = [
    "Due",
    "Kept",
    "SupplierPage",
    "SupplierRow",
    "Supplying",
    "due",
    "kept",
    "of_option",
    "supplier_page",
    "suppliers",
    "supplying",
    "waiting_milestones",
    "waiting_quotes",
]
