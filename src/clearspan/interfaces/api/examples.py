"""An example of what an action is given, made from its signature, for the API's description and the reference.

A parameter whose type does not say enough has `examples` in its Field.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from clearspan.core.actions import Action, row_type


def example_of(action: Action) -> dict[str, Any]:
    """Every required parameter, and no other."""
    return {name: _value(name, hint) for name, (hint, p) in action.parameters.items() if p.default is p.empty}


def _value(name: str, hint: Any) -> Any:
    model, many = row_type(hint)
    if model is not None:
        reference = f"{getattr(model, 'prefix', '')}-12" if getattr(model, "prefix", "") else "12"
        return [reference] if many else reference
    if get_origin(hint) is Annotated:
        given = [one.examples[0] for one in get_args(hint)[1:] if isinstance(one, FieldInfo) and one.examples]
        return given[0] if given else _value(name, get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return _value(name, next(part for part in get_args(hint) if part is not NoneType))
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is list:
        return [_value(name, get_args(hint)[0])]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    if hint is date:
        return "2026-04-01"
    simple: dict[Any, Any] = {int: 1, float: 1.5, Decimal: 1.5, bool: True, str: f"the {name.replace('_', ' ')}"}
    return simple.get(hint, {} if get_origin(hint) is dict else f"the {name.replace('_', ' ')}")
