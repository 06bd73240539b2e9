from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Account, Competitor, Deal, MarketSize, Product, Segment
from clearspan.catalogue.rules import admins, either, product_people, sells
from clearspan.core.actions import Invalid, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Export, Field, Kind, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Day, Flag, Money, Text

_may = either(product_people, sells, admins)
_WON = ("won", "closed won", "closedwon", "win")
_LOST = ("lost", "closed lost", "closedlost", "loss", "abandoned")


class Deals(Kind):
    """Sales under way, won or lost. (Never called opportunities: those are needs of the market.)"""

    name = "deals"
    label = "Deals"
    order = 2
    words = ("deal", "deals")
    about = "Sales under way, won or lost: a CRM's pipeline."
    fields = (
        Field("external_id", "Identity", Text(200), "Its number in the CRM.",
              synonyms="opportunityid dealid recordid id key"),
        Field("name", "Name", Text(160), "Made from account and product where there is none.",
              synonyms="opportunityname dealname title subject"),
        Field("account", "Account", Text(160), "By name or identity; made when it is not here yet.",
              synonyms="accountname company companyname customer client organization associatedcompany"),
        Field("account_id", "Account's identity", Text(200), "Its number in the CRM.",
              synonyms="companyid organizationid associatedcompanyids"),
        Field("product", "Product", Text(80), "One of the products here, by name, whatever case and spaces it has.",
              synonyms="productname item"),
        Field("stage", "Stage", Text(60), "Won and lost are understood, and any other word is an open deal's.",
              synonyms="dealstage stagename state status dealpipelinestageid"),
        Field("is_won", "Is won", Flag(), synonyms="won closedwon"),
        Field("is_closed", "Is closed", Flag(), synonyms="closed"),
        Field("amount", "Amount", Money(), "A year's value.", synonyms="closevalue value dealvalue acv arr"),
        Field("seller", "Seller", Text(120), synonyms="salesagent owner dealowner salesrep opportunityowner"),
        Field("opened_on", "Opened on", Day(),
              synonyms="createddate createdate engagedate created createdat opened"),
        Field("closes_on", "Closes on", Day(), "When it closed or is to close.",
              synonyms="closedate closed expectedclosedate closingdate"),
        Field("reason", "Reason", Text(200, cut=True), "Why it was won or lost.",
              synonyms="lossreason closedlostreason closedwonreason lostreason winreason reasonlost reasonwon"),
        Field("competitor", "Competitor", Text(120, cut=True), "Against whom, by name; made when it is not here yet.",
              synonyms="competitorname primarycompetitor maincompetitor lostto lostagainst rival competitors"),
    )  # fmt: skip
    derived = {"state": "text", "whose": "text"}
    options = (
        finding.product_option("Of deals that name no product.", required=False),
        finding.SEGMENT,
        finding.MARKET_ACCOUNTS,
        finding.MARKET_VALUE,
    )
    exports = (
        Export("Salesforce opportunities", frozenset({"opportunityid", "opportunityname", "stagename"}),
               {"opportunityid": "external_id", "opportunityname": "name", "accountid": "account_id",
                "accountname": "account", "stagename": "stage", "amount": "amount",
                "createddate": "opened_on", "closedate": "closes_on"}),
        Export("Salesforce opportunities", frozenset({"id", "stagename", "forecastcategory", "accountid"}),
               {"id": "external_id", "name": "name", "accountid": "account_id", "stagename": "stage", "iswon": "is_won",
                "isclosed": "is_closed", "amount": "amount", "createddate": "opened_on", "closedate": "closes_on"}),
        Export("HubSpot deals", frozenset({"dealid", "dealname", "createdate"}),
               {"dealid": "external_id", "dealname": "name", "amount": "amount", "closedate": "closes_on",
                "createdate": "opened_on", "dealstage": "stage"}),
        Export("HubSpot deals", frozenset({"recordid", "dealname", "dealstage"}),
               {"recordid": "external_id", "dealname": "name", "dealstage": "stage", "amount": "amount",
                "closedate": "closes_on", "createdate": "opened_on", "dealowner": "seller",
                "associatedcompany": "account"}),
    )  # fmt: skip
    ignored = {"isdeleted": "left out", "probability": "left out: Clearspan keeps its own"}
    brings = (Brought(Deal), Brought(MarketSize), Brought(Account), Brought(Segment), Brought(Competitor))

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return _may(actor, chosen)

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        product = finding.product_of(actor, options, required=False)
        market = finding.market_of(options)
        if market and product is None:
            raise Invalid({"product": "a market size is a product's: say which product"})
        return {"product": product, "segment": finding.segment_of(options), "market": market}

    def advise(self, chosen: Chosen, mapped: set[str]) -> Sequence[str]:
        notes = []
        if chosen["product"] is None and "product" not in mapped:
            notes.append("No column names a product: say which product the deals are of.")
        if not self.names_accounts(mapped):
            notes.append("No column names an account: the deals come in without one.")
        return notes

    def complete(self, values: dict[str, Any]) -> None:
        stage = " ".join((values.get("stage") or "").lower().replace("_", " ").split())
        won, closed = values.get("is_won"), values.get("is_closed")
        if won or stage in _WON:
            values["state"] = Deal.State.WON
        elif stage in _LOST or (closed and won is False):
            values["state"] = Deal.State.LOST
        else:
            values["state"] = Deal.State.OPEN
        account = values.get("account") or values.get("account_id")
        values["whose"] = finding.whose(values)
        if not values.get("name"):
            parts = (account or "No account", values.get("product"), values.get("external_id"))
            values["name"] = ", ".join(part for part in parts if part)[:160]
        if not values.get("external_id"):
            said = "\x1f".join(
                str(values.get(name) or "") for name in ("name", "account", "opened_on", "amount", "product")
            )
            values["external_id"] = f"content:{hashlib.sha256(said.encode()).hexdigest()[:32]}"

    @staticmethod
    def names_accounts(mapped: Collection[str]) -> bool:
        return "account" in mapped or "account_id" in mapped

    def plan(self, staging: Staging) -> None:
        self._plan_products(staging)
        finding.find_accounts(staging)
        ((nameless,),) = staging.query("SELECT count(*) FROM staged WHERE whose IS NULL")
        if nameless and self.names_accounts(staging.mapped):
            staging.notes.append(f"{nameless:,} deals name no account: they come in without one.")
        staging.execute("DROP TABLE IF EXISTS pg_temp.planned")
        staging.execute(
            """CREATE TEMP TABLE planned ON COMMIT DROP AS
            SELECT DISTINCT ON (p.id, s.external_id) s.*, p.id AS product_id, d.id AS found
            FROM staged s
            JOIN sold p ON p.key IS NOT DISTINCT FROM lower(regexp_replace(s.product, '\\s', '', 'g'))
            LEFT JOIN catalogue_deal d ON d.product_id = p.id AND d.external_id = s.external_id
            ORDER BY p.id, s.external_id, s.row"""
        )
        ((staged, planned, found),) = staging.query(
            "SELECT (SELECT count(*) FROM staged), count(*), count(found) FROM planned"
        )
        if staged > planned:
            staging.notes.append(f"{staged - planned:,} rows repeat an earlier row; the first counts.")
        staging.added, staging.known = planned - found, found
        ((staging.differing,),) = staging.query(_COUNT_DIFFERING)

    def write(self, staging: Staging) -> None:
        if staging.update:  # first, while changes are kept, so that they can be put back
            staging.updated = staging.execute(_UPDATE)
            staging.differing -= staging.updated
        without_keeping()
        finding.make_accounts(staging)
        staging.execute(_CUSTOMERS, {"file": staging.file.pk})
        if made := staging.execute(_COMPETITORS, {"file": staging.file.pk}):
            staging.made["competitors"] = made
        staging.added = staging.execute(_INSERT, {"file": staging.file.pk})

    def _plan_products(self, staging: Staging) -> None:
        """Which product each word of the product column names, in `sold`; no word names the one that was chosen."""
        chosen = staging.chosen["product"]
        if chosen is None and "product" not in staging.mapped:
            raise Invalid({"product": "no column names a product: say which product the deals are of"})
        products = Product.objects.visible_to(staging.actor).filter(is_archived=False)
        keys = {
            key: product.pk
            for product in products
            for key in (finding.key_of(product.name), finding.key_of(product.key))
        }
        staging.execute("DROP TABLE IF EXISTS pg_temp.sold")
        staging.execute("CREATE TEMP TABLE sold (key text, id bigint) ON COMMIT DROP")
        for key, product in [*keys.items(), *([(None, chosen.pk)] if chosen else [])]:
            staging.execute("INSERT INTO sold VALUES (%(key)s, %(id)s)", {"key": key, "id": product})
        there = ", ".join(product.name for product in products)
        staging.strange["product"] = [(word, rows) for word, rows in staging.query(_STRANGE)]
        staging.refuse(
            "product",
            _NOT_SOLD,
            f"a product: {there}" if chosen else f"a product, in the column or for the whole file: {there}",
        )


