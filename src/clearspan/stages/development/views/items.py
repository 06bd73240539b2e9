"""Work items: the list, the page of one, and its forms."""

from __future__ import annotations

from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import comments, history, panels
from clearspan.core.actor import Actor
from clearspan.core.models import Company
from clearspan.core.web import actor_of, must, page
from clearspan.stages.definition.models import Requirement
from clearspan.stages.development import item_words
from clearspan.stages.development.actions import add_item, change_item
from clearspan.stages.development.actions.items import Loseable
from clearspan.stages.development.forms.items import ItemForm
from clearspan.stages.development.models import Team, WorkItem
from clearspan.stages.development.queries import listing, progress
from clearspan.stages.development.queries.listing import ALL, OPEN, REASONS, SORTS, Filters
from clearspan.stages.development.queries.why import why
from clearspan.stages.development.rules import builds
from clearspan.stages.development.studies import suggestions
from clearspan.stages.options.models import Option
from clearspan.ui.marks import Scale

CHOICES = 500  # options or requirements in a list to choose from


def items(request: HttpRequest, product: Product) -> HttpResponse:
    """Everything that is built or waits to be, with filters, and boxes to say for many at once what they are for."""
    actor, filters = actor_of(request), Filters.read(request.GET)
    found, cut = listing.page(actor, product, filters, after=request.GET.get("after", ""))
    may, today = builds(actor, {"product": product}), timezone.localdate()
    maybe = suggestions.suggest(actor, product, cut.rows) if may else {}
    context = {
        "product": product, "filters": filters, "found": found, "rows": cut, "may": may,
        "lines": [(item, maybe.get(item.pk), (today - (item.started_on or item.added_on)).days) for item in cut],
        "answer": item_words.of_list(filters, found), "options": _options(actor, product),
        "anything": bool(found) or WorkItem.objects.visible_to(actor).filter(product=product).exists(),
        **_choices(actor, product),
    }  # fmt: skip
    return page(
        request, "development/items.html", context, place="development", crumbs=[_above(product), ("Items", "")]
    )


