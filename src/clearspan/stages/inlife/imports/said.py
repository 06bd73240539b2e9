"""What is asked once for a ledger's file, and the totals that a person says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clearspan.catalogue.imports import finding
from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Option
from clearspan.core.imports.staging import Staging
from clearspan.stages.inlife.imports.months import month_of
from clearspan.stages.inlife.imports.totals import Control, amount_of, kinds_of, total_of
from clearspan.stages.inlife.models import LedgerLine, LedgerVersion

SAID = "what you said"
KINDS = {str(value): str(label) for value, label in LedgerVersion.Kind.choices}
SIGNS = {"positive": "above nought, as 1,200", "negative": "below nought, as −1,200 or (1,200)"}
BESIDE = {"count": "they count from now on", "beside": "they are kept beside and do not count"}
ADDING = {"add": "they add to what is there"}


def _choices(words: Mapping[str, str]) -> Any:
    def choices(actor: Actor) -> Sequence[tuple[str, str]]:
        return list(words.items())

    return choices


def _versions(actor: Actor) -> list[str]:
    names = LedgerVersion.objects.visible_to(actor).order_by("-pk").values_list("name", flat=True)[:200]
    return list(dict.fromkeys(names))[:20]


OPTIONS = (
    finding.product_option("Of rows that name none.", required=False),
    Option("scenario", "These are", "Of rows that do not say it.", choices=_choices(KINDS)),
    Option("version", "Version", "Rows are added to the version of this name. A new name begins a version that takes "
           "the place of the older one for its months; the older is kept. Empty: “Actual”, “Budget 2026”.",
           suggests=_versions),
    Option("counts", "A new version's rows", "", choices=_choices(BESIDE)),
    Option("adds", "Rows of months that are here already", "Asked when such a month has other rows than the file.",
           choices=_choices(ADDING)),
    Option("year", "Year", "Where the months of the file do not say it."),
    Option("costs", "Costs are written", "Seen from the file when it is clear.", choices=_choices(SIGNS)),
    Option("without", "Columns left out", "Of a wide file: their names, with commas between."),
    Option("rows", "The source has rows", "Held against the file."),
    Option("sum", "The source comes to", "The sum of all amounts, as the file writes them or as a result."),
    Option("totals", "And in parts", "Such as “Hosting = 1,200.50; Mar 2026 = 9,000; Tideline, 2026-03 = 4,400”: "
           "products, lines, months or regions and what they come to."),
)  # fmt: skip


def read(options: Mapping[str, str]) -> dict[str, Any]:
    """The answers as values. Raises Invalid."""
    for name, known in (("scenario", KINDS), ("costs", SIGNS), ("counts", BESIDE), ("adds", ADDING)):
        if options.get(name) and options[name] not in known:
            raise Invalid({name: f"it is one of {', '.join(known)}"})
    version = " ".join(options.get("version", "").split())
    if len(version) > 80:
        raise Invalid({"version": "a version's name has at most 80 characters"})
    rows = options.get("rows", "").replace(",", "").replace("\u202f", "")
    if rows and not rows.isdigit():
        raise Invalid({"rows": "it is a whole number"})
    return {
        "scenario": options.get("scenario", ""), "version": version, "beside": options.get("counts") == "beside",
        "adds": options.get("adds") == "add", "costs": options.get("costs", ""), "rows": int(rows) if rows else None,
        "sum": _amount("sum", options["sum"]) if options.get("sum") else None,
        "totals": _parts(options.get("totals", "")),
    }  # fmt: skip


def controls(staging: Staging, lines: Mapping[str, LedgerLine]) -> list[Control]:
    """What was said the file comes to. Raises Invalid when the rows are not as many, or a name means nothing."""
    wanted = staging.chosen["rows"]
    if wanted is not None and staging.first is None:
        found = staging.file_rows - staging.totals
        if found != wanted:
            raise Invalid({"totals": f"the source has {wanted:,} rows, the file {found:,}: {abs(found - wanted):,} "
                           f"{'too many' if found > wanted else 'missing'}"})  # fmt: skip
    if staging.first is not None:
        return []  # only the first rows are looked at: their sums say nothing
    said = [Control(staging.chosen["sum"], "All of the file", SAID)] if staging.chosen["sum"] is not None else []
    products = {}
    for one in Product.objects.visible_to(staging.actor):
        products |= {finding.key_of(one.name): one, finding.key_of(one.key): one}
    regions = {finding.key_of(word): word for (word,) in staging.query(
        "SELECT DISTINCT region FROM staged WHERE region IS NOT NULL")}  # fmt: skip
    return said + [_control(names, amount, lines, products, regions) for names, amount in staging.chosen["totals"]]


def _control(
    names: str,
    amount: Decimal,
    lines: Mapping[str, LedgerLine],
    products: Mapping[str, Product],
    regions: Mapping[str, str],
) -> Control:
    fits: dict[str, Any] = {}
    kinds: tuple[str, ...] = ()
    for name in (one.strip() for one in names.split(",")):
        key = finding.key_of(name)
        if key in products:
            fits["product_id"] = products[key].pk
        elif key in lines:
            fits["line_id"] = lines[key].pk
        elif (month := month_of(name)) is not None:
            fits["month"] = month
        elif key in KINDS:
            fits["scenario"] = key
        elif key in regions:
            fits["region"] = regions[key]
        elif (found := kinds_of(name)) is not None or total_of(name) == "":
            kinds = found or ()
        else:
            raise Invalid({"totals": f"“{name}” is no product, line, month, region or kind that is in the file"})
    return Control(amount, names, SAID, fits, kinds)


def _parts(text: str) -> list[tuple[str, Decimal]]:
    found = []
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        names, mark, amount = part.rpartition("=")
        if not mark or not names.strip():
            raise Invalid({"totals": f"found “{part.strip()}”, expected such as “Hosting = 1,200.50”"})
        found.append((names.strip(), _amount("totals", amount)))
    return found


def _amount(name: str, text: str) -> Decimal:
    try:
        return amount_of(text)
    except ValueError as error:
        raise Invalid({name: f"found “{text.strip()}”, expected {error}"}) from None
