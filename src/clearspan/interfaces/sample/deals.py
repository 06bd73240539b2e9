"""Writes deals, the asks that come with them, and what is known of the market besides."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from clearspan.catalogue.models import Competitor, Deal
from clearspan.interfaces.sample.cast import Party
from clearspan.interfaces.sample.content import PRODUCTS, load, needs, segments
from clearspan.interfaces.sample.feedback import Piece
from clearspan.interfaces.sample.occupancy import Market
from clearspan.interfaces.sample.rows import Rows, at_noon, backdate
from clearspan.interfaces.sample.speech import Speaker
from clearspan.interfaces.sample.truth import truth
from clearspan.stages.evidence.models import Ask, Intelligence
from clearspan.stages.opportunities.models import Mention

DEALS = 150
ASKS = 44
OPEN_ASKS = 11
SHARE = (0.62, 0.27, 0.11)  # of the deals, by product
NOT_TOLD_YET = timedelta(days=10)  # an answer newer than this still waits for its salesperson
LOUD_AMOUNT = 96_000
State = Deal.State


def deals(rows: Rows, market: Market, parties: list[Party], pieces: list[Piece], today: date, seed: int) -> None:
    """150 deals, of which those with an ask stand on what was said in them."""
    rng = np.random.default_rng([seed, 5])
    said = _asked(market, pieces)
    made: dict[tuple[int, int], Deal] = {}
    for i in said:
        piece = pieces[i]
        opened = piece.said_at.date() - timedelta(days=int(rng.integers(5, 50)))
        key = (piece.account, piece.product)
        made.setdefault(key, _deal(rows, market, parties, piece.account, piece.product, opened, today, rng, asks=True))
    chances = np.array([market.uses[:, i].sum() for i in range(len(PRODUCTS))])
    assert (chances > 0).all()
    while len(made) < DEALS:
        product = int(rng.choice(len(PRODUCTS), p=SHARE))
        account = int(rng.choice(np.flatnonzero(market.uses[:, product])))
        opened = today - timedelta(days=int(rng.integers(8, 700)))
        if (account, product) not in made:
            made[account, product] = _deal(rows, market, parties, account, product, opened, today, rng)
    Deal.objects.bulk_create(made.values())
    backdate(Deal, {deal.pk: at_noon(deal.opened_on) for deal in made.values() if deal.opened_on})
    _asks(rows, market, parties, pieces, said, made, today, rng)


def _asked(market: Market, pieces: list[Piece]) -> list[int]:
    """What was asked for in deals, the newest first; before all, what the loud prospect wants last of each need.

    An ask is about one need; an account does not ask twice for the same.
    """
    able = [i for i, piece in enumerate(pieces) if piece.channel == "deal" and len(piece.mentions) == 1]
    newest: dict[tuple[int, int], int] = {}
    for i in sorted(able, key=lambda i: pieces[i].said_at, reverse=True):
        newest.setdefault((pieces[i].account, pieces[i].mentions[0][0]), i)
    loud = market.loud["rimewatch"]
    return sorted(newest.values(), key=lambda i: pieces[i].account != loud)[:ASKS]


def _deal(
    rows: Rows, market: Market, parties: list[Party], account: int, product: int, opened: date, today: date,
    rng: np.random.Generator, *, asks: bool = False,
) -> Deal:  # fmt: skip
    given, party = load("deals"), parties[account]
    loud = account == market.loud["rimewatch"] and product == 0
    speaker = Speaker(rng, party, party.people[0], "", opened)
    age = (today - opened).days
    state = State.OPEN if loud or age < (110 if asks else 75) else (State.WON if rng.random() < 0.56 else State.LOST)
    worth = party.segment.market[PRODUCTS[product]][1] * float(np.exp(rng.normal(0, 0.5)))
    closes = today + timedelta(days=int(rng.integers(4, 90))) if state == State.OPEN else min(
        today - timedelta(days=2), opened + timedelta(days=int(rng.integers(25, 130))))  # fmt: skip
    name = speaker.say(given["names"][PRODUCTS[product]])
    return Deal(
        product=rows.products[PRODUCTS[product]], account=rows.accounts[account],
        name="Rimewatch, 62 trailers and two yards" if loud else name[:1].upper() + name[1:], state=state,
        step=str(rng.choice(given["steps"])) if state == State.OPEN else "",
        amount=Decimal(LOUD_AMOUNT if loud else int(round(worth, -2))),
        seller=rows.people[("fergus", "lotte")[account % 2]].name, opened_on=opened, closes_on=closes,
        reason=_reason(given, state, product, rng),
    )  # fmt: skip


def _reason(given: dict[str, Any], state: str, product: int, rng: np.random.Generator) -> str:
    if state == State.OPEN:
        return ""
    rivals = [row["name"] for row in load("company")["competitor"] if row["product"] == PRODUCTS[product]]
    wanted = [need.title for need in needs() if need.product == PRODUCTS[product] and not need.only]
    reason = str(rng.choice(given["won" if state == State.WON else "lost"]))
    return reason.replace("<rival>", str(rng.choice(rivals))).replace("<need>", _lower(str(rng.choice(wanted))))


def _what_matters_most(asks: list[Ask]) -> None:
    """A request may speak of several needs in passing; what it asks for is what it cannot do without."""
    wants = {ask.feedback_id: ask.wants for ask in asks}
    mentions = list(Mention.objects.filter(feedback__in=wants).select_related("opportunity"))
    for mention in mentions:
        is_asked_for = mention.opportunity.title == wants[mention.feedback_id]
        mention.importance = Mention.Importance.BLOCKING if is_asked_for else Mention.Importance.PASSING
    Mention.objects.bulk_update(mentions, ["importance"])


def _asks(
    rows: Rows, market: Market, parties: list[Party], pieces: list[Piece], said: list[int],
    made: dict[tuple[int, int], Deal], today: date, rng: np.random.Generator,
) -> None:  # fmt: skip
    managers = [rows.people[row["manager"]] for row in load("company")["product"]]
    when, new, wants = {}, [], load("deals")["wants"]
    for rank, i in enumerate(said):
        piece, deal = pieces[i], made[pieces[i].account, pieces[i].product]
        need = needs()[piece.mentions[0][0]]
        loud = piece.account == market.loud["rimewatch"]
        by = _working_day(min(today + timedelta(days=3 + 3 * rank), deal.closes_on or today))
        seller = rows.people[("fergus", "lotte")[piece.account % 2]]
        ask = Ask(
            deal=deal, feedback=rows.feedback[i], wants=wants[need.key], asked_by=seller,
            is_condition=loud or bool(rng.random() < 0.3),
            needed_by=by if deal.state == State.OPEN else None,
        )  # fmt: skip
        if rank >= OPEN_ASKS or deal.state != State.OPEN:
            ask.state = Ask.State.WITHDRAWN if rng.random() < 0.1 else Ask.State.ANSWERED
        if ask.state == Ask.State.ANSWERED:
            ask.answer = _answer(need.product, need.title, parties[piece.account], rng)
            ask.answered_by, ask.answered_at = managers[piece.product], piece.said_at + timedelta(days=2, hours=3)
            passed_on = ask.answered_at + timedelta(days=1, hours=2)
            ask.told_at = passed_on if passed_on.date() < today - NOT_TOLD_YET else None
        new.append(ask)
    Ask.objects.bulk_create(new)
    _what_matters_most(new)
    for ask, i in zip(new, said, strict=True):
        when[ask.pk] = pieces[i].said_at
    backdate(Ask, when)


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _answer(product: str, title: str, party: Party, rng: np.random.Generator) -> str:
    true = truth()[product][title]
    kind = true.verdict if true.verdict in ("market", "segment") else "other"
    text = str(rng.choice(load("deals")["answers"][kind]))
    often = f"one account in {max(2, round(1 / max(true.prevalence, 0.02)))}"
    return text.replace("<asking>", often).replace("<segment>", _lower(party.segment.name))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def intelligence(rows: Rows, today: date) -> None:
    """What is known of the market, and said to us by no customer."""
    rivals = {(c.product_id, c.name): c for c in Competitor.objects.all()}
    by_key = {segment.key: row for segment, row in zip(segments(), rows.segments, strict=True)}
    writers = {row["key"]: rows.people[row["manager"]] for row in load("company")["product"]}
    made = [
        Intelligence(
            product=(product := rows.products[row["product"]]), title=row["title"], text=row.get("text", ""),
            source=row["source"], seen_on=today - timedelta(days=row["ago"]),
            competitor=rivals[product.pk, row["competitor"]] if "competitor" in row else None,
            segment=by_key[row["segment"]] if "segment" in row else None, recorded_by=writers[row["product"]],
        )
        for row in load("intelligence")["item"]
    ]  # fmt: skip
    Intelligence.objects.bulk_create(made)
    backdate(Intelligence, {item.pk: at_noon(item.seen_on) for item in made})