def item(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Why are we building this?"""
    actor, shown = actor_of(request), _item(request, product, pk)
    found, currency = why(actor, shown), Company.ours().currency
    may, sorting = builds(actor, {"item": shown}), "sorting" in request.GET
    maybe = suggestions.suggest(actor, product, [shown]).get(shown.pk) if may else None
    following = listing.after(actor, shown) if sorting else None
    context: dict[str, Any] = {
        "product": product, "item": shown, "found": found, "currency": currency, "may": may,
        "answer": item_words.why(found, currency), "facts": _facts(shown),
        "scale": Scale.amounts(found.expected) if found.expected else None,
        "progress": progress.of_options(actor, [shown.option]).get(shown.option_id or 0) if shown.option else None,
        "maybe": maybe,
        "reason_finding": item_words.of_suggestion(shown, maybe), "sorting": sorting,
        "onward": _sorting_at(product, following) if sorting else request.path,
        "options": _options(actor, product) if may else [],
        "requirements": _requirements(actor, product) if may else [],
        "events": history.of(actor, shown, limit=12), "comments": comments.about(actor, shown), "row": shown,
        "launch": panels.first("item.launch", actor, shown.option) if shown.option else None,
        "panels": panels.ask("item", actor, shown),
    }  # fmt: skip
    crumbs = [_above(product), ("Items", reverse("items", args=[product.key])), (shown.key or shown.ref, "")]
    return page(request, "development/item.html", context, place="development", crumbs=crumbs, about=shown)


def new(request: HttpRequest, product: Product) -> HttpResponse:
    """A new piece of work. `?option=OT-4` fills its reason in."""
    actor = actor_of(request)
    must(actor, add_item, product=product)
    option = Option.objects.visible_to(actor).filter(product=product).referred(request.GET.get("option", "")).first()
    initial = {"kind": WorkItem.Kind.TASK, "text": f"For {option.ref}, {option}." if option else ""}
    form = ItemForm(actor, product, request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and (done := form.perform(request, add_item, product=product, **form.cleaned_data)) is not None
    ):
        return redirect("item", product.key, done.result.pk)
    crumbs = [_above(product), ("Items", reverse("items", args=[product.key])), ("New", "")]
    context = {"product": product, "form": form, "option": option}
    return page(request, "development/item_form.html", context, place="development", crumbs=crumbs)


def change(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """An item's words, team and sizes. What its tracker says of it comes again with the next pull."""
    shown = _item(request, product, pk)
    must(actor_of(request), change_item, item=shown)
    form = ItemForm(actor_of(request), product, request.POST or None, initial=ItemForm.initial_of(shown))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.perform(request, change_item, item=shown, **_changed(form.cleaned_data)) is not None:
        return redirect("item", product.key, pk)
    here = (shown.key or shown.ref, reverse("item", args=[product.key, pk]))
    context = {"product": product, "form": form, "item": shown}
    crumbs = [_above(product), here, ("Change", "")]
    return page(request, "development/item_form.html", context, place="development", crumbs=crumbs, about=shown)


def _changed(written: dict[str, Any]) -> dict[str, Any]:
    """What was written, and what was emptied."""
    return written | {"without": [name for name in get_args(Loseable) if written[name] in (None, "")]}


def _item(request: HttpRequest, product: Product, pk: int) -> WorkItem:
    rows = WorkItem.objects.visible_to(actor_of(request)).filter(product=product)
    related = ("product", "team", "tracker", "option__product", "requirement__definition")
    found: WorkItem | None = rows.select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404("no such item")
    return found


def _above(product: Product) -> tuple[str, str]:
    return ("Development", reverse("development", args=[product.key]))


def _sorting_at(product: Product, item: WorkItem | None) -> str:
    """Where sorting goes on: the next item without a reason, or the list when there is none."""
    if item is None:
        return f"{reverse('items', args=[product.key])}?reason=none"
    return f"{reverse('item', args=[product.key, item.pk])}?sorting"


def _facts(item: WorkItem) -> list[tuple[str, str] | tuple[str, str, str]]:
    today = timezone.localdate()
    spent = (item.finished_on or today) - (item.started_on or item.added_on)
    facts = [
        ("State", item.get_state_display(), item.status if item.status.lower() != item.get_state_display() else "")
    ]
    facts.append(("Came up", f"{item.added_on:%-d %b %Y}", ""))
    if item.started_on:
        facts.append(("Started", f"{item.started_on:%-d %b %Y}", ""))
    if item.finished_on:
        facts.append(("Ended", f"{item.finished_on:%-d %b %Y}", ""))
    facts.append(("Took" if item.finished_on else "In hand" if item.started_on else "Waits", f"{spent.days} d", ""))
    if item.due_on:
        facts.append(("Due", f"{item.due_on:%-d %b %Y}", "late" if item.is_open and item.due_on < today else ""))
    if item.estimate is not None:
        facts.append(("Estimate", f"{item.estimate:g}", "points"))
    if item.effort is not None:
        facts.append(("Effort", f"{item.effort:g}", "person-days"))
    if item.assignee:
        facts.append(("With", item.assignee, ""))
    return facts


def _choices(actor: Actor, product: Product) -> dict[str, Any]:
    teams = Team.objects.visible_to(actor).filter(product=product).values_list("pk", "name")
    return {
        "states": [(OPEN, "open"), *WorkItem.State.choices, (ALL, "any state")],
        "teams": [("", "all teams"), *teams],
        "reasons": [("", "any reason"), *REASONS.items()],
        "kinds": [("", "any kind"), *WorkItem.Kind.choices],
        "sorts": list(SORTS.items()),
    }


def _options(actor: Actor, product: Product) -> list[tuple[str, str]]:
    rows = Option.objects.visible_to(actor).filter(product=product).exclude(state=Option.State.DECLINED)
    some = rows.order_by("title").values_list("pk", "title", "state")[:CHOICES]
    chosen_first = sorted(some, key=lambda one: one[2] != Option.State.CHOSEN)
    return [(f"{Option.prefix}-{pk}", title) for pk, title, _ in chosen_first]


def _requirements(actor: Actor, product: Product) -> list[tuple[str, str]]:
    rows = Requirement.objects.visible_to(actor).filter(definition__product=product, is_dropped=False)
    some = rows.order_by("definition", "position", "pk").values_list("pk", "title")[:CHOICES]
    return [(ref := f"{Requirement.prefix}-{pk}", f"{ref} {title}") for pk, title in some]
