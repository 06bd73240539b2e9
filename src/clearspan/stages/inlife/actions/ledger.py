"""Entries, versions, lines of the P&L, and the forecast made of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.db.models import ProtectedError
from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.actions.changing import change, clear, create
from clearspan.catalogue.models import Account, Product
from clearspan.catalogue.rules import admins, either, leads, product_people
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.stages.inlife.jobs import queue, refresh_soon
from clearspan.stages.inlife.models import LedgerEntry, LedgerForecast, LedgerLine, LedgerVersion
from clearspan.stages.inlife.models.entries import PLACES
from clearspan.stages.inlife.months import this_month
from clearspan.stages.inlife.rules import keeps_books
from clearspan.stages.inlife.years import year_of
from clearspan.stages.options.models import Option

MOST_REMOVED = 2_000  # entries of a version that can be removed by hand; an import is taken back whole

Amount = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=PLACES, description="In the company's currency. A reversal is below nought"),
]
Quantity = Annotated[Decimal | None, Field(max_digits=18, decimal_places=PLACES, description="In the line's unit")]
Month = Annotated[date, Field(description="Any day of it")]
Region = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Note = Annotated[str, Field(max_length=200)]
VersionName = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=80), Field(description="Such as “Budget 2027, agreed”")
]
LineName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Kind = Annotated[LedgerVersion.Kind, Field(description="actual, budget or forecast")]
sets_lines = either(admins, product_people, leads)


@action(rule=keeps_books, says="booked {result} of {product}")
def record_ledger_entry(
    actor: Actor,
    *,
    product: Product,
    line: LedgerLine,
    month: Month,
    amount: Annotated[Amount, Field(description="As people write it: revenue and cost both above nought")],
    kind: Kind = LedgerVersion.Kind.ACTUAL,
    version: Annotated[VersionName, Field(description="Made when it is new. Empty: the one that counts")] = "",
    region: Region = "",
    account: Annotated[Account | None, Field(description="Whose it is, of revenue and of cost to serve")] = None,
    option: Annotated[Option | None, Field(description="What it was spent on or earned by")] = None,
    quantity: Quantity = None,
    note: Note = "",
) -> LedgerEntry:
    """Books one amount. A cost is given above nought, a reversal below."""
    first = _month(month, kind)
    _must_be_of(product, option)
    into = _version(product, kind, version, first)
    _forecast_again(into)
    return _entry(
        into, line, first, amount, region=region, account=account, option=option, quantity=quantity, note=note
    )


@action(rule=keeps_books, says="changed the entry {entry}")
def change_ledger_entry(
    actor: Actor,
    *,
    entry: LedgerEntry,
    line: LedgerLine | None = None,
    month: Month | None = None,
    amount: Annotated[Amount | None, Field(description="As people write it: a cost above nought")] = None,
    region: Region | None = None,
    account: Account | None = None,
    option: Option | None = None,
    quantity: Quantity = None,
    note: Note | None = None,
    without_account: Annotated[bool, Field(description="True: it is no account's")] = False,
    without_option: Annotated[bool, Field(description="True: it is no option's")] = False,
    without_quantity: Annotated[bool, Field(description="True: nothing was counted")] = False,
) -> LedgerEntry:
    """Changes what is given and leaves the rest. A file that is brought in again no longer knows the entry."""
    _must_be_of(entry.product, option)
    clear(entry, account=without_account, option=without_option, quantity=without_quantity)
    of = line or entry.line
    written = -entry.amount if entry.line.is_cost else entry.amount
    acting = _acting(of, written if amount is None else amount)
    first = _month(month, entry.version.kind) if month is not None else None
    _forecast_again(entry.version)
    return change(
        entry, line=line, month=first, amount=acting, region=region, account=account, option=option,
        quantity=quantity, note=note,
    )  # fmt: skip


@action(rule=keeps_books, says="removed the entry {entry}")
def remove_ledger_entry(actor: Actor, *, entry: LedgerEntry) -> None:
    """Takes one amount out of the books."""
    _forecast_again(entry.version)
    entry.delete()


@action(rule=keeps_books, says="made “{version}” count as the {version.kind} of {version.product}")
def count_ledger_version(actor: Actor, *, version: LedgerVersion) -> LedgerVersion:
    """From now on this version counts for the months it has; what counted there before is kept beside."""
    _forecast_again(version)
    return change(version, counts_at=timezone.now())


@action(rule=keeps_books, says="put “{version}” of {version.product} aside")
def put_ledger_version_aside(actor: Actor, *, version: LedgerVersion) -> LedgerVersion:
    """It is kept and counts no more; in its months the one before it counts again."""
    if version.counts_at is None:
        raise Invalid({"version": "it does not count already"})
    version.counts_at = None
    version.save(update_fields=["counts_at"])
    _forecast_again(version)
    return version


@action(rule=keeps_books, says="changed “{version}” of {version.product}")
def change_ledger_version(
    actor: Actor,
    *,
    version: LedgerVersion,
    name: Annotated[VersionName, StringConstraints(min_length=1)] | None = None,
    note: Annotated[str, Field(max_length=2_000, description="Why it was made, who agreed")] | None = None,
) -> LedgerVersion:
    """Calls it something else, or says why it was made."""
    return change(version, name=name, note=note)


@action(rule=keeps_books, says="removed “{version}” of {version.product}")
def remove_ledger_version(actor: Actor, *, version: LedgerVersion) -> None:
    """Removes a version with its entries. One that a file brought is taken back with its import."""
    if version.entries.values("pk")[: MOST_REMOVED + 1].count() > MOST_REMOVED:
        raise Invalid({"version": f"it has more than {MOST_REMOVED:,} entries: undo its import, or put it aside"})
    _forecast_again(version)
    version.delete()


@action(rule=sets_lines, says="added the line {result}")
def add_ledger_line(
    actor: Actor,
    *,
    name: LineName,
    kind: Annotated[LedgerLine.Kind, Field(description="revenue, sales (cost of sales) or operating (cost)")],
    unit: Annotated[str, Field(max_length=40, description="What its quantity counts: accounts, hours")] = "",
    other_names: Annotated[str, Field(max_length=2_000, description="What files call it, one a line")] = "",
) -> LedgerLine:
    """Adds a line to every product's P&L, after the others of its kind."""
    last = LedgerLine.objects.filter(kind=kind).order_by("-position").values_list("position", flat=True).first()
    _free(name, other_names)
    position = (last or 0) + 1
    return create(LedgerLine, name=name, kind=kind, unit=unit, other_names=other_names, position=position)


