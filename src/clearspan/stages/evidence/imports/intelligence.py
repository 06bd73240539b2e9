from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from clearspan.catalogue.imports import finding
from clearspan.catalogue.imports.of_product import OfProduct
from clearspan.catalogue.models import Competitor, Segment
from clearspan.catalogue.rules import anybody_here
from clearspan.core.actions import without_keeping
from clearspan.core.imports.kinds import Brought, Field, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Day, Link, Text
from clearspan.stages.evidence.models import Intelligence

_COLUMNS = ("external_id", "title", "text", "source", "url", "seen_on", "competitor", "segment")


class Known(OfProduct):
    """What is known of the market and no customer said. What is here already does not come again."""

    name = "intelligence"
    label = "Intelligence"
    order = 5
    words = ("piece of intelligence", "pieces of intelligence")
    about = "What is known of the market: moves of competitors, analysts’ figures, laws, each with who says so."
    fields = (
        Field("title", "In one line", Text(200, cut=True, rich=True), "What is known.", required=True,
              synonyms="headline subject title finding fact news summary"),
        Field("source", "Who says so", Text(200, cut=True), required=True,
              synonyms="publisher origin saidby author publication reference"),
        Field("text", "All that is known", Text(rich=True), synonyms="body content description detail details note"),
        Field("url", "Where it can be read", Link(500), synonyms="link address href"),
        Field("seen_on", "Seen on", Day(), "Empty is the day of the import.",
              synonyms="date published publishedon publishedat seen day"),
        Field("competitor", "Competitor", Text(120), "One that is here, by name.", synonyms="rival vendor company"),
        Field("segment", "Segment", Text(80), "One that is here, by name.", synonyms="market industry sector"),
        Field("external_id", "Identity", Text(190), "Its number where it comes from.", synonyms="id key guid number"),
    )  # fmt: skip
    options = (finding.product_option("It is known of this product’s market."),)
    brings = (Brought(Intelligence),)

    rule = staticmethod(anybody_here)

    def complete(self, values: dict[str, Any]) -> None:
        if values.get("seen_on") is not None and values["seen_on"] > timezone.localdate():
            raise ValueError("Seen on", f"{values['seen_on']}", "a day that has come")
        if not values.get("external_id"):
            said = "\x1f".join(str(values.get(name) or "") for name in ("title", "source", "text", "url"))
            values["external_id"] = f"content:{hashlib.sha256(said.encode()).hexdigest()[:32]}"

    def plan(self, staging: Staging) -> None:
        product = staging.chosen["product"]
        rows = staging.query(f"SELECT {', '.join(_COLUMNS)} FROM staged ORDER BY row")  # noqa: S608 own words
        given = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in reversed(rows)}
        if len(rows) > len(given):
            staging.notes.append(f"{len(rows) - len(given):,} rows say the same again; the first counts.")
        there = Intelligence.objects.filter(product=product, external_id__in=given)
        here = set(there.values_list("external_id", flat=True))
        names = {
            "competitor": _by_key(Competitor.objects.visible_to(staging.actor).filter(product=product)),
            "segment": _by_key(Segment.objects.visible_to(staging.actor)),
        }
        new = [one for key, one in reversed(given.items()) if key not in here]
        for field, known in names.items():
            unknown = {one[field] for one in new if one[field] and finding.key_of(one[field]) not in known}
            if unknown:
                listed = ", ".join(sorted(unknown)[:5])
                staging.notes.append(f"There is no {field} {listed}: what is known of it comes without.")
        staging.planned = (new, names)
        staging.added, staging.known = len(new), len(here)

    def write(self, staging: Staging) -> None:
        new, names = staging.planned
        without_keeping()
        Intelligence.objects.bulk_create(
            Intelligence(
                product=staging.chosen["product"], title=one["title"], text=one["text"] or "", source=one["source"],
                url=one["url"] or "", seen_on=one["seen_on"] or timezone.localdate(),
                competitor_id=names["competitor"].get(finding.key_of(one["competitor"] or "")),
                segment_id=names["segment"].get(finding.key_of(one["segment"] or "")),
                external_id=one["external_id"], brought_by=staging.file, recorded_by=staging.file.asked_by,
            )
            for one in new
        )  # fmt: skip
        staging.added = len(new)


def _by_key(rows: Any) -> dict[str, int]:
    return {finding.key_of(name): key for key, name in rows.values_list("pk", "name")}


register(Known())
