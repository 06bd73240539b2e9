"""The same company's public portal: ideas, those who voted, what they said, and what is new."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from benchmarks.simulators.filling import Filling
from clearspan.stages.opportunities.models import Mention
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment, IdeaVote, Visitor


class Asking(Filling):
    """Fills the portal. Behind some ideas stands feedback that speaks of a need; most wait for nobody."""

    def fill(self) -> None:
        used = Idea.objects.filter(feedback__isnull=False).values("feedback")
        heard = Mention.objects.filter(opportunity=self.need, answer=True).exclude(feedback__in=used)
        pieces = list(heard.order_by("pk").values_list("feedback", flat=True)[:500])
        ideas = self.many(
            Idea,
            5_000,
            lambda n: Idea(
                product=self.product,
                title=f"Berths for the night, {n}",
                text="We wait off the mole.",
                state=("public", "public", "public", "waiting", "held")[n % 5],
                said_at=self._moment(),
                votes=n % 90,
                feedback_id=pieces[n] if n < len(pieces) else None,
            ),
        )
        visitors = self.many(
            Visitor,
            20_000,
            lambda n: Visitor(
                address=f"v{n}@harbours.example", key=f"v{n}@harbours.example", confirmed_at=timezone.now()
            ),
        )
        ideas.append(self.rows[Idea])
        for place, idea in enumerate(ideas[-12:]):  # twelve that many want
            IdeaVote.objects.bulk_create(
                (IdeaVote(idea=idea, visitor=one, confirmed_at=timezone.now()) for one in visitors[place::4]),
                batch_size=5_000,
            )
        self.many(
            IdeaComment,
            4_000,
            lambda n: IdeaComment(
                idea=ideas[-1] if n % 20 == 0 else ideas[n % len(ideas)],
                visitor=visitors[n % len(visitors)],
                text="At night above all.",
                state=("public", "public", "waiting")[n % 3],
                said_at=self._moment(),
            ),
        )
        self.many(
            ChangelogEntry,
            400,
            lambda n: ChangelogEntry(
                product=self.product, title=f"Quicker, {n}", text="On old tablets.", published_at=self._moment()
            ),
        )

    def _moment(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.some_day(), time(12)))
