"""What was heard at Harbour & Vale, in numbers large enough for a study."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clearspan.catalogue.models import Account
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Mention, Opportunity
from tests.world import World

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def accounts(world: World, marinas: int, clubs: int) -> list[Account]:
    """Accounts of both segments, marinas first."""
    made = [Account(name=f"Marina {i}", segment=world.marinas, value=9_000) for i in range(marinas)]
    made += [Account(name=f"Club {i}", segment=world.clubs, value=1_500) for i in range(clubs)]
    return list(Account.objects.bulk_create(made))


def say(world: World, account: Account | None, *needs: Opportunity, times: int = 1, **fields: object) -> list[Feedback]:
    """`account` is heard so many times, each time about the same needs."""
    given = {"product": world.tideline, "account": account, "text": "We book berths twice.", "said_at": START, **fields}
    rows = [Feedback(**(given | {"said_at": START + timedelta(hours=i)})) for i in range(times)]  # type: ignore[arg-type]  # fields by name
    made = list(Feedback.objects.bulk_create(rows))
    Mention.objects.bulk_create(Mention(opportunity=need, feedback=row) for row in made for need in needs)
    return made


def needs(world: World, *titles: str) -> list[Opportunity]:
    """Open needs of Tideline."""
    return list(Opportunity.objects.bulk_create(Opportunity(product=world.tideline, title=title) for title in titles))


def common_and_loud(world: World) -> tuple[Opportunity, Opportunity]:
    """A need half of sixty accounts speak of, and one that a single account speaks of thirty times."""
    common, loud = needs(world, "Never book a berth twice", "Export as our old system did")
    heard = accounts(world, 30, 30)
    for i, account in enumerate(heard):
        say(world, account, *([common] if i % 2 else []), times=2)
    say(world, heard[0], loud, times=30)
    return common, loud
