"""When what a launch brings is built, and how likely that is before its day.

From the newest delivery study of each option, where there is one: it has the whole distribution. Else from the plan,
which is less: it knows how long such work takes, and nothing of how this work goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.stages.decisions.queries import coming
from clearspan.stages.development.models import DeliveryStudy, WorkItem
from clearspan.stages.development.queries.forecast import CURRENT
from clearspan.stages.launch.models import Launch, LaunchOption
from clearspan.stages.options.models import Option

SHARES = (0.1, 0.5, 0.85, 0.95)


@dataclass(frozen=True)
class Forecast:
    """One option's dates: done by then in 10, 50, 85 and 95 of a hundred futures. None: nothing is known."""

    option: Option
    days: tuple[date, ...] | None = None
    source: str = ""  # "study", "plan" or "done"
    study: DeliveryStudy | None = None
    steps: tuple[tuple[date, float], ...] = ()  # done by this day in this share of futures, where a study says

    def chance(self, day: date) -> float | None:
        """How likely it is done by `day`; None when nothing is known."""
        if self.source == "done":
            return 1.0
        if self.steps:
            return max((share for known, share in self.steps if known <= day), default=0.0)
        return None if self.days is None else chance_by(day, self.days)

    @property
    def by(self) -> str:
        """Who says so; of a study that is old, its day."""
        if self.source == "plan":
            return "the plan alone; no delivery study yet"
        made = self.study.created_at if self.study else None
        is_old = made is not None and timezone.now() - made > CURRENT
        return f"the delivery study of {made:%-d %b %Y}, which is old" if is_old else "the delivery study"


@dataclass(frozen=True)
class Build:
    """All that a launch brings. It is done when the last of it is, so the least likely option is the most it can be."""

    forecasts: tuple[Forecast, ...]
    day: date

    @property
    def chance(self) -> float | None:
        """None when of any option nothing is known."""
        chances = [one.chance(self.day) for one in self.forecasts]
        known = [chance for chance in chances if chance is not None]
        return min(known) if known and len(known) == len(chances) else None

    @property
    def latest(self) -> Forecast | None:
        """The forecast that decides."""
        known = [one for one in self.forecasts if one.chance(self.day) is not None]
        return min(known, key=lambda one: one.chance(self.day) or 0.0, default=None)

    @property
    def unknown(self) -> list[Option]:
        return [one.option for one in self.forecasts if one.chance(self.day) is None]

    @property
    def is_done(self) -> bool:
        return bool(self.forecasts) and all(one.source == "done" for one in self.forecasts)

    def words(self, day: date) -> str:
        """The sentence a page says about it."""
        if not self.forecasts:
            return "It brings no option, so nothing is known of when it is built."
        if self.is_done:
            return "All that it brings is built."
        if self.unknown:
            names = " and ".join(str(option) for option in self.unknown[:2])
            return f"Nobody knows when {names} is built: there is no delivery study and no start in the plan."
        assert self.chance is not None and self.latest is not None
        most = "at most " if len(self.forecasts) > 1 else ""
        return f"It is built by {day:%-d %b} in {most}{of_ten(self.chance)} futures, by {self.latest.by}."

    @property
    def tenths(self) -> str:
        """The chance as a list shows it; "" when it is not known."""
        return "" if self.chance is None else of_ten(self.chance)


def builds(actor: Actor, launches: Sequence[Launch], today: date, *, with_plans: bool = True) -> dict[int, Build]:
    """What each launch brings and when that is built. As many queries for several launches of a product as for one;
    of several products too, when plans are not asked (`with_plans`) where no delivery study says."""
    brings: dict[int, list[Option]] = {launch.pk: [] for launch in launches}
    rows = LaunchOption.objects.visible_to(actor).filter(launch__in=launches)
    for row in rows.select_related("option").only("launch", "option__title", "option__product").order_by("pk"):
        brings[row.launch_id].append(row.option)
    known = forecasts(
        actor, [option for options in brings.values() for option in options], today, with_plans=with_plans
    )
    return {
        launch.pk: Build(tuple(known[option.pk] for option in brings[launch.pk]), launch.planned_on)
        for launch in launches
    }


