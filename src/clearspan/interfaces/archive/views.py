"""Everything out, and how the backups stand: for admins alone."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clearspan.core.actor import Actor
from clearspan.core.settings_pages import settings_page
from clearspan.core.web import actor_of
from clearspan.interfaces.archive import backup_words, backups
from clearspan.interfaces.archive.models import Backup

MOST = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own exports, and the last backups."""
    actor = _admin(request)
    mine = list(Backup.objects.visible_to(actor).filter(asked_by=actor.person)[:MOST])
    made = list(Backup.objects.visible_to(actor).filter(asked_by=None)[:MOST])
    place = backups.folder()
    good = backups.there(place) if place else []
    context = {
        "mine": mine,
        "under_way": next((row for row in mine if row.is_under_way), None),
        "backups": made,
        "place": place,
        "facts": backup_words.facts(place, good),
        "answer": backup_words.answer(place, good, made, timezone.now()),
    }
    return settings_page(request, "archive/exports.html", "exports", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every second while an export is written; the whole page again once it is over."""
    row = _own(_admin(request), pk)
    response = render(request, "archive/_progress.html", {"under_way": row if row.is_under_way else None})
    if not row.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, for whoever asked for it and still administers."""
    row = _own(_admin(request), pk)
    path = Path(row.path) if row.path else None
    if row.status != Backup.Status.DONE or path is None or not path.is_file():
        raise Http404("there is no such file any more")
    name = f"clearspan-{timezone.localtime(row.finished_at):%Y-%m-%d}.zip"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response


def _admin(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.is_admin:
        raise Http404("nothing here")
    return actor


def _own(actor: Actor, pk: int) -> Backup:
    row: Backup | None = Backup.objects.visible_to(actor).filter(pk=pk, asked_by=actor.person).first()
    if row is None:
        raise Http404("no such export")
    return row
