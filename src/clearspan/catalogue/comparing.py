"""Our product and the competitors against what matters: where we are different and better, and where behind.

What is compared (a need, a requirement) is a later stage's row with a value; this knows only its words, its value at
stake and who does it how far. What nobody has said counts for nobody: it is neither a yes nor a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from clearspan.catalogue.models import Competitor, Standing
from clearspan.ui.numbers import money, plural

OURS = None  # the column of our own product


@dataclass(frozen=True)
class Compared:
    """One line: something the market needs or a requirement, what it is worth, and who does it how far."""

    key: int
    ref: str
    title: str
    value: float  # at stake, a year; 0: not known
    standings: Mapping[int | None, Standing] = field(default_factory=dict)  # competitor's number, None: ours
    sure: tuple[float, float] | None = None  # where the value lies nine times in ten

    def lead(self, competitor: int) -> int | None:
        """How far ahead of a competitor we are: -2 to 2; None while one of the two is not known."""
        ours, theirs = self.standings.get(OURS), self.standings.get(competitor)
        if ours is None or theirs is None:
            return None
        return Standing.WORTH[ours.says] - Standing.WORTH[theirs.says]

    @cached_property
    def leads(self) -> list[int]:
        """Over every competitor of whom it is known."""
        return [lead for key in self.standings if key is not OURS and (lead := self.lead(key)) is not None]

    @property
    def is_ahead(self) -> bool:
        """Different and better: nobody of whom it is known does it as well."""
        return bool(self.leads) and min(self.leads) > 0

    @property
    def is_behind(self) -> bool:
        """Somebody does it better."""
        return bool(self.leads) and min(self.leads) < 0


@dataclass(frozen=True)
class Comparison:
    """Lines, what is worth most first, against these competitors."""

    rows: Sequence[Compared]
    competitors: Sequence[Competitor]
    what: str = "need"

    @cached_property
    def ahead(self) -> list[Compared]:
        return [row for row in self.rows if row.is_ahead]

    @cached_property
    def behind(self) -> list[Compared]:
        return [row for row in self.rows if row.is_behind]

    @cached_property
    def known(self) -> list[Compared]:
        """Lines that can be compared at all."""
        return [row for row in self.rows if row.leads]

    def against(self, competitor: int) -> Comparison:
        """The same with one competitor."""
        only = [one for one in self.competitors if one.pk == competitor]
        rows = [
            replace(row, standings={key: one for key, one in row.standings.items() if key in (OURS, competitor)})
            for row in self.rows
        ]
        return Comparison(rows, only, self.what)


def by_subject(standings: Iterable[Standing], subject: str) -> dict[int, dict[int | None, Standing]]:
    """Standings by what they are about (`subject`, a foreign key's name) and whose they are."""
    found: dict[int, dict[int | None, Standing]] = {}
    for one in standings:
        found.setdefault(getattr(one, f"{subject}_id"), {})[one.competitor_id] = one
    return found


def answer(found: Comparison, currency: str) -> str:
    """Where we are different and better, and where behind on what matters, in one or two sentences."""
    whom = found.competitors[0].name if len(found.competitors) == 1 else "every competitor"
    if not found.competitors:
        return "There is nobody to compare with yet."
    if not found.known:
        return f"How we stand against {whom} nobody has said yet."
    ahead = _side(found.ahead, found.what, currency)
    behind = _side(found.behind, found.what, currency)
    head = f"We are ahead of {whom} on {ahead}" if found.ahead else f"We are ahead of {whom} on nothing that is known"
    tail = f"behind on {behind}" if found.behind else "behind on nothing that is known"
    return f"{head}; {tail}."


def under(found: Comparison) -> str:
    """What the answer does not know."""
    silent = len(found.rows) - len(found.known)
    if not found.rows or not found.competitors:
        return ""
    open_ = f"{plural(silent, found.what)} of {len(found.rows)} cannot be compared yet: an open cell is no “no”."
    sure = "What is at stake is what the newest study says; nine times in ten it lies within the amounts beneath it."
    return " ".join(
        part for part in (open_ if silent else "", sure if any(row.value for row in found.rows) else "") if part
    )


def _side(rows: Sequence[Compared], what: str, currency: str) -> str:
    """ "2 needs, “Know in time” first, alone worth £1.2 m a year". No sum: an account has several needs, a need several
    requirements, and each would count as often."""
    if not rows:
        return ""
    first = max(rows, key=lambda row: row.value)
    worth = f"worth {money(first.value, currency)} a year" if first.value else ""
    told = plural(len(rows), what)
    if len(rows) > 1:
        return f"{told}, “{first.title}” first{f', alone {worth}' if worth else ''}"
    return f"{told}{f', {worth}' if worth else ''}: “{first.title}”"
