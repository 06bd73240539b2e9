from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import MarketSize, Segment
from clearspan.catalogue.rules import admins, either, product_people
from clearspan.core.actions import Invalid, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Field, Kind, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Count, Day, Money, Text

_may = either(product_people, admins)


class Segments(Kind):
    """Parts of the market, and how large each is for a product."""

    name = "segments"
    label = "Segments and market sizes"
    order = 3
    words = ("segment", "segments")
    about = "Parts of the market: how many accounts each has, and what one is worth a year."
    fields = (
        Field("name", "Name", Text(80), required=True, synonyms="segment segmentname market"),
        Field("accounts", "Accounts in the market", Count(), "In the whole market, customers or not.",
              synonyms="marketaccounts size marketsize companies count numberofaccounts"),
        Field("value_per_account", "Worth of one a year", Money(0), "Revenue or potential of one account in a year.",
              synonyms="value marketvalue valueperaccount arpa acv averagevalue"),
        Field("description", "Description", Text(), synonyms="about notes details"),
        Field("source", "Source", Text(200), "Who says so.", synonyms="reference saidby"),
        Field("as_of", "As of", Day(), synonyms="date year asof"),
    )  # fmt: skip
    options = (finding.product_option("Market sizes are this product's.", required=False),)
    brings = (Brought(MarketSize), Brought(Segment))

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return _may(actor, chosen)

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        return {"product": finding.product_of(actor, options, required=False)}

    def complete(self, values: dict[str, Any]) -> None:
        if (values.get("accounts") is None) != (values.get("value_per_account") is None):
            label = "Accounts in the market" if values.get("accounts") is None else "Worth of one a year"
            raise ValueError(label, "nothing", "a market size with both: accounts, and what one is worth a year")

    def plan(self, staging: Staging) -> None:
        rows = staging.query(
            "SELECT row, name, accounts, value_per_account, description, source, as_of FROM staged ORDER BY row"
        )
        if any(row[2] is not None for row in rows) and staging.chosen["product"] is None:
            raise Invalid({"product": "market sizes are a product's: say which product"})
        known = {finding.key_of(segment.name): segment for segment in Segment.objects.all()}
        sizes = {size.segment_id: size for size in MarketSize.objects.filter(product=staging.chosen["product"])}
        planned: dict[str, tuple[Any, ...]] = {}
        for row in rows:
            planned.setdefault(finding.key_of(row[1]), row)
        if len(planned) < len(rows):
            staging.notes.append(
                f"{len(rows) - len(planned):,} rows name a segment of an earlier row; the first counts."
            )
        staging.added = sum(key not in known for key in planned)
        staging.known = len(planned) - staging.added
        staging.differing = sum(
            _differs(known[key], sizes.get(known[key].pk), row) for key, row in planned.items() if key in known
        )
        staging.planned = (planned, known, sizes)
        sized = sum(
            row[2] is not None and (key not in known or known[key].pk not in sizes) for key, row in planned.items()
        )
        if sized:
            staging.made["market sizes"] = sized

    def write(self, staging: Staging) -> None:
        planned, known, sizes = staging.planned
        for key, (_, _, accounts, value, description, source, as_of) in planned.items():
            size = sizes.get(known[key].pk) if key in known else None
            if staging.update and key in known and _differs(known[key], size, planned[key]):
                staging.updated += 1
                if description:
                    Segment.objects.filter(pk=known[key].pk).update(description=description)
                if size is not None and accounts is not None:
                    MarketSize.objects.filter(pk=size.pk).update(
                        accounts=accounts,
                        value_per_account=value,
                        source=source or size.source,
                        as_of=as_of or size.as_of,
                    )
        staging.differing -= staging.updated
        without_keeping()
        new = finding.make_segments(staging, [row[1] for key, row in planned.items() if key not in known])
        staging.made.pop("segments", None)  # they are what is counted as added
        there = known | {finding.key_of(segment.name): segment for segment in new}
        for key, (_, _, accounts, value, description, source, as_of) in planned.items():
            segment = there[key]
            if key not in known and description:
                Segment.objects.filter(pk=segment.pk).update(description=description)
            if accounts is not None and segment.pk not in sizes:
                MarketSize.objects.create(
                    product=staging.chosen["product"], segment=segment, accounts=accounts, value_per_account=value,
                    source=source or staging.file.name[:200], as_of=as_of, brought_by=staging.file,
                )  # fmt: skip
                staging.made["market sizes"] = staging.made.get("market sizes", 0) + 1


def _differs(segment: Segment, size: MarketSize | None, row: tuple[Any, ...]) -> bool:
    _, _, accounts, value, description, *_ = row
    if description and description != segment.description:
        return True
    return size is not None and accounts is not None and (size.accounts, size.value_per_account) != (accounts, value)


register(Segments())
