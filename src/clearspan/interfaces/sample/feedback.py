"""Two years of feedback: who said what, on which channel, and what became of it. Plain values; rows.py writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from clearspan.interfaces.sample import speech
from clearspan.interfaces.sample.cast import Party
from clearspan.interfaces.sample.content import needs
from clearspan.interfaces.sample.occupancy import Market

TOTAL = 6000
UNSORTED = 600
NEW_DAYS, UNREAD_NEW, UNREAD = 9, 0.95, 0.7  # share that nobody has read yet, of the last days and before
CUSTOMER = {"ticket": 37, "call": 19, "survey": 9, "portal": 9, "forum": 8, "interview": 4, "review": 3, "note": 11}
PROSPECT = {"deal": 50, "call": 18, "note": 18, "interview": 9, "portal": 5}
BY_SEGMENT = {  # what a segment does more (or less) than others
    "grocers": {"forum": 2.2, "review": 2.0, "survey": 1.5, "ticket": 0.8},
    "pharmacies": {"ticket": 1.4, "survey": 1.3, "forum": 0.4},
    "hauliers": {"call": 2.0, "forum": 0.6, "survey": 0.5},
    "makers": {"interview": 1.4, "ticket": 1.2},
}


@dataclass(frozen=True)
class Piece:
    """One piece of feedback."""

    account: int
    product: int
    person: int  # index among the account's people
    channel: str
    said_at: datetime
    title: str
    text: str
    mentions: tuple[tuple[int, str], ...]  # need, quote
    prompted: bool
    answer: bool
    state: str  # new, sorted, away, copy
    copy_of: int  # index of the piece it repeats, or -1
    relayed: bool  # by one of our salespeople


def write(market: Market, parties: list[Party], product_names: tuple[str, ...], today: date, seed: int) -> list[Piece]:
    """All pieces, oldest first but for the copies, which come last.

    Words are drawn apart from who, where and when: a better sentence changes no number.
    """
    facts = np.random.default_rng([seed, 3])
    seen: set[str] = set()
    pieces = [_piece(i, market, parties, product_names, today, facts, seed, seen) for i in range(len(market.account))]
    copies = np.random.default_rng([seed, 6])
    pieces += _copies(pieces, TOTAL - len(pieces), parties, product_names, today, copies)
    return _sorted_out(pieces, today, np.random.default_rng([seed, 7]))


def _piece(
    i: int, market: Market, parties: list[Party], names: tuple[str, ...], today: date, facts: np.random.Generator,
    seed: int, seen: set[str],
) -> Piece:  # fmt: skip
    account, product = int(market.account[i]), int(market.product[i])
    party = parties[account]
    person = int(facts.integers(len(party.people)))
    asked = int(market.prompted[i])
    channel = "survey" if asked >= 0 else _channel(party.segment.key, bool(market.is_customer[account]), facts)
    on = _working_day(today - timedelta(days=int(market.day[i])), channel, today, facts)
    said_at = _clock(on, channel, facts)
    rng = np.random.default_rng([seed, 8, i])
    said = speech.Said("", "", ())
    for _ in range(20):  # no two people say the very same thing; short answers may be alike
        speaker = speech.Speaker(rng, party, party.people[person], names[product], on)
        if asked >= 0:
            said = speech.answer(speaker, needs()[asked], bool(market.answer[i]))
        else:
            said = speech.compose(speaker, channel, [needs()[j] for j in market.says[i]])
        if said.text not in seen or len(said.text) < 60:
            break
    seen.add(said.text)
    spoken = (asked,) if asked >= 0 else market.says[i]
    return Piece(
        account, product, person, channel, said_at, said.title, said.text,
        tuple(zip(spoken, said.quotes, strict=True)), asked >= 0, asked < 0 or bool(market.answer[i]), "", -1, False,
    )  # fmt: skip


def _channel(segment: str, is_customer: bool, rng: np.random.Generator) -> str:
    chances = {
        channel: weight * BY_SEGMENT.get(segment, {}).get(channel, 1)
        for channel, weight in (CUSTOMER if is_customer else PROSPECT).items()
    }
    weights = np.array(list(chances.values()))
    return list(chances)[int(rng.choice(len(weights), p=weights / weights.sum()))]


def _working_day(on: date, channel: str, today: date, rng: np.random.Generator) -> date:
    """Calls and meetings are held on working days; a tenth of the rest comes at weekends all the same."""
    at_weekend = channel in ("ticket", "forum", "review", "portal") and rng.random() < 0.4
    while on.weekday() > 4 and not at_weekend:
        on -= timedelta(days=1)
    return min(on, today - timedelta(days=1))


def _clock(on: date, channel: str, rng: np.random.Generator) -> datetime:
    hour = float(rng.normal(11.5, 2.5)) if channel in ("call", "deal", "interview") else float(rng.normal(12.5, 4))
    minutes = int(np.clip(hour, 5.2, 22.8) * 60)
    return datetime.combine(on, time(minutes // 60, minutes % 60), tzinfo=UTC)


def _copies(
    pieces: list[Piece], count: int, parties: list[Party], names: tuple[str, ...], today: date, rng: np.random.Generator
) -> list[Piece]:
    """Salespeople pass on what a customer wrote; customers send the same again."""
    able = [i for i, piece in enumerate(pieces) if piece.mentions and piece.channel in ("ticket", "portal")
            and not piece.prompted and (today - piece.said_at.date()).days > 12]  # fmt: skip
    copies = []
    for i in rng.choice(able, count, replace=False):
        piece, by_sales = pieces[i], bool(rng.random() < 0.6)
        on = piece.said_at + timedelta(days=int(rng.integers(1, 11)), minutes=int(rng.integers(0, 200)))
        party = parties[piece.account]
        speaker = speech.Speaker(rng, party, party.people[piece.person], names[piece.product], on.date())
        said = speech.Said(piece.title, piece.text, ())
        text = speech.relayed(speaker, said) if by_sales else speech.again(speaker, said)
        copies.append(
            Piece(
                piece.account,
                piece.product,
                piece.person,
                "note" if by_sales else piece.channel,
                on,
                piece.title,
                text,
                (),
                False,
                True,
                "",
                int(i),
                by_sales,
            )
        )
    return copies


def _sorted_out(pieces: list[Piece], today: date, rng: np.random.Generator) -> list[Piece]:
    """The newest lie unsorted in the inbox, hardly any of the last days' read yet; the rest is sorted.

    What was asked in a deal is sorted by whoever files it.
    """
    newest = sorted(range(len(pieces)), key=lambda i: pieces[i].said_at, reverse=True)
    waiting: set[int] = set()
    for i in newest:
        unread = UNREAD_NEW if (today - pieces[i].said_at.date()).days <= NEW_DAYS else UNREAD
        if len(waiting) == UNSORTED:
            break
        if not pieces[i].prompted and pieces[i].channel != "deal" and rng.random() < unread:
            waiting.add(i)
    return [_in_state(piece, i in waiting, rng) for i, piece in enumerate(pieces)]


def _in_state(piece: Piece, waits: bool, rng: np.random.Generator) -> Piece:
    if waits:  # nobody has seen yet what only says the same again
        return replace(piece, state="new", copy_of=-1)
    if piece.copy_of >= 0:
        return replace(piece, state="copy")
    return replace(piece, state="sorted" if piece.mentions or rng.random() < 0.8 else "away")
