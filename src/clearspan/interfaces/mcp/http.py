"""The tools over HTTP at /mcp: the protocol's streamable transport without the stream, one POST and one JSON answer.

Nothing is kept between two requests, so any number of web processes serve any number of agents. Each request brings
the person's token; the SDK's own transport reads the message: versions are negotiated and faults answered as the
protocol has it. It is an ASGI application, run to its end in the thread of the request, where the database is.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from clearspan.interfaces.mcp.server import build
from clearspan.interfaces.tokens import actor_of_secret

MOST_BYTES = 4 * 1024 * 1024  # of one request: a tool is given words and numbers, files come by import


@csrf_exempt  # no cookie is looked at: who asks is said by the token alone
@login_not_required
def answer(request: HttpRequest) -> HttpResponse:
    """One message of an agent. 401 without a token that opens, 403 for another site's page, 405 for all but POST."""
    if not _is_own_origin(request):
        return _refuse(403, "a page of another site may not ask here")
    secret = _bearer(request)
    if secret is None:
        return _refuse(401, "an agent needs a token: Authorization: Bearer cs_...", 'Bearer realm="Clearspan"')
    if actor_of_secret(secret, "mcp") is None:
        words = "the token opens nothing: it is wrong, has run out or was revoked"
        return _refuse(401, words, 'Bearer realm="Clearspan", error="invalid_token"')
    if request.method != "POST":  # there is no stream to listen to, and no session to end
        refused = _refuse(405, "messages are sent by POST")
        refused["Allow"] = "POST"
        return refused
    if "Content-Length" not in request.headers:
        return _refuse(411, "a message says how long it is: Content-Length")
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _refuse(413, f"a message has at most {MOST_BYTES // 1024 // 1024} MB")
    return _through_sdk(request, body, secret)


@async_to_sync
async def _through_sdk(request: HttpRequest, body: bytes, secret: str) -> HttpResponse:
    """What the SDK's transport answers to this request."""
    response = HttpResponse()
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            response.status_code = message["status"]
            for name, value in message.get("headers", ()):
                response[name.decode("latin-1")] = value.decode("latin-1")
        else:
            response.write(message.get("body", b""))

    manager = StreamableHTTPSessionManager(
        build(secret), json_response=True, stateless=True, max_request_body_size=MOST_BYTES
    )
    async with manager.run():
        await manager.handle_request(_scope(request), receive, send)
    response["Cache-Control"] = "no-store"
    return response


def _scope(request: HttpRequest) -> dict[str, Any]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.items()]
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": request.method, "scheme": "http",
        "path": request.path, "raw_path": request.path.encode(), "query_string": b"", "root_path": "",
        "headers": headers, "client": None, "server": None,
    }  # fmt: skip


def _bearer(request: HttpRequest) -> str | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() or None if kind.lower() == "bearer" else None


def _is_own_origin(request: HttpRequest) -> bool:
    """Whether no browser asks, or one on a page of ours: a name that was bent to this machine is another's origin."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in (request.get_host(), urlsplit(settings.BASE_URL).netloc)


def _refuse(status: int, words: str, challenge: str = "") -> HttpResponse:
    refused = JsonResponse({"detail": words}, status=status)
    if challenge:
        refused["WWW-Authenticate"] = challenge
    return refused
