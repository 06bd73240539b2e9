"""Plans, and the log of decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clearspan.catalogue.models import Gate, Product
from clearspan.core import history, panels
from clearspan.core.actions import Invalid
from clearspan.core.models import Company, Function
from clearspan.core.web import actor_of, must, page, perform
from clearspan.stages.decisions import answers, figures, quarters, queries
from clearspan.stages.decisions.actions import decide, record_outcome, run_portfolio_study, set_capacity
from clearspan.stages.decisions.forms import DecideForm, OutcomeForm, PeopleForm
from clearspan.stages.decisions.models import Bucket, Capacity, Decision, PortfolioStudy
from clearspan.stages.decisions.rules import decides
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import Option
from clearspan.ui.figure import taken
from clearspan.ui.marks import Scale, periods


def portfolio(request: HttpRequest, product: Product, pk: int | None = None) -> HttpResponse:
    """What do we do with the people we have?"""
    actor, currency = actor_of(request), Company.ours().currency
    shown = _study(request, product, pk) if pk else None
    found = queries.plan(actor, product, shown)
    picture = figures.frontier(found, currency)
    copy = taken(request, [picture] if picture else [])
    if copy is not None:
        return copy
    fives = [value for row in (*found.chosen, *found.rejected) if row.row.five for value in row.row.five]
    worths = [row.worth for row in found.use if row.worth is not None]
    context: dict[str, Any] = {
        "product": product, "found": found, "currency": currency, "answer": answers.of_plan(found, currency),
        "under": answers.under_plan(found, currency), "people": answers.of_people(found, currency),
        "scale": Scale.amounts(fives) if fives else None, "frontier": picture,
        "worth_scale": Scale.amounts([0.0, *worths], about=3) if worths else None,
        "periods": periods([quarters.label(day) for day in found.periods]), **figures.rows_of(found),
        "has_people": Capacity.objects.filter(product=product).exists(),
    }  # fmt: skip
    return page(request, "decisions/portfolio.html", context, place="portfolio", crumbs=[("Portfolio", "")])


@require_POST
def ask_for_plan(request: HttpRequest, product: Product) -> HttpResponse:
    """Looks for a plan: the plain one, or one with an option forced in, or a more careful one."""
    given = {name: request.POST[name] for name in ("risk", "budget", "force") if request.POST.get(name)}
    try:
        done = perform(request, run_portfolio_study, product=product, **given)
    except Invalid as error:
        messages.error(request, f"No plan was asked for: {error}.")
        return redirect("portfolio", product.key)
    return redirect("plan", product.key, done.result.pk) if given.get("force") else redirect("portfolio", product.key)


def plan_progress(request: HttpRequest, product: Product) -> HttpResponse:
    """The progress of the search; when it is over, the page is loaded anew."""
    found = queries.plan(actor_of(request), product)
    response = render(request, "decisions/_progress.html", {"found": found, "product": product})
    if found.under_way is None:
        response["HX-Refresh"] = "true"
    return response


def plan_json(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A plan with what was asked and every answer."""
    study = _study(request, product, pk)
    asked = {"seed": study.seed, "version": study.version, **study.options}
    return JsonResponse({"study": study.ref, "inputs": asked, "result": study.result}, json_dumps_params={"indent": 2})


def pitch(request: HttpRequest, product: Product) -> HttpResponse:
    """The case for one more person, as a document to print or send."""
    currency = Company.ours().currency
    found = queries.plan(actor_of(request), product)
    if found.study is None or found.tightest is None:
        raise Http404("no plan says that one more person is worth anything")
    waits = [row for row in found.rejected if (row.row.npv or 0) > 0]
    context = {
        "product": product,
        "found": found,
        "currency": currency,
        "tight": found.tightest,
        "waits": waits,
        "use": figures.rows_of(found)["use"],
        "periods": periods([quarters.label(day) for day in found.periods]),
        "person": actor_of(request).person,
        "today": timezone.localdate(),
    }
    return render(request, "decisions/pitch.html", context)


def people(request: HttpRequest, product: Product) -> HttpResponse:
    """How many people of each function there are, by quarter, and what their work must be shared between."""
    actor = actor_of(request)
    form = PeopleForm(request.POST or None, initial={"quarter": quarters.first_day(timezone.localdate())})
    form.fields["function"].choices = [(one.ref, one.name) for one in Function.objects.visible_to(actor)]  # type: ignore[attr-defined]
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, set_capacity, product=product, **form.cleaned_data) is not None:
        return redirect("people", product.key)
    rows = Capacity.objects.filter(
        product=product, quarter__gte=quarters.first_day(timezone.localdate())
    ).select_related("function")
    days = sorted({row.quarter for row in rows})
    table: dict[str, list[float | None]] = {}
    for row in rows:
        table.setdefault(row.function.name, [None] * len(days))[days.index(row.quarter)] = row.people
    context = {
        "product": product,
        "form": form,
        "days": [quarters.label(day) for day in days],
        "table": table,
        "buckets": Bucket.objects.filter(product=product),
    }
    crumbs = [("Portfolio", reverse("portfolio", args=[product.key])), ("People", "")]
    return page(request, "decisions/people.html", context, place="portfolio", crumbs=crumbs)


