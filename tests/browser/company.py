"""The company whose screens are looked at: one row of every kind, and studies that were really made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone

from clearspan.catalogue.models import Account
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.decisions import studies as plans
from clearspan.stages.decisions.actions import set_capacity
from clearspan.stages.decisions.models import PortfolioStudy
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities import studies as demand
from clearspan.stages.opportunities.models import DemandStudy, Mention, Opportunity
from clearspan.stages.options import studies as cases
from clearspan.stages.options.actions import estimate_effort, judge_feasibility, write_case
from clearspan.stages.options.models import CaseStudy, Option
from tests.browser.pages import Rows
from tests.one_of_each import one_of_each
from tests.world import World

HEARD = 24


@contextmanager
def founded() -> Iterator[tuple[World, Rows]]:
    """The company in the database, committed, for as long as the block lasts."""
    try:
        yield found()
    finally:
        empty()


def found() -> tuple[World, Rows]:
    """The company, made."""
    world = World.make()
    rows = one_of_each(world)
    _hear(world, rows[Opportunity])
    empty = rows[DemandStudy]
    rows[DemandStudy] = demand.run_now(world.tideline)
    empty.delete()  # one that came to an end has an answer
    _work_out(world, rows)
    rows[PortfolioStudy] = plans.run_now(world.tideline)
    Option.objects.filter(pk=rows[Option].pk).update(state=Option.State.CHOSEN)  # so that it is on the roadmap
    guard(world.otto)
    return world, rows


def guard(actor: Actor) -> str:
    """Gives a person an authenticator app and recovery codes; returns the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(actor.person, secret)
    RecoveryCodes.activate(actor.person)
    return secret


def empty() -> None:
    """Takes every row out again, as a test with a transaction of its own leaves nothing behind either."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


def _hear(world: World, need: Model) -> None:
    """Half of the harbours that were heard speak of the need."""
    for number in range(HEARD):
        segment = world.marinas if number % 2 else world.clubs
        account = Account.objects.create(name=f"Harbour {number}", segment=segment, value=9_000 - 300 * number)
        said: Feedback = world.feedback(
            f"Where is a free berth tonight? Boat {number} waited off the mole.", account=account,
            said_at=datetime(2026, 1 + number % 3, 1 + number, tzinfo=UTC),
        )  # fmt: skip
        if number % 2:
            Mention.objects.create(opportunity=need, feedback=said, quote="Where is a free berth tonight?")


def _work_out(world: World, rows: Rows) -> None:
    """A business case that holds, and people to do the work."""
    option: Option = rows[Option]
    engineering = Function.objects.get(name="Engineering")
    estimate_effort(world.devi, option=option, function=engineering, low=1, likely=2, high=4, source="two like it")
    judge_feasibility(world.devi, option=option, feasibility=1, note="Done before")
    spec = cases.new_spec(option)
    spec["drivers"] |= {"take_up": {"p10": 0.2, "p50": 0.4, "p90": 0.6, "note": "survey"}}
    CaseStudy.objects.filter(case__option=option).delete()
    write_case(world.ines, option=option, spec=spec)
    cases.run_now(option.cases.order_by("-version").first())
    today = timezone.localdate()
    set_capacity(world.ines, product=world.tideline, function=engineering, quarter=today, people=3, count=4)
