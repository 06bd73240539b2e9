"""The way from one contribution to another, in steps that add up exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

CENT = Decimal("0.01")


class Effect(StrEnum):
    """What a step comes from."""

    VOLUME = "volume"  # more or less of it, at the mean price there was
    PRICE = "price"  # the same at another price
    MIX = "mix"  # more of what is dear, or of what is cheap
    REVENUE = "revenue"  # of a line without quantities: nobody can say whether it was price or volume
    NEW = "new"  # what was not there before
    ENDED = "ended"  # what is no longer there
    COST = "cost"  # of a line of cost


@dataclass(frozen=True)
class Cell:
    """What one item of a line came to: an amount as it acts on the contribution, a cost below nought.

    Items of a line are what a price is the same thing for (a region's subscriptions); they share a unit. `quantity` is
    None where nothing was counted.
    """

    line: str
    item: str
    amount: Decimal
    quantity: Decimal | None = None
    is_cost: bool = False


@dataclass(frozen=True)
class Step:
    """One bar of the bridge, and what each line adds to it."""

    effect: Effect
    amount: Decimal
    line: str = ""  # of a cost, or of revenue without quantities; else it is of several
    by_line: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Bridge:
    """From `start` to `end`. The steps come to the difference, to the last digit of the amounts."""

    start: Decimal
    end: Decimal
    steps: tuple[Step, ...]
    uncounted: tuple[str, ...]  # lines of revenue of which some or all had no quantities

    def amount(self, effect: Effect) -> Decimal:
        """What all steps of one effect come to."""
        return sum((step.amount for step in self.steps if step.effect is effect), Decimal(0))


def bridge(before: Sequence[Cell], after: Sequence[Cell]) -> Bridge:
    """The bridge between two sets of cells, each item of a line once in each.

    Raises ValueError where an item comes twice, or a line is a cost here and revenue there.
    """
    was, now = _by_item(before), _by_item(after)
    lines = _lines([*before, *after])
    smallest = _quantum([*before, *after])
    found: list[tuple[Effect, str, Decimal]] = []
    uncounted = []
    for line, is_cost in lines.items():
        old, new = was.get(line, {}), now.get(line, {})
        if is_cost:
            found.append((_cost_effect(old, new), line, _sum(new.values()) - _sum(old.values())))
            continue
        effects, all_counted = _revenue(old, new, smallest)
        found += [(effect, line, amount) for effect, amount in effects.items()]
        if not all_counted:
            uncounted.append(line)
    return Bridge(_sum(before), _sum(after), _steps(found), tuple(uncounted))


def _revenue(old: dict[str, Cell], new: dict[str, Cell], smallest: Decimal) -> tuple[dict[Effect, Decimal], bool]:
    """The effects of one line of revenue, and whether everything that stayed was counted."""
    effects = {
        Effect.NEW: _sum(cell for item, cell in new.items() if item not in old),
        Effect.ENDED: -_sum(cell for item, cell in old.items() if item not in new),
    }
    stayed = [(old[item], new[item]) for item in old if item in new]
    counted = [pair for pair in stayed if _has_price(pair[0]) and _has_price(pair[1])]
    rest = [pair for pair in stayed if pair not in counted]
    effects[Effect.REVENUE] = _sum(b for _, b in rest) - _sum(a for a, _ in rest)
    if counted:
        effects |= _price_volume_mix(counted, smallest)
    return effects, not rest


def _price_volume_mix(pairs: Sequence[tuple[Cell, Cell]], smallest: Decimal) -> dict[Effect, Decimal]:
    """With Q the quantity of all items and p their mean price before: volume (Q1 - Q0) p, price the sum of
    q1 (p1 - p0) over items, mix what is left: more or less of the dear ones. All in fractions, rounded once; what
    rounding leaves is mix's, or price's where a single item can have no mix."""
    total = sum((_exact(b.amount) - _exact(a.amount) for a, b in pairs), Fraction(0))
    q0, q1 = (sum((_exact(cell.quantity) for cell in side), Fraction(0)) for side in zip(*pairs, strict=True))
    mean = sum((_exact(a.amount) for a, _ in pairs), Fraction(0)) / q0
    volume = _rounded((q1 - q0) * mean, smallest)
    if len(pairs) == 1:
        return {Effect.VOLUME: volume, Effect.PRICE: _rounded(total, smallest) - volume, Effect.MIX: Decimal(0)}
    same_price = sum((_exact(b.quantity) * _exact(a.amount) / _exact(a.quantity) for a, b in pairs), Fraction(0))
    price = _rounded(sum((_exact(b.amount) for _, b in pairs), Fraction(0)) - same_price, smallest)
    return {Effect.VOLUME: volume, Effect.PRICE: price, Effect.MIX: _rounded(total, smallest) - volume - price}


def _steps(found: Iterable[tuple[Effect, str, Decimal]]) -> tuple[Step, ...]:
    """Effects that several lines share are one step; a cost, and revenue without quantities, each its own."""
    order = {effect: at for at, effect in enumerate(Effect)}
    steps: dict[tuple[int, str], dict[str, Decimal]] = {}
    for effect, line, amount in found:
        own = effect in (Effect.COST, Effect.REVENUE)
        steps.setdefault((order[effect], line if own else ""), {})[line] = amount
    made = []
    for (at, line), by_line in sorted(steps.items(), key=lambda step: step[0][0]):  # stable: lines in their order
        moved = {name: amount for name, amount in by_line.items() if amount}
        if moved:
            made.append(Step(tuple(Effect)[at], sum(moved.values(), Decimal(0)), line, moved))
    return tuple(made)


def _cost_effect(old: dict[str, Cell], new: dict[str, Cell]) -> Effect:
    """A line of cost that was not there is new as a whole, one that is no longer there has ended."""
    if old and new:
        return Effect.COST
    return Effect.NEW if new else Effect.ENDED


def _has_price(cell: Cell) -> bool:
    return cell.quantity is not None and cell.quantity > 0


def _by_item(cells: Sequence[Cell]) -> dict[str, dict[str, Cell]]:
    """By line and item, without cells that say nothing."""
    found: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        of_line = found.setdefault(cell.line, {})
        if cell.item in of_line:
            raise ValueError(f"“{cell.item}” of “{cell.line}” comes twice")
        of_line[cell.item] = cell
    return {
        line: {item: cell for item, cell in of_line.items() if cell.amount or cell.quantity}
        for line, of_line in found.items()
    }


def _lines(cells: Sequence[Cell]) -> dict[str, bool]:
    """Whether each line is a cost, in their order."""
    found: dict[str, bool] = {}
    for cell in cells:
        if found.setdefault(cell.line, cell.is_cost) != cell.is_cost:
            raise ValueError(f"“{cell.line}” is a cost in one place and revenue in another")
    return found


def _quantum(cells: Sequence[Cell]) -> Decimal:
    """What steps are rounded to: a cent, or the last digit of amounts that are finer."""
    exponents = [cell.amount.as_tuple().exponent for cell in cells]
    return Decimal(1).scaleb(min([-2, *(one for one in exponents if isinstance(one, int))]))


def _rounded(value: Fraction, smallest: Decimal) -> Decimal:
    """To the nearest multiple of `smallest`, halves to the even one."""
    return round(value / _exact(smallest)) * smallest


def _exact(value: Decimal | None) -> Fraction:
    return Fraction(value or 0)


def _sum(cells: Iterable[Cell]) -> Decimal:
    return sum((cell.amount for cell in cells), Decimal(0))
