"""The second factor: set up, asked for, required, lost, taken away."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.models import Event, Function, User
from clearspan.core.people import create_token
from clearspan.core.second_factor import reset_second_factor, second_factors
from clearspan.interfaces.cli import unlock
from tests.audiences.people.conftest import Clock, code_of, is_in, recovery_codes, set_up, sign_in
from tests.world import World

ASKED = "/account/second-factor/asked/"
PAGE = "/account/second-factor/"


def say(client: Client, code: str) -> str:
    """Answers the question for the second factor; where that leads, or what is said instead."""
    answered = client.post(ASKED, {"code": code})
    return answered.url if answered.status_code == 302 else answered.content.decode()


def test_who_has_set_up_an_app_is_asked_for_its_code(world: World, clock: Clock) -> None:
    secret = set_up(sign_in(world.sol)[0])
    clock(120)
    client, answered = sign_in(world.sol)
    assert answered.request["PATH_INFO"] == ASKED
    assert not is_in(client)
    assert say(client, code_of(secret)) == "/"
    assert is_in(client)


def test_a_wrong_code_opens_nothing_and_says_what_to_do(world: World, clock: Clock) -> None:
    secret = set_up(sign_in(world.sol)[0])
    clock(120)
    client, _ = sign_in(world.sol)
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06}"
    assert "does not fit, or was used already" in say(client, wrong)
    assert not is_in(client)


def test_a_code_fits_once_even_while_it_is_shown(world: World, clock: Clock) -> None:
    secret = set_up(sign_in(world.sol)[0])
    clock(120)
    code = code_of(secret)
    first, second = sign_in(world.sol)[0], sign_in(world.sol)[0]
    assert say(first, code) == "/"
    clock(35)
    assert "was used already" in say(second, code)


def test_a_clock_that_is_half_a_minute_off_is_forgiven_and_more_is_not(world: World, clock: Clock) -> None:
    secret = set_up(sign_in(world.sol)[0])
    clock(120)
    assert "does not fit" in say(sign_in(world.sol)[0], code_of(secret, -3))
    assert say(sign_in(world.sol)[0], code_of(secret, -1)) == "/"


def test_tries_are_limited(world: World, clock: Clock) -> None:
    secret = set_up(sign_in(world.sol)[0])
    clock(120)
    client, _ = sign_in(world.sol)
    for _ in range(5):
        say(client, "000000")
    assert "Too many" in say(client, code_of(secret))
    assert not is_in(client)


def test_a_recovery_code_opens_once(world: World, clock: Clock) -> None:
    set_up(sign_in(world.sol)[0])
    code = recovery_codes(world.sol)[3]
    assert say(sign_in(world.sol)[0], code) == "/"
    assert code not in recovery_codes(world.sol)
    assert "was used already" in say(sign_in(world.sol)[0], code)


def test_new_recovery_codes_close_the_old_ones(world: World) -> None:
    client, _ = sign_in(world.sol)
    set_up(client)
    before = recovery_codes(world.sol)
    assert client.post(reverse("mfa_generate_recovery_codes")).url == reverse("mfa_view_recovery_codes")
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not set(before) & set(recovery_codes(world.sol))
    assert all(f"{code[:4]} {code[4:]}" in shown for code in recovery_codes(world.sol))
    assert before[0] not in client.get(reverse("mfa_download_recovery_codes")).content.decode()


def test_the_code_for_the_camera_is_a_drawing_of_ours_with_the_key_below_it(world: World) -> None:
    client, _ = sign_in(world.sol)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert '<svg class="mk"' in page and "code-ink" in page and "data:image" not in page
    assert client.session["mfa.totp.secret"] in page


def test_what_guards_an_account_is_changed_only_after_a_fresh_sign_in(world: World, clock: Clock) -> None:
    client, _ = sign_in(world.sol)
    secret = set_up(client)
    clock(600)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_add_webauthn"):
        assert client.get(reverse(name)).url.startswith("/account/reauthenticate/"), name
    assert client.post(reverse("mfa_deactivate_totp")).url.startswith("/account/reauthenticate/")
    assert second_factors([world.sol.person]) == {world.sol.person.pk: "app"}
    client.post("/account/second-factor/again/", {"code": code_of(secret)})
    assert client.post(reverse("mfa_deactivate_totp")).url == PAGE
    assert second_factors([world.sol.person]) == {}


def test_without_an_app_its_recovery_codes_are_gone_too(world: World) -> None:
    client, _ = sign_in(world.sol)
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert is_in(sign_in(world.sol)[0])


def test_what_is_kept_of_an_app_opens_nothing_without_the_secret_key(world: World, clock: Clock, settings: Any) -> None:
    secret = set_up(sign_in(world.sol)[0])
    assert secret not in str(list(Authenticator.objects.values_list("data")))
    clock(120)
    client, _ = sign_in(world.sol)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [configured.SECRET_KEY], "another"
    assert "does not fit" in say(client, code_of(secret))


def test_everything_at_the_door_is_recorded(world: World, django_capture_on_commit_callbacks: Any) -> None:
    client, _ = sign_in(world.sol)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    done = [str(event) for event in Event.objects.filter(person=world.sol.person).order_by("pk")]
    assert done == [
        "set up an authenticator app", "set up recovery codes", "made new recovery codes",
        "took away an authenticator app", "took away recovery codes",
    ]  # fmt: skip
    assert not Event.objects.filter(can_undo=True).exists()


# --- required ---------------------------------------------------------------------------------------------------------


def required(settings: Any, whom: str) -> None:
    settings.SECOND_FACTOR = whom


def test_where_it_is_required_who_has_none_sets_one_up_before_anything_else(world: World, settings: Any) -> None:
    required(settings, "everyone")
    client, answered = sign_in(world.sol)
    assert answered.request["PATH_INFO"] == PAGE
    assert "Before you go on, set up a second factor." in answered.content.decode()
    for address in ("/", "/me", "/tideline/inbox", "/settings/people"):
        assert client.get(address).url == PAGE
    assert client.post(reverse("do", args=["change_preferences"]), {"density": "compact"}).url == PAGE
    assert User.objects.get(pk=world.sol.person.pk).preferences == {}
    set_up(client)
    assert is_in(client)


def test_a_part_of_a_page_is_led_there_as_a_whole(world: World, settings: Any) -> None:
    required(settings, "everyone")
    answered = sign_in(world.sol)[0].get("/find?q=berth", headers={"HX-Request": "true"})
    assert answered["HX-Redirect"] == PAGE


def test_signing_out_is_always_possible(world: World, settings: Any) -> None:
    required(settings, "everyone")
    client, _ = sign_in(world.sol)
    client.post(reverse("account_logout"))
    assert client.get("/me").url.startswith("/account/login/")


def test_it_may_be_required_of_admins_only(world: World, settings: Any) -> None:
    required(settings, "admins")
    assert not is_in(sign_in(world.ines)[0])
    assert is_in(sign_in(world.sol)[0])


def test_tokens_are_not_asked(world: World, settings: Any) -> None:
    secret = create_token(world.sol, name="script", scopes=["read"])["secret"]
    required(settings, "everyone")
    said = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert Client().get("/api/products", **said).status_code == 200
    browser, _ = sign_in(world.sol)
    assert browser.get("/api/products", **said).status_code == 200


def test_the_last_one_is_not_taken_away_where_it_is_required(world: World, settings: Any) -> None:
    client, _ = sign_in(world.sol)
    set_up(client)
    required(settings, "everyone")
    assert "has to stay" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert second_factors([world.sol.person])


# --- lost -------------------------------------------------------------------------------------------------------------


def test_an_admin_takes_away_a_colleagues_lost_one(world: World) -> None:
    set_up(sign_in(world.sol)[0])
    page = sign_in(world.ines)[0].get(reverse("settings_person", args=[world.sol.person.pk])).content.decode()
    assert "Take away their second factor?" in page
    done = reset_second_factor.perform(world.ines, person=world.sol.person)
    assert (str(done.event), done.event.can_undo) == ("took away the second factor of Sol Reyes", False)
    assert is_in(sign_in(world.sol)[0])
    with pytest.raises(Invalid, match="has no second factor"):
        reset_second_factor(world.ines, person=world.sol.person)


def test_every_session_of_who_lost_it_ends(world: World) -> None:
    theirs, somebody_elses = sign_in(world.sol)[0], sign_in(world.devi)[0]
    set_up(theirs)
    assert is_in(theirs)
    reset_second_factor(world.ines, person=world.sol.person)
    assert not is_in(theirs)
    assert is_in(somebody_elses)


def test_nobody_else_does_and_no_token_and_not_for_oneself(world: World) -> None:
    for actor in (world.sol, world.ines):
        set_up(sign_in(actor)[0])
    token = create_token(world.ines, name="script", scopes=["write"])["token"]
    for actor in (world.devi, world.leda, world.sol, Actor(world.ines.person, token)):
        with pytest.raises(Refused):
            reset_second_factor(actor, person=world.sol.person)
    with pytest.raises(Refused):
        reset_second_factor(world.ines, person=world.ines.person)
    with pytest.raises(NotThere):
        reset_second_factor(world.cora, person=world.sol.person)


def test_the_operator_unlocks_the_only_admin(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(sign_in(world.ines)[0])
    assert unlock.main(["INES@example.org"]) == 0
    assert "signs in without a second factor" in capsys.readouterr().out
    assert is_in(sign_in(world.ines)[0])
    assert Event.objects.get(action="reset_second_factor").interface == "cli"
    assert (unlock.main(["ines@example.org"]), unlock.main(["nobody@example.org"])) == (2, 2)


# --- seen by admins ---------------------------------------------------------------------------------------------------


def test_admins_see_who_has_one_and_who_has_none(world: World) -> None:
    set_up(sign_in(world.sol)[0])
    ines, devi = sign_in(world.ines)[0], sign_in(world.devi)[0]
    assert "Second factor" in ines.get("/settings/people").content.decode()
    assert "Second factor" not in devi.get("/settings/people").content.decode()
    unguarded = ines.get("/settings/people?who=unguarded").content.decode()
    assert "Devi Rao" in unguarded and "Sol Reyes" not in unguarded
    assert "Sol Reyes" in devi.get("/settings/people?who=unguarded").content.decode()


def test_the_list_of_people_asks_no_more_with_more_people(world: World) -> None:
    ines, counts = sign_in(world.ines)[0], []
    for size in (0, 20):
        for i in range(size):
            person = User.objects.create(email=f"p{i}@example.org", name=f"P {i}", function=Function.objects.first())
            Authenticator.objects.create(user=person, type="totp", data={})
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ines.get("/settings/people")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_ones_own_page_says_how_one_signs_in(world: World) -> None:
    client, _ = sign_in(world.sol)
    assert "You have no second factor" in client.get("/me").content.decode()
    set_up(client)
    assert "An authenticator app guards your account" in client.get("/me").content.decode()


def test_a_key_is_asked_only_of_who_has_one(world: World) -> None:
    set_up(sign_in(world.sol)[0])
    assert "Use a security key" not in sign_in(world.sol)[1].content.decode()
