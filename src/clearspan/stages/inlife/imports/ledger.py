"""The ledger from finance's exports: actual, budget and forecast, long or wide, held against its totals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Account, Product
from clearspan.core.actions import without_keeping
from clearspan.core.actor import Actor
from clearspan.core.imports.columns import plain_name
from clearspan.core.imports.kinds import Brought, Chosen, Field, Kind, register
from clearspan.core.imports.readers.gathered import Spread
from clearspan.core.imports.staging import Staging
from clearspan.core.imports.values import Choice, Count, Money, Text
from clearspan.core.models import Import
from clearspan.stages.inlife.imports import booking, said
from clearspan.stages.inlife.imports.months import LATER, Month
from clearspan.stages.inlife.imports.totals import check
from clearspan.stages.inlife.imports.wide import SCENARIOS, may_plan_nought, spread_of
from clearspan.stages.inlife.jobs import queue, refresh_soon
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion
from clearspan.stages.inlife.models.entries import PLACES
from clearspan.stages.inlife.rules import keeps_books, keeps_some_books
from clearspan.stages.options.models import Option

FIELDS = (
    Field("product", "Product", Text(80), "One of the products here, by name or key.",
          synonyms="productname productline item sku"),
    Field("scenario", "Actual, budget or forecast", Choice(SCENARIOS), "Which of the three the row is of.",
          synonyms="version type datatype valuetype category plantype scenarioname"),
    Field("line", "Line", Text(80), "A line of the P&L, by its name or one it goes by in files.",
          synonyms="plline glaccount ledgeraccount glaccountname account pnlline ledgerline accountname accountcode "
          "costtype costelement expensetype lineitem measure"),
    Field("region", "Region", Text(80), synonyms="market territory geography area country countryregion division"),
    Field("month", "Month", Month(), "Or any day of it.",
          synonyms="period yearmonth yearperiod fiscalperiod postingperiod accountingperiod monthyear postingdate "
          "bookingdate date"),
    Field("year", "Year", Count(), "Where the month has a column of its own.", synonyms="fiscalyear fy"),
    Field("amount", "Amount", Money(places=PLACES), "In the company's currency.", required=True,
          synonyms="value amountinlocalcurrency localamount netamount balance total sum"),
    Field("quantity", "Quantity", Money(places=PLACES), "In the line's unit: with it, price and volume are told apart.",
          synonyms="volume units qty count"),
    Field("customer", "Customer", Text(160), "An account, by name; made when it is not here yet.",
          synonyms="customername client company debtor clientname customeraccount account"),
    Field("customer_id", "Customer's identity", Text(200), "Its number in the system it comes from.",
          synonyms="customerkey customernumber clientid debtorid"),
    Field("option", "Option", Text(160), "What it was spent on or earned by: an option, by reference or title.",
          synonyms="project projectname projectcode projectid costobject workpackage wbs initiative"),
    Field("currency", "Currency", Text(3), "Anything but the company's is refused.",
          synonyms="currencycode localcurrency"),
    Field("note", "Note", Text(200, cut=True), synonyms="text description memo reference narration"),
    Field("external_id", "Document", Text(200), "The number of the voucher or document.",
          synonyms="document documentnumber documentno voucher voucherno journal journalid entryid entryno"),
)  # fmt: skip
_TAKEN = frozenset(name for one in FIELDS for name in (plain_name(one.name), *one.synonyms.split()))


class Ledger(Kind):
    """Actual, budget and forecast. A row that is here already is not brought in twice."""

    name = "ledger"
    label = "Ledger"
    order = 7
    words = ("entry", "entries")
    about = "Actual, budget or forecast by product, line, region and month: finance's export, long or wide."
    fields = FIELDS
    derived = {
        "account": "text", "account_id": "text", "whose": "text", "product_id": "bigint", "line_id": "bigint",
        "kind": "text", "written": "numeric", "version_id": "bigint", "identity": "text",
        "option_key": "bigint",
    }  # fmt: skip
    options = said.OPTIONS
    telling = frozenset({"line", "scenario", "month"})
    brings = (Brought(LedgerEntry), Brought(LedgerVersion), Brought(Account))

    def may(self, actor: Actor, chosen: Chosen) -> bool:
        product = chosen["product"]
        return keeps_some_books(actor, {}) if product is None else keeps_books(actor, {"product": product})

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        return {"product": finding.product_of(actor, options, required=False), **said.read(options)}

    def spread(
        self, header: Sequence[str], sample: Sequence[Sequence[str]], options: Mapping[str, str]
    ) -> Spread | None:
        without = {plain_name(name) for name in options.get("without", "").split(",") if name.strip()}
        found = spread_of(header, sample, _TAKEN, lines_by_key, without)
        return found and may_plan_nought(found)

    def complete(self, values: dict[str, Any]) -> None:
        month = values.get("month")
        if month is not None and month.year == LATER:
            year = values.get("year")
            if year is None or not 1970 <= year <= 2100:
                raise ValueError("Month", f"a month without its year ({month:%B})", "a year: in the file, or said once")
            values["month"] = month.replace(year=year)
        values["account"], values["account_id"] = values.get("customer"), values.get("customer_id")
        values["whose"] = finding.whose(values)

    def plan(self, staging: Staging) -> None:
        controls = booking.take_totals_out(staging, lines_by_key())
        _find_lines(staging)
        _find_products(staging)
        if "option" in staging.mapped:
            _find_options(staging)
        booking.find_scenarios(staging)
        booking.sign(staging)
        said_controls = said.controls(staging, lines_by_key())
        staging.planned = [*controls, *said_controls]
        if not staging.faulty:  # faults are said first; what is left without them is held against the totals in `write`
            check(staging, staging.planned)
            booking.say_checked(staging, len(controls), len(said_controls))
        if staging.mapped & {"customer", "customer_id"}:
            finding.find_accounts(staging)
        booking.leave_out_what_is_known(staging)

    def write(self, staging: Staging) -> None:
        if staging.faulty:
            check(staging, staging.planned)
        without_keeping()
        booking.make_versions(staging)
        if staging.mapped & {"customer", "customer_id"}:
            finding.make_accounts(staging)
        booking.write(staging)
        for product in booking.with_new_actuals(staging):
            queue(product, staging.actor.person)

    def let_go(self, file: Import) -> int:
        rows = LedgerVersion.objects.filter(kind=LedgerVersion.Kind.ACTUAL)
        brought = Exists(LedgerEntry.objects.filter(version=OuterRef("pk"), brought_by=file))
        for product in rows.filter(brought).values_list("product_id", flat=True).order_by("product_id").distinct():
            refresh_soon(product)
        return 0


def lines_by_key() -> dict[str, LedgerLine]:
    """Every line by all the names it goes by, in lower case without spaces."""
    found: dict[str, LedgerLine] = {}
    for line in LedgerLine.objects.filter(is_archived=False):
        for name in line.names:
            found.setdefault(finding.key_of(name), line)
    return found


def _find_lines(staging: Staging) -> None:
    """The chart's line of each row. A word that names none is a fault, and step 2 asks what it means."""
    lines = lines_by_key()
    booking.leave_out_noughts(staging, "line", lines)
    words = staging.query("SELECT line, count(*) FROM staged WHERE line IS NOT NULL GROUP BY 1 ORDER BY 2 DESC")
    known = {word: line for word, _ in words if (line := lines.get(finding.key_of(word))) is not None}
    staging.strange["line"] = [(word, rows) for word, rows in words if word not in known]
    _fill(staging, "line", {word: (line.pk, line.kind) for word, line in known.items()}, ("line_id", "kind"))
    names = ", ".join(dict.fromkeys(line.name for line in lines.values()))
    staging.refuse("line", "s.line_id IS NULL", f"a line of the P&L: {names}")
    staging.refuse("month", "s.month IS NULL", "a month")