def forecasts(actor: Actor, options: Iterable[Option], today: date, *, with_plans: bool = True) -> dict[int, Forecast]:
    """What is known of when each option is done."""
    options = {option.pk: option for option in options}.values()  # type: ignore[assignment]  # each once
    keys = [option.pk for option in options]
    if not keys:
        return {}
    studies = {study.option_id: study for study in _newest_studies(actor, keys)}
    finished = _finished(actor, keys)
    unsaid = [option for option in options if option.pk not in finished and option.pk not in studies]
    planned = {
        one.option.pk: (one.p10, one.p50, one.p85, one.p95)
        for product in (_products_of(actor, unsaid) if with_plans else ())
        for one in coming(actor, product, today, of=[option.pk for option in unsaid], with_needs=False)
    }
    return {option.pk: _forecast(option, option.pk in finished, studies, planned) for option in options}


def _products_of(actor: Actor, options: Iterable[Option]) -> list[Product]:
    named = {option.product_id for option in options}
    return [product for product in Product.all_for(actor) if product.pk in named] if named else []


def chance_by(day: date, days: Sequence[date]) -> float:
    """The share of futures in which it is done by `day`, straight between the dates that are known.

    Earlier than the first it is under one in ten, and given as 0.05; later than the last, as 0.97: more is not known.
    """
    if day < days[0]:
        return 0.05
    if day >= days[-1]:
        return 0.97
    for (early, low), (late, high) in zip(
        zip(days, SHARES, strict=True), zip(days[1:], SHARES[1:], strict=True), strict=False
    ):
        if early <= day < late:
            return low + (high - low) * (day - early).days / (late - early).days
    return SHARES[-1]


def of_ten(chance: float) -> str:
    """ "6 of 10"; "fewer than 1 of 10"; "more than 9 of 10"."""
    if chance < 0.1:
        return "fewer than 1 of 10"
    return "more than 9 of 10" if chance > 0.95 else f"{round(chance * 10)} of 10"


def _forecast(
    option: Option,
    is_finished: bool,
    studies: Mapping[int | None, DeliveryStudy],
    planned: Mapping[int, tuple[date, ...]],
) -> Forecast:
    if is_finished:
        return Forecast(option, source="done")
    study = studies.get(option.pk)
    if study is not None:
        days = (study.p10 or study.p50, study.p50, study.p85, study.p95 or study.p85)
        steps = tuple((date.fromisoformat(one["date"]), float(one["by"])) for one in study.steps or ())  # type: ignore[attr-defined]  # annotated
        return Forecast(option, days, "study", study, steps)  # type: ignore[arg-type]  # the filter asks for p50 and p85
    return Forecast(option, planned[option.pk], "plan") if option.pk in planned else Forecast(option)


def _newest_studies(actor: Actor, keys: list[int]) -> QuerySet[DeliveryStudy]:
    done = DeliveryStudy.objects.visible_to(actor).filter(
        option__in=keys, status=DeliveryStudy.Status.DONE, p50__isnull=False, p85__isnull=False
    )
    done = done.annotate(steps=F("result__distribution")).defer("inputs", "result")
    return done.order_by("option_id", "-pk").distinct("option_id")  # type: ignore[no-any-return]  # annotated rows


def _finished(actor: Actor, keys: list[int]) -> set[int]:
    """Options with work that is done and none that is open."""
    open_ = Count("state", filter=Q(state__in=(WorkItem.State.TODO, WorkItem.State.DOING)))
    done = Count("state", filter=Q(state=WorkItem.State.DONE))
    rows = WorkItem.objects.visible_to(actor).filter(option__in=keys).order_by().values("option")
    return {row["option"] for row in rows.annotate(left=open_, done=done) if row["done"] and not row["left"]}
