"""Are we on track, and on the right things?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.web import actor_of, page


def development(request: HttpRequest, product: Product) -> HttpResponse:
    """Are we on track, and on the right things?"""
    context = {"product": product, "lines": panels.ask("development", actor_of(request), product)}
    return page(request, "development/overview.html", context, place="development", crumbs=[("Development", "")])
