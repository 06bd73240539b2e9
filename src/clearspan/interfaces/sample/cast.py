"""Who stands behind each account of the sample market: its name, its people, and the facts that stay the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearspan.interfaces.sample.content import Segment, Voice, load, segments, voices
from clearspan.interfaces.sample.occupancy import Market

LOUD_PROSPECT = "Gallowmere Cold Freight"
ABROAD = (
    "Groothandel", "Großhandel", "Grossistes", "Küchenwerk", "Restauration", "Hofladen", "Épicerie", "Apotheek",
    "Apotheke", "Transports", "Kylfrakt", "Kühlspedition", "Autotrasporti", "Molkerei", "Laiterie", "Caseificio",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A contact at an account, who writes the same way for two years."""

    name: str
    title: str
    voice: Voice

    @property
    def first(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True)
class Party:
    """An account as its texts know it."""

    name: str
    segment: Segment
    people: tuple[Person, ...]
    colleagues: tuple[str, ...]  # first names that come up in what it says
    sites: int
    place: str
    money: str  # £ or €

    @property
    def domain(self) -> str:
        kept = "".join(letter for letter in self.name.lower().replace("&", "and") if letter.isascii())
        return "-".join("".join(c if c.isalnum() else " " for c in kept).split()) + ".example"


def cast(market: Market, seed: int) -> list[Party]:
    """One party an account, in order. Names are distinct."""
    rng = np.random.default_rng([seed, 2])
    names = load("names")
    places = _places(names, rng)
    taken: set[str] = set()
    parties = []
    for number, index in enumerate(market.segment):
        segment = segments()[index]
        name = LOUD_PROSPECT if number == market.loud["rimewatch"] else _name(segment, places, names, taken, rng)
        taken.add(name)
        low, high = segment.sites
        parties.append(
            Party(
                name=name,
                segment=segment,
                people=_people(segment, names, rng),
                colleagues=tuple(rng.choice(names["first"], 3, replace=False).tolist()),
                sites=max(2, int(rng.integers(low, high + 1))),
                place=str(rng.choice(segment.place)),
                money="€" if name.startswith(ABROAD) or name.endswith(ABROAD) else "£",
            )
        )
    return parties


def _places(names: dict[str, list[str]], rng: np.random.Generator) -> list[str]:
    return [
        head + tail
        for head in names["place_heads"]
        for tail in names["place_tails"]
        if head[-1] != tail[0] and rng.random() < 0.9
    ]


def _name(
    segment: Segment, places: list[str], names: dict[str, list[str]], taken: set[str], rng: np.random.Generator
) -> str:
    while True:
        pattern = str(rng.choice(segment.names))
        abroad = any(word in pattern for word in ABROAD)
        if abroad and rng.random() < 0.4:
            continue
        name = pattern.replace("#", str(rng.choice(names["abroad"] if abroad else places)))
        if "& Partners" in pattern or "& Sons" in pattern or "& Daughters" in pattern:
            name = pattern.replace("#", str(rng.choice(names["last"])))
        if name not in taken:
            return name


def _people(segment: Segment, names: dict[str, list[str]], rng: np.random.Generator) -> tuple[Person, ...]:
    count = int(rng.choice([1, 2, 3], p=[0.35, 0.45, 0.2]))
    titles = rng.permutation(sorted(set(segment.titles)))
    weights = np.array([voice.weight for voice in voices()])
    chosen = rng.choice(len(voices()), count, p=weights / weights.sum())
    return tuple(
        Person(f"{rng.choice(names['first'])} {rng.choice(names['last'])}", str(titles[i]), voices()[chosen[i]])
        for i in range(count)
    )
