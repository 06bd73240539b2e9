"""Every read of options that says more than one row: lists with their money, one option with everything it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.core.paginator import Page as PageOf
from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Sum

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.lists import PAGE, by_words
from clearspan.core.studies import unpacked
from clearspan.stages.opportunities.models import Opportunity, Verdict
from clearspan.stages.options.models import BusinessCase, CaseStudy, Effort, Meets, Option

SORTS = {
    "npv": lambda one: (one.npv is None, -(one.npv or 0)),
    "loss": lambda one: (one.npv is None, one.loss or 0),
    "effort": lambda one: -one.effort,
    "title": lambda one: one.title.lower(),
}


@dataclass
class OptionRow:
    """An option in a list: its money, the needs it meets with their verdicts, what it takes."""

    option: Option
    study: CaseStudy | None = None
    needs: list[Opportunity] = field(default_factory=list)
    effort: float = 0.0  # people-quarters, all functions

    @property
    def npv(self) -> float | None:
        return self.study.npv if self.study else None

    @property
    def five(self) -> tuple[float, ...] | None:
        """p05, p25, mean, p75, p95 of NPV."""
        study = self.study
        if study is None or study.npv is None:
            return None
        return (study.npv_p05, study.npv_p25, study.npv, study.npv_p75, study.npv_p95)  # type: ignore[return-value]

    @property
    def losses(self) -> int:
        """In how many of fifty futures it loses money, as the dots on its page show."""
        return round(50 * (self.study.probability_of_loss or 0)) if self.study else 0

    @property
    def verdict(self) -> str:
        """The verdict of the first need it meets, "" when none was judged."""
        return next((need.verdict.kind for need in self.needs if hasattr(need, "verdict")), "")


@dataclass(frozen=True)
class Brief:
    """What a list is put in order by, and its first line says: of every option that fits, in few columns."""

    pk: int
    title: str
    npv: float | None = None
    loss: float | None = None  # the chance that it loses money
    effort: float = 0.0


@dataclass(frozen=True)
class Listing:
    """One page of options, and all that fit in brief."""

    page: PageOf[Brief]
    rows: list[OptionRow]
    all: list[Brief]


def like(actor: Actor, product: Product, words: str) -> QuerySet[Option]:
    """The options that a reference (OT-4) or words stand for, all without any; chosen first; none that was declined."""
    rows = Option.objects.visible_to(actor).filter(product=product).exclude(state=Option.State.DECLINED)
    if words.upper().startswith(f"{Option.prefix}-"):
        return rows.referred(words)  # type: ignore[no-any-return]
    query = by_words(words)
    if words and query is None:
        return rows.none()
    return (rows.filter(search=query) if query else rows).order_by("state", "title")


def listing(
    actor: Actor, product: Product, *, q: str = "", state: str = "", need: str = "", sort: str = "npv",
    page: str | int = 1,
) -> Listing:  # fmt: skip
    """A page of the product's options with their newest money: as many queries, however many there are."""
    options = Option.objects.visible_to(actor).filter(product=product)
    query = by_words(q) if q else None
    if query is not None:
        options = options.filter(search=query)
    if state:
        options = options.filter(state=state)
    if (key := Opportunity.key_of(need)) is not None:
        options = options.filter(meets__opportunity=key)
    down, name = sort.startswith("-"), sort.lstrip("-")
    found = sorted(_brief(options), key=SORTS.get(name, SORTS["npv"]))
    every = found[::-1] if down else found
    cut = Paginator(every, PAGE).get_page(page)
    shown = Option.objects.filter(pk__in=[one.pk for one in cut]).select_related("product").defer("search", "summary")
    rows = {row.option.pk: row for row in of(shown)}
    return Listing(cut, [rows[one.pk] for one in cut], every)


def _brief(options: QuerySet[Option]) -> list[Brief]:
    """Three queries of a few columns each."""
    keys = options.order_by().values("pk")
    studies = CaseStudy.objects.filter(case__option__in=keys, status=CaseStudy.Status.DONE)
    newest = studies.order_by("case__option", "-pk").distinct("case__option")
    money = {pk: (npv, loss) for pk, npv, loss in newest.values_list("case__option", "npv", "probability_of_loss")}
    efforts = Effort.objects.filter(option__in=keys).order_by().values("option").annotate(n=Sum("likely"))
    takes = dict(efforts.values_list("option", "n"))
    named = options.order_by("-pk").values_list("pk", "title")
    return [Brief(pk, title, *money.get(pk, (None, None)), takes.get(pk, 0.0)) for pk, title in named]


