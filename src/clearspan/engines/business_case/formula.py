"""Formulas of a case: read into a small tree of known functions, never executed as Python. `evaluation` computes it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import numpy as np

from clearspan.engines.business_case.distributions import Array

LONGEST = 2_000  # characters
LARGEST = 400  # nodes


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Apply:
    """A function or operator on its arguments; `text` is how it is written, for messages."""

    function: str
    arguments: tuple[Node, ...]
    text: str


@dataclass(frozen=True, eq=False)
class Known:
    """A part that no driver and no line enters, worked out beforehand; `tree` is what it was."""

    value: Array
    tree: Node


Node = Number | Name | Apply | Known


@dataclass(frozen=True)
class Formula:
    """`text` as a person wrote it, and what it means."""

    text: str
    tree: Node

    @property
    def names(self) -> frozenset[str]:
        """Every name the formula reads, `t` included when it does."""
        return frozenset(node.name for node in nodes(self.tree) if isinstance(node, Name))


def constant(value: float) -> Formula:
    return Formula(f"{value:g}", Number(float(value)))


def parse(text: str) -> Formula:
    """Reads a formula. Raises ValueError with what was expected, in words."""
    if len(text) > LONGEST:
        raise ValueError(f"a formula of at most {LONGEST:,} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("a formula such as adopters * price") from None
    if sum(1 for _ in ast.walk(tree)) > LARGEST:
        raise ValueError(f"a formula of at most {LARGEST} parts")
    try:
        return Formula(text, _read(tree))
    except RecursionError:
        raise ValueError("a formula that is less deeply nested") from None


def nodes(node: Node) -> list[Node]:
    """The node and everything under it."""
    inner = node.arguments if isinstance(node, Apply) else ()
    return [node, *(below for part in inner for below in nodes(part))]


_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.Mod: "%",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_ARGUMENTS = {
    "min": (2, 50), "max": (2, 50), "where": (3, 3), "exp": (1, 1), "log": (1, 1), "ramp": (2, 2),
    "lag": (1, 2), "cumsum": (1, 1), "abs": (1, 1), "sqrt": (1, 1),
}  # fmt: skip
FUNCTION_NAMES = tuple(_ARGUMENTS)
_KNOWN = f"arithmetic, comparison, and, or, not, {', '.join(FUNCTION_NAMES)}"


def _read(node: ast.expr) -> Node:
    match node:
        case ast.Constant(value) if isinstance(value, int | float) and not isinstance(value, bool):
            return _number(value)
        case ast.Name(name):
            return Name(name)
        case ast.UnaryOp(ast.UAdd(), operand):
            return _read(operand)
        case ast.UnaryOp(ast.USub(), operand):
            return Apply("negative", (_read(operand),), ast.unparse(node))
        case ast.UnaryOp(ast.Not(), operand):
            return Apply("not", (_read(operand),), ast.unparse(node))
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATORS:
            return Apply(_OPERATORS[type(operator)], (_read(left), _read(right)), ast.unparse(node))
        case ast.BinOp(op=ast.BitXor()):
            raise ValueError("** for a power, not ^")
        case ast.BoolOp(operator, parts):
            return Apply("and" if isinstance(operator, ast.And) else "or", tuple(map(_read, parts)), ast.unparse(node))
        case ast.Compare(left, operators, rights) if all(type(operator) in _OPERATORS for operator in operators):
            return _comparison(node, left, operators, rights)
        case ast.Call(ast.Name(function), arguments, []) if function in _ARGUMENTS:
            return _call(node, function, [_read(argument) for argument in arguments])
    raise ValueError(f"only {_KNOWN}; not {ast.unparse(node)[:60]}")


def _number(value: float) -> Number:
    try:
        number = float(value)
    except OverflowError:
        number = np.inf
    if not np.isfinite(number):
        raise ValueError("finite numbers")
    return Number(number)


def _comparison(node: ast.expr, left: ast.expr, operators: list[ast.cmpop], rights: list[ast.expr]) -> Node:
    sides = [_read(side) for side in (left, *rights)]
    parts = tuple(
        Apply(_OPERATORS[type(operator)], (sides[i], sides[i + 1]), ast.unparse(node))
        for i, operator in enumerate(operators)
    )
    return parts[0] if len(parts) == 1 else Apply("and", parts, ast.unparse(node))


def _call(node: ast.expr, function: str, arguments: list[Node]) -> Node:
    fewest, most = _ARGUMENTS[function]
    if not fewest <= len(arguments) <= most:
        count = str(fewest) if fewest == most else f"{fewest} to {most}"
        raise ValueError(f"{function} with {count} arguments")
    if function == "lag":
        arguments = [*arguments, Number(1.0)][:2]
        by = arguments[1]
        if not (isinstance(by, Number) and by.value >= 0 and by.value == int(by.value)):
            raise ValueError("lag(what, periods) with a whole number of periods, 0 or more")
    return Apply(function, tuple(arguments), ast.unparse(node))
