"""Telling those who asked what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of, must
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.portal import actions, links, words
from clearspan.stages.portal.drafts import letter
from clearspan.stages.portal.forms.staff import LetterForm
from clearspan.stages.portal.models import Telling
from clearspan.stages.portal.queries import tellings as reads
from clearspan.stages.portal.queries.asking import who_asked
from clearspan.stages.portal.queries.standing import entry_of, line_of
from clearspan.stages.portal.views.staff.common import staff_page

_SHOWN = 12


def told(request: HttpRequest, product: Product) -> HttpResponse:
    """What did we tell those who asked, and what have we not?"""
    actor = actor_of(request)
    waiting, done = reads.to_tell(actor, product), reads.tellings(actor, product)
    context = {"to_tell": waiting, "tellings": done, "answer": words.of_tellings(waiting, done),
               "may": actions.tell_those_who_asked.rule(actor, {"product": product})}  # fmt: skip
    return staff_page(request, product, "portal/staff/told.html", context, ("Told", ""))


def tell(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Whom does it concern, and in what words?"""
    actor = actor_of(request)
    need = Opportunity.objects.visible_to(actor).filter(product=product, pk=pk).first()
    if need is None:
        raise Http404("no such need")
    must(actor_of(request), actions.tell_those_who_asked, opportunity=need)
    occasion = request.GET.get("of", "")
    occasion = occasion if occasion in Telling.Occasion.values else Telling.Occasion.LAUNCHED.value
    people, sent = who_asked(need, occasion), reads.sent(need, occasion)
    form = LetterForm(request.POST or None, initial=_drafted(product, need, occasion))
    if form.do(request, actions.tell_those_who_asked, opportunity=need, occasion=occasion):
        return redirect("told", product.key)
    context = {
        "need": need, "form": form, "people": people[:_SHOWN], "more": max(0, len(people) - _SHOWN),
        "answer": words.of_people(people, sent), "how": words.of_ways(people), "sent": sent,
        "occasion": Telling.Occasion(occasion).label,
        "switch": [(label, f"?of={key}", key == occasion) for key, label in Telling.Occasion.choices],
    }  # fmt: skip
    status = 422 if form.errors else 200
    where = ("Told", reverse("told", args=[product.key]))
    return staff_page(
        request, product, "portal/staff/tell.html", context, where, (need.title, ""), about=need, status=status
    )


def _drafted(product: Product, need: Opportunity, occasion: str) -> dict[str, str]:
    """As it was sent, where somebody was told already; else drafted, with what customers may read of it."""
    sent = Telling.objects.filter(opportunity=need, occasion=occasion).first()
    if sent is not None:
        return {"subject": sent.subject, "text": sent.text}
    drafted = letter(need, occasion, _published(product, need, occasion))
    return {"subject": drafted.title, "text": drafted.text}


def _published(product: Product, need: Opportunity, occasion: str) -> str:
    if occasion == Telling.Occasion.LAUNCHED:
        entry = entry_of(need)
        return f"{entry.title}: {links.absolute('portal_entry', product.key, entry.pk)}" if entry is not None else ""
    return "\n\n".join(f"{one.title}: {one.when}." for one in line_of(product).needs.get(need.pk, ()))
