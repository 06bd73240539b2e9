"""What waits for one person, whatever stage it waits at: by when, what, why, and where to do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product, ProductRole
from clearspan.core.actor import Actor, Kind
from clearspan.stages.decisions.queries import unanswered
from clearspan.stages.definition.queries import waiting_sign_offs
from clearspan.stages.development.models import NoteReader
from clearspan.stages.development.queries.supply import waiting_milestones, waiting_quotes
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.inlife.queries.kpis import unread
from clearspan.stages.launch.queries.waiting import waiting_commitments, waiting_decisions, waiting_votes
from clearspan.stages.opportunities.models import Theme
from clearspan.stages.portal.models import Idea
from clearspan.stages.portal.queries.tellings import untold
from clearspan.ui.numbers import plural

Keys = Mapping[int, str]  # product to its name in addresses
SOON, LATELY = timedelta(days=14), timedelta(days=60)
EACH = 5  # of one kind at the most: who has forty asks needs the list of asks


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person: by when, what, why, and where to do it."""

    due: date | None
    what: str
    why: str
    url: str
    verb: str
    key: str

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due <= timezone.localdate()


def managed_by(actor: Actor) -> set[int]:
    """The products that the actor manages: one query."""
    rows = ProductRole.objects.filter(person=actor.person, role__grants="manage")
    return set(rows.values_list("product", flat=True))


def waiting_for(
    actor: Actor, mine: set[int], most: int, unsorted: Iterable[tuple[Product, int]] | None = None
) -> list[Waiting]:
    """What waits for the person, the soonest first, no more than `most`. `mine` are the products that the person
    manages; `unsorted` how much of their feedback is, where that is known already.

    What has no day comes last, so it is not asked for where what has one fills the list.
    """
    keys = {product.pk: product.key for product in Product.all_for(actor)}
    found = _with_a_day(actor, mine, keys)
    if sum(one.due is not None for one in found) < most:
        found += _without_a_day(actor, mine, keys, unsorted)
    return sorted(found, key=lambda one: one.due or date.max)[:most]


def _with_a_day(actor: Actor, mine: set[int], keys: Keys) -> list[Waiting]:
    """What mostly has one."""
    found = [*_asks(actor, mine, keys), *_sign_offs(actor, keys), *_commitments(actor, keys),
             *_launches(actor, mine, keys)]  # fmt: skip
    return [*found, *_suppliers(actor, mine, keys), *_reviews(actor, mine, keys)] if mine else found


def _without_a_day(
    actor: Actor, mine: set[int], keys: Keys, unsorted: Iterable[tuple[Product, int]] | None
) -> list[Waiting]:
    found = [*_notes(actor, keys), *_kpis(actor, keys)]
    if not mine:
        return found
    return [*found, *_sorting(_unsorted(actor, mine) if unsorted is None else unsorted), *_portal(mine, keys),
            *_themes(mine)]  # fmt: skip


def _asks(actor: Actor, mine: set[int], keys: Keys) -> list[Waiting]:
    """Managers answer open asks; a salesperson passes on what was answered."""
    if not mine and actor.kind != Kind.SALES:
        return []
    shown = ("wants", "needed_by", "deal__name", "deal__product", "deal__account__name")
    asks = Ask.objects.visible_to(actor).select_related("deal__account").only(*shown)
    if actor.kind == Kind.SALES:
        answered = asks.filter(asked_by=actor.person, state=Ask.State.ANSWERED, told_at=None, deal__state="open")
        return [
            _ask(ask, keys, f"Tell {ask.deal.account or ask.deal}: {ask.wants}", "The product manager has answered.",
                 "Read")
            for ask in answered.order_by("-answered_at")[:EACH]
        ]  # fmt: skip
    return [
        _ask(ask, keys, f"Answer {ask.deal.account or ask.deal}: {ask.wants}",
             f"{ask.deal}, asked in a deal. A reply is drafted.", "Reply")
        for ask in asks.filter(state=Ask.State.OPEN, deal__product__in=mine).order_by("needed_by", "pk")[:EACH]
    ]  # fmt: skip


def _ask(ask: Ask, keys: Keys, what: str, why: str, verb: str) -> Waiting:
    return Waiting(ask.needed_by, what, why, _page("ask", keys[ask.deal.product_id], ask), verb, "r")


def _reviews(actor: Actor, mine: set[int], keys: Keys) -> list[Waiting]:
    due = unanswered(actor, timezone.localdate() + SOON, product__in=mine)
    return [
        Waiting(one.review_on, f"Look again at “{one}”", "You set this date when it was decided.",
                _page("decision", keys[one.product_id], one), "Look", "d")
        for one in due.only("title", "product", "review_on").order_by("review_on")[:EACH]
    ]  # fmt: skip


def _sign_offs(actor: Actor, keys: Keys) -> list[Waiting]:
    return [
        Waiting(one.due_on, f"Sign {one.version}", f"{one.function} is asked whether it agrees.",
                _page("definition", keys[one.version.definition.product_id], one.version.definition), "Read", "v")
        for one in waiting_sign_offs(actor, EACH)
    ]  # fmt: skip


