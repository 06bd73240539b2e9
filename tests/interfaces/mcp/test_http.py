"""The tools over HTTP: a real MCP client against a live server, and what is answered to everything else."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone
from mcp.client import Client
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import Implementation
from pytest_django.live_server_helper import LiveServer

from clearspan.core.models import Event
from clearspan.core.models import Token as Kept
from clearspan.core.people import change_person, revoke_token
from clearspan.interfaces.mcp.http import MOST_BYTES, answer
from clearspan.stages.opportunities.models import Opportunity
from tests.interfaces.conftest import Token
from tests.world import World

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
ACCEPTS = {"HTTP_ACCEPT": "application/json, text/event-stream", "HTTP_MCP_PROTOCOL_VERSION": "2025-11-25"}


def ask(body: Any, secret: str = "", **headers: str) -> Any:
    """What is answered to one message, or to a text that is none."""
    said = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
    text = body if isinstance(body, str) else json.dumps(body)
    return Browser().post("/mcp", text, content_type="application/json", **ACCEPTS, **said, **headers)


async def talk(address: str, secret: str, *calls: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Initialises, lists the tools and makes the calls, as an assistant does."""
    headers = {"Authorization": f"Bearer {secret}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        streamable_http_client(f"{address}/mcp", http_client=http) as (incoming, outgoing),
        ClientSession(incoming, outgoing, client_info=Implementation(name="test", version="1")) as session,
    ):
        met = await session.initialize()
        tools = [tool.name for tool in (await session.list_tools()).tools]
        answers = [await session.call_tool(name, given) for name, given in calls]
    return {
        "version": met.protocol_version, "tools": tools, "said": [answer.content[0].text for answer in answers],
        "errors": [bool(answer.is_error) for answer in answers],
    }  # fmt: skip


@pytest.fixture
def company(transactional_db: None) -> World:
    return World.make()


@pytest.mark.serial
def test_an_agent_does_what_its_token_allows_and_is_refused_the_rest(
    company: World, live_server: LiveServer, token: Token
) -> None:
    secret = token(company.ines, "read", "write:create_opportunity")
    product = company.tideline.ref
    answers = asyncio.run(
        talk(
            live_server.url,
            secret,
            ("create_opportunity", {"product": product, "title": "See free berths"}),
            ("create_option", {"product": product, "title": "Berth map"}),
            ("list_products", {}),
        )
    )
    assert answers["version"] >= "2025-06-18"
    assert "create_opportunity" in answers["tools"] and "create_option" not in answers["tools"]
    assert answers["errors"] == [False, True, False]
    assert Opportunity.objects.get().title == "See free berths"
    assert "may not" in answers["said"][1] and "Tideline" in answers["said"][2]
    event = Event.objects.get(action="create_opportunity")
    assert (event.interface, event.token and event.token.name) == ("mcp", "my agent")


@pytest.mark.serial
def test_what_a_person_may_not_see_is_not_there_for_their_agent(
    company: World, live_server: LiveServer, token: Token
) -> None:
    calls = ("list_products", {}), ("get_product", {"reference": company.umbra.ref})
    of_sol = asyncio.run(talk(live_server.url, token(company.sol), *calls))
    of_ines = asyncio.run(talk(live_server.url, token(company.ines), *calls))
    assert "Umbra" not in of_sol["said"][0] and "there is no" in of_sol["said"][1]
    assert "Umbra" in of_ines["said"][0] and of_ines["errors"] == [False, False]


@pytest.mark.serial
def test_several_agents_at_once_each_get_their_own_answers(
    company: World, live_server: LiveServer, token: Token
) -> None:
    secrets = [token(getattr(company, name)) for name in ("ines", "sol", "ines", "devi", "sol", "ines")]

    async def all_at_once() -> list[dict[str, Any]]:
        return await asyncio.gather(*(talk(live_server.url, one, ("list_products", {})) for one in secrets))

    saw = ["Umbra" in answers["said"][0] for answers in asyncio.run(all_at_once())]
    assert saw == [True, False, True, False, False, True]


@pytest.mark.serial
def test_the_newest_protocol_without_a_handshake_is_spoken_too(
    company: World, live_server: LiveServer, token: Token
) -> None:
    async def discover() -> tuple[str, int]:
        headers = {"Authorization": f"Bearer {token_of_ines}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(f"{live_server.url}/mcp", http_client=http)) as client,
        ):
            return client.protocol_version, len((await client.list_tools()).tools)

    token_of_ines = token(company.ines)
    version, tools = asyncio.run(discover())
    assert version == "2026-07-28" and tools > 20


