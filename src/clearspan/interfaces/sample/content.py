"""Reads what the sample company is made of: data/*.toml, as frozen dataclasses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
OF_NEEDS = ("title", "outcome", "description")
OURS = (
    "build",
    "company",
    "deals",
    "decisions",
    "definitions",
    "improving",
    "intelligence",
    "launches",
    "market",
    "options",
    "portal",
    "telling",
)
PRODUCTS = ("rimewatch", "bayslot", "lotbook")


@dataclass(frozen=True)
class Need:
    """A need of a product's market, its truth, and how people speak of it."""

    key: str
    product: str
    title: str
    outcome: str
    description: str
    share: tuple[float, ...]  # true prevalence by segment
    heard: float  # chance of a mention on one occasion, with the need
    topics: tuple[str, ...]
    says: tuple[str, ...]
    notes: tuple[str, ...]
    parent: str = ""
    only: str = ""  # of one account alone: the loud prospect, or one of this segment


@dataclass(frozen=True)
class Segment:
    """A segment: its sizes by product, and how its people talk."""

    key: str
    name: str
    one: str  # the name of one of its accounts
    description: str
    accounts: int  # known to the company
    contact: float  # how often its accounts are heard, against the average
    market: dict[str, tuple[int, int]]  # product to accounts in the market, value of each a year
    sources: dict[str, str]
    names: tuple[str, ...]
    units: tuple[str, ...]
    plural: tuple[str, ...]
    place: tuple[str, ...]
    stuff: tuple[str, ...]
    checker: tuple[str, ...]
    who: tuple[str, ...]
    titles: tuple[str, ...]
    sites: tuple[int, int]
    life: tuple[str, ...]


@dataclass(frozen=True)
class Voice:
    """How one person writes."""

    key: str
    weight: float
    greet: tuple[str, ...]
    open: tuple[str, ...]
    close: tuple[str, ...]
    sign: str


def load(name: str) -> dict[str, Any]:
    """One file of data/. What our own people write has true apostrophes; what customers type has what is on the key."""
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text.replace("'", "’") if name in OURS else text)


@cache
def needs() -> tuple[Need, ...]:
    """Every need, parents before their children."""
    return tuple(
        Need(product=product, **_frozen(row | {name: row[name].replace("'", "’") for name in OF_NEEDS}))
        for product in PRODUCTS
        for row in load(product)["need"]
    )


@cache
def segments() -> tuple[Segment, ...]:
    return tuple(Segment(**_frozen(row)) for row in load("segments")["segment"])


@cache
def voices() -> tuple[Voice, ...]:
    return tuple(Voice(**_frozen(row)) for row in load("words")["voice"])


@cache
def words() -> dict[str, Any]:
    return {key: value for key, value in load("words").items() if key != "voice"}


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
