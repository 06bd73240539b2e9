"""Computes formulas, on a block of draws at once.

Every array has either one number a draw, shape (draws,), or one a period and draw, shape (periods + 1, draws), period 0
first; either may have length 1 where nothing varies. What has no value (a division by zero, a logarithm of nought, an
overflow) becomes NaN or infinite and spreads, except through the branch of `where` that is not taken, so that
`where(t > 1, 1 / (t - 1), 0)` is well defined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter

import numpy as np

from clearspan.engines.business_case.distributions import Array
from clearspan.engines.business_case.formula import Apply, Known, Name, Node, Number, nodes


@dataclass(frozen=True)
class Clock:
    """The periods a formula is evaluated over: t = 0 to `periods`; `first` is where cumulated sums begin (0 or 1)."""

    periods: int
    first: int = 1

    @property
    def t(self) -> Array:
        return np.arange(self.periods + 1, dtype=np.float64)[:, None]


def evaluate(node: Node, values: Mapping[str, Array], clock: Clock) -> Array:
    """The value of a tree; NaN or infinite where it has none. `values` has every name the tree reads but `t`."""
    match node:
        case Known(value):
            return value
        case Number(value):
            return np.full(1, value)
        case Name("t"):
            return clock.t
        case Name(name):
            return values[name]
        case Apply("ramp", arguments):
            return _ramp(clock, *(evaluate(argument, values, clock) for argument in arguments))
        case Apply("lag", (what, Number(periods))):
            return _lag(evaluate(what, values, clock), int(periods), clock)
        case Apply("cumsum", (what,)):
            return _cumsum(evaluate(what, values, clock), clock)
        case Apply(function, arguments):
            return _FUNCTIONS[function](*(evaluate(argument, values, clock) for argument in arguments))


def fold(node: Node, clock: Clock) -> Node:
    """The same tree, made cheaper: what reads nothing but `t` is worked out where it has a finite value, and nested
    sums and products become one, so that their small terms are joined before their large ones.
    """
    if isinstance(node, Apply) and any(isinstance(part, Name) and part.name != "t" for part in nodes(node)):
        if node.function in ("+", "*"):
            return Apply(node.function, tuple(fold(part, clock) for part in _chain(node, node.function)), node.text)
        # The second argument of lag stays a number: it is how far, not a value.
        keep = node.arguments[1:] if node.function == "lag" else ()
        folded = tuple(fold(part, clock) for part in node.arguments[: len(node.arguments) - len(keep)])
        return Apply(node.function, (*folded, *keep), node.text)
    if isinstance(node, Name | Known):
        return node
    with np.errstate(all="ignore"):  # what has no value is left as it is, to be said where it matters
        value = evaluate(node, {}, clock)
    return Known(value, node) if np.isfinite(value).all() else node


def explain(node: Node, values: Mapping[str, Array], clock: Clock, period: int, draw: int) -> str:
    """Why a tree has no finite value at one period and draw: the innermost part to blame, in words."""

    def at(part: Node) -> float:
        value = np.atleast_2d(evaluate(part, values, clock))
        return float(value[min(period, value.shape[0] - 1), min(draw, value.shape[1] - 1)])

    blame: Node = node
    while isinstance(blame, Apply):
        inner = next((part for part in blame.arguments if isinstance(part, Apply) and not np.isfinite(at(part))), None)
        if inner is None:
            break
        blame = inner
    if not isinstance(blame, Apply):
        return "a number that is not finite"
    kind = _TROUBLES.get(blame.function, "a number too large to hold")
    return f"{kind} in {blame.text}"


def _chain(node: Node, function: str) -> list[Node]:
    """The terms of a sum of sums, or the factors of a product of products."""
    if isinstance(node, Apply) and node.function == function:
        return [term for part in node.arguments for term in _chain(part, function)]
    return [node]


_TROUBLES = {
    "/": "a division by zero",
    "%": "a division by zero",
    "log": "the logarithm of a number that is not above 0",
    "sqrt": "the square root of a number under 0",
    "**": "a power that is no number or too large to hold",
}


def _joined(join: Callable[[Array, Array], Array]) -> Callable[..., Array]:
    """Joins any number of arrays, the smallest first: what has no periods costs a fortieth of what has."""

    def joined(*parts: Array) -> Array:
        return reduce(join, sorted(parts, key=attrgetter("size")))

    return joined


def _divide(a: Array, b: Array) -> Array:
    return np.asarray(np.where(b == 0, np.nan, a / b))


def _modulo(a: Array, b: Array) -> Array:
    return np.asarray(np.where(b == 0, np.nan, np.mod(a, b)))


def _log(a: Array) -> Array:
    return np.asarray(np.where(a > 0, np.log(a), np.nan))


def _power(a: Array, b: Array) -> Array:
    return np.asarray(np.where((a == 0) & (b < 0), np.nan, np.power(a, b)))


def _compare(test: Callable[..., Array]) -> Callable[[Array, Array], Array]:
    def compare(a: Array, b: Array) -> Array:
        return np.asarray(np.where(np.isnan(a) | np.isnan(b), np.nan, test(a, b)))

    return compare


def _and(*parts: Array) -> Array:
    return np.asarray(np.prod(np.broadcast_arrays(*(_truth(part) for part in parts)), axis=0))


def _or(*parts: Array) -> Array:
    return _not(_and(*(_not(part) for part in parts)))


def _not(a: Array) -> Array:
    return 1 - _truth(a)


def _truth(a: Array) -> Array:
    return np.asarray(np.where(np.isnan(a), np.nan, a != 0))


def _where(condition: Array, then: Array, otherwise: Array) -> Array:
    return np.asarray(np.where(np.isnan(condition), np.nan, np.where(condition != 0, then, otherwise)))


def _smallest(*parts: Array) -> Array:
    value = parts[0]
    for part in parts[1:]:
        value = np.minimum(value, part)
    return value


def _largest(*parts: Array) -> Array:
    value = parts[0]
    for part in parts[1:]:
        value = np.maximum(value, part)
    return value


def _ramp(clock: Clock, start: Array, end: Array) -> Array:
    """0 up to period `start`, 1 from period `end` on, a straight line between; a step where end <= start."""
    t = clock.t
    return np.asarray(np.where(end > start, np.clip(_divide(t - start, end - start), 0, 1), t >= end) * 1.0)


def _lag(a: Array, by: int, clock: Clock) -> Array:
    """What it was `by` periods ago; 0 before period 0."""
    a = _over_time(a, clock)
    out = np.zeros_like(a)
    if by < a.shape[0]:
        out[by:] = a[: a.shape[0] - by]
    return out


def _cumsum(a: Array, clock: Clock) -> Array:
    """The sum from the clock's first period to this one."""
    out = _over_time(a, clock).copy()
    out[: clock.first] = 0.0
    for t in range(clock.first + 1, out.shape[0]):  # faster than np.cumsum along the strided axis
        out[t] += out[t - 1]
    return out


def _over_time(a: Array, clock: Clock) -> Array:
    return np.broadcast_to(a, (clock.periods + 1, a.shape[-1]))


_FUNCTIONS: dict[str, Callable[..., Array]] = {
    "+": _joined(np.add), "-": np.subtract, "*": _joined(np.multiply), "/": _divide, "**": _power, "%": _modulo,
    "negative": np.negative,
    "<": _compare(np.less), "<=": _compare(np.less_equal), ">": _compare(np.greater), ">=": _compare(np.greater_equal),
    "==": _compare(np.equal), "!=": _compare(np.not_equal), "and": _and, "or": _or, "not": _not, "where": _where,
    "min": _smallest, "max": _largest, "exp": np.exp, "log": _log, "abs": np.abs, "sqrt": np.sqrt,
}  # fmt: skip
