"""REST: the same actions, the same rules, under a token."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clearspan.core.actions import registry
from clearspan.core.models import Event, Token
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Opportunity
from tests.interfaces.conftest import Token as MakeToken
from tests.world import World


class Api:
    """A caller with one token."""

    def __init__(self, secret: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/{path}", query, headers=self.headers)

    def do(self, action: str, **given: Any) -> Any:
        return self.client.post(f"/api/actions/{action}", given, content_type="application/json", headers=self.headers)


def test_without_a_token_nothing_is_answered(world: World) -> None:
    assert Client().get("/api/products").status_code == 401
    assert Client().post("/api/actions/create_opportunity", {}, content_type="application/json").status_code == 401


def test_an_action_is_done_and_recorded_for_the_person_under_the_tokens_name(world: World, token: MakeToken) -> None:
    answer = Api(token(world.ines)).do("create_opportunity", product=world.tideline.ref, title="See free berths")
    assert answer.status_code == 200, answer.content
    need = Opportunity.objects.get(title="See free berths")
    assert answer.json()["result"]["ref"] == need.ref
    event = Event.objects.get(pk=answer.json()["event"])
    assert (event.person, event.token.name, event.interface) == (world.ines.person, "my agent", "api")


def test_what_the_person_may_not_do_the_token_may_not(world: World, token: MakeToken) -> None:
    answer = Api(token(world.sol)).do("create_opportunity", product=world.tideline.ref, title="See free berths")
    assert answer.status_code == 403
    assert not Opportunity.objects.exists()


def test_a_token_for_reading_may_not_write(world: World, token: MakeToken) -> None:
    api = Api(token(world.ines, "read"))
    assert api.get("products").status_code == 200
    assert api.do("create_opportunity", product=world.tideline.ref, title="See free berths").status_code == 403


def test_a_token_for_one_action_may_do_that_one_only(world: World, token: MakeToken) -> None:
    api = Api(token(world.ines, "write:create_opportunity"))
    assert api.do("create_opportunity", product=world.tideline.ref, title="See free berths").status_code == 200
    assert api.do("create_option", product=world.tideline.ref, title="Berth map").status_code == 403
    assert api.get("products").status_code == 403


def test_a_revoked_token_opens_nothing(world: World, token: MakeToken) -> None:
    api = Api(token(world.ines))
    Token.objects.get().delete()
    assert api.get("products").status_code == 401


def test_what_one_may_not_see_is_not_there(world: World, token: MakeToken) -> None:
    api = Api(token(world.sol))
    assert [row["name"] for row in api.get("products").json()["rows"]] == ["Tideline"]
    assert api.get(f"products/{world.umbra.ref}").status_code == 404
    assert api.do("record_feedback", product=world.umbra.ref, text="Hello").status_code == 404


def test_faults_name_the_parameter_and_nothing_is_changed(world: World, token: MakeToken) -> None:
    answer = Api(token(world.ines)).do("create_opportunity", product=world.tideline.ref, titel="See free berths")
    assert answer.status_code == 422
    assert {"title", "titel"} <= set(answer.json()["faults"])


def test_lists_come_in_pages_newest_first(world: World, token: MakeToken) -> None:
    for number in range(5):
        world.feedback(f"Heard {number}")
    api = Api(token(world.ines))
    first = api.get("feedback", limit=3).json()
    second = api.get("feedback", limit=3, after=first["next"]).json()
    assert [row["text"] for row in first["rows"] + second["rows"]] == [f"Heard {n}" for n in (4, 3, 2, 1, 0)]
    assert second["next"] is None


def test_a_list_costs_the_same_however_long_it_is(
    world: World, token: MakeToken, django_assert_num_queries: Any
) -> None:
    api = Api(token(world.ines))
    api.get("feedback")  # the token's first use of the minute is noted
    world.feedback()
    with CaptureQueriesContext(connection) as few:
        api.get("feedback")
    for _ in range(20):
        world.feedback()
    with django_assert_num_queries(len(few.captured_queries)):
        api.get("feedback")


def test_feedback_is_found_by_its_words(world: World, token: MakeToken) -> None:
    world.feedback("The tide table is wrong")
    world.feedback("We book twice")
    found = Api(token(world.ines)).get("feedback", q="tide").json()["rows"]
    assert [row["text"] for row in found] == ["The tide table is wrong"]


def test_every_action_is_described_with_who_may_and_an_example(world: World) -> None:
    paths = Client().get("/api/openapi.json").json()["paths"]
    for name in registry:
        described = paths[f"/api/actions/{name}"]["post"]
        assert "Who may: " in described["description"] and len(described["description"].split("Who may: ")[1]) > 3, name
        assert described["requestBody"]["content"]["application/json"]["examples"]["default"]["value"] is not None


@pytest.mark.parametrize("name", ["secret_hash", "password"])
def test_no_secret_is_in_any_answer(world: World, token: MakeToken, name: str) -> None:
    answer = Api(token(world.ines)).do("create_token", name="another", scopes=["read"])
    assert answer.status_code == 403  # a token must not make another
    assert name not in Api(token(world.ines)).get("events").content.decode()
    assert Feedback.objects.count() == 0
