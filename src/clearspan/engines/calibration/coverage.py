"""The share of outcomes that lay where they were said to lie, and whether that is what was said."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

Five = tuple[float, float, float, float, float]  # 5, 25, 50, 75 and 95 % of our belief

PRIOR = 0.5  # Jeffreys
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
LIKELY, SURE = 0.9, 0.975  # from which probability something is called likely, and is called so


@dataclass(frozen=True)
class Coverage:
    """`inside` of `of` outcomes lay inside intervals that said they would hold the share `level` of them.

    under: the probability, after these outcomes, that such intervals hold less than `level` of the time: of being too
    sure. over: that they hold more.
    """

    level: float
    inside: int
    of: int
    five: Five
    under: float

    @property
    def over(self) -> float:
        return 1 - self.under

    @property
    def verdict(self) -> str:
        """ "too sure", "likely too sure", "too modest", "likely too modest", or "" when it may well be as said."""
        for probability, words in ((self.under, "too sure"), (self.over, "too modest")):
            if probability >= SURE:
                return words
            if probability >= LIKELY:
                return f"likely {words}"
        return ""


def coverage(level: float, inside: int, of: int) -> Coverage:
    """Jeffreys' posterior of the share, Beta(inside + 1/2, of - inside + 1/2). Raises ValueError for no share."""
    if not 0 < level < 1:
        raise ValueError(f"found a level of {level}, expected one between 0 and 1")
    under = float(special.betainc(inside + PRIOR, of - inside + PRIOR, level))
    return Coverage(level, inside, of, _five(inside, of), under)


def reached(part: int, of: int) -> Five:
    """The share behind `part` of `of`, as sure as so many make it. Raises ValueError for no part."""
    return _five(part, of)


def _five(part: int, of: int) -> Five:
    if not 0 <= part <= of:
        raise ValueError(f"found {part} of {of}, expected a part of it")
    low, lower, middle, upper, high = special.betaincinv(part + PRIOR, of - part + PRIOR, LEVELS).tolist()
    return low, lower, middle, upper, high