_KEY = r"lower(regexp_replace(s.product, '\s', '', 'g'))"
_NOT_SOLD = f"NOT EXISTS (SELECT 1 FROM sold WHERE key IS NOT DISTINCT FROM {_KEY})"  # noqa: S608 a constant
_STRANGE = f"""
SELECT product, count(*) FROM staged s WHERE product IS NOT NULL AND {_NOT_SOLD}
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30"""  # noqa: S608 the same
_RIVAL = r"""LEFT JOIN catalogue_competitor c ON c.product_id = p.product_id AND p.competitor IS NOT NULL
    AND lower(regexp_replace(c.name, '\s', '', 'g')) = lower(regexp_replace(p.competitor, '\s', '', 'g'))"""
_JOINED = f"""JOIN catalogue_deal d ON d.id = p.found
LEFT JOIN who w ON w.whose = p.whose
{_RIVAL}"""
_DIFFERS = """(p.name <> d.name OR p.state <> d.state OR p.stage <> d.step OR p.amount <> d.amount
    OR p.amount IS NOT NULL AND d.amount IS NULL OR p.seller <> d.seller OR p.reason <> d.reason
    OR p.opened_on IS NOT NULL AND p.opened_on IS DISTINCT FROM d.opened_on
    OR p.closes_on IS NOT NULL AND p.closes_on IS DISTINCT FROM d.closes_on
    OR w.found IS NOT NULL AND w.found IS DISTINCT FROM d.account_id
    OR p.competitor IS NOT NULL AND c.id IS DISTINCT FROM d.competitor_id)"""  # what is not given differs from nothing
