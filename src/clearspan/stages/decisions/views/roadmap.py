"""What is coming, as each audience may see it: shown, worded, published, moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.models import Company
from clearspan.core.web import actor_of, page
from clearspan.stages.decisions import answers, figures, quarters, queries
from clearspan.stages.decisions.actions import move_start, word_for_roadmap
from clearspan.stages.decisions.audiences import CUSTOMERS, PUBLISHED_TO, Audience, open_to
from clearspan.stages.decisions.forms import WordingForm
from clearspan.stages.decisions.models import Decision
from clearspan.stages.decisions.queries.moving import QUARTERS, moved
from clearspan.stages.decisions.queries.published import GROUPS, drafted, is_told_outside, unpublished
from clearspan.stages.options.models import Option
from clearspan.ui.figure import taken
from clearspan.ui.marks import fade_key

CRUMB = "Roadmap"


def roadmap(request: HttpRequest, product: Product) -> HttpResponse:
    """What is coming, as my audience may see it?"""
    actor, today = actor_of(request), timezone.localdate()
    mine = [one for one in open_to(actor) if one != CUSTOMERS or is_told_outside(product)]
    to = next((one for one in mine if one.key == request.GET.get("for")), mine[0])
    found = queries.published(actor, product, to, today)
    may_move = move_start.rule(actor, {"product": product}) and not to.only_published
    may_publish = to.only_published and word_for_roadmap.rule(actor, {"product": product})
    url = reverse("move_on_roadmap", args=[product.key, 0]).removesuffix("0") if may_move else ""
    in_groups, key = request.GET.get("view") == "groups", f"?for={to.key}"
    picture = None if in_groups else figures.timeline(found, today, url)
    copy = taken(request, [picture] if picture else [])
    if copy is not None:
        return copy
    context: dict[str, Any] = {
        "product": product, "audience": to, "rows": found, "figure": picture,
        "groups": [(name, [one for one in found if one.group == name]) for name in GROUPS] if in_groups else [],
        "answer": answers.of_roadmap(found, to), "currency": Company.ours().currency,
        "key": fade_key(), "may_move": may_move, "may_publish": may_publish,
        "untold": unpublished(actor, product, to, today) if may_publish else [],
        "switch": [(one.name, f"?for={one.key}{'&view=groups' if in_groups else ''}", one == to) for one in mine],
        "views": [("Timeline", key, not in_groups), ("Now, next, later", f"{key}&view=groups", in_groups)],
    }  # fmt: skip
    return page(request, "decisions/roadmap.html", context, place="roadmap", crumbs=[(CRUMB, "")])


def word(request: HttpRequest, product: Product, pk: int, audience: str) -> HttpResponse:
    """How an option is told to an audience."""
    actor, option, to = actor_of(request), _option(request, product, pk), _published_to(audience)
    if not word_for_roadmap.rule(actor, {"option": option}):
        raise PermissionDenied("who manages the product says what others are told")
    now = drafted(actor, option, to)
    form = WordingForm(to, request.POST or None, initial=now.initial)
    given = {"option": option, "audience": to.key}
    if (
        request.method == "POST"
        and form.is_valid()
        and form.perform(request, word_for_roadmap, **given, **form.cleaned_data)
    ):
        return redirect(f"{reverse('roadmap', args=[product.key])}?for={to.key}")
    back = f"{reverse('roadmap', args=[product.key])}?for={to.key}"
    today = timezone.localdate()
    (one,) = queries.coming(actor, product, today, of=[option.pk]) or [None]
    context = {
        "product": product, "form": form, "option": option, "audience": to, "now": now, "back": back,
        "told": queries.say(one, to, today, now.initial["precision"]).words if one else "",
    }  # fmt: skip
    crumbs = [(CRUMB, back), (option.title, "")]
    status = 422 if form.errors else 200
    return page(request, "decisions/word.html", context, place="roadmap", crumbs=crumbs, about=option, status=status)


def move(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """What would another start do: to its date, to what needs it, to the people there are?"""
    actor, today = actor_of(request), timezone.localdate()
    decision = Decision.objects.visible_to(actor).filter(product=product, pk=pk, kind=Decision.Kind.CHOOSE).first()
    if decision is None or decision.starts is None:
        raise Http404("nothing that was chosen stands there")
    starts = _day(request.GET.get("starts", "")) or decision.starts
    found = moved(actor, product, decision, quarters.first_day(starts), today)
    if found is None:
        raise Http404("it is not coming any more")
    back = reverse("roadmap", args=[product.key])
    first = min(quarters.first_day(today), found.was, found.starts)
    choices = [quarters.after(first, i) for i in range(quarters.between(first, found.starts) + QUARTERS)]
    context = {
        "product": product, "decision": decision, "found": found, "back": back, "answer": answers.of_move(found),
        "quarters": [(day.isoformat(), quarters.label(day)) for day in choices], "start": found.starts.isoformat(),
        "may_move": move_start.rule(actor, {"decision": decision}),
    }  # fmt: skip
    crumbs = [(CRUMB, back), (found.after.option.title, "")]
    return page(request, "decisions/move.html", context, place="roadmap", crumbs=crumbs, about=found.after.option)


def _option(request: HttpRequest, product: Product, pk: int) -> Option:
    found: Option | None = Option.objects.visible_to(actor_of(request)).filter(product=product, pk=pk).first()
    if found is None:
        raise Http404("no such option")
    return found


def _published_to(key: str) -> Audience:
    found = next((one for one in PUBLISHED_TO if one.key == key), None)
    if found is None:
        raise Http404("no such audience")
    return found


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
