"""What `clearspan doctor` says of the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from clearspan.config import doctor, env
from clearspan.core.models import User
from tests.audiences.people.provider import CLIENT, Provider
from tests.world import World


@pytest.fixture
def provider() -> Iterator[Provider]:
    cache.clear()
    running = Provider().start()
    yield running
    running.stop()
    cache.clear()


def look(settings: Any, url: str) -> list[doctor.Finding]:
    values = env.read({"CLEARSPAN_OIDC_URL": url, "CLEARSPAN_OIDC_CLIENT_ID": CLIENT} if url else {})
    settings.OIDC = settings.OIDC | {"url": url}
    return list(doctor._provider(values))


def test_a_provider_that_answers_is_well_and_the_address_it_must_know_is_named(
    provider: Provider, settings: Any
) -> None:
    (found,) = look(settings, provider.url)
    assert found.is_well and "http://127.0.0.1:8000/account/oidc/callback/" in found.words


def test_one_that_does_not_or_is_another_is_said(provider: Provider, settings: Any) -> None:
    for url in ("http://127.0.0.1:9/none", provider.url.replace("127.0.0.1", "localhost"), f"{provider.url}/no"):
        (found,) = look(settings, url)
        assert not found.is_well, url


def test_one_that_everybody_can_listen_to_is_said(settings: Any) -> None:
    (found,) = look(settings, "http://id.example.com")
    assert not found.is_well and "plain HTTP" in found.words


def test_without_a_provider_nothing_is_said(settings: Any) -> None:
    assert look(settings, "") == []


def test_admins_without_a_second_factor_are_counted(world: World) -> None:
    values = env.read({})
    assert [one.words for one in doctor._doors(values)] == ["1, 1 of them without a second factor"]
    Authenticator.objects.create(user=world.ines.person, type="totp", data={})
    assert [one.words for one in doctor._doors(values)] == ["1, each with a second factor"]
    User.objects.update(is_admin=False)
    assert [one.is_well for one in doctor._doors(values)] == [False]


def test_a_function_that_there_is_not_lets_nobody_in_and_is_said(world: World) -> None:
    given = {"CLEARSPAN_OIDC_DOMAINS": "example.com", "CLEARSPAN_OIDC_FUNCTION": "Wizardry"}
    wrong = [one for one in doctor._doors(env.read(given)) if not one.is_well]
    assert [one.what for one in wrong] == ["CLEARSPAN_OIDC_FUNCTION"]
