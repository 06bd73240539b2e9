from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from clearspan.catalogue.imports import finding
from clearspan.catalogue.rules import works_on
from clearspan.core.actions import without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Export, Field, Kind, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Count, Day, Money, Text
from clearspan.stages.launch.models import Campaign, CampaignResult

_NUMBERS = ("spend", "reached", "responses", "won", "revenue")
_KEY = r"lower(regexp_replace(s.campaign, '\s', '', 'g'))"
_UNKNOWN = f"NOT {_KEY} = ANY(%(known)s)"


@dataclass(frozen=True)
class Planned:
    """What one campaign's one day adds up to."""

    campaign: int
    day: date
    numbers: dict[str, Any]
    known: CampaignResult | None

    @property
    def differs(self) -> bool:
        return self.known is not None and any(getattr(self.known, name) != self.numbers[name] for name in _NUMBERS)


class CampaignResults(Kind):
    """What campaigns spent and what came of it, by day. Rows of the same campaign and day are added up."""

    name = "campaigns"
    label = "Campaign results"
    order = 6
    words = ("day of a campaign", "days of campaigns")
    about = "What campaigns spent, whom they reached and won, by day: an advertising system's export."
    fields = (
        Field("campaign", "Campaign", Text(120), "One that is planned here, by name.", required=True,
              synonyms="campaignname adcampaign campaigngroupname utmcampaign"),
        Field("day", "Date", Day(), "The day, or the last of the week.", required=True,
              synonyms="date day reportingstarts reportingends startdateinutc week timeperiod"),
        Field("spend", "Spend", Money(0),
              synonyms="spent cost amountspent totalspent spendusd spendgbp spendeur costs"),
        Field("reached", "Reached", Count(), "Who saw it.", synonyms="reach impressions impr views sent delivered"),
        Field("responses", "Responses", Count(), "Who clicked, called, came.",
              synonyms="clicks linkclicks clicksall interactions replies leads results visits"),
        Field("won", "Won", Count(), "Customers won.",
              synonyms="conversions purchases customers sales orders newcustomers deals"),
        Field("revenue", "Revenue", Money(0), "A year's, of the customers won.",
              synonyms="conversionvalue convvalue purchasevalue totalconversionvalue purchasesconversionvalue value"),
    )  # fmt: skip
    options = (finding.product_option("The campaigns are this product's."),)
    exports = (
        Export("Google Ads campaigns", frozenset({"campaign", "day", "cost", "impr", "clicks"}),
               {"campaign": "campaign", "day": "day", "cost": "spend", "impr": "reached", "clicks": "responses",
                "conversions": "won", "convvalue": "revenue"}),
        Export("Meta Ads campaigns", frozenset({"campaignname", "reportingstarts", "reach"}),
               {"campaignname": "campaign", "reportingstarts": "day", "amountspentgbp": "spend",
                "amountspenteur": "spend", "amountspentusd": "spend", "amountspent": "spend", "reach": "reached",
                "linkclicks": "responses", "purchases": "won"}),
        Export("LinkedIn campaigns", frozenset({"campaignname", "startdateinutc", "totalspent", "impressions"}),
               {"campaignname": "campaign", "startdateinutc": "day", "totalspent": "spend", "impressions": "reached",
                "clicks": "responses", "conversions": "won", "totalconversionvalue": "revenue"}),
    )  # fmt: skip
    brings = (Brought(CampaignResult),)

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return works_on(actor, {"product": chosen["product"]})

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        return {"product": finding.product_of(actor, options)}

    def complete(self, values: dict[str, Any]) -> None:
        if values.get("day") is not None and values["day"] > timezone.localdate():
            raise ValueError("Date", f"{values['day']}", "a day that has come")

    def plan(self, staging: Staging) -> None:
        there = {
            finding.key_of(one.name): one.pk
            for one in Campaign.objects.visible_to(staging.actor).filter(product=staging.chosen["product"])
        }
        unknown = staging.query(
            f"SELECT campaign, count(*) FROM staged s WHERE {_UNKNOWN} GROUP BY 1 ORDER BY 2 DESC LIMIT 30",  # noqa: S608 a constant
            {"known": list(there)},
        )
        staging.strange["campaign"] = [(word, rows) for word, rows in unknown]
        names = Campaign.objects.filter(pk__in=there.values()).order_by("-pk").values_list("name", flat=True)[:5]
        planned_here = f"a campaign that is planned here: {', '.join(names) or 'there is none yet'}"
        staging.refuse("campaign", _UNKNOWN, planned_here, {"known": list(there)})
        rows = staging.query(
            f"""SELECT {_KEY}, day, coalesce(sum(spend), 0), coalesce(sum(reached), 0), coalesce(sum(responses), 0),
                coalesce(sum(won), 0), coalesce(sum(revenue), 0), count(*)
            FROM staged s GROUP BY 1, 2 ORDER BY 1, 2"""  # noqa: S608 the same
        )
        known = {(one.campaign_id, one.day): one for one in CampaignResult.objects.filter(campaign__in=there.values())}
        planned = [_planned(there[key], day, numbers, known) for key, day, *numbers, _ in rows]
        added_up = sum(row[-1] for row in rows) - len(rows)
        if added_up:
            staging.notes.append(f"{added_up:,} rows are of a campaign and day of another row: they are added up.")
        staging.planned = planned
        staging.known = sum(one.known is not None for one in planned)
        staging.added, staging.differing = len(planned) - staging.known, sum(one.differs for one in planned)

    def write(self, staging: Staging) -> None:
        if staging.update:  # first, while changes are kept, so that they can be put back
            for one in staging.planned:
                if one.known is not None and one.differs:
                    CampaignResult.objects.filter(pk=one.known.pk).update(**one.numbers)
                    staging.updated += 1
            staging.differing -= staging.updated
        without_keeping()
        new = [one for one in staging.planned if one.known is None]
        source = staging.file.name[:200]
        CampaignResult.objects.bulk_create(
            CampaignResult(campaign_id=one.campaign, day=one.day, source=source, brought_by=staging.file, **one.numbers)
            for one in new
        )
        staging.added = len(new)


def _planned(campaign: int, day: date, numbers: list[Any], known: Mapping[tuple[int, date], CampaignResult]) -> Planned:
    spend, reached, responses, won, revenue = numbers
    found = {
        "spend": Decimal(spend), "reached": int(reached), "responses": int(responses), "won": int(won),
        "revenue": Decimal(revenue),
    }  # fmt: skip
    return Planned(campaign, day, found, known.get((campaign, day)))


register(CampaignResults())
