"""A button shows to who may do what it does."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from clearspan.core.actor import Actor
from tests.world import World

ASKED = Template('{% load may %}{% may "run_delivery_study" product=product as allowed %}{{ allowed }}')


@pytest.mark.parametrize(("who", "allowed"), [("ines", True), ("devi", True), ("otto", False), ("cora", False)])
def test_a_template_asks_the_actions_own_rule(world: World, who: str, allowed: bool) -> None:
    assert _asked(world, getattr(world, who)) == str(allowed)


def _asked(world: World, actor: Actor) -> str:
    request = RequestFactory().get("/")
    request.actor = actor  # type: ignore[attr-defined]  # as the middleware sets it
    return ASKED.render(Context({"request": request, "product": world.tideline}))