def _notes(actor: Actor, keys: Keys) -> list[Waiting]:
    unread = NoteReader.objects.visible_to(actor).filter(person=actor.person, read_at=None)
    shown = ("note__title", "note__product__name", "note__written_by__name")
    return [
        Waiting(None, f"Read “{one.note}”", f"About {one.note.product}, from {one.note.written_by or 'Clearspan'}.",
                _page("drift_note", keys[one.note.product_id], one.note), "Read", "w")
        for one in unread.select_related("note__product", "note__written_by").only(*shown).order_by("-pk")[:EACH]
    ]  # fmt: skip


def _commitments(actor: Actor, keys: Keys) -> list[Waiting]:
    """What one's function is asked for or has promised: answered where all of it stands."""
    return [
        Waiting(one.due_on, f"{'Answer' if one.state == 'asked' else 'Have ready'}: {one}", f"For “{one.launch}”.",
                reverse("commitment", args=[keys[one.launch.product_id], one.launch_id, one.pk]), "Open", "c")
        for one in waiting_commitments(actor, most=EACH)
    ]  # fmt: skip


def _launches(actor: Actor, mine: set[int], keys: Keys) -> list[Waiting]:
    """Go or no-go: to decide, or to vote on for one's function."""
    decide = {one.pk: one for one in waiting_decisions(actor, most=EACH)} if mine else {}
    vote = [one for one in waiting_votes(actor, most=2 * EACH) if one.pk not in decide]
    return [
        Waiting(one.decide_on, f"Go or no-go: {one}", why, _page("meeting", keys[one.product_id], one), "Open", "g")
        for some, why in ((decide.values(), "You decide."), (vote, "Your function has a say."))
        for one in list(some)[:EACH]
    ]


def _suppliers(actor: Actor, mine: set[int], keys: Keys) -> list[Waiting]:
    """What suppliers have delivered or offered and nobody has answered, and what they are late with."""
    delivered = [
        Waiting(one.due_on, f"{'Accept or send back' if stands.waits else 'Late'}: {one}", f"From {one.supplier}.",
                _page("milestone", keys[one.product_id], one), "Open", "m")
        for stands in waiting_milestones(actor, mine, EACH)
        for one in [stands.milestone]
    ]  # fmt: skip
    offered = [
        Waiting(one.valid_until, f"Answer the quote: {one}", f"From {one.supplier}.",
                _page("quote", keys[one.product_id], one), "Open", "m")
        for one in waiting_quotes(actor, mine, EACH)
    ]  # fmt: skip
    return [*delivered, *offered]


def _unsorted(actor: Actor, mine: set[int]) -> list[tuple[Product, int]]:
    recent = Feedback.objects.filter(product__in=mine, state=Feedback.State.NEW, said_at__gte=timezone.now() - LATELY)
    counts = dict(recent.order_by().values_list("product").annotate(n=Count("pk")))
    return [(product, counts[product.pk]) for product in Product.all_for(actor) if product.pk in counts]


def _sorting(unsorted: Iterable[tuple[Product, int]]) -> list[Waiting]:
    return [
        Waiting(None, f"Sort {plural(number, 'piece')} of feedback on {product}",
                "Heard in the last sixty days.", reverse("inbox", args=[product.key]), "Sort", "i")
        for product, number in unsorted
    ]  # fmt: skip


def _portal(mine: set[int], keys: Keys) -> list[Waiting]:
    """Ideas that nobody has read yet, and what is on the market without those who asked in public knowing it."""
    sent = Idea.objects.filter(product__in=mine, state=Idea.State.WAITING).values("product__key", "product__name")
    read = [
        Waiting(None, f"Read {plural(entry['n'], 'idea')} for {entry['product__name']}",
                "Sent on the portal; nobody else reads it before you have.",
                reverse("moderation", args=[entry["product__key"]]), "Read", "o")
        for entry in sent.order_by("product").annotate(n=Count("pk"))[:EACH]
    ]  # fmt: skip
    tell = [
        Waiting(None, f"Tell those who asked: {need}", "It is on the market, and they do not know.",
                f"{_page('tell', keys[need.product_id], need)}?of=launched", "Tell", "o")
        for need in untold(mine, EACH)
    ]  # fmt: skip
    return [*tell, *read]


def _themes(mine: set[int]) -> list[Waiting]:
    proposed = Theme.objects.filter(study__product__in=mine, state=Theme.State.PROPOSED)
    by_product = proposed.values("study__product__key", "study__product__name").annotate(n=Count("pk")).order_by("-n")
    return [
        Waiting(None, f"Look at {plural(entry['n'], 'possible need')} in {entry['study__product__name']}",
                "Found in feedback that is linked to nothing.",
                reverse("themes", args=[entry["study__product__key"]]), "Look", "t")
        for entry in by_product[:3]
    ]  # fmt: skip


def _kpis(actor: Actor, keys: Keys) -> list[Waiting]:
    """KPIs that the person answers for, and of which nothing is known lately."""
    return [
        Waiting(None, f"Say what “{kpi}” stands at", f"The last reading is {plural(days, 'day')} old." if days else
                "Nobody has said yet.", _page("kpi", keys[kpi.product_id], kpi), "Note", "k")
        for kpi, days in unread(actor, timezone.localdate())[:EACH]
    ]  # fmt: skip


def _page(name: str, product: str, row: Any) -> str:
    """The page of a row that has a product, by the product's key."""
    return reverse(name, args=[product, row.pk])