@action(rule=sets_lines, says="changed the line {line}")
def change_ledger_line(
    actor: Actor,
    *,
    line: LedgerLine,
    name: LineName | None = None,
    kind: LedgerLine.Kind | None = None,
    unit: Annotated[str, Field(max_length=40)] | None = None,
    other_names: Annotated[str, Field(max_length=2_000)] | None = None,
    position: Annotated[int, Field(ge=0, le=32_000)] | None = None,
    is_archived: Annotated[bool, Field(description="Nothing new comes in under it; what it came to stays")]
    | None = None,
) -> LedgerLine:
    """Changes what is given and leaves the rest. From cost to revenue, or back, only while it has no entries."""
    turned = kind is not None and (kind == LedgerLine.Kind.REVENUE) == line.is_cost
    if turned and line.entries.exists():
        raise Invalid({"kind": "it has entries, and these would change their sign; add another line"})
    _free(name or line.name, line.other_names if other_names is None else other_names, line)
    return change(
        line, name=name, kind=kind, unit=unit, other_names=other_names, position=position, is_archived=is_archived
    )


@action(rule=sets_lines, says="removed the line {line}")
def remove_ledger_line(actor: Actor, *, line: LedgerLine) -> None:
    """Removes a line that nothing was booked under."""
    try:
        line.delete()
    except ProtectedError:
        raise Invalid({"line": "it has entries; archive it instead"}) from None


@action(rule=keeps_books, says="asked for a forecast of {product}")
def forecast_ledger(actor: Actor, *, product: Product) -> LedgerForecast:
    """Forecasts the lines of the P&L from what is booked. The worker does it."""
    return queue(product, actor.person)


def _forecast_again(version: LedgerVersion) -> None:
    """A minute after the last change of what was really earned; plans tell nothing of what will be."""
    if version.kind == LedgerVersion.Kind.ACTUAL:
        refresh_soon(version.product_id)


def _must_be_of(product: Product, option: Option | None) -> None:
    if option is not None and option.product_id != product.pk:
        raise Invalid({"option": f"it is an option of {option.product}, and these are the books of {product}"})


def _entry(into: LedgerVersion, line: LedgerLine, month: date, amount: Decimal, **more: object) -> LedgerEntry:
    if line.is_archived:
        raise Invalid({"line": "it is archived; nothing new comes in under it"})
    made: LedgerEntry = LedgerEntry.objects.create(
        version=into, line=line, month=month, amount=_acting(line, amount), **more
    )
    return made


def _acting(line: LedgerLine, written: Decimal) -> Decimal:
    """As it acts on the contribution: a cost below nought."""
    return -written if line.is_cost else written


def _month(day: date, kind: str) -> date:
    first = day.replace(day=1)
    if kind == LedgerVersion.Kind.ACTUAL and first > this_month():
        raise Invalid({"month": "what is actual is booked in a month that has come"})
    return first


def _version(product: Product, kind: str, name: str, month: date) -> LedgerVersion:
    """The version of this name, made when it is new; without a name the one that counts, or the usual one."""
    rows = LedgerVersion.objects.filter(product=product, kind=kind)
    there: LedgerVersion | None = (
        rows.filter(name=name).first() if name else rows.exclude(counts_at=None).order_by("-counts_at", "-pk").first()
    )
    if there is not None:
        return there
    usual = {LedgerVersion.Kind.ACTUAL: "Actual", LedgerVersion.Kind.BUDGET: f"Budget {year_of(month)}"}
    called = name or usual.get(LedgerVersion.Kind(kind), f"Forecast {month:%b %Y}")
    return create(LedgerVersion, product=product, kind=kind, name=called, counts_at=timezone.now())


def _free(name: str, other_names: str, line: LedgerLine | None = None) -> None:
    """Raises Invalid when another line goes by one of the names already."""
    mine = {_key(one) for one in [name, *other_names.splitlines()] if one.strip()}
    for other in LedgerLine.objects.exclude(pk=line.pk if line else None):
        if clash := next((one for one in other.names if _key(one) in mine), None):
            raise Invalid({"name": f"“{clash}” is what files call “{other}” already"})


def _key(name: str) -> str:
    return "".join(name.split()).lower()
