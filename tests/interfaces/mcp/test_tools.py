"""The tools of an agent: what is offered, what is answered, what is refused."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid, NotThere, Refused, registry
from clearspan.interfaces import reads
from clearspan.interfaces.mcp.tools import call, tools_for
from clearspan.interfaces.tokens import actor_of_secret
from clearspan.stages.opportunities.models import Opportunity
from tests.interfaces.conftest import Token
from tests.world import World


def test_every_action_and_every_read_is_a_tool(world: World, token: Token) -> None:
    actor = actor_of_secret(token(world.ines), "mcp")
    assert actor is not None
    names = {tool.name for tool in tools_for(actor)}
    assert names == set(registry) | {f"list_{r.name}" for r in reads.READS} | {f"get_{r.one}" for r in reads.READS}


def test_a_narrow_token_is_offered_no_more_than_it_may(world: World, token: Token) -> None:
    actor = actor_of_secret(token(world.ines, "write:comment"), "mcp")
    assert actor is not None
    assert [tool.name for tool in tools_for(actor)] == ["comment"]


def test_every_tool_says_in_words_what_it_does_and_what_it_takes(world: World) -> None:
    for tool in tools_for(world.ines):
        assert len(tool.help) > 8, tool.name
        assert tool.schema["type"] == "object", tool.name


def test_a_tool_call_is_the_action(world: World, token: Token) -> None:
    actor = actor_of_secret(token(world.ines), "mcp")
    assert actor is not None
    done = call(actor, "create_opportunity", {"product": world.tideline.ref, "title": "See free berths"})
    assert Opportunity.objects.get().ref == done["result"]["ref"]
    found = call(actor, "get_opportunity", {"reference": done["result"]["ref"]})
    assert found["title"] == "See free berths"


def test_refusals_say_why(world: World, token: Token) -> None:
    actor = actor_of_secret(token(world.sol), "mcp")
    assert actor is not None
    with pytest.raises(Refused):
        call(actor, "create_opportunity", {"product": world.tideline.ref, "title": "x"})
    with pytest.raises(NotThere):
        call(actor, "get_product", {"reference": world.umbra.ref})
    with pytest.raises(Invalid):
        call(actor, "list_feedback", {"colour": "red"})
