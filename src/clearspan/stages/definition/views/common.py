"""What the pages of definitions share."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.core.web import actor_of
from clearspan.stages.definition import queries
from clearspan.stages.definition.models import Definition, DefinitionVersion


def found(request: HttpRequest, product: Product, pk: int) -> Definition:
    """The definition, for who may see it. 404 otherwise."""
    rows = Definition.objects.visible_to(actor_of(request)).filter(product=product, pk=pk)
    row: Definition | None = rows.select_related("product", "option", "keeper").first()
    if row is None:
        raise Http404("no such definition")
    return row


def version_of(definition: Definition, number: str) -> DefinitionVersion | None:
    """Its version of that number; None for "", which is the working copy. 404 when there is none."""
    if not number:
        return None
    row = queries.numbered(definition, number)
    if row is None:
        raise Http404("no such version")
    return row


def crumbs(product: Product, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Definition", reverse("definitions", args=[product.key])), *more]


def crumbs_of(definition: Definition, *more: tuple[str, str]) -> list[tuple[str, str]]:
    own = reverse("definition", args=[definition.product.key, definition.pk])
    return crumbs(definition.product, (definition.title, own if more else ""), *more)


def functions(actor: Actor) -> list[tuple[str, str]]:
    """Choices of functions, by reference."""
    return [(one.ref, one.name) for one in Function.objects.visible_to(actor)]
