"""Everything that was said of a need, and how each piece speaks of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.lists import by_words, count, cut
from clearspan.core.web import actor_of, must, page
from clearspan.stages.opportunities.actions import change_mention
from clearspan.stages.opportunities.forms import MentionForm
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.opportunities.rules import sorts
from clearspan.stages.opportunities.views.rows import crumbs, row_or_404


def index(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    row, actor = row_or_404(request, Opportunity, product, pk), actor_of(request)
    rows = Mention.objects.visible_to(actor).filter(opportunity=row).select_related("feedback__account__segment")
    words = by_words(request.GET.get("q", ""), of_very_many=True)
    if words is not None:
        rows = rows.filter(feedback__search=words)
    if request.GET.get("only") == "quotes":
        rows = rows.exclude(quote="")
    shown = cut(rows, "-heard_at", after=request.GET.get("after", ""))
    context = {"need": row, "product": product, "rows": shown, "total": count(rows), "q": request.GET.get("q", "")}
    context |= {"only": request.GET.get("only", ""), "may": sorts(actor, {"opportunity": row})}
    where = crumbs(product, (row.title, reverse("opportunity", args=[product.key, pk])), ("Mentions", ""))
    return page(request, "opportunities/mentions.html", context, place="opportunities", crumbs=where, about=row)


def change(request: HttpRequest, product: Product, pk: int, mention: int) -> HttpResponse:
    row = row_or_404(request, Opportunity, product, pk)
    found = row.mentions.filter(pk=mention).select_related("feedback__account").first()
    if found is None:
        return redirect("opportunity_mentions", product.key, pk)
    must(actor_of(request), change_mention, mention=found)
    names = ("quote", "importance", "prompted", "answer", "agreed")
    form = MentionForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.perform(request, change_mention, mention=found, **form.cleaned_data)
    ):
        return redirect("opportunity_mentions", product.key, pk)
    where = crumbs(product, (row.title, reverse("opportunity", args=[product.key, pk])), ("Mention", ""))
    context = {"form": form, "need": row, "mention": found, "product": product}
    status = 422 if form.errors else 200
    return page(
        request, "opportunities/mention.html", context, place="opportunities", crumbs=where, about=row, status=status
    )