def decisions(request: HttpRequest, product: Product) -> HttpResponse:
    """How good are our decisions?"""
    actor = actor_of(request)
    wanted = {"kind": request.GET.get("kind", ""), "q": request.GET.get("q", "")}
    found = queries.listing(actor, product, **wanted, page=request.GET.get("page"))
    values = [v for row in found.rows if row.five for v in (*row.five, row.came or 0.0)]
    context = {
        "product": product, "rows": found.rows, "page": found.page, "wanted": wanted, "answer": answers.of_log(found),
        "scale": Scale.amounts(values) if values else None, "currency": Company.ours().currency,
        "kinds": [("", "any decision"), *Decision.Kind.choices], "narrowed": any(wanted.values()),
    }  # fmt: skip
    return page(request, "decisions/list.html", context, place="decisions", crumbs=[("Decisions", "")])


def decision(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What was decided, why, what was expected, and what came."""
    actor, shown = actor_of(request), _decision(request, product, pk)
    form = OutcomeForm(request.POST or None, initial={"day": timezone.localdate()})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.perform(request, record_outcome, decision=shown, **form.given())
    ):
        return redirect("decision", product.key, pk)
    promise = queries.promises(actor, [shown])[0]
    values = [*promise.five, *(promise.whole or ()), promise.came or 0.0] if promise.five else []
    context = {
        "product": product, "decision": shown, "promise": promise, "form": form, "currency": Company.ours().currency,
        "scale": Scale.amounts(values) if values else None, "events": history.of(actor, shown, limit=12),
        "came_words": answers.of_came(promise, Company.ours().currency),
        "outcomes": list(shown.outcomes.select_related("noted_by")), "may_decide": decides(actor, {"product": product}),
        "panels": panels.ask("decision", actor, shown),
    }  # fmt: skip
    crumbs = [("Decisions", reverse("decisions", args=[product.key])), (shown.title, "")]
    return page(request, "decisions/decision.html", context, place="decisions", crumbs=crumbs, about=shown)


def new_decision(request: HttpRequest, product: Product) -> HttpResponse:
    """Decides about an option, or about a need that no option meets."""
    actor = actor_of(request)
    must(actor, decide, product=product)
    asked = request.POST if request.method == "POST" else request.GET
    option = Option.objects.visible_to(actor).filter(product=product).referred(asked.get("option", "")).first()
    need = Opportunity.objects.visible_to(actor).filter(product=product).referred(asked.get("opportunity", "")).first()
    if option is None and need is None:
        raise Http404("say what is decided about")
    form = DecideForm(request.POST or None, initial={"starts": quarters.after(timezone.localdate(), 1)})
    form.fields["gate"].choices = [("", "none"), *((gate.ref, gate.name) for gate in Gate.objects.visible_to(actor))]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value}
        if (done := form.perform(request, decide, option=option, opportunity=need, **given)) is not None:
            return redirect("decision", product.key, done.result.pk)
    crumbs = [("Decisions", reverse("decisions", args=[product.key])), ("Decide", "")]
    context = {"product": product, "form": form, "option": option, "need": need, "about": option or need}
    return page(request, "decisions/decide.html", context, place="decisions", crumbs=crumbs, about=option or need)


def _study(request: HttpRequest, product: Product, pk: int) -> PortfolioStudy:
    found: PortfolioStudy | None = (
        PortfolioStudy.objects.visible_to(actor_of(request)).filter(product=product, pk=pk).defer("inputs").first()
    )
    if found is None:
        raise Http404("no such plan")
    return found if found.result is not None else _none_yet(found)


def _none_yet(study: PortfolioStudy) -> Any:
    """A plan that is still being looked for shows the newest finished one, with the search's progress above it."""
    return None if study.is_under_way else study


def _decision(request: HttpRequest, product: Product, pk: int) -> Decision:
    rows = Decision.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    found: Decision | None = rows.select_related("option", "opportunity", "decided_by", "gate", "product").first()
    if found is None:
        raise Http404("no such decision")
    return found
