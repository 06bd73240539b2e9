"""`clearspan mcp`: the tools over standard input and output, for the person whose token is in CLEARSPAN_TOKEN."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from typing import Any

from asgiref.sync import sync_to_async
from mcp import types
from mcp.server import Server
from mcp.server.stdio import stdio_server

from clearspan import __version__
from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.interfaces.mcp.tools import Described, call, tools_for
from clearspan.interfaces.tokens import actor_of_secret

INSTRUCTIONS = (
    "Clearspan holds one line from what the market needs to what the product earns. Rows are named by reference, such "
    "as OP-12 (a need), OT-3 (an option), FB-90 (feedback). Numbers come with how sure they are: say that too. You act "
    "for a person, under that person's rights; everything you do is recorded under your token's name, and most of it "
    "can be undone."
)


def main(argv: list[str]) -> int:
    """Serves until the input closes. 1: the token opens nothing."""
    argparse.ArgumentParser(prog="clearspan mcp", description=__doc__).parse_args(argv)
    secret = os.environ.get("CLEARSPAN_TOKEN", "")
    if actor_of_secret(secret, "mcp") is None:
        print("Set CLEARSPAN_TOKEN to a token of yours: make one on the page of your account.", file=sys.stderr)
        return 1
    asyncio.run(_serve(secret))
    return 0


async def _serve(secret: str) -> None:
    server = build(secret)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def build(secret: str) -> Server[Any]:
    """A server for one token. The token is looked up at each call, so that revoking it works at once."""

    async def list_tools(context: Any, parameters: Any) -> types.ListToolsResult:
        tools = await sync_to_async(lambda: tools_for(_actor(secret)))()
        return types.ListToolsResult(tools=[_tool(tool) for tool in tools])

    async def call_tool(context: Any, parameters: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            found = await sync_to_async(lambda: call(_actor(secret), parameters.name, parameters.arguments or {}))()
        except (Invalid, NotThere, Refused) as error:
            return _said(f"{error}. Nothing was changed.", is_error=True)
        return _said(json.dumps(found, ensure_ascii=False))

    return Server(
        "clearspan",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _actor(secret: str) -> Actor:
    actor = actor_of_secret(secret, "mcp")
    if actor is None:
        raise Refused("the token opens nothing any more: it has run out or was revoked")
    return actor


def _tool(tool: Described) -> types.Tool:
    hints = types.ToolAnnotations(read_only_hint=tool.reads_only, destructive_hint=not tool.can_undo)
    return types.Tool(name=tool.name, description=tool.help, input_schema=tool.schema, annotations=hints)


def _said(words: str, is_error: bool = False) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=words)], is_error=is_error)
