"""The line of the sample company in words: from what the market needs to what the plan earns."""

from __future__ import annotations

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.stages.decisions.models import PortfolioStudy
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Verdict
from clearspan.stages.options.models import CaseStudy, Option

TOP = 5


def report() -> str:
    """For each product: what was heard, the needs that stand first, the options worth most, and what the plan picks."""
    company = Company.ours()
    parts = [f"{company.name}, in {company.currency}"]
    parts += [_product(product) for product in Product.objects.visible_to(Actor.system()).order_by("pk")]
    return "\n\n".join(parts)


def _product(product: Product) -> str:
    heard = Feedback.objects.filter(product=product)
    waiting = heard.filter(state=Feedback.State.NEW).count()
    lines = [f"{product.name} ({product.stage}): {heard.count():,} pieces of feedback, {waiting} of them unsorted"]
    lines += ["  needs, by value at stake a year", *map(_need, _verdicts(product))]
    lines += ["  options, by what they are worth (NPV)", *map(_option, _studies(product))]
    return "\n".join([*lines, _plan(product)])


def _verdicts(product: Product) -> list[Verdict]:
    rows = Verdict.objects.filter(opportunity__product=product).select_related("opportunity").order_by("rank")
    return list(rows[:TOP])


def _need(verdict: Verdict) -> str:
    need = verdict.opportunity
    return (
        f"    {need.ref:6} {need.title[:48]:48}  {verdict.get_kind_display().lower():19}  "
        f"{verdict.share:4.0%} ({verdict.share_p05:.0%} to {verdict.share_p95:.0%})  {_money(verdict.value)}"
    )


def _studies(product: Product) -> list[CaseStudy]:
    """The newest study of each option that is still to be decided, best first."""
    rows = (
        CaseStudy.objects.filter(
            case__option__product=product, case__option__state=Option.State.READY, status=CaseStudy.Status.DONE
        )
        .select_related("case__option")
        .defer("result")
    )
    newest = {study.case.option_id: study for study in rows.order_by("pk")}
    return sorted(newest.values(), key=lambda study: -(study.npv or 0))[:TOP]


def _option(study: CaseStudy) -> str:
    option = study.case.option
    loses = round(50 * (study.probability_of_loss or 0))
    return f"    {option.ref:6} {option.title[:48]:48}  {_money(study.npv or 0):>8}  loses in {loses} of 50 futures"


def _plan(product: Product) -> str:
    study = PortfolioStudy.objects.filter(product=product).order_by("-pk").first()
    if study is None or not study.result:
        return f"  no plan: {study.words if study else 'nobody has asked for one'}"
    picked, value = study.result["selected"], study.result["value"]
    names = dict(Option.objects.filter(product=product).values_list("pk", "title"))
    titles = "; ".join(names[int(entry["option"].split("-")[1])] for entry in picked)
    worth = f"{_money(value['mean'])} ({_money(value['p05'])} to {_money(value['p95'])})"
    return f"  the plan picks {len(picked)}, worth {worth}: {titles}"


def _money(amount: float) -> str:
    sign, size = ("−" if amount < 0 else ""), abs(amount)
    return f"{sign}£{size / 1e6:.1f} m" if size >= 950_000 else f"{sign}£{size / 1e3:.0f} k"
