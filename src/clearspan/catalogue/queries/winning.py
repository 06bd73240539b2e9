"""What was won and what was lost: by competitor, segment, size and quarter, and why. Few deals say little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Lower, Trim, TruncQuarter

from clearspan.catalogue.models import Competitor, Deal, Product, Segment
from clearspan.catalogue.queries.slices import BANDS, EVER, NONE, PERIODS, Slice, band
from clearspan.core.actor import Actor
from clearspan.engines import winloss

FEW = 5  # deals under which a group's own rate is not worth a sentence
REASONS = 12
DIFFERENT = 500  # reasons looked at: they are people's own words
QUARTERS = 12


@dataclass(frozen=True)
class Group:
    """Deals that have something in common. `key` is its word in an address; amounts are of the deals that say one."""

    key: str
    name: str
    won: int = 0
    lost: int = 0
    won_worth: float = 0.0
    lost_worth: float = 0.0
    unsaid_won: int = 0  # deals whose amount nobody wrote down
    unsaid_lost: int = 0
    five: winloss.Five = (0.0, 0.0, 0.0, 0.0, 0.0)
    leaves: str = ""  # how it stands to all deals together: more, less, or nothing that can be told

    @property
    def decided(self) -> int:
        return self.won + self.lost


@dataclass(frozen=True)
class Why:
    """A reason, as most people wrote it, and what went with it."""

    reason: str
    deals: int
    worth: float
    unsaid: int


@dataclass(frozen=True)
class WonAndLost:
    """All of it. `period` is what was looked at: asked for, or the shortest in which anything was decided."""

    whole: Group
    period: str
    competitors: list[Group] = field(default_factory=list)
    segments: list[Group] = field(default_factory=list)
    sizes: list[Group] = field(default_factory=list)
    quarters: list[Group] = field(default_factory=list)
    lost_for: list[Why] = field(default_factory=list)
    won_for: list[Why] = field(default_factory=list)

    @property
    def sizes_say_nothing(self) -> bool:
        """Whether what is known of sizes leans to one side: CRMs forget what lost deals were worth."""
        won, lost = self.whole.won, self.whole.lost
        if not won or not lost:
            return False
        return abs(self.whole.unsaid_won / won - self.whole.unsaid_lost / lost) > 0.2


def won_and_lost(actor: Actor, product: Product, asked: Slice) -> WonAndLost:
    """Nine queries at most, however many deals there are."""
    every = Deal.objects.visible_to(actor).filter(product=product, state__in=("won", "lost")).order_by()
    asked = replace(asked, period=asked.period or _lately(every))
    rows = asked.of(every)
    names = {
        "competitor": dict(Competitor.objects.visible_to(actor).filter(product=product).values_list("pk", "name")),
        "segment": dict(Segment.objects.visible_to(actor).values_list("pk", "name")),
    }
    whole = _whole(rows)
    by_quarter = rows.filter(closes_on__isnull=False).annotate(quarter=TruncQuarter("closes_on"))
    return WonAndLost(
        whole, asked.period,
        _groups(rows, "competitor", whole, lambda key: names["competitor"].get(key, "Nobody named"), len),
        _groups(rows, "account__segment", whole, lambda key: names["segment"].get(key, "No segment"), len),
        _groups(rows.annotate(band=band()), "band", whole, band_name, lambda key: key),
        _groups(by_quarter, "quarter", whole, _quarter_name, lambda key: key)[-QUARTERS:],
        _reasons(rows.filter(state=Deal.State.LOST)), _reasons(rows.filter(state=Deal.State.WON)),
    )  # fmt: skip


def band_name(key: int) -> str:
    """For people, without the currency: "3,000 to 10,000"."""
    if key == -1:
        return "Not known"
    if key == 0:
        return f"Under {BANDS[0]:,}"
    return f"{BANDS[key - 1]:,} to {BANDS[key]:,}" if key < len(BANDS) else f"{BANDS[-1]:,} and more"


def _lately(rows: QuerySet[Deal]) -> str:
    """The shortest period in which deals were decided: an old export is not an empty page."""
    return next((period for period in PERIODS if Slice(period=period).of(rows).exists()), EVER)


_COUNTED = {
    "n": Count("pk"),
    "worth": Sum("amount", default=0),
    "unsaid": Count("pk", filter=Q(amount__isnull=True) | Q(amount=0)),
}


def _whole(rows: QuerySet[Deal]) -> Group:
    made = Group("", "All deals", **_sides(rows.values("state").annotate(**_COUNTED)))
    return replace(made, five=winloss.rate(made.won, made.lost))


def _groups(
    rows: QuerySet[Deal], by: str, whole: Group, name: Callable[[Any], str], order: Callable[[Any], Any]
) -> list[Group]:
    """One query. By name or kind: who was met most comes first; by size and time: in their own order."""
    found: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows.values(by, "state").annotate(**_COUNTED):
        found[row[by]].append(row)
    groups = [Group(_key(key), name(key), **_sides(parts)) for key, parts in found.items()]
    fives = winloss.rates([(group.won, group.lost) for group in groups])
    groups = [
        replace(group, five=five, leaves=_leaves(group, five, whole)) for group, five in zip(groups, fives, strict=True)
    ]
    if order is len:
        return sorted(groups, key=lambda group: (group.key == NONE, -group.decided, group.name))
    places = {_key(key): order(key) for key in found}
    return sorted(groups, key=lambda group: places[group.key])


def _sides(parts: Any) -> dict[str, Any]:
    sides: dict[str, Any] = {}
    for row in parts:
        state = row["state"]
        sides |= {state: row["n"], f"{state}_worth": float(row["worth"]), f"unsaid_{state}": row["unsaid"]}
    return sides


def _leaves(group: Group, five: winloss.Five, whole: Group) -> str:
    """Whether a group is won more or less often than all deals together, as sure as nineteen to one either way."""
    if group.decided < FEW or group.decided == whole.decided:
        return ""
    middle = whole.five[2]
    return "more" if five[0] > middle else "less" if five[4] < middle else ""


def _reasons(rows: QuerySet[Deal]) -> list[Why]:
    """The commonest reasons, told in counts and money; the rest summed up. No reason stands for those nobody gave."""
    by = rows.annotate(key=Lower(Trim("reason"))).values("key").annotate(why=Max("reason"), **_COUNTED)
    found = [
        Why(row["why"].strip(), row["n"], float(row["worth"]), row["unsaid"])
        for row in by.order_by("-n", "-worth", "key")[:DIFFERENT]
    ]
    told, rest = found[:REASONS], found[REASONS:]
    if rest:
        told.append(Why("…", sum(w.deals for w in rest), sum(w.worth for w in rest), sum(w.unsaid for w in rest)))
    return told


def _key(value: Any) -> str:
    if value is None or value == -1:
        return NONE
    return f"{value.year}-Q{(value.month + 2) // 3}" if hasattr(value, "year") else str(value)


def _quarter_name(value: Any) -> str:
    return f"Q{(value.month + 2) // 3} {value.year}"
