"""One action, one typed function, many interfaces.

    @action(rule=manages, says="created {result}")
    def create_opportunity(actor: Actor, *, product: Product, title: Annotated[str, Field(...)]) -> Opportunity
        '''Adds a need of the market.'''

A call authorises, runs in one transaction, and records one event with every row it changed. Rows given to it are
looked up through `visible_to(actor)` and locked, whether they come as a row or as a reference ("OP-118"): what an actor
may not see does not exist for it. Screens, REST, the command line, MCP, imports and jobs are derived from the
signature: `Action.Given` is its pydantic model. A secret is a parameter of type `pydantic.SecretStr`: it reaches the
function, and stands as stars wherever arguments are kept or said.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pydantic
from django.db import connection, models, transaction

from clearspan.core.actor import Actor
from clearspan.core.models import Event, whose
from clearspan.core.once import forgetting

Rule = Callable[[Actor, Mapping[str, Any]], bool]
_running: ContextVar[Event | None] = ContextVar("running", default=None)


class Refused(Exception):  # noqa: N818 an answer, not an error
    """The actor may not do this. The message says who may."""


class NotThere(Exception):  # noqa: N818 an answer, not an error
    """A row that was given does not exist, or the actor may not see it: the two are told apart by nobody."""


class Invalid(Exception):  # noqa: N818 an answer, not an error
    """What was given cannot be used. `faults` maps a parameter (or "") to a sentence."""

    def __init__(self, faults: Mapping[str, str] | str) -> None:
        self.faults = {"": faults} if isinstance(faults, str) else dict(faults)
        super().__init__("; ".join(f"{name}: {words}" if name else words for name, words in self.faults.items()))


@dataclass(frozen=True)
class Done:
    """What an action returned, and the event that records it."""

    result: Any
    event: Event


class Action:
    """A registered action. Calling it runs it and returns its result; `perform` returns the event too."""

    def __init__(
        self, function: Callable[..., Any], rule: Rule, says: str, irreversible: bool, open_to_guests: bool
    ) -> None:
        update_wrapper(self, function)
        self.function, self.rule, self.says, self.irreversible = function, rule, says, irreversible
        self.open_to_guests = open_to_guests
        self.name: str = function.__name__
        self.stage: str = function.__module__.removeprefix("clearspan.").removeprefix("stages.").split(".")[0]
        self.help: str = inspect.getdoc(function) or ""

    @cached_property
    def parameters(self) -> dict[str, tuple[Any, inspect.Parameter]]:
        """Name to (annotation, parameter), without the actor."""
        hints = get_type_hints(self.function, include_extras=True)
        return {name: (hints[name], p) for name, p in list(inspect.signature(self.function).parameters.items())[1:]}

    @cached_property
    def Given(self) -> type[pydantic.BaseModel]:  # noqa: N802 it is a class
        """The pydantic model of what the action is given: rows as references."""
        fields: dict[str, Any] = {
            name: (_as_given(hint), ... if p.default is p.empty else p.default)
            for name, (hint, p) in self.parameters.items()
        }
        return pydantic.create_model(
            self.name, __doc__=self.help, __config__=pydantic.ConfigDict(extra="forbid"), **fields
        )

    def __call__(self, actor: Actor, **given: Any) -> Any:
        return self.perform(actor, **given).result

    def perform(self, actor: Actor, **given: Any) -> Done:
        """Authorises, does it in one transaction, records one event. Raises Invalid, NotThere, Refused."""
        outer = _running.get()
        with forgetting(), transaction.atomic():
            arguments = self._resolve(actor, self._validate(given))
            if not self.may(actor, **arguments):
                raise Refused(f"{actor} may not {self.name.replace('_', ' ')}")
            if outer is not None:  # part of another action: its event records this too
                return Done(self.function(actor, **arguments), outer)
            event = Event(person=actor.person, token=actor.token, interface=actor.interface, action=self.name)
            event.given, event.can_undo = _as_json(arguments), not self.irreversible
            event.save()
            running = _running.set(event)
            try:
                _record_under(event)
                result = self.function(actor, **arguments)
            finally:
                _running.reset(running)
            event.summary = self.says.format(result=result, **arguments)[:300]
            event.products = whose.placed({**arguments, "result": result})
            event.save(update_fields=["summary", "products"])
            _record_under(None)
            for listener in _listeners:
                listener(event)
        return Done(result, event)

    def admits(self, actor: Actor) -> bool:
        """Whether such an actor may do this at all; to which rows, the rule says."""
        return actor.is_employee or self.open_to_guests

    def may(self, actor: Actor, **given: Any) -> bool:
        """Whether this actor may do it to these rows, which the actor sees. For showing the button, or not."""
        return self.admits(actor) and actor.has_scope(f"write:{self.name}") and self.rule(actor, given)

    def _validate(self, given: dict[str, Any]) -> dict[str, Any]:
        rows = {name for name, (hint, _) in self.parameters.items() if row_type(hint)[0]}
        plain = {name: _as_reference(value) if name in rows else value for name, value in given.items()}
        try:
            valid = self.Given(**plain)
        except pydantic.ValidationError as error:
            raise Invalid({".".join(map(str, fault["loc"])): fault["msg"] for fault in error.errors()}) from None
        return {name: getattr(valid, name) for name in type(valid).model_fields}

    def _resolve(self, actor: Actor, given: dict[str, Any]) -> dict[str, Any]:
        for name, (hint, parameter) in self.parameters.items():
            model, many = row_type(hint)
            if model is None or given[name] is None:
                continue
            if many and not given[name] and parameter.default is parameter.empty:
                raise Invalid({name: "choose at least one"})
            references = given[name] if many else [given[name]]
            _must_be_references(name, model, references)
            rows = (
                [find(actor, model, reference) for reference in references]
                if not many
                else find_all(actor, model, references)
            )
            given[name] = rows if many else rows[0]
        return given


registry: dict[str, Action] = {}
_listeners: list[Callable[[Event], None]] = []


def hear(listener: Callable[[Event], None]) -> None:
    """Registers who is told of every event, in its transaction: what they write is there if the event is."""
    if listener not in _listeners:
        _listeners.append(listener)


def action(
    *, rule: Rule, says: str, irreversible: bool = False, open_to_guests: bool = False
) -> Callable[[Callable[..., Any]], Action]:
    """Registers an action. `says` is its event in words, over the arguments and {result}; no action without a rule.

    People who are not of the company (customers, suppliers) may do nothing but what is `open_to_guests`, by whatever
    way they come; the rule says to what.
    """

    def register(function: Callable[..., Any]) -> Action:
        made = Action(function, rule, says, irreversible, open_to_guests)
        assert made.name not in registry, f"two actions are called {made.name}"
        registry[made.name] = made
        return made

    return register


def find(actor: Actor, model: type[models.Model], reference: object) -> Any:
    """The row that `reference` names, locked for the transaction. Raises NotThere."""
    row = _visible(actor, model).referred(reference).select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise NotThere(f"there is no {model._meta.verbose_name} {reference}")
    return row


def find_all(actor: Actor, model: type[models.Model], references: Iterable[object]) -> list[Any]:
    """The rows that `references` name, in their order, locked, in one query. Raises NotThere for the first missing."""
    keys = {str(reference): model.key_of(str(reference)) for reference in references}  # type: ignore[attr-defined]
    rows = _visible(actor, model).filter(pk__in=[key for key in keys.values() if key is not None])
    found = {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk")}
    for reference, key in keys.items():
        if key not in found:
            raise NotThere(f"there is no {model._meta.verbose_name} {reference}")
    return [found[key] for key in keys.values()]


def current_event() -> Event:
    """The event of the action that is running."""
    event = _running.get()
    assert event is not None, "no action is running"
    return event


def without_keeping() -> None:
    """Inside an action that brings in many rows which carry their own source: no copy of each is kept."""
    _record_under(None)


def row_type(hint: Any) -> tuple[type[models.Model] | None, bool]:
    """(Opportunity, False) for Opportunity and Opportunity | None, (Opportunity, True) for list[Opportunity]."""
    if get_origin(hint) is Annotated:
        return row_type(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return next(
            (found for part in get_args(hint) if part is not NoneType and (found := row_type(part))[0]), (None, False)
        )
    if get_origin(hint) is list:
        return row_type(get_args(hint)[0])[0], True
    return (hint, False) if isinstance(hint, type) and issubclass(hint, models.Model) else (None, False)


def _visible(actor: Actor, model: Any) -> Any:
    return model._default_manager.visible_to(actor)


def _as_given(hint: Any) -> Any:
    model, many = row_type(hint)
    if model is None:
        return hint
    reference = Annotated[str, pydantic.Field(description=f"{model._meta.verbose_name}: {_reference_to(model)}")]
    optional = NoneType in get_args(hint) or NoneType in get_args(
        get_args(hint)[0] if get_origin(hint) is Annotated else hint
    )
    given: Any = list[reference] if many else reference  # type: ignore[valid-type]  # built at run time, for pydantic
    return given | None if optional else given


def _must_be_references(name: str, model: Any, given: Iterable[object]) -> None:
    """What was typed and can name no row is a fault to tell of; a row that is not there, or not to be seen, is none."""
    for words in given:
        if model.key_of(str(words)) is None:
            write = f"choose one that is offered, or write {_reference_to(model)}"
            raise Invalid({name: f"“{words}” names no {model._meta.verbose_name}: {write}"})


def _reference_to(model: Any) -> str:
    prefix = getattr(model, "prefix", "")
    return f"a reference, such as {prefix}-12" if prefix else "its number"


def _as_reference(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(getattr(value, "ref", value.pk))
    if isinstance(value, (list, tuple, models.QuerySet)):
        return [_as_reference(item) for item in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_json(arguments: dict[str, Any]) -> dict[str, Any]:
    plain = {name: _as_reference(value) for name, value in arguments.items()}
    return dict(pydantic.TypeAdapter(dict[str, Any]).dump_python(plain, mode="json", fallback=str))


def _record_under(event: Event | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('clearspan.event', %s, true)", [str(event.pk) if event else ""])
