"""Turns the product's name in an address into the product, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from clearspan.catalogue.models import Product
from clearspan.core.web import actor_of


class ProductMiddleware:
    """A view whose address has `<slug:product>` gets the Product; `request.product` has it too, for the shell."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.product = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if not isinstance(kwargs.get("product"), str):
            return
        there = (one for one in Product.all_for(actor_of(request)) if not one.is_archived)
        product = next((one for one in there if one.key == kwargs["product"]), None)
        if product is None:
            raise Http404("no such product")
        kwargs["product"] = request.product = product  # type: ignore[attr-defined]
        if request.session.get("product") != product.key:
            request.session["product"] = product.key
