"""Nobody is shown a link or a button that is then refused: each person of the company goes through all of theirs."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
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
OF_ONE_KIND = 3  # pages that are opened where many links lead to the like
NOT_OURS = ("account_", "mfa_", "oidc_")  # sign-in and second factor: tests/browser/test_door.py goes through them


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, Rows]]:
    with django_db_blocker.unblock(), founded() as made:
        yield made


@pytest.mark.parametrize("who", WHO, ids=lambda who: who or "nobody")
def test_nothing_that_is_shown_is_refused(who: str | None, company: tuple[World, Rows]) -> None:
    world, rows = company
    walk = Walk(getattr(world, who) if who else None, rows)
    walk.go(one.address(rows) for one in SCREENS)
    print(f"WALK {who} opened {len(walk.opened)} pressed {len(walk.pressed)} took {walk.took}")
    print(f"UNASKED {who}", walk.unasked)
    print(f"SLOW {who}", walk.slow.most_common(12))
    print("\n".join(f"REF {who} {one}" for one in walk.refused))
    assert walk.refused == []


class Walk:
    """Opens pages, follows their links, and presses their buttons; what is pressed is taken back at once."""

    def __init__(self, actor: Actor | None, rows: Rows) -> None:
        self.client = Client(raise_request_exception=False)
        if actor is not None:
            self.client.force_login(actor.person)
        self.named = {model.__name__.lower(): str(getattr(row, "ref", row.pk)) for model, row in rows.items()}
        self.named |= {"original": self.named["feedback"], "into": self.named["opportunity"]}
        self.opened: set[str] = set()
        self.pressed: set[Any] = set()
        self.refused: list[str] = []
        self.unasked: set[str] = set()
        self._kinds: Counter[str] = Counter()
        self.took: Counter[str] = Counter()
        self.slow: Counter[str] = Counter()

    def go(self, addresses: Iterable[str]) -> None:
        ahead = deque((address, "") for address in dict.fromkeys(addresses))
        while ahead:
            address, shown_on = ahead.popleft()
            if address in self.opened or (shown_on and self._kinds[kind_of(address)] >= OF_ONE_KIND):
                continue
            ahead.extend((link, address) for link in self._open(address, shown_on))

    def _open(self, address: str, shown_on: str) -> list[str]:
        """Where its links lead."""
        self.opened.add(address)
        self._kinds[kind_of(address)] += 1
        start = time.time()
        answer = self.client.get(address)
        self.took["get"] += time.time() - start
        self.slow[address] += time.time() - start
        if shown_on and answer.status_code >= 400:
            self.refused.append(f"{answer.status_code} for the link to {address} on {shown_on}")
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            return []
        offered = Offered(answer.content.decode())
        for form in offered.forms:
            if form.method == "post":
                self._press(form, address)
        return offered.links

    def _press(self, form: Form, shown_on: str) -> None:
        for leads, sent in form.presses():
            leads = leads or shown_on
            kind = kind_of(leads)
            alike = (kind, kind_of(shown_on), re.sub(r"\d+", "", str({**sent, "csrfmiddlewaretoken": 0, "next": 0})))
            if alike in self.pressed or kind.startswith(NOT_OURS):
                continue
            self.pressed.add(alike)
            given = {
                name: [self.named.get(name, one) if one == SOMETHING else one for one in said]
                for name, said in sent.items()
            }
            start = time.time()
            with transaction.atomic(), asking() as asked:
                answer = self.client.post(leads, given, headers={"referer": shown_on})
                transaction.set_rollback(True)
            self.took["post"] += time.time() - start
            if answer.status_code in (403, 404, 405) or answer.status_code >= 500:
                given.pop("csrfmiddlewaretoken", None)
                self.refused.append(f"{answer.status_code} for the button to {leads} on {shown_on}: {given}"[:400])
            elif not asked:
                self.unasked.add(f"{kind} {answer.status_code}")


@contextmanager
def asking() -> Iterator[list[str]]:
    """Which actions are tried. One that cannot use what it was given still says whether it would have been refused."""
    asked: list[str] = []
    perform = Action.perform

    def tried(self: Action, actor: Actor, **given: Any) -> Done:
        asked.append(self.name)
        try:
            return perform(self, actor, **given)
        except Invalid:
            rows = _rows(self, actor, given)
            if rows is not None and not self.may(actor, **rows):
                raise Refused(f"{actor} may not {self.name}") from None
            raise

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Action, "perform", tried)
        yield asked


def _rows(action: Action, actor: Actor, given: dict[str, Any]) -> dict[str, Any] | None:
    """What the action's rule asks about; None when a row is missing that it must have."""
    rows: dict[str, Any] = {}
    for name, (hint, parameter) in action.parameters.items():
        model, many = row_type(hint)
        said = given.get(name)
        rows[name] = said
        if model is None:
            continue
        try:
            found = [
                find(actor, model, one) if isinstance(one, str) else one for one in (said if many and said else [said])
            ]
        except NotThere:
            return None
        if parameter.default is parameter.empty and None in found:
            return None
        rows[name] = found if many else found[0]
    return rows


def kind_of(address: str) -> str:
    """The name of an address; of an action's button, the action."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return address
    return f"do {match.kwargs['name']}" if match.url_name == "do" else match.view_name
