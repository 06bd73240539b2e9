"""The company itself, and where its Clearspan runs."""

from __future__ import annotations

from calendar import month_name
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

import clearspan
from clearspan.audiences.settings.common import admins, reader, settings_page, who_can
from clearspan.audiences.settings.forms import CompanyForm
from clearspan.catalogue.actions import change_company
from clearspan.core import history
from clearspan.core.models import Company
from clearspan.ui.numbers import percent


def company(request: HttpRequest) -> HttpResponse:
    """What holds for every product: the name, the money, the threshold."""
    actor, ours = reader(request), Company.ours()
    threshold = percent(float(ours.need_threshold))
    form = CompanyForm(request.POST or None, initial=CompanyForm.initial_of(ours))
    if form.change(request, change_company):
        return redirect("settings")
    context = {
        "company": ours,
        "form": form if actor.is_admin else None,
        "who_can": who_can(admins(actor)),
        "answer": f"{ours} counts in {ours.currency}; a need is a segment’s from {threshold} of its accounts.",
        "pairs": [
            ("Name", ours.name),
            ("Currency", ours.currency),
            ("Discount rate", f"{percent(float(ours.discount_rate))} a year"),
            ("A need is a segment’s from", f"{threshold} of its accounts"),
            ("Its years begin in", month_name[ours.year_starts]),
        ],
        "runs": _runs(actor.is_admin),
        "events": history.of(actor, ours, limit=8),
    }
    return settings_page(request, "settings/company.html", "settings", context, status=422 if form.errors else 200)


def _runs(in_full: bool) -> list[tuple[str, Any]]:
    """Version and address; for those who look after it, where everything lies."""
    facts = [("Version", clearspan.__version__), ("Address", settings.BASE_URL)]
    if not in_full:
        return facts
    database = settings.DATABASES["default"]
    if settings.ENV["database_url"]:
        where = f"“{database['NAME']}” on {database['HOST'] or 'this machine'}"
    else:
        where = f"embedded, in {settings.HOME / 'postgres'}"
    return [*facts, ("Database", where), ("Files", str(settings.MEDIA_ROOT)), ("Time zone", settings.TIME_ZONE)]