_COUNT_DIFFERING = f"SELECT count(*) FROM planned p {_JOINED} WHERE {_DIFFERS}"  # noqa: S608 the same
_UPDATE = f"""
UPDATE catalogue_deal t SET name = p.name, state = p.state, step = coalesce(p.stage, t.step),
    amount = coalesce(p.amount, t.amount), seller = coalesce(p.seller, t.seller), reason = coalesce(p.reason, t.reason),
    opened_on = coalesce(p.opened_on, t.opened_on), closes_on = coalesce(p.closes_on, t.closes_on),
    account_id = coalesce(w.found, t.account_id), competitor_id = coalesce(c.id, t.competitor_id)
FROM planned p {_JOINED} WHERE t.id = d.id AND {_DIFFERS}"""  # noqa: S608 made of this file's own words
_CUSTOMERS = """
UPDATE catalogue_account a SET is_customer = false
FROM who w WHERE w.found = a.id AND a.brought_by_id = %(file)s AND NOT EXISTS (
    SELECT 1 FROM staged s JOIN who o ON o.whose = s.whose WHERE o.found = a.id AND s.state = 'won')"""
_COMPETITORS = r"""
INSERT INTO catalogue_competitor (created_at, external_id, name, strengths, weaknesses, reply, landmines, website,
    brought_by_id, product_id)
SELECT DISTINCT ON (p.product_id, lower(regexp_replace(p.competitor, '\s', '', 'g')))
    now(), '', p.competitor, '', '', '', '', '', %(file)s, p.product_id
FROM planned p WHERE p.competitor IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM catalogue_competitor c WHERE c.product_id = p.product_id
    AND lower(regexp_replace(c.name, '\s', '', 'g')) = lower(regexp_replace(p.competitor, '\s', '', 'g')))
ORDER BY p.product_id, lower(regexp_replace(p.competitor, '\s', '', 'g')), p.row"""
_INSERT = f"""
INSERT INTO catalogue_deal (created_at, external_id, name, state, step, amount, seller, opened_on, closes_on, reason,
    account_id, brought_by_id, product_id, competitor_id)
SELECT now(), p.external_id, p.name, p.state, coalesce(p.stage, ''), p.amount, coalesce(p.seller, ''), p.opened_on,
    p.closes_on, coalesce(p.reason, ''), w.found, %(file)s, p.product_id, c.id
FROM planned p
LEFT JOIN who w ON w.whose = p.whose
{_RIVAL}
WHERE p.found IS NULL ORDER BY p.row"""  # noqa: S608 made of this file's own words

register(Deals())
