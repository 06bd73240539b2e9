"""A real MCP client over standard input and output does a part of the journey and is refused the rest."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

import pytest
from django.db import connection
from mcp.client.session import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

from clearspan.stages.opportunities.models import Opportunity
from tests.interfaces.conftest import Token
from tests.world import World


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_an_agent_does_what_its_token_allows_and_is_refused_the_rest(transactional_db: None, token: Token) -> None:
    world = World.make()
    secret = token(world.ines, "read", "write:create_opportunity")
    answers = asyncio.run(_talk(secret, world.tideline.ref))
    assert "create_opportunity" in answers["tools"] and "create_option" not in answers["tools"]
    assert json.loads(answers["made"])["result"]["title"] == "See free berths"
    assert Opportunity.objects.filter(title="See free berths").exists()
    assert "may not" in answers["refused"]
    assert "Tideline" in answers["read"]


async def _talk(secret: str, product: str) -> dict[str, Any]:
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    environment = {**os.environ, "CLEARSPAN_TOKEN": secret, "CLEARSPAN_DATABASE_URL": url}
    server = StdioServerParameters(command=sys.executable, args=["-m", "clearspan", "mcp"], env=environment)
    async with stdio_client(server) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
        await session.initialize()
        tools = [tool.name for tool in (await session.list_tools()).tools]
        made = await session.call_tool("create_opportunity", {"product": product, "title": "See free berths"})
        refused = await session.call_tool("create_option", {"product": product, "title": "Berth map"})
        read = await session.call_tool("list_products", {})
    return {
        "tools": tools, "made": made.content[0].text, "refused": refused.content[0].text, "read": read.content[0].text,
    }  # fmt: skip
