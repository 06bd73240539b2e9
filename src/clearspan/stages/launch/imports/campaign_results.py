from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from clearspan.catalogue.imports import finding
from clearspan.catalogue.imports.of_product import ByDay
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Export, Field, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Count, Day, Money, Text
from clearspan.stages.launch.models import Campaign, CampaignResult

_READ = {"spend": Decimal, "reached": int, "responses": int, "won": int, "revenue": Decimal}


class CampaignResults(ByDay):
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

    named, model, expected = "campaign", CampaignResult, "a campaign that is planned here"

    def things(self, actor: Actor, product: Any) -> QuerySet[Any]:
        return Campaign.objects.visible_to(actor).filter(product=product)

    def days(self, staging: Staging, key: str) -> tuple[Sequence[tuple[str, date, dict[str, Any], str]], str]:
        sums = ", ".join(f"coalesce(sum({name}), 0)" for name in _READ)
        rows = staging.query(f"SELECT {key}, day, count(*), {sums} FROM staged s GROUP BY 1, 2 ORDER BY 1, 2")  # noqa: S608 a kind's own words
        added_up = sum(row[2] for row in rows) - len(rows)
        said = f"{added_up:,} rows are of a campaign and day of another row: they are added up." if added_up else ""
        return [(of, day, _read(numbers), "") for of, day, _, *numbers in rows], said


def _read(numbers: Sequence[Any]) -> dict[str, Any]:
    return {name: read(number) for (name, read), number in zip(_READ.items(), numbers, strict=True)}


register(CampaignResults())