def _find_products(staging: Staging) -> None:
    """The product of each row; only of one whose books the actor may keep."""
    actor, default = staging.actor, staging.chosen["product"]
    words = [word for (word,) in staging.query("SELECT DISTINCT product FROM staged WHERE product IS NOT NULL")]
    there = Product.objects.visible_to(actor).filter(is_archived=False)
    by_key: dict[str, Product] = {}
    for one in there:
        by_key |= {finding.key_of(one.name): one, finding.key_of(one.key): one}
    booking.leave_out_noughts(staging, "product", by_key)
    named = {word: one for word in words if (one := by_key.get(finding.key_of(word))) is not None}
    mine = {word: one for word, one in named.items() if keeps_books(actor, {"product": one})}
    staging.strange["product"] = [(word, 0) for word in words if word not in named]
    _fill(staging, "product", {word: (one.pk,) for word, one in mine.items()}, ("product_id",))
    if default is not None:
        staging.execute("UPDATE staged SET product_id = %(key)s WHERE product IS NULL", {"key": default.pk})
    refused = [word for word in named if word not in mine]
    staging.refuse("product", "s.product = ANY(%(words)s)", "a product that you work on", {"words": refused})
    staging.refuse("product", "s.product_id IS NULL", f"a product: {_listed(one.name for one in there)}")


def _find_options(staging: Staging) -> None:
    """The option of each row that names one: of the row's own product, and one that the actor may see."""
    rows = staging.query("SELECT DISTINCT product_id, option FROM staged WHERE option IS NOT NULL")
    there = Option.objects.visible_to(staging.actor).filter(product__in={product for product, _ in rows})
    known: dict[tuple[int, str], int] = {}
    for one in there.only("pk", "product_id", "title"):
        for name in (one.ref, one.title):
            known.setdefault((one.product_id, finding.key_of(name)), one.pk)
    for product, word in rows:
        staging.execute(
            "UPDATE staged SET option_key = %(key)s WHERE option = %(word)s AND product_id = %(product)s",
            {"key": known.get((product, finding.key_of(word))), "word": word, "product": product},
        )
    staging.refuse(
        "option", "s.option IS NOT NULL AND s.option_key IS NULL", "an option of the product, by OT-number or title"
    )


def _fill(staging: Staging, name: str, values: Mapping[str, tuple[Any, ...]], columns: Collection[str]) -> None:
    """Fills columns of the staged rows by what a word of theirs means."""
    for word, found in values.items():
        sets = ", ".join(f"{column} = %({column})s" for column in columns)
        staging.execute(
            f"UPDATE staged SET {sets} WHERE {name} = %(word)s",  # noqa: S608 columns of this file's own
            {"word": word, **dict(zip(columns, found, strict=True))},
        )


def _listed(names: Any) -> str:
    return ", ".join(list(names)[:8]) or "there is none yet"


register(Ledger())
