"""What a seller needs against one competitor, drawn from all that is known; what is confidential stays out.

Out stay prices and intelligence that are marked as not to be handed out, quotes that nobody agreed to, and every
deal's name, account and amount: a battlecard is printed, sent and left on tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from clearspan.catalogue.comparing import Compared, Comparison
from clearspan.catalogue.competing import ago
from clearspan.catalogue.models import Competitor, Deal, Product, is_stale
from clearspan.catalogue.queries import competition
from clearspan.catalogue.queries.competition import Offered
from clearspan.core.actor import Actor
from clearspan.stages.evidence.models import Intelligence
from clearspan.stages.evidence.queries.intelligence import known
from clearspan.stages.opportunities.models import Mention
from clearspan.stages.opportunities.queries import comparison

MOST = 5  # needs, offers, pieces of news: it is one page
QUOTES = 3
NEWS = timedelta(days=365)


@dataclass(frozen=True)
class Battlecard:
    """One competitor on one page. Needs are those on which we are ahead or behind, worth most first."""

    competitor: Competitor
    today: date
    won: int
    lost: int
    ahead: Sequence[Compared]
    behind: Sequence[Compared]
    ours: Sequence[Offered]
    theirs: Sequence[Offered]
    quotes: Sequence[Mention]
    news: Sequence[Intelligence]
    stale: Sequence[str]  # what somebody should look at again
    updated: date | None

    @property
    def gaps(self) -> list[str]:
        """What nobody has written yet, and sales will miss."""
        wanted = {
            "why we win": self.competitor.weaknesses or self.ahead,
            "where they are better": self.competitor.strengths or self.behind,
            "what to say to that": self.competitor.reply,
            "questions to put to them": self.competitor.landmines,
            "what they cost": self.theirs,
            "a quote that may be told": self.quotes,
        }
        return [name for name, there in wanted.items() if not there]


def battlecard(actor: Actor, competitor: Competitor) -> Battlecard:
    """A dozen queries, whatever is known."""
    product, today = competitor.product, timezone.localdate()
    found = comparison.comparison(actor, product, [competitor]).against(competitor.pk)
    ours, theirs = (_told(competition.offers(actor, product, whose)) for whose in (None, competitor))
    record = competition.record_against(actor, competitor)
    needs = [row.key for row in found.ahead] or [row.key for row in found.known]
    news = known(actor, product, competitor=competitor.pk).filter(is_confidential=False, seen_on__gte=today - NEWS)
    pieces = list(news.order_by("-seen_on", "-pk")[:MOST])
    days = [one.seen_on for row in found.known for one in row.standings.values()]
    days += [one.now.seen_on for one in theirs if one.now] + [piece.seen_on for piece in pieces]
    days += [competitor.looked_on] if competitor.looked_on else []
    return Battlecard(
        competitor, today, record["won"], record["lost"], found.ahead[:MOST], found.behind[:MOST], ours[:MOST],
        theirs[:MOST], _quotes(actor, product, needs), pieces, _stale(competitor, theirs, found, today),
        max(days, default=None),
    )  # fmt: skip


def of_deal(actor: Actor, deal: Deal) -> list[Competitor]:
    """Against whom a deal stands; while nobody has said, everybody it may be, most met first."""
    rows = competition.competitors(actor, deal.product)
    if deal.competitor_id:
        return list(rows.filter(pk=deal.competitor_id))
    return list(rows[: MOST + 1])


def _told(offers: Sequence[Offered]) -> list[Offered]:
    """What is sold, with the prices that may be told. An offer known in confidence only is not told of at all."""
    sold = [(one, one.without_confidential()) for one in offers if not one.offer.ended_on]
    return [told for one, told in sold if told.prices or not one.prices]


def _quotes(actor: Actor, product: Product, needs: Sequence[int]) -> list[Mention]:
    """One quote an account, those first that speak of what we do better."""
    chosen: dict[int | None, Mention] = {}
    for mention in comparison.quotable(actor, product, needs)[:20]:
        chosen.setdefault(mention.feedback.account_id, mention)
    return list(chosen.values())[:QUOTES]


def _stale(competitor: Competitor, theirs: Sequence[Offered], found: Comparison, today: date) -> list[str]:
    old = [f"what {one.offer} costs" for one in theirs if one.is_stale]
    cells = sum(
        is_stale(one.seen_on, today) for row in found.rows for key, one in row.standings.items() if key == competitor.pk
    )
    if cells:
        old.append(f"{cells} of the comparisons")
    if competitor.looked_on is None:
        old.append("what is written here, which nobody has gone over yet")
    elif is_stale(competitor.looked_on, today):
        old.append(f"what is written here, last gone over {ago(competitor.looked_on, today)}")
    return old
