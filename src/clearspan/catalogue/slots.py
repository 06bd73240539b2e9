"""What later stages say on the catalogue's pages: slots (core/panels.py), what each is asked about, what it answers.

market           a product                  a Fragment: what is known of its market
market.heard     a product                  segment's number -> how many of its accounts were heard
account          AccountsOf one account     a Fragment: what was heard from it
accounts.heard   AccountsOf                 account's number -> Heard
market.places    a product                  (name of an address, label): a place beside the market's own
competitor       a competitor               a Fragment: what is known of it
competitor.links a competitor               where else one finds it: {"url", "label", "key"}
deal             a deal                     a Fragment: what is asked in it
deal.beside      a deal                     a Fragment for the aside: whom it is against
deals.asks       deals                      deal's number -> Asks

On the first pages of sales and of senior management, about products:

first.money      products                   product's number -> Standing: money against plan
first.market     products                   product's number -> a sequence of Standings: what competitors did lately
first.risks      products                   product's number -> a sequence of Standings: what is behind or blocked
first.battle     products                   product's number -> a sequence of Standings: battlecards, for sales
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clearspan.catalogue.models import Account, Product
from clearspan.core import panels
from clearspan.core.actor import Actor


@dataclass(frozen=True)
class AccountsOf:
    """Accounts, as one product sees them."""

    product: Product
    accounts: Sequence[Account]


@dataclass(frozen=True)
class Heard:
    """How often an account was heard about a product, and when last."""

    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Asks:
    """How many asks a deal has, and how many of them wait for an answer."""

    all: int = 0
    open: int = 0


@dataclass(frozen=True)
class Standing:
    """How something stands: in a few words with their number, what is under them, and where more is told."""

    words: str  # "£1.2 m of £1.4 m planned this year"
    detail: str = ""  # "behind by £0.2 m"
    url: str = ""
    is_behind: bool = False  # it asks for a look
    sure: str = ""  # how sure its number is: what it comes to in nine of ten futures


def listed(slot: str, actor: Actor, about: Any) -> Mapping[int, Sequence[Standing]]:
    """As `said`, of a slot that is answered with sequences by several stages: all of them, in the line's order."""
    found: dict[int, list[Standing]] = {}
    for answer in panels.ask(slot, actor, about):
        for number, some in answer.items():
            found.setdefault(number, []).extend(some)
    return found


def said(slot: str, actor: Actor, about: Any) -> Mapping[int, Any]:
    """What the later stages say of each row, by its number; empty when none of them is there."""
    return {number: one for answer in panels.ask(slot, actor, about) for number, one in answer.items()}
