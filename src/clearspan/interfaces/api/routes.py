"""The routes, made from the registry of actions and the table of reads."""
# No `from __future__ import annotations` here: django-ninja reads the annotations of functions made in loops.

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from clearspan import __version__
from clearspan.core.actions import Action, Invalid, NotThere, Refused, registry
from clearspan.core.actor import Actor
from clearspan.interfaces import reads
from clearspan.interfaces.api.examples import example_of
from clearspan.interfaces.shapes import plain
from clearspan.interfaces.tokens import actor_of_secret


class ByToken(HttpBearer):
    """The person's token; what it opens is `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return actor_of_secret(token, "api")


def build() -> NinjaAPI:
    """The whole API."""
    api = NinjaAPI(
        title="Clearspan",
        version=__version__,
        description="The actions and the rules of the screens. Rows are named by reference, such as OP-118.",
        auth=ByToken(),
        urls_namespace="api",
        docs_url="/docs",
    )
    for error, status in ((Invalid, 422), (NotThere, 404), (Refused, 403)):
        api.add_exception_handler(error, _answer(api, status))
    api.add_exception_handler(ValidationError, lambda request, error: _unreadable(api, request, error))
    for action in sorted(registry.values(), key=lambda action: (action.stage, action.name)):
        _add_action(api, action)
    for read in reads.READS:
        _add_read(api, read)
    return api


def patterns(api: NinjaAPI) -> list[URLPattern]:
    """The API's addresses. They check tokens themselves, so no sign-in is asked for."""
    found: list[Any] = list(api.urls[0])
    for pattern in found:
        pattern.callback.login_required = False
    return found


def _add_action(api: NinjaAPI, action: Action) -> None:
    given_type = action.Given

    def view(request: HttpRequest, given: given_type) -> dict[str, Any]:  # type: ignore[valid-type]  # made at run time
        values = {name: getattr(given, name) for name in given.model_fields_set}  # type: ignore[attr-defined]
        done = action.perform(request.auth, **values)  # type: ignore[attr-defined]  # set by ninja
        return {"event": done.event.pk, "summary": done.event.summary, "result": plain(request.auth, done.result)}

    example = {"default": {"value": example_of(action)}}
    api.post(
        f"/actions/{action.name}",
        operation_id=action.name,
        summary=action.help.split("\n")[0],
        description=f"{action.help}\n\nWho may: {(action.rule.__doc__ or '').strip()}",
        tags=[action.stage],
        openapi_extra={"requestBody": {"content": {"application/json": {"examples": example}}}},
    )(view)


def _add_read(api: NinjaAPI, read: reads.Read) -> None:
    def many(
        request: HttpRequest,
        product: str = "",
        q: str = "",
        state: str = "",
        since: str = "",
        after: str = "",
        limit: int = 50,
    ) -> dict[str, Any]:
        asked = {"product": product, "q": q, "state": state, "since": since, "after": after, "limit": limit}
        return reads.rows(request.auth, read, **asked)  # type: ignore[attr-defined,arg-type]  # ninja sets auth

    def one(request: HttpRequest, reference: str) -> dict[str, Any]:
        return reads.row(request.auth, read, reference)  # type: ignore[attr-defined]

    path = f"/{read.name.replace('_', '-')}"
    api.get(path, operation_id=f"list_{read.name}", summary=read.help, tags=["reading"])(many)
    api.get(f"{path}/{{reference}}", operation_id=f"get_{read.one}", summary=f"One of: {read.help}", tags=["reading"])(
        one
    )


def _answer(api: NinjaAPI, status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handler(request: HttpRequest, error: Any) -> HttpResponse:
        faults = {"faults": error.faults} if isinstance(error, Invalid) else {}
        return api.create_response(request, {"detail": str(error), **faults}, status=status)

    return handler


def _unreadable(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What pydantic found before the action was reached, in the same form as the action's own faults."""
    faults = {".".join(str(part) for part in one["loc"][2:]) or "body": one["msg"] for one in error.errors}
    return api.create_response(request, {"detail": "what was given cannot be used", "faults": faults}, status=422)
