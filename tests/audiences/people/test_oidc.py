"""Sign-in at the company's identity provider: who gets in, who does not, and what is believed of its answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clearspan.core.actor import Actor
from clearspan.core.models import Event, Function, Invitation, User
from clearspan.core.people import change_person, invite_person
from clearspan.core.second_factor import second_factors
from tests.audiences.people.conftest import is_in, set_up, sign_in
from tests.audiences.people.provider import CLIENT, SECRET, Provider
from tests.world import PASSWORD, World

LOGIN, BACK = "/account/oidc/", "/account/oidc/callback/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    provider = Provider().start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    """The provider as it is when nobody bends it, and Clearspan set to it."""
    running.person = {"sub": "1", "email": "sol@example.org", "email_verified": True, "name": "Sol Reyes"}
    running.claims, running.algorithm, running.signed_by = {}, "RS256", running.key
    running.userinfo, running.says_no = None, ""
    running.asked.clear()
    settings.OIDC = {
        "url": running.url, "client_id": CLIENT, "client_secret": SECRET, "name": "Harbour ID", "domains": (),
        "function": "",
    }  # fmt: skip
    return running


def ask(client: Client, query: str = "") -> str:
    """Sets out, is vouched for by the provider, and returns the address that it sends the person back to."""
    there = client.get(LOGIN + query)
    assert there.status_code == 302, there.content
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://testserver")


def come(client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.get(ask(client))


def page(answered: Any) -> str:
    return str(answered.content.decode())


# --- who gets in ------------------------------------------------------------------------------------------------------


def test_who_is_here_gets_in_and_is_linked(world: World, provider: Provider) -> None:
    client, answered = come()
    assert (answered.status_code, answered.url) == (302, "/")
    assert is_in(client)
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.uid) == (world.sol.person, "1")
    assert linked.extra_data == {"email": "sol@example.org", "name": "Sol Reyes"}
    assert "linked their account with Harbour ID" in map(str, Event.objects.filter(person=world.sol.person))


def test_an_address_is_the_same_in_any_case(world: World, provider: Provider) -> None:
    provider.person["email"] = "Sol@Example.ORG"
    assert is_in(come()[0])


def test_who_is_linked_is_known_by_their_number_whatever_their_address_becomes(
    world: World, provider: Provider
) -> None:
    come()
    provider.person |= {"email": "sol.reyes@elsewhere.example", "email_verified": False}
    assert is_in(come()[0])
    assert SocialAccount.objects.count() == 1


def test_a_password_still_opens_beside_it(world: World, provider: Provider) -> None:
    come()
    assert is_in(sign_in(world.sol)[0])


def test_who_was_invited_gets_in_as_invited(world: World, provider: Provider) -> None:
    design = Function.objects.get(name="Design")
    invite_person(world.ines, email="nia@example.org", name="Nia Vass", function=design)
    provider.person = {"sub": "2", "email": "Nia@example.org", "email_verified": True, "name": "Nia V."}
    client, _ = come()
    assert is_in(client)
    nia = User.objects.get(email="nia@example.org")
    assert (nia.name, nia.function, nia.has_usable_password()) == ("Nia V.", design, False)
    assert Invitation.objects.get().accepted_at is not None
    assert "came in by their invitation" in map(str, Event.objects.filter(person=nia))


def test_where_they_wanted_to_go_is_where_they_get(world: World, provider: Provider) -> None:
    client = Client()
    assert client.get(ask(client, "?next=/tideline/inbox")).url == "/tideline/inbox"
    client = Client()
    assert client.get(ask(client, "?next=https://elsewhere.example/")).url == "/"


def test_a_domain_may_be_let_in_with_a_function(world: World, provider: Provider, settings: Any) -> None:
    settings.OIDC = settings.OIDC | {"domains": ("example.com",), "function": "support"}
    provider.person = {"sub": "3", "email": "new@Example.com", "email_verified": True, "name": "New Kern"}
    assert is_in(come()[0])
    person = User.objects.get(email="new@example.com")
    assert (person.function.name, person.is_admin) == ("Support", False)
    assert Event.objects.get(action="invite_person").person is None
    provider.person = {"sub": "4", "email": "new@sub.example.com", "email_verified": True}
    assert come()[1].status_code == 403


# --- who does not -----------------------------------------------------------------------------------------------------


def test_who_is_unknown_is_refused_and_told_whom_to_ask(world: World, provider: Provider) -> None:
    provider.person = {"sub": "5", "email": "mallory@example.net", "email_verified": True}
    client, answered = come()
    assert answered.status_code == 403
    assert "Nobody has invited mallory@example.net yet." in page(answered)
    assert not is_in(client)
    assert not User.objects.filter(email="mallory@example.net").exists() and not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "false", 0])
def test_an_address_that_is_not_verified_is_refused(world: World, provider: Provider, verified: Any) -> None:
    provider.person["email_verified"] = verified
    client, answered = come()
    assert answered.status_code == 403
    assert "Harbour ID has not verified your address." in page(answered)
    assert not is_in(client) and not SocialAccount.objects.exists()


@pytest.mark.parametrize("said", [{"email_verified": "true"}, {"email_verified": None, "xms_edov": True}])
def test_providers_say_verified_in_several_ways(world: World, provider: Provider, said: Any) -> None:
    provider.person |= said
    assert is_in(come()[0])


def test_an_invitation_that_was_taken_back_or_has_run_out_lets_nobody_in(world: World, provider: Provider) -> None:
    invite_person(world.ines, email="nia@example.org", name="Nia", function=Function.objects.get(name="Design"))
    Invitation.objects.update(expires_at="2026-01-01T00:00Z")
    provider.person = {"sub": "2", "email": "nia@example.org", "email_verified": True}
    assert come()[1].status_code == 403


@pytest.mark.parametrize("linked", [False, True])
def test_who_was_deactivated_stays_out(world: World, provider: Provider, linked: bool) -> None:
    if linked:
        come()
    change_person(world.ines, person=world.sol.person, is_active=False)
    client, answered = come()
    assert answered.url == reverse("account_inactive")
    assert not is_in(client)


# --- what is believed -------------------------------------------------------------------------------------------------


LIES: dict[str, dict[str, Any]] = {
    "for another client": {"claims": {"aud": "somebody-else"}},
    "for several, issued to another": {"claims": {"aud": [CLIENT, "other"], "azp": "other"}},
    "by another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "expired": {"claims": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}},
    "without an end": {"claims": {"exp": None}},
    "from tomorrow": {"claims": {"iat": int(time.time()) + 86_400}},
    "answering another question": {"claims": {"nonce": "another"}},
    "answering no question": {"claims": {"nonce": None}},
    "about nobody": {"claims": {"sub": None}},
    "signed by another key": {"signed_by": "others"},
    "signed with the secret": {"algorithm": "HS256"},
    "not signed": {"algorithm": "none"},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_id_token_is_not_believed_that_is(world: World, provider: Provider, lie: str) -> None:
    bent = LIES[lie]
    provider.claims, provider.algorithm = bent.get("claims", {}), bent.get("algorithm", "RS256")
    provider.signed_by = getattr(provider, bent.get("signed_by", "key"))
    client, answered = come()
    assert answered.status_code == 403
    assert "What Harbour ID answered does not hold." in page(answered)
    assert not is_in(client) and not SocialAccount.objects.exists()


def test_pkce_state_and_nonce_are_new_each_time(world: World, provider: Provider) -> None:
    come(), come()
    first, second = provider.asked
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] and first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert set(first["scope"].split()) == {"openid", "profile", "email"}


def test_what_is_asked_for_does_not_come_from_the_address(world: World, provider: Provider) -> None:
    ask(Client(), "?scope=admin&auth_params=prompt%3Dnone&process=connect")
    assert "admin" not in provider.asked[0]["scope"] and "prompt" not in provider.asked[0]


def test_an_answer_is_taken_once_and_in_the_browser_that_asked(world: World, provider: Provider) -> None:
    client = Client()
    back = ask(client)
    stranger = Client()
    assert stranger.get(back).status_code == 400 and not is_in(stranger)
    assert client.get(back).status_code == 302
    again = client.get(back)
    assert again.status_code == 400 and "took too long" in page(again)


def test_a_made_up_answer_is_not_taken(world: World, provider: Provider) -> None:
    client = Client()
    ask(client)
    assert client.get(f"{BACK}?code=guessed&state=guessed").status_code == 400
    assert client.get(BACK).status_code == 400
    assert not is_in(client)


def test_details_come_from_userinfo_only_when_they_are_of_the_same_person(world: World, provider: Provider) -> None:
    provider.claims = {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "1", "email": "sol@example.org", "email_verified": True}
    assert is_in(come()[0])
    SocialAccount.objects.all().delete()
    provider.userinfo["sub"] = "another"
    assert come()[1].status_code == 403


# --- when it does not go well -----------------------------------------------------------------------------------------


def test_who_changes_their_mind_there_is_back_at_the_door(world: World, provider: Provider) -> None:
    provider.says_no = "access_denied"
    assert come()[1].url == reverse("account_login")


def test_an_error_of_the_provider_is_said(world: World, provider: Provider) -> None:
    provider.says_no = "server_error"
    assert "does not hold" in page(come()[1])


def test_a_provider_that_is_down_is_said_on_a_page(world: World, provider: Provider, settings: Any) -> None:
    settings.OIDC = settings.OIDC | {"url": "http://127.0.0.1:9/realms/none"}
    answered = Client().get(LOGIN)
    assert answered.status_code == 502
    assert "Harbour ID cannot be reached." in page(answered)


def test_a_provider_that_goes_down_in_between_is_said_on_a_page(
    world: World, provider: Provider, settings: Any
) -> None:
    client = Client()
    back = ask(client)
    cache.clear()
    settings.OIDC = settings.OIDC | {"url": "http://127.0.0.1:9/realms/none"}
    assert client.get(back).status_code == 502


def test_a_provider_that_is_another_than_was_set_is_not_asked(world: World, provider: Provider, settings: Any) -> None:
    settings.OIDC = settings.OIDC | {"url": provider.url.replace("127.0.0.1", "localhost")}
    assert Client().get(LOGIN).status_code == 502


def test_without_a_provider_there_is_no_such_page(world: World) -> None:
    assert (Client().get(LOGIN).status_code, Client().get(BACK).status_code) == (404, 404)
    assert "Sign in with" not in page(Client().get("/account/login/"))


# --- passwords and second factors -------------------------------------------------------------------------------------


def test_the_sign_in_page_offers_what_there_is(world: World, provider: Provider, settings: Any) -> None:
    both = page(Client().get("/account/login/?next=/me"))
    assert "Sign in with Harbour ID" in both and "/account/oidc/?next=%2Fme" in both and 'type="password"' in both
    settings.PASSWORDS = False
    alone = page(Client().get("/account/login/"))
    assert "Sign in with Harbour ID" in alone and 'type="password"' not in alone


def test_where_passwords_are_off_none_opens_and_none_is_chosen(world: World, provider: Provider, settings: Any) -> None:
    settings.PASSWORDS = False
    refused = Client().post("/account/login/", {"login": "sol@example.org", "password": PASSWORD})
    assert refused.status_code == 403
    client, _ = come()
    assert is_in(client)
    for name in ("account_reset_password", "account_change_password", "account_set_password"):
        assert client.get(reverse(name)).status_code == 404


def test_where_passwords_are_off_an_invitation_leads_to_the_provider(
    world: World, provider: Provider, settings: Any
) -> None:
    settings.PASSWORDS = False
    design = Function.objects.get(name="Design")
    made = invite_person(world.ines, email="nia@example.org", name="Nia", function=design, is_admin=True)
    address = reverse("welcome", args=[made["secret"]])
    assert "Sign in with Harbour ID, and you are in." in page(Client().get(address))
    Client().post(address, {"name": "Nia"})
    assert not User.objects.filter(email="nia@example.org").exists()


def test_an_admin_whom_the_operator_invites_gets_in_without_the_provider(
    world: World, provider: Provider, settings: Any
) -> None:
    settings.PASSWORDS = False
    settings.OIDC = settings.OIDC | {"url": "http://127.0.0.1:9/realms/none"}
    design = Function.objects.get(name="Design")
    made = invite_person(Actor.system("cli"), email="rescue@example.org", name="R", function=design, is_admin=True)
    client = Client()
    assert client.post(reverse("welcome", args=[made["secret"]]), {"name": "Rescue"}).url == "/"
    assert is_in(client)
    assert not User.objects.get(email="rescue@example.org").has_usable_password()


def test_ones_own_second_factor_is_asked_for_after_the_provider_too(world: World, provider: Provider) -> None:
    set_up(sign_in(world.sol)[0])
    client, answered = come()
    assert answered.url == reverse("mfa_authenticate") and not is_in(client)


def test_a_required_one_is_not_asked_of_whom_the_provider_has_asked(
    world: World, provider: Provider, settings: Any
) -> None:
    settings.SECOND_FACTOR = "everyone"
    assert not is_in(come()[0])
    provider.claims = {"amr": ["pwd", "mfa"]}
    assert is_in(come()[0])
    assert not is_in(sign_in(world.sol)[0])


def test_who_has_no_password_sets_up_a_second_factor_too(world: World, provider: Provider, clock: Any) -> None:
    world.sol.person.set_unusable_password()
    world.sol.person.save()
    client, _ = come()
    clock(3600)
    set_up(client)
    assert second_factors([world.sol.person])


def test_one_who_is_signed_in_as_another_becomes_whom_the_provider_means(world: World, provider: Provider) -> None:
    client, _ = sign_in(world.devi)
    come(client)
    assert "sol@example.org" in client.get("/me").content.decode()
    assert not SocialAccount.objects.filter(user=world.devi.person).exists()
