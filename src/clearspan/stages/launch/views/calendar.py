"""The days of a launch as a file for a calendar (RFC 5545)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of
from clearspan.stages.launch import calendars, queries
from clearspan.stages.launch.views.common import launch_of


def calendar(request: HttpRequest, product: Product, pk: int) -> HttpResponse:
    """Launch, go/no-go, and by when each thing must be there."""
    launch = launch_of(request, product, pk)
    found = queries.readiness(actor_of(request), launch, timezone.localdate())
    address = request.build_absolute_uri(reverse("launch", args=[product.key, pk]))
    body = calendars.of_launch(found, address, request.get_host(), timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{launch.ref.lower()}.ics"'
    return response
