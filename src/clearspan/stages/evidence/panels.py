"""What this stage says on pages of others."""

from __future__ import annotations

from clearspan.catalogue.models import Competitor, Deal, Product
from clearspan.catalogue.slots import AccountsOf
from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.core.panels import Fragment
from clearspan.core.records import Records
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.evidence.moves import moves
from clearspan.stages.evidence.queries import asks, by_whom, heard
from clearspan.stages.evidence.queries.intelligence import known
from clearspan.stages.evidence.rules import asks_for_deals

NEWEST = 8  # pieces of feedback on an account's page
PIECES = 5  # of intelligence on the market's page


def counts(actor: Actor, product: Product) -> dict[str, Records]:
    """What waits, for the menus: unsorted feedback and open asks."""
    unsorted = Feedback.objects.filter(product=product, state=Feedback.State.NEW)
    return {"inbox": unsorted, "asks": asks.of_product(actor, product).filter(state=Ask.State.OPEN)}


def of_market(actor: Actor, product: Product) -> Fragment:
    """What is known of the market that no customer said; and while nothing was heard at all, that this comes next."""
    pieces = known(actor, product).order_by("-seen_on", "-pk")[:PIECES]
    nothing = not by_whom.counted(actor, product).exists()
    return Fragment("evidence/of_market.html", {"product": product, "pieces": list(pieces), "nothing_heard": nothing})


def of_competitor(actor: Actor, competitor: Competitor) -> Fragment:
    """What is known of a competitor, newest first."""
    pieces = list(known(actor, competitor.product, competitor=competitor.pk).order_by("-seen_on", "-pk")[:PIECES])
    finding = f"Last known of them: {pieces[0].title}" if pieces else "Nothing else is known of them yet"
    said = {"product": competitor.product, "competitor": competitor, "pieces": pieces, "finding": finding}
    return Fragment("evidence/_of_competitor.html", said)


def of_account(actor: Actor, about: AccountsOf) -> Fragment:
    """What an account said about the product last."""
    (account,) = about.accounts
    rows = heard.for_a_list(by_whom.counted(actor, about.product).filter(account=account))
    newest = list(rows.order_by("-said_at", "-pk")[:NEWEST])
    return Fragment("evidence/of_account.html", {"product": about.product, "account": account, "newest": newest})


def of_deal(actor: Actor, deal: Deal) -> Fragment:
    """What is asked in a deal, and what was answered."""
    said = {
        "product": deal.product,
        "deal": deal,
        "asks": list(asks.asks(actor, deal.product).filter(deal=deal)),
        "may_ask": deal.state == Deal.State.OPEN and asks_for_deals(actor, {"deal": deal}),
    }
    return Fragment("evidence/of_deal.html", said)


def register() -> None:
    """Called once, when the application is ready."""
    panels.provide("counts", counts)
    panels.provide("market", of_market)
    panels.provide("market.heard", by_whom.heard_by_segment)
    panels.provide("account", of_account)
    panels.provide("accounts.heard", by_whom.heard_from)
    panels.provide("competitor", of_competitor)
    panels.provide("deal", of_deal)
    panels.provide("deals.asks", by_whom.asks_of)
    panels.provide("first.market", moves)
