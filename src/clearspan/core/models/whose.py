"""Which products a row is about, kept on the row itself, and for whom those do not exist.

What was done, what was said and what was brought in is shown in words, whatever it was about: what one may not see may
not stand there either. What products are, the core does not know: the catalogue registers both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models

from clearspan.core.actor import Actor

Q = TypeVar("Q", bound=models.QuerySet[Any])
_finders: list[Callable[[Mapping[str, Any]], Iterable[int]]] = []
_hidden: list[Callable[[Actor], models.QuerySet[Any]]] = []


def place(finder: Callable[[Mapping[str, Any]], Iterable[int]]) -> None:
    """Registers who says which products rows, lists of them and references are about."""
    if finder not in _finders:
        _finders.append(finder)


def hide(products: Callable[[Actor], models.QuerySet[Any]]) -> None:
    """Registers which products do not exist for an actor."""
    if products not in _hidden:
        _hidden.append(products)


def placed(values: Mapping[str, Any]) -> list[int]:
    """The numbers of the products that any of the values is about."""
    return sorted({product for finder in _finders for product in finder(values)})


def but_hidden(rows: Q, actor: Actor) -> Q:
    """Without the rows about any product that does not exist for the actor."""
    if actor.is_system:
        return rows
    for products in _hidden:
        rows = rows.exclude(products__overlap=ArraySubquery(products(actor).values("pk")))
    return rows


def known_to(actor: Actor, products: list[int]) -> list[int]:
    """Those of the products that exist for the actor."""
    hidden = {pk for rows in _hidden for pk in rows(actor).filter(pk__in=products).values_list("pk", flat=True)}
    return [pk for pk in products if pk not in hidden]


def field() -> ArrayField[Any, Any]:
    """The field in which a row keeps them."""
    return ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="The numbers of those it was about."
    )
