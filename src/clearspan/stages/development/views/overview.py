"""Are we on track, and on the right things?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.web import actor_of, page
from clearspan.stages.development import item_words
from clearspan.stages.development.queries.overview import SHOWN, overview
from clearspan.stages.development.rules import builds
from clearspan.ui.marks import Scale


def development(request: HttpRequest, product: Product) -> HttpResponse:
    """The build in one look. Lines of other nouns (forecast, drift, suppliers) stand at its top."""
    actor, today = actor_of(request), timezone.localdate()
    found = overview(actor, product, today)
    context = {
        "product": product,
        "found": found,
        "answer": item_words.of_overview(found),
        "under": item_words.under_overview(found),
        "lines": panels.ask("development", actor, product),
        "doing": [(item, (today - item.started_on).days if item.started_on else None) for item in found.doing],
        "waiting": [(item, (today - item.added_on).days) for item in found.waiting],
        "rows": [(row, item_words.points_of(row.progress)) for row in found.options],
        "more": found.built - len(found.options),
        "scale": Scale.shares([1.0]),
        **item_words.findings(found),
        "shown": SHOWN,
        "may": builds(actor, {"product": product}),
    }
    return page(request, "development/overview.html", context, place="development", crumbs=[("Development", "")])
