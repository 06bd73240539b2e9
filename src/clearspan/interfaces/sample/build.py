"""Builds the sample company in an empty Clearspan, whole or not at all."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from clearspan.catalogue.models import Account, Product
from clearspan.core.models import Company, User
from clearspan.interfaces.sample import rows
from clearspan.interfaces.sample.cast import cast
from clearspan.interfaces.sample.feedback import write
from clearspan.interfaces.sample.occupancy import draw
from clearspan.interfaces.sample.rows import Rows


class AnotherCompany(Exception):  # noqa: N818 an answer, not an error
    """The database holds a company that is not the sample. The message says what to do."""


def build(today: date, seed: int = 0) -> bool:
    """Makes the sample company as of `today`: the last thing heard was heard yesterday.

    Returns False when it is there already; it is then left as it is. Raises AnotherCompany, with nothing changed, when
    the database holds somebody else's.
    """
    if is_there():
        return False
    if Product.objects.exists() or Account.objects.exists() or User.objects.exists():
        raise AnotherCompany(
            "This database holds a company of its own; the sample company was not added to it. "
            "Set CLEARSPAN_HOME to another folder, or leave CLEARSPAN_DATABASE_URL out, and try again."
        )
    with transaction.atomic():
        _write(today, seed)
        Company.objects.filter(pk=1).update(settings={"sample": {"seed": seed, "today": today.isoformat()}})
    return True


def is_there() -> bool:
    """Whether this database holds the sample company."""
    return Company.objects.filter(settings__has_key="sample").exists()


def _write(today: date, seed: int) -> None:
    market = draw(seed)
    parties = cast(market, seed)
    people, products, segments = rows.company(today)
    accounts, contacts = rows.accounts(market, parties, segments)
    pieces = write(market, parties, tuple(product.name for product in products.values()), today, seed)
    opportunities = rows.opportunities(people, products, pieces)
    made = Rows(people, products, segments, accounts, contacts, opportunities, [])
    made.feedback = rows.feedback(made, pieces)
    rows.mentions(made, pieces, seed)
