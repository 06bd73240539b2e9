"""The drift radar, and notes that bring work back on track."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.models import Company
from clearspan.core.web import actor_of, must, page
from clearspan.stages.development import drift_figures, drift_words
from clearspan.stages.development.actions.notes import send_drift_note
from clearspan.stages.development.forms.notes import NoteForm
from clearspan.stages.development.models import DriftNote
from clearspan.stages.development.queries.concerned import concerned
from clearspan.stages.development.queries.drift import RECENT, counted, radar
from clearspan.ui.figure import taken

SHOWN = 30  # rows of a table: those that stand still, or took most, come first


def drift(request: HttpRequest, product: Product) -> HttpResponse:
    """Are we on the right things?"""
    actor, today = actor_of(request), timezone.localdate()
    found = radar(actor, product, today)
    picture = drift_figures.weeks(found)
    copy = taken(request, [picture] if picture else [])
    if copy is not None:
        return copy
    context = {
        "product": product, "found": found, "figure": picture, "answer": drift_words.of_radar(found),
        "under": drift_words.under_radar(found),
        "rows": drift_figures.rows(counted(actor, found.promised[:SHOWN])),
        "more": max(0, len(found.promised) - SHOWN),
        "loose": [(one, drift_words.spent(one.days)) for one in found.loose[:SHOWN]],
        "more_loose": max(0, len(found.loose) - SHOWN),
        "scale": drift_figures.share_scale(found), "recent": RECENT,
        "notes": DriftNote.objects.visible_to(actor).filter(product=product).select_related("written_by")[:5],
    }  # fmt: skip
    return page(request, "development/drift.html", context, place="development", crumbs=_crumbs(product, ("Drift", "")))


def line(request: HttpRequest, product: Product) -> HttpResponse:
    """The radar in a line, for the page of development, which asks for it once it is there."""
    found = radar(actor_of(request), product, timezone.localdate())
    said = {"product": product, "answer": drift_words.of_radar(found), "under": drift_words.under_radar(found)}
    return render(request, "development/_drift.html", {"said": said})


def write_note(request: HttpRequest, product: Product) -> HttpResponse:
    """A note to whom it concerns, drafted from the radar."""
    actor = actor_of(request)
    must(actor, send_drift_note, product=product)
    found = radar(actor, product, timezone.localdate())
    people = concerned(actor, product, found)
    title, text = drift_words.draft(found, Company.ours().currency, {one.person.name for one in people})
    suggested = [one.person.ref for one in people if one.why]
    form = NoteForm(request.POST or None, initial={"title": title, "text": text, "to": suggested})
    form.fields["to"].choices = [(one.person.ref, one.words) for one in people]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        done = form.perform(request, send_drift_note, product=product, **form.cleaned_data)
        if done is not None:
            return redirect("drift_note", product.key, done.result.pk)
    crumbs = _crumbs(product, ("Drift", reverse("drift", args=[product.key])), ("Write a note", ""))
    context = {"product": product, "form": form, "under": drift_words.under_radar(found)}
    return page(request, "development/write_note.html", context, place="development", crumbs=crumbs)


def note(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """A note as it was sent, and who has read it."""
    actor = actor_of(request)
    rows = DriftNote.objects.visible_to(actor).filter(product=product, pk=pk).select_related("written_by")
    shown: DriftNote | None = rows.first()
    if shown is None:
        raise Http404("no such note")
    readers = list(shown.readers.select_related("person__function"))
    mine = next((one for one in readers if one.person == actor.person), None)
    crumbs = _crumbs(product, ("Drift", reverse("drift", args=[product.key])), (shown.title, ""))
    context = {"product": product, "note": shown, "readers": readers, "unread": mine is not None and not mine.read_at}
    return page(request, "development/note.html", context, place="development", crumbs=crumbs)


def _crumbs(product: Product, *crumbs: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Development", reverse("development", args=[product.key])), *crumbs]
