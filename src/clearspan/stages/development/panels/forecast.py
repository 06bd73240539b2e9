"""What the forecast says on pages of others: dates on the roadmap, a line where development begins."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from clearspan.catalogue.models import Product
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.stages.development import forecast_words
from clearspan.stages.development.models import DeliveryStudy
from clearspan.stages.development.queries import forecast as read
from clearspan.stages.development.queries.begun import progress_of
from clearspan.stages.options.models import Option


def provide() -> None:
    panels.provide("development", in_development)
    panels.provide("roadmap.dates", on_roadmap)
    panels.provide("roadmap.progress", progress_on_roadmap)


def in_development(actor: Actor, product: Product) -> Fragment | None:
    """The likely date and the one to promise; where the first forecast is asked for, while there is none."""
    study: DeliveryStudy | None = read.newest(actor, product)
    if study is None:
        if not read.is_anything_open(actor, product):
            return None
        unknown = {"product": product, "answer": "When it will be done is not known yet", "under": ""}
        return Fragment("development/_forecast_line.html", unknown)
    answer = forecast_words.of_dates(study.p50, study.p85, timezone.localdate())
    under = f"Forecast {study.created_at:%-d %B}, from what was finished week by week."
    return Fragment("development/_forecast_line.html", {"product": product, "answer": answer, "under": under})


def on_roadmap(actor: Actor, options: Sequence[Option]) -> dict[int, read.Four] | None:
    """Dates of what is being built, for the roadmap to take in place of its own guess."""
    return read.dates_of(actor, options) or None


def progress_on_roadmap(actor: Actor, options: Sequence[Option]) -> dict[int, str] | None:
    """How far each option is: waiting, begun or done."""
    return progress_of(actor, options) or None
