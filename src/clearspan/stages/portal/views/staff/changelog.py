"""What is new: drafts, and what was published."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must
from clearspan.stages.launch.drafts import gaps_of
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Meets
from clearspan.stages.portal import actions, words
from clearspan.stages.portal.forms.staff import EntryForm, FromLaunchForm
from clearspan.stages.portal.models import ChangelogEntry, Telling
from clearspan.stages.portal.queries import VISITOR
from clearspan.stages.portal.queries import moderation as reads
from clearspan.stages.portal.views.staff.common import staff_page


def entries(request: HttpRequest, product: Product) -> HttpResponse:
    """What have we said is new?"""
    actor = actor_of(request)
    cut = Paginator(reads.drafts_and_published(actor, product), 30).get_page(request.GET.get("page"))
    context = {"page": cut, "answer": words.of_changelog(list(cut)), "may": _may(request, product)}
    return staff_page(request, product, "portal/staff/changelog.html", context, ("What is new", ""))


def new_entry(request: HttpRequest, product: Product) -> HttpResponse:
    """Begins an entry: from a launch, or from nothing."""
    must(actor_of(request), actions.draft_entry, product=product)
    sent = request.POST or None
    by_launch = FromLaunchForm(actor_of(request), product, sent if sent and "launch" in sent else None,
                               initial={"launch": request.GET.get("launch")})  # fmt: skip
    form = EntryForm(sent if sent and "title" in sent else None)
    for one in (by_launch, form):
        if one.is_bound and (done := one.do(request, actions.draft_entry, product=product)):
            return redirect("changelog_entry", product.key, done.result.pk)
    context = {"form": form, "by_launch": by_launch, "answer": "What is new, and for whom?"}
    status = 422 if form.errors or by_launch.errors else 200
    where = ("What is new", reverse("changelog", args=[product.key]))
    return staff_page(request, product, "portal/staff/new_entry.html", context, where, ("New", ""), status=status)


def entry(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """One entry, as it is written and as it will be read."""
    actor = actor_of(request)
    found = ChangelogEntry.objects.visible_to(actor).filter(product=product, pk=pk).select_related("launch").first()
    if found is None:
        raise Http404("no such entry")
    form = EntryForm(request.POST or None, initial=EntryForm.initial_of(found))
    if form.do(request, actions.change_entry, entry=found):
        return redirect("changelog_entry", product.key, pk)
    context = {
        "entry": found, "form": form, "gaps": gaps_of(found.text), "may": _may(request, product), "answer": found.title,
        "asked": words.asked_for(found), "tell_url": _tell_url(request, found),
        "public_url": _public_url(found),
    }  # fmt: skip
    where = ("What is new", reverse("changelog", args=[product.key]))
    status = 422 if form.errors else 200
    return staff_page(request, product, "portal/staff/entry.html", context, where, (found.title, ""), status=status)


def _public_url(entry: ChangelogEntry) -> str:
    """Where the public reads it; "" for what is not published, or on a portal that is closed."""
    shown = ChangelogEntry.objects.visible_to(VISITOR).filter(pk=entry.pk).exists()
    return reverse("portal_entry", args=[entry.product.key, entry.pk]) if shown else ""


def _tell_url(request: HttpRequest, entry: ChangelogEntry) -> str:
    """Where those who asked are told of what was published; of several needs, where these are listed."""
    actor, product = actor_of(request), entry.product
    if entry.published_at is None or not actions.tell_those_who_asked.rule(actor, {"product": product}):
        return ""
    needs = Meets.objects.filter(option__launches=entry.launch_id).values_list("opportunity", flat=True).distinct()
    answering = Exists(Mention.objects.filter(opportunity=OuterRef("pk"), answer=True))
    asked = list(Opportunity.objects.visible_to(actor).filter(answering, pk__in=list(needs))[:2])
    if len(asked) == 1:
        return reverse("tell", args=[product.key, asked[0].pk]) + f"?of={Telling.Occasion.LAUNCHED}"
    return reverse("told", args=[product.key]) if asked else ""


def _may(request: HttpRequest, product: Product) -> bool:
    return bool(actions.draft_entry.rule(actor_of(request), {"product": product}))
