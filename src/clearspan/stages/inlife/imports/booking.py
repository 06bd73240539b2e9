"""From staged rows to entries: totals out, signs as they act on the contribution, versions, and nothing twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid
from clearspan.core.imports.running import counted
from clearspan.core.imports.staging import Staging
from clearspan.core.models import Company
from clearspan.stages.inlife.exact import exactly
from clearspan.stages.inlife.imports.said import KINDS
from clearspan.stages.inlife.imports.totals import TOTAL_MONTH, Control, kinds_of, total_of
from clearspan.stages.inlife.models import LedgerLine, LedgerVersion
from clearspan.stages.inlife.years import year_of

BATCH = 20_000
CLEAR = 4  # times as much the one way as the other: then it is clear how costs are written
_DIMENSIONS = ("product", "line", "region", "account")
_MOST = 5_000  # different words of a column beyond which it is not looked through for totals
NOUGHT = "s.amount = 0 AND coalesce(s.quantity, 0) = 0"
_PRINT = """md5(concat_ws('|', line_id, region, month, whose, amount::text, quantity::text, note, external_id,
    'option ' || option_key))"""


def take_totals_out(staging: Staging, lines: Mapping[str, LedgerLine]) -> list[Control]:
    """Rows that add others up, as controls; they are staged no more. Rows that say nothing go too: those of nought, but
    for what is budgeted, where nought is a plan as any other. A customer or an option it would name needs none."""
    whose = [f"s.{name} IS NOT NULL" for name in ("customer", "customer_id", "option") if name in staging.mapped]
    staging.execute(
        f"""DELETE FROM staged s WHERE {NOUGHT}
            AND ({" OR ".join(["coalesce(s.scenario, %(said)s) <> 'budget'", *whose])})""",  # noqa: S608 constants
        {"said": staging.chosen["scenario"]},
    )
    staging.execute("UPDATE staged SET written = amount")
    totals = {name: _totals_among(staging, name, lines) for name in _DIMENSIONS}
    where = " OR ".join(["s.month = %(month)s", *(f"s.{name} = ANY(%({name})s)" for name in _DIMENSIONS)])
    values = {"month": TOTAL_MONTH, **{name: list(found) for name, found in totals.items()}}
    columns = "s.row, s.product, s.line, s.region, s.account, s.scenario, s.month, s.amount"
    rows = staging.query(f"SELECT {columns} FROM staged s WHERE ({where}) AND NOT ({NOUGHT}) ORDER BY s.row", values)  # noqa: S608 constants
    staging.execute(f"DELETE FROM staged s WHERE {where}", values)  # noqa: S608 the same
    staging.totals = _whole_rows(staging, rows)
    return [_control(row, totals, lines) for row in rows]


def leave_out_noughts(staging: Staging, name: str, known: Collection[str]) -> None:
    """Noughts of what is not known: a file that lists it without an amount says nothing of it; nothing is asked."""
    words = staging.query(f"SELECT DISTINCT {name} FROM staged s WHERE {NOUGHT} AND {name} IS NOT NULL")  # noqa: S608 constants
    strange = [word for (word,) in words if finding.key_of(word) not in known]
    if strange:
        staging.execute(f"DELETE FROM staged s WHERE {NOUGHT} AND {name} = ANY(%(strange)s)", {"strange": strange})  # noqa: S608 the same


def find_scenarios(staging: Staging) -> None:
    """Of rows that do not say it, what was said for the file. Nothing has come yet in a month ahead."""
    said = staging.chosen["scenario"]
    if said:
        staging.execute("UPDATE staged SET scenario = %(said)s WHERE scenario IS NULL", {"said": said})
    ((open_,),) = staging.query("SELECT count(*) FROM staged WHERE scenario IS NULL")
    if open_:
        raise Invalid({"scenario": f"say whether these are {', '.join(KINDS)}: {open_:,} rows do not say it"})
    this_month = timezone.localdate().replace(day=1)
    staging.refuse(
        "month", "s.scenario = 'actual' AND s.month > %(now)s", "a month that has come, of what is actual",
        {"now": this_month},
    )  # fmt: skip
    ours = Company.ours().currency
    staging.refuse(
        "currency", "upper(s.currency) <> %(ours)s",
        f"{ours}: amounts of two currencies do not add up, so bring in what the books have in {ours}", {"ours": ours},
    )  # fmt: skip


def sign(staging: Staging) -> None:
    """Costs below nought, however the file writes them. Where it is not clear how it does, it is asked."""
    said = staging.chosen["costs"] or _as_written(staging)
    if said == "positive":
        staging.execute("UPDATE staged SET amount = -written WHERE kind <> 'revenue'")


def say_checked(staging: Staging, carried: int, said: int) -> None:
    """What was held against what, in a note."""
    parts = [f"{carried:,} of the file's own" if carried else "", f"{said:,} that you said" if said else ""]
    if any(parts):
        staging.notes.append(f"It adds up: {' and '.join(filter(None, parts))} totals were held against its rows.")
    ((amount,),) = staging.query("SELECT coalesce(sum(written), 0) FROM staged")
    staging.notes.append(f"Its amounts come to {exactly(amount)} as the file writes them.")


def leave_out_what_is_known(staging: Staging) -> None:
    """Gives each row its version, as far as that is here, and takes out what the version has already."""
    staging.execute(
        f"""UPDATE staged s SET identity = p.identity FROM (SELECT ctid, {_PRINT} || '#' || row_number() OVER (
            PARTITION BY product_id, scenario, {_PRINT} ORDER BY row) AS identity FROM staged) p
        WHERE s.ctid = p.ctid"""  # noqa: S608 a constant
    )
    for product, kind, name in _versions(staging):
        there = LedgerVersion.objects.filter(product=product, kind=kind, name=name).values_list("pk", flat=True)
        staging.execute(
            "UPDATE staged SET version_id = %(version)s WHERE product_id = %(product)s AND scenario = %(kind)s",
            {"version": next(iter(there), None), "product": product, "kind": kind},
        )
    staging.execute("ANALYZE staged")
    staging.execute("DROP TABLE IF EXISTS pg_temp.known_rows")
    staging.execute("CREATE TEMP TABLE known_rows (version_id bigint, month date) ON COMMIT DROP")
    staging.known = staging.execute(
        """WITH known AS (DELETE FROM staged s USING inlife_ledgerentry e
            WHERE e.version_id = s.version_id AND e.external_id = s.identity RETURNING s.version_id, s.month)
        INSERT INTO known_rows SELECT version_id, month FROM known"""
    )
    ((staging.added,),) = staging.query("SELECT count(*) FROM staged")
    if not staging.chosen["adds"]:
        _ask_about_mixed_months(staging)


def make_versions(staging: Staging) -> None:
    """The versions of the staged rows that are not here yet."""
    for product, kind, name in _versions(staging):
        made, is_new = LedgerVersion.objects.get_or_create(
            product_id=product, kind=kind, name=name,
            defaults={
                "brought_by": staging.file, "counts_at": None if staging.chosen["beside"] else timezone.now(),
                "note": f"From {staging.file.name}."[:500],
            },
        )  # fmt: skip
        if is_new:
            staging.made["versions"] = staging.made.get("versions", 0) + 1
            staging.execute(
                "UPDATE staged SET version_id = %(version)s WHERE product_id = %(product)s AND scenario = %(kind)s",
                {"version": made.pk, "product": product, "kind": kind},
            )


def write(staging: Staging) -> None:
    """The entries."""
    has_accounts = bool(staging.mapped & {"customer", "customer_id"})
    found, join = ("w.found", "LEFT JOIN who w ON w.whose = s.whose") if has_accounts else ("NULL", "")
    added = 0
    for start, end in staging.batches(BATCH, (0.5, 1.0), "writing entries"):
        added += staging.execute(
            f"""INSERT INTO inlife_ledgerentry (created_at, external_id, month, region, amount, quantity, note,
                account_id, option_id, brought_by_id, line_id, version_id)
            SELECT now(), s.identity, s.month, coalesce(s.region, ''), s.amount, s.quantity, coalesce(s.note, ''),
                {found}, s.option_key, %(file)s, s.line_id, s.version_id
            FROM staged s {join} WHERE s.row >= %(start)s AND s.row < %(end)s ORDER BY s.row""",  # noqa: S608 constants
            {"file": staging.file.pk, "start": start, "end": end},
        )
    staging.added = added


def with_new_actuals(staging: Staging) -> list[Product]:
    """The products whose forecast is out of date now."""
    keys = [key for (key,) in staging.query("SELECT DISTINCT product_id FROM staged WHERE scenario = 'actual'")]
    return list(Product.objects.filter(pk__in=keys))


def _totals_among(staging: Staging, name: str, lines: Mapping[str, LedgerLine]) -> dict[str, str]:
    """Words of a column that say a total, and of what: "" for all of it."""
    if ("customer" if name == "account" else name) not in staging.mapped:
        return {}
    rows = staging.query(f"SELECT DISTINCT {name} FROM staged WHERE {name} IS NOT NULL LIMIT {_MOST + 1}")  # noqa: S608 a constant
    if len(rows) > _MOST:
        return {}
    keys = {finding.key_of(word): word for (word,) in rows}
    found = {}
    for (word,) in rows:
        if name == "line" and finding.key_of(word) not in lines and kinds_of(word) is not None:
            found[word] = ""
            continue
        part = total_of(word)
        if part is not None and (not part or finding.key_of(part) in keys):
            found[word] = keys.get(finding.key_of(part), "") if part else ""
    return found


def _control(row: tuple[Any, ...], totals: Mapping[str, Mapping[str, str]], lines: Mapping[str, LedgerLine]) -> Control:
    number, product, line, region, account, scenario, month, amount = row
    fits: dict[str, Any] = {}
    for name, word in (("product", product), ("region", region), ("account", account)):
        part = totals[name].get(word, word) if word is not None else ""
        if part:
            fits[name] = part
    kinds: tuple[str, ...] = ()
    if line is not None:
        part = totals["line"].get(line, line)
        kinds = (kinds_of(line) or ()) if line in totals["line"] and not part else ()
        if part:
            fits["line"] = part
    if month is not None and month != TOTAL_MONTH:
        fits["month"] = month
    if scenario is not None:
        fits["scenario"] = scenario
    named = [str(value) if not isinstance(value, date) else f"{value:%b %Y}" for value in fits.values()]
    where = ", ".join([*named, *([line] if kinds else [])]) or "All of the file"
    return Control(amount, where, f"row {number}", fits, kinds)


def _whole_rows(staging: Staging, rows: list[tuple[Any, ...]]) -> int:
    """Rows of the file that are totals from end to end: one of a wide file that lost its total only is none."""
    numbers = sorted({row[0] for row in rows})
    if not numbers:
        return 0
    left = staging.query("SELECT DISTINCT row FROM staged WHERE row = ANY(%(rows)s)", {"rows": numbers})
    return len(numbers) - len(left)


def _as_written(staging: Staging) -> str:
    ((above, below),) = staging.query(
        """SELECT coalesce(sum(written) FILTER (WHERE written > 0), 0),
            coalesce(-sum(written) FILTER (WHERE written < 0), 0) FROM staged WHERE kind <> 'revenue'"""
    )
    if not above and not below:
        return "negative"
    if above >= CLEAR * below:
        staging.notes.append("Costs are written above nought in this file; here they stand below it.")
        return "positive"
    if below >= CLEAR * above:
        return "negative"
    raise Invalid({"costs": f"say how costs are written: some are above nought ({exactly(above)} in all) and some "
                   f"below ({exactly(-below)})"})  # fmt: skip


def _versions(staging: Staging) -> list[tuple[int, str, str]]:
    """(product, kind, name of its version) of the staged rows."""
    rows = staging.query("SELECT product_id, scenario, min(month), max(month) FROM staged GROUP BY 1, 2 ORDER BY 1, 2")
    return [(product, kind, staging.chosen["version"] or _usual_name(kind, first, last))
            for product, kind, first, last in rows]  # fmt: skip


def _usual_name(kind: str, first: date, last: date) -> str:
    if kind == LedgerVersion.Kind.ACTUAL:
        return "Actual"
    if kind == LedgerVersion.Kind.FORECAST:
        return f"Forecast {first:%b %Y}"
    begins, ends = year_of(first), year_of(last)
    return f"Budget {begins}" if begins == ends else f"Budget {begins} to {ends}"


def _ask_about_mixed_months(staging: Staging) -> None:
    """New rows in a month that has rows here which the file does not have: do they add to these, or replace them?"""
    mixed = staging.query(
        """SELECT v.name, p.name, s.month, s.new, sum(t.entries) - coalesce(k.known, 0)
        FROM (SELECT version_id, month, count(*) AS new FROM staged WHERE version_id IS NOT NULL AND amount <> 0
            GROUP BY 1, 2) s
        JOIN inlife_ledgersum t ON t.version_id = s.version_id AND t.month = s.month
        JOIN inlife_ledgerversion v ON v.id = s.version_id JOIN catalogue_product p ON p.id = v.product_id
        LEFT JOIN (SELECT version_id, month, count(*) AS known FROM known_rows GROUP BY 1, 2) k
            ON k.version_id = s.version_id AND k.month = s.month
        GROUP BY 1, 2, 3, 4, k.known HAVING sum(t.entries) > coalesce(k.known, 0) ORDER BY 3 DESC LIMIT 1"""
    )
    for version, product, month, new, here in mixed:
        entries, rows = counted(int(here), "entry", "entries"), counted(new, "row", "rows")
        words = (
            f"{month:%b %Y} of {product} has {entries} in “{version}” not of this file, and the file has {rows} not "
            "here. Say that they add to what is there; or, if the file holds all of the month, give it a version of "
            "its own, which then counts instead"
        )
        raise Invalid({"adds": words})
