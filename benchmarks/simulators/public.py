"""What the public says and competitors ask, and what finance booked, as a large company has it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from benchmarks.simulators.filling import Filling
from clearspan.catalogue.models import Competitor
from clearspan.catalogue.models.competition import Offer, Price
from clearspan.stages.inlife.models import LedgerEntry, LedgerLine, LedgerVersion
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment, IdeaVote, Visitor


class Public(Filling):
    """Ideas with their votes and comments, what is new, competitors' prices, five years of a ledger."""

    def fill(self) -> None:
        self._ideas()
        self._offers()
        self._ledger()

    def _ideas(self) -> None:
        now = timezone.now()
        visitors = self.many(
            Visitor, 20_000,
            lambda n: Visitor(address=f"v{n}@visitors.example", key=f"v{n}@visitors.example", confirmed_at=now),
        )  # fmt: skip
        states = ["public"] * 17 + ["waiting", "merged", "declined"]
        ideas = self.many(
            Idea, 10_000,
            lambda n: Idea(product=self.product, title=f"Idea {n} for the harbour", text="It would save us an hour.",
                           visitor=self.pick.choice(visitors), state=states[n % 20], votes=max(1, 20_000 // (n + 9)),
                           said_at=now - timedelta(hours=n), confirmed_at=now, published_at=now),
        )  # fmt: skip
        cast = {(self.pick.choice(ideas[: 1 + n % len(ideas)]), self.pick.choice(visitors))
                for n in range(round(200_000 * self.scale))}  # fmt: skip
        IdeaVote.objects.bulk_create(
            (IdeaVote(idea=idea, visitor=visitor, confirmed_at=now) for idea, visitor in cast), batch_size=5_000
        )
        self.many(
            IdeaComment, 20_000,
            lambda n: IdeaComment(idea=ideas[n * n % len(ideas)], visitor=self.pick.choice(visitors), said_at=now,
                                  text="We need it too.", state="public" if n % 20 else "waiting", confirmed_at=now),
        )  # fmt: skip
        self.many(
            ChangelogEntry,
            500,
            lambda n: ChangelogEntry(product=self.product, title=f"News {n}", published_at=now - timedelta(days=n)),
        )

    def _offers(self) -> None:
        rivals = list(Competitor.objects.filter(product=self.product))
        offers = self.many(
            Offer, 1_000,
            lambda n: Offer(product=self.product, competitor=rivals[n % len(rivals)], name=f"Offer {n}"),
        )  # fmt: skip
        Price.objects.bulk_create(
            (
                Price(offer=offer, amount=Decimal(10 + (7 * n + at) % 90), currency="GBP", source="price list",
                      seen_on=self.today - timedelta(days=90 * at))
                for n, offer in enumerate(offers) for at in range(8)
            ),
            batch_size=5_000,
        )  # fmt: skip

    def _ledger(self) -> None:
        version: LedgerVersion = self.rows[LedgerVersion]
        lines = list(LedgerLine.objects.all())
        months = [date(self.today.year - year, month, 1) for year in range(1, 6) for month in range(1, 13)]
        self.many(
            LedgerEntry, 200_000,
            lambda n: LedgerEntry(version=version, line=lines[n % len(lines)], month=months[n // 7 % len(months)],
                                  region=f"Region {n % 11}", amount=Decimal(100 + n % 997)),
        )  # fmt: skip
