"""Nobody is shown a link or a button that is then refused: each person of the company goes through all of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django.plugin import DjangoDbBlocker

from clearspan.core.actions import Action, Done, Invalid, NotThere, Refused, find, row_type
from clearspan.core.actor import Actor
from tests.browser.company import founded
from tests.browser.pages import SCREENS, Rows
from tests.walk.reading import SOMETHING, Form, Offered
from tests.world import PERSONAS, World

# Each walk has a transaction of its own, which is taken back; the company was committed before.
pytestmark = pytest.mark.django_db

WHO = (*PERSONAS, None)
REFUSALS = (403, 404, 405)
NOT_OURS = ("account_", "mfa_", "oidc_")  # sign-in and second factor: tests/browser/test_door.py goes through them


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, Rows]]:
    with django_db_blocker.unblock(), founded() as made:
        yield made


@pytest.mark.parametrize("who", WHO, ids=lambda who: who or "nobody")
def test_nothing_that_is_shown_is_refused(who: str | None, company: tuple[World, Rows]) -> None:
    world, rows = company
    walk = Walk(getattr(world, who) if who else None, rows)
    walk.go(one.address(rows) for one in SCREENS if not one.query or one.who == who)
    assert walk.refused == []


class Walk:
    """Opens pages, follows their links, and presses their buttons; what is pressed is taken back at once."""

    def __init__(self, actor: Actor | None, rows: Rows) -> None:
        self.client = Client(raise_request_exception=False)
        if actor is not None:
            self.client.force_login(actor.person)
        self.refused: list[str] = []
        self.pressed: set[tuple[str, ...]] = set()
        self._named = {model.__name__.lower(): str(getattr(row, "ref", row.pk)) for model, row in rows.items()}
        self._named |= {"original": self._named["feedback"], "into": self._named["opportunity"]}
        self._answers: dict[str, int] = {}
        self._followed: set[str] = set()
        self._links: list[tuple[str, str]] = []

    def go(self, addresses: Iterable[str]) -> None:
        """Opens these, and of every kind of link on them one that leads elsewhere; then all links are looked at."""
        for address in dict.fromkeys(addresses):
            self._open(address)
        for leads, shown_on in self._links:  # which grows
            kind = kind_of(leads)
            if leads not in self._answers and kind not in self._followed:
                self._followed.add(kind)
                self._open(leads)
            if (status := self._answers.get(leads, 200)) >= 400:
                self.refused.append(f"{status} for the link to {leads} on {shown_on}")

    def _open(self, address: str) -> None:
        answer = self.client.get(address)
        self._answers[address] = answer.status_code
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            return
        offered = Offered(answer.content.decode())
        self._links.extend((link, address) for link in dict.fromkeys(offered.links))
        for form in offered.forms:
            if form.method == "post":
                self._press(form, address)

    def _press(self, form: Form, shown_on: str) -> None:
        for address, sent in form.presses():
            leads = address or shown_on
            alike = (kind_of(leads), kind_of(shown_on), *sorted(sent))
            if alike in self.pressed or alike[0].startswith(NOT_OURS):
                continue
            self.pressed.add(alike)
            given = {
                name: [self._named.get(name, one) if one == SOMETHING else one for one in said]
                for name, said in sent.items()
            }
            with transaction.atomic(), telling_before_it_is_used():
                answer = self.client.post(leads, given, headers={"referer": shown_on})
                transaction.set_rollback(True)
            if answer.status_code in REFUSALS or answer.status_code >= 500:
                given.pop("csrfmiddlewaretoken", None)
                self.refused.append(f"{answer.status_code} for the button to {leads} on {shown_on}: {given}")


@contextmanager
def telling_before_it_is_used() -> Iterator[None]:
    """An action that cannot use what it was given says all the same whether it would have been refused."""
    perform = Action.perform

    def tried(self: Action, actor: Actor, **given: Any) -> Done:
        try:
            return perform(self, actor, **given)
        except Invalid:
            rows = _rows(self, actor, given)
            if rows is not None and not self.may(actor, **rows):
                raise Refused(f"{actor} may not {self.name}") from None
            raise

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Action, "perform", tried)
        yield


def _rows(action: Action, actor: Actor, given: dict[str, Any]) -> dict[str, Any] | None:
    """What the action's rule asks about; None when a row is missing that it must have."""
    asked_about: dict[str, Any] = {}
    for name, (hint, parameter) in action.parameters.items():
        (model, many), said = row_type(hint), given.get(name)
        if model is not None and said:
            try:
                rows = [find(actor, model, one) if isinstance(one, str) else one for one in (said if many else [said])]
            except NotThere:
                return None
            said = rows if many else rows[0]
        elif model is not None and parameter.default is parameter.empty:
            return None
        asked_about[name] = said
    return asked_about


def kind_of(address: str) -> str:
    """The name of an address; of an action's button, the action."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return address
    return f"do {match.kwargs['name']}" if match.url_name == "do" else match.view_name
