"""Builds the sample company in an empty Clearspan, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from clearspan.catalogue.models import Account, Product
from clearspan.core.models import Company, User
from clearspan.interfaces.sample import (
    AnotherCompany,
    asking,
    competing,
    deals,
    defining,
    doings,
    improving,
    launching,
    ledger,
    outgoing,
    planning,
    rows,
    telling,
    working,
)
from clearspan.interfaces.sample.cast import cast
from clearspan.interfaces.sample.feedback import write
from clearspan.interfaces.sample.occupancy import draw
from clearspan.interfaces.sample.rows import Rows
from clearspan.stages.decisions.studies import run_now as find_plan
from clearspan.stages.development.studies import delivery
from clearspan.stages.development.studies import suggestions as reasons
from clearspan.stages.opportunities.studies import run_now as study_demand
from clearspan.stages.opportunities.studies import suggestions, themes
from clearspan.stages.options.models import BusinessCase
from clearspan.stages.options.studies import run_now as study_case


def build(today: date, seed: int = 1, say: Callable[[str], object] = lambda words: None) -> bool:
    """Makes the sample company as of `today` (the last thing heard was heard yesterday), and studies it.

    Returns False when it is there already; it is then left as it is. Raises AnotherCompany, with nothing changed, when
    the database holds somebody else's. `say` is told what is being done.
    """
    if is_there():
        return False
    if Product.objects.exists() or Account.objects.exists() or User.objects.exists():
        raise AnotherCompany(
            "This database holds a company of its own; the sample company was not added to it. "
            "Set CLEARSPAN_HOME to an empty folder, leave CLEARSPAN_DATABASE_URL out, and try again."
        )
    with transaction.atomic():
        say("inventing a company, its market and two years of feedback")
        made = write_rows(today, seed)
        say("weighing the needs")
        for product in made.products.values():
            study_demand(product)
            suggestions.rebuild(product.pk)
            themes.run_now(product)
        say("working out the business cases")
        options = planning.options(made)
        for case in BusinessCase.objects.order_by("pk"):
            study_case(case)
        planning.people_and_buckets(made, today)
        planning.decisions(made, options, today)
        planning.comments(made, options, today)
        say("defining, building and launching what was chosen")
        defining.definitions(made, options, planning.opportunities(made), today)
        working.items(made, options, today, seed)
        launched = launching.launches(made, options, today)
        launching.campaigns(made, options, launched, today)
        launching.suppliers(made, options, today)
        competing.market(made, planning.opportunities(made), today, seed)
        ledger.books(made, today, seed)
        ledger.held(made, options)
        improving.proposals(made, improving.kpis(made, today), planning.opportunities(made), today)
        asking.portals(made, options, launched, planning.opportunities(made), today)
        say("looking for the best plan, and when what is built will be done")
        for product in made.products.values():
            find_plan(product)
            forecast(product)
        telling.audiences(made, options, today)
        outgoing.webhook(made, today)
        keep_letters()
        Company.objects.filter(pk=1).update(settings={"sample": {"seed": seed, "today": today.isoformat()}})
    return True


def keep_letters() -> None:
    """What was written on the days gone by stays here: no letter of the sample is sent to anybody."""
    ProcrastinateJob.objects.filter(task_name="core.mail", status="todo").delete()


def forecast(product: Product) -> None:
    """When the open work of a product is done, of its team and of each option; and what items sound as if for."""
    reasons.rebuild(product.pk)
    for scope in delivery.scopes(product):
        delivery.run_now(scope)


def is_there() -> bool:
    """Whether this database holds the sample company."""
    return Company.objects.filter(settings__has_key="sample").exists()


def write_rows(today: date, seed: int) -> Rows:
    """Everything that people would have written down: company, market, evidence, needs, deals. No studies yet."""
    market = draw(seed)
    parties = cast(market, seed)
    people, products, segments = rows.company(today)
    accounts, contacts = rows.accounts(market, parties, segments)
    pieces = write(market, parties, tuple(product.name for product in products.values()), today, seed)
    opportunities = rows.opportunities(people, products, pieces)
    made = Rows(people, products, segments, accounts, contacts, opportunities, [])
    made.feedback = rows.feedback(made, pieces)
    rows.mentions(made, pieces, seed)
    deals.deals(made, market, parties, pieces, today, seed)
    deals.intelligence(made, today)
    doings.do(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the first pages are as quick as later ones
    return made