def test_without_a_token_that_opens_nothing_is_answered(world: World, token: Token) -> None:
    old, revoked, of_gone = token(world.sol), token(world.sol), token(world.otto)
    Kept.objects.filter(secret_hash=Kept.hash_of(old)).update(expires_at=timezone.now() - timedelta(minutes=1))
    revoke_token(world.sol, token=Kept.objects.get(secret_hash=Kept.hash_of(revoked)))
    change_person(world.ines, person=world.otto.person, is_active=False)
    for secret in ("", "cs_wrong", old, revoked, of_gone):
        refused = ask(PING, secret)
        assert refused.status_code == 401
        assert refused["WWW-Authenticate"].startswith("Bearer ")
        assert ("invalid_token" in refused["WWW-Authenticate"]) == bool(secret)


def test_who_is_signed_in_at_a_screen_is_nobody_here_without_a_token(world: World) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(world.ines.person)
    assert browser.post("/mcp", json.dumps(PING), content_type="application/json").status_code == 401


def test_a_token_is_enough_without_a_csrf_cookie(world: World, token: Token) -> None:
    browser = Browser(enforce_csrf_checks=True)
    said = {"HTTP_AUTHORIZATION": f"Bearer {token(world.ines)}"}
    answered = browser.post("/mcp", json.dumps(PING), content_type="application/json", **ACCEPTS, **said)
    assert (answered.status_code, answered.json()["result"]) == (200, {})


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example"])
def test_a_page_of_another_site_is_refused_even_with_a_token(world: World, token: Token, origin: str) -> None:
    assert ask(PING, token(world.ines), HTTP_ORIGIN=origin).status_code == 403


def test_a_page_of_our_own_may_ask(world: World, token: Token) -> None:
    assert ask(PING, token(world.ines), HTTP_ORIGIN="http://testserver").status_code == 200


def test_a_name_bent_to_this_machine_is_refused(world: World, token: Token) -> None:
    assert ask(PING, token(world.ines), HTTP_HOST="rebound.example").status_code == 400


@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_there_is_no_stream_and_no_session(world: World, token: Token, method: str) -> None:
    refused = getattr(Browser(), method)("/mcp", HTTP_AUTHORIZATION=f"Bearer {token(world.ines)}")
    assert (refused.status_code, refused["Allow"]) == (405, "POST")


def test_the_version_that_was_asked_for_is_spoken_and_one_that_nobody_knows_is_not(world: World, token: Token) -> None:
    secret = token(world.ines)
    about = {"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    for asked, spoken in (("2025-03-26", "2025-03-26"), ("2025-11-25", "2025-11-25"), ("1999-01-01", "2025-11-25")):
        hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": asked, **about}}
        answered = ask(hello, secret)
        assert answered.json()["result"]["protocolVersion"] == spoken
        assert "Mcp-Session-Id" not in answered
    strange = Browser().post(
        "/mcp", json.dumps(PING), content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {secret}",
        HTTP_ACCEPT=ACCEPTS["HTTP_ACCEPT"], HTTP_MCP_PROTOCOL_VERSION="1999-01-01",
    )  # fmt: skip
    assert strange.status_code == 400 and "error" in strange.json()


def test_what_is_no_message_is_answered_with_what_is_wrong(world: World, token: Token) -> None:
    secret = token(world.ines)
    for body, code in (("{", -32700), ("[1]", -32602), ({"jsonrpc": "2.0", "id": 1, "method": "no/such"}, -32601)):
        assert ask(body, secret).json()["error"]["code"] == code
    assert ask({"jsonrpc": "2.0", "method": "notifications/initialized"}, secret).status_code == 202


def test_a_message_that_is_too_large_is_refused_before_it_is_read(world: World, token: Token) -> None:
    assert ask('"' + "x" * MOST_BYTES + '"', token(world.ines)).status_code == 413


def test_a_call_that_goes_wrong_says_so_and_changes_nothing(world: World, token: Token) -> None:
    call = {"name": "create_opportunity", "arguments": {"product": world.umbra.ref, "title": "x"}}
    told = ask({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}, token(world.sol)).json()["result"]
    assert told["isError"] and "Nothing was changed" in told["content"][0]["text"]
    assert not Opportunity.objects.exists()


def test_a_token_that_may_only_read_is_offered_nothing_that_writes(world: World, token: Token) -> None:
    listed = ask({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, token(world.sol, "read")).json()["result"][
        "tools"
    ]
    assert {tool["name"].split("_")[0] for tool in listed} == {"list", "get"}


def test_a_message_that_does_not_say_its_length_is_not_taken_for_an_empty_one(world: World, token: Token) -> None:
    request = RequestFactory().post("/mcp", json.dumps(PING), content_type="application/json")
    request.META["HTTP_AUTHORIZATION"] = f"Bearer {token(world.ines)}"
    del request.META["CONTENT_LENGTH"]
    assert answer(request).status_code == 411
