from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Account, Segment
from clearspan.catalogue.rules import admins, either, product_people, sells
from clearspan.core.actions import Invalid, without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Export, Field, Kind, Option, register
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Flag, Money, Text

MOST_SEGMENTS = 60  # a column with more different words is no column of segments
_NOT_OURS = "left out: the customer's own turnover is not what it is worth to you. Map it by hand if it is."
_may = either(product_people, sells, admins)


class Accounts(Kind):
    """Organisations that buy or may buy. Those here already keep their values unless an update is asked for."""

    name = "accounts"
    label = "Accounts"
    order = 1
    words = ("account", "accounts")
    about = "Organisations that buy or may buy: a CRM's list of companies."
    fields = (
        Field("name", "Name", Text(160), required=True,
              synonyms="accountname companyname company account organization organisation customer customername "
              "client"),
        Field("external_id", "Identity", Text(200), "Its number in the system it comes from.",
              synonyms="accountid companyid organizationid recordid id uuid key"),
        Field("segment", "Segment", Text(80), "Made when it is not here yet.",
              synonyms="accounttier tier industry sector vertical market"),
        Field("value", "Worth a year", Money(0), "What it pays, or could pay, you in a year.",
              synonyms="arr annualvalue annualrecurringrevenue acv contractvalue yearlyvalue"),
        Field("monthly", "Worth a month", Money(0), "Twelve of these are its worth a year.",
              synonyms="mrr monthlyspend monthlyrecurringrevenue"),
        Field("is_customer", "Is a customer",
              Flag(yes=("customer", "customer - direct", "customer - channel", "client", "active"),
                   no=("prospect", "lead", "other", "partner")),
              "Yes, or no for one that may buy.", synonyms="customer iscustomer lifecyclestage"),
        Field("note", "Note", Text(rich=True), synonyms="notes description details comment"),
    )  # fmt: skip
    options = (
        Option("segment", "Segment, where no column says it", finding.SEGMENT.help, suggests=finding.SEGMENT.suggests),
        Option(
            "customers",
            "They are",
            default="yes",
            choices=lambda actor: (("yes", "customers"), ("no", "not customers yet")),
        ),
    )
    exports = (
        Export("Salesforce accounts", frozenset({"accountid", "accountname", "ownerid"}),
               {"accountid": "external_id", "accountname": "name", "industry": "segment"}),
        Export("Salesforce accounts", frozenset({"id", "name", "accountnumber", "numberofemployees", "ownerid"}),
               {"id": "external_id", "name": "name", "industry": "segment", "description": "note"}),
        Export("HubSpot companies", frozenset({"id", "name", "createdate", "annualrevenue"}),
               {"id": "external_id", "name": "name", "industry": "segment", "description": "note"}),
        Export("HubSpot companies", frozenset({"recordid", "companyname", "createdate"}),
               {"recordid": "external_id", "companyname": "name", "industry": "segment"}),
        Export("Zendesk organisations", frozenset({"id", "name", "sharedtickets", "sharedcomments"}),
               {"id": "external_id", "name": "name", "notes": "note"}),
        Export("Intercom companies", frozenset({"id", "companyid", "name", "monthlyspend"}),
               {"id": "external_id", "name": "name", "industry": "segment", "monthlyspend": "monthly"}),
    )  # fmt: skip
    ignored = {"revenue": _NOT_OURS, "annualrevenue": _NOT_OURS, "turnover": _NOT_OURS}
    brings = (Brought(Account), Brought(Segment))

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        return _may(actor, {})

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        return {"segment": finding.segment_of(options), "customers": options.get("customers") != "no"}

    def complete(self, values: dict[str, Any]) -> None:
        if values.get("value") is None and values.get("monthly") is not None:
            values["value"] = values["monthly"] * 12

    def plan(self, staging: Staging) -> None:
        self._plan_segments(staging)
        staging.execute("DROP TABLE IF EXISTS pg_temp.planned")
        staging.execute(
            r"""CREATE TEMP TABLE planned ON COMMIT DROP AS
            SELECT DISTINCT ON (coalesce(s.external_id, k.key)) s.*, k.key, NULL::bigint AS found,
                lower(regexp_replace(s.segment, '\s', '', 'g')) AS segment_key
            FROM staged s, LATERAL (SELECT lower(regexp_replace(s.name, '\s', '', 'g')) AS key) k
            ORDER BY coalesce(s.external_id, k.key), s.row"""
        )
        staging.execute(
            "UPDATE planned p SET found = a.id FROM catalogue_account a "
            "WHERE a.external_id = p.external_id AND a.external_id <> ''"
        )
        staging.execute(
            r"""UPDATE planned p SET found = CASE WHEN p.external_id IS NULL THEN a.any ELSE a.free END
            FROM (SELECT lower(regexp_replace(name, '\s', '', 'g')) AS key, min(id) AS any,
                    min(id) FILTER (WHERE external_id = '') AS free FROM catalogue_account GROUP BY 1) a
            WHERE p.found IS NULL AND a.key = p.key"""
        )
        ((staged, planned, found),) = staging.query(
            "SELECT (SELECT count(*) FROM staged), count(*), count(found) FROM planned"
        )
        if staged > planned:
            staging.notes.append(
                f"{staged - planned:,} rows name an account that another row of the file names too; the first counts."
            )
        staging.added, staging.known = planned - found, found
        ((staging.differing,),) = staging.query(_COUNT_DIFFERING)

    def write(self, staging: Staging) -> None:
        chosen = staging.chosen["segment"]
        finding.make_segments(staging, [*staging.planned, *([chosen] if isinstance(chosen, str) else [])])
        chosen = finding.segment_of({"segment": str(chosen)}) if chosen else None
        values = {
            "file": staging.file.pk,
            "segment": chosen.pk if isinstance(chosen, Segment) else None,
            "customer": staging.chosen["customers"],
        }
        if staging.update:
            staging.updated = staging.execute(_UPDATE)
            staging.differing = 0
        without_keeping()
        staging.added = staging.execute(_INSERT, values)

    def _plan_segments(self, staging: Staging) -> None:
        """Which segments would be made, and which of them look like a slip of the pen."""
        known = {finding.key_of(segment.name): segment.name for segment in Segment.objects.all()}
        found = staging.query(
            "SELECT segment, count(*) FROM staged WHERE segment IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        new: dict[str, str] = {}
        for name, _ in found:
            if finding.key_of(name) not in known:
                new.setdefault(finding.key_of(name), name)
        if len(new) > MOST_SEGMENTS:
            column = staging.column_of("segment")
            raise Invalid(
                {"mapping": f"“{column}” has {len(new)} different words: too many to be segments; leave it out"}
            )
        staging.strange["segment"] = [(name, count) for name, count in found if name in new.values()]
        if new:
            staging.made["segments"] = len(new)
            names = ", ".join(f"{name} ({count:,})" for name, count in staging.strange["segment"])
            staging.notes.append(f"Segments that are new: {names}. One that is a slip can be read as what it means.")
        for written, meant in finding.lookalikes(new.values(), known.values()):
            staging.notes.append(f"“{written}” looks like “{meant}”; if it is, say that it is to be read so.")
        staging.planned = list(new.values())


_DIFFERS = """(
    p.name <> a.name AND p.external_id IS NOT NULL AND p.key <> lower(regexp_replace(a.name, '\\s', '', 'g'))
    OR p.external_id <> a.external_id
    OR p.value <> a.value
    OR p.is_customer <> a.is_customer
    OR p.note <> a.note
    OR p.segment IS NOT NULL AND p.segment_key IS DISTINCT FROM lower(regexp_replace(g.name, '\\s', '', 'g'))
)"""  # a value the file does not give (NULL) differs from nothing
_COUNT_DIFFERING = f"""
SELECT count(*) FROM planned p JOIN catalogue_account a ON a.id = p.found
LEFT JOIN catalogue_segment g ON g.id = a.segment_id WHERE {_DIFFERS}"""  # noqa: S608 made of this file's own words
_UPDATE = f"""
UPDATE catalogue_account t SET
    name = CASE WHEN p.external_id IS NULL THEN t.name ELSE p.name END,
    external_id = coalesce(p.external_id, t.external_id), value = coalesce(p.value, t.value),
    is_customer = coalesce(p.is_customer, t.is_customer), note = coalesce(p.note, t.note),
    segment_id = coalesce(n.id, t.segment_id)
FROM planned p JOIN catalogue_account a ON a.id = p.found
LEFT JOIN catalogue_segment g ON g.id = a.segment_id
LEFT JOIN catalogue_segment n ON lower(regexp_replace(n.name, '\\s', '', 'g')) = p.segment_key
WHERE t.id = p.found AND {_DIFFERS}"""  # noqa: S608 made of this file's own words
_INSERT = """
INSERT INTO catalogue_account (created_at, external_id, name, value, is_customer, note, brought_by_id, segment_id)
SELECT now(), coalesce(p.external_id, ''), p.name, coalesce(p.value, 0), coalesce(p.is_customer, %(customer)s),
    coalesce(p.note, ''), %(file)s, coalesce(n.id, %(segment)s)
FROM planned p LEFT JOIN catalogue_segment n ON lower(regexp_replace(n.name, '\\s', '', 'g')) = p.segment_key
WHERE p.found IS NULL ORDER BY p.row"""

register(Accounts())