def priced(options: Iterable[Option]) -> list[OptionRow]:
    """Rows for these options, with their money alone: one query."""
    found = {option.pk: OptionRow(option) for option in options}
    for study in newest_studies(found) if found else ():
        found[study.case.option_id].study = study
    return list(found.values())


def of(options: Iterable[Option]) -> list[OptionRow]:
    """Rows for these options: three queries."""
    found = {row.option.pk: row for row in priced(options)}
    needs = Meets.objects.filter(option__in=found).select_related("opportunity__verdict", "opportunity__product")
    for meets in needs.defer("opportunity__verdict__detail", "opportunity__search").order_by("pk"):
        found[meets.option_id].needs.append(meets.opportunity)
    for effort in Effort.objects.filter(option__in=found):
        found[effort.option_id].effort += effort.likely
    return list(found.values())


def newest_studies(options: Iterable[int]) -> QuerySet[CaseStudy]:
    """The newest finished study of each option's case, without its long result."""
    done = CaseStudy.objects.filter(case__option=OuterRef("pk"), status=CaseStudy.Status.DONE).order_by("-pk")
    newest = Option.objects.filter(pk__in=list(options)).annotate(newest=Subquery(done.values("pk")[:1]))
    return CaseStudy.objects.filter(pk__in=newest.values("newest")).select_related("case").defer("result", "case__spec")


@dataclass(frozen=True)
class Page:
    """One option with what it rests on."""

    option: Option
    case: BusinessCase | None
    study: CaseStudy | None  # the newest finished one, with its result
    under_way: CaseStudy | None
    failed: CaseStudy | None
    needs: list[Opportunity]
    others: list[tuple[OptionRow, float]]  # with the share of futures in which each is the best; this one first


def page(actor: Actor, option: Option) -> Page:
    """Everything on an option's page: a constant number of queries."""
    studies = CaseStudy.objects.filter(case__option=option).select_related("case", "demand_study").order_by("-pk")
    newest = studies.defer("inputs").first()
    done = newest if newest and newest.status == CaseStudy.Status.DONE else studies.filter(status="done").first()
    verdicts = Prefetch("verdict", queryset=Verdict.objects.defer("detail"))
    needs = Opportunity.objects.visible_to(actor).filter(met_by__option=option).prefetch_related(verdicts)
    return Page(
        option=option,
        case=option.cases.order_by("-version").first(),
        study=done,
        under_way=newest if newest and newest.is_under_way else None,
        failed=newest if newest and newest.status == CaseStudy.Status.FAILED else None,
        needs=list(needs),
        others=against(actor, option),
    )


def against(actor: Actor, option: Option) -> list[tuple[OptionRow, float]]:
    """The options that meet the same needs, this one first, and in what share of the same futures each is the best.

    The share left over is that of futures in which none of them earns anything.
    """
    needs = Meets.objects.filter(option=option).values("opportunity")
    same = Meets.objects.filter(opportunity__in=needs).values("option")
    rows = Option.objects.visible_to(actor).filter(pk__in=same).exclude(state=Option.State.DECLINED).only("title")
    found = sorted(
        (row for row in priced(rows) if row.study), key=lambda row: (row.option.pk != option.pk, -(row.npv or 0))
    )
    if len(found) < 2:
        return []
    return list(zip(found, _best_in([row.study for row in found if row.study]), strict=True))


def _best_in(studies: list[CaseStudy]) -> list[float]:
    blobs = {
        study.pk: study.inputs
        for study in CaseStudy.objects.filter(pk__in=[s.pk for s in studies]).select_related("inputs")
    }
    draws = [unpacked(blobs[study.pk])["npv"] for study in studies]
    fewest = min(len(one) for one in draws)
    table = np.stack([one[:fewest] for one in draws])
    best = table.argmax(axis=0)
    return [float(((best == i) & (table[i] > 0)).mean()) for i in range(len(studies))]
