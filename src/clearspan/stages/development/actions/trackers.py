"""Trackers: connected, changed, disconnected, and pulled."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, SecretStr

from clearspan.catalogue.models import Product
from clearspan.core.actions import Invalid, action
from clearspan.core.actor import Actor
from clearspan.core.sealing import seal
from clearspan.stages.development import systems
from clearspan.stages.development.jobs import pulls
from clearspan.stages.development.models import Pull, Team, Tracker
from clearspan.stages.development.rules import works_on

Address = Annotated[
    str, Field(max_length=200, description="Of the system: https://gitlab.example.com; left out, where everybody’s is")
]
Account = Annotated[str, Field(max_length=200, description="Jira in the cloud: the token’s e-mail address")]
Token = Annotated[SecretStr | None, Field(description="Opens the tracker; kept sealed and never shown again")]
Every = Annotated[int, Field(ge=0, le=10_080, description="Minutes between pulls; 0: only when asked")]
PullRequests = Annotated[bool, Field(description="GitHub: pull requests are items too")]


@action(rule=works_on, says="connected {result}")
def connect_tracker(
    actor: Actor,
    *,
    product: Product,
    system: Annotated[Tracker.System, Field(description="github, gitlab or jira")],
    project: Annotated[
        str,
        Field(
            min_length=1,
            max_length=400,
            description="owner/repository, group/project, or a Jira project’s key",
            examples=["harbour/tideline"],
        ),
    ],
    address: Address = "",
    account: Account = "",
    token: Token = None,
    team: Annotated[Team | None, Field(description="Whose items these are")] = None,
    every: Every = 60,
    pull_requests: PullRequests = False,
) -> Tracker:
    """Pulls the items of a tracker from now on; the first pull begins at once. Says nothing to the tracker itself."""
    _of_product(product, team)
    address, project = _where(system, address, project)
    here = Tracker.objects.filter(product=product, system=system, project=project).first()
    if here is not None:
        raise Invalid({"project": f"{here} is connected already ({here.ref}); its items come once"})
    tracker: Tracker = Tracker.objects.create(
        product=product, team=team, system=system, address=address, project=project, account=account.strip(),
        secret=seal(_token(token)), every=every, pull_requests=pull_requests,
    )  # fmt: skip
    pulls.queue(tracker, actor.person)
    return tracker


@action(rule=works_on, says="changed how {tracker} is pulled")
def change_tracker(
    actor: Actor,
    *,
    tracker: Tracker,
    address: Address | None = None,
    account: Account | None = None,
    token: Annotated[SecretStr | None, Field(description="A new one; left out, the one that is there")] = None,
    team: Annotated[Team | None, Field(description="Whose items these are; left out, no team’s")] = None,
    every: Every | None = None,
    pull_requests: PullRequests | None = None,
) -> Tracker:
    """Changes how a tracker is pulled. Another project is another tracker. A new address needs the token again."""
    _of_product(tracker.product, team)
    if address is not None:
        moved, _ = _where(tracker.system, address, tracker.project)
        if moved != tracker.address and tracker.secret and token is None:
            # else whoever may change an address could have the token sent to a machine of their own
            raise Invalid({"token": "give the token again: it goes to a new address"})
        tracker.address = moved
    if pull_requests and not tracker.pull_requests:
        tracker.cursor = {}  # those of before are wanted too
    for name, value in {"account": account, "every": every, "pull_requests": pull_requests}.items():
        if value is not None:
            setattr(tracker, name, value)
    if token is not None:
        tracker.secret = seal(_token(token))
    tracker.team = team
    tracker.save()
    return tracker


@action(rule=works_on, says="disconnected {tracker}")
def disconnect_tracker(actor: Actor, *, tracker: Tracker) -> None:
    """Pulls a tracker no more. Its items stay, as they were last seen; connected again, they go on."""
    Tracker.objects.filter(pk=tracker.pk).delete()


@action(rule=works_on, says="asked for a pull of {tracker}", irreversible=True)
def pull_now(
    actor: Actor,
    *,
    tracker: Tracker,
    again: Annotated[bool, Field(description="From the beginning, not only what changed; nothing doubles")] = False,
) -> Pull:
    """Pulls what changed in a tracker. The worker does it; the answer is the pull, which says how far it is."""
    under_way = tracker.pulls.filter(status__in=(Pull.Status.WAITING, Pull.Status.RUNNING)).first()
    if under_way is not None:
        raise Invalid({"tracker": f"a pull is under way already ({under_way.ref})"})
    if again:
        Tracker.objects.filter(pk=tracker.pk).update(cursor={})
    return pulls.queue(tracker, actor.person)


def _of_product(product: Product, team: Team | None) -> None:
    if team is not None and team.product_id != product.pk:
        raise Invalid({"team": f"{team} is no team of {product}"})


def _where(system: str, address: str, project: str) -> tuple[str, str]:
    try:
        return systems.registry[system].where(address, project)
    except ValueError as error:
        name, words = error.args
        raise Invalid({name: words}) from None


def _token(token: SecretStr | None) -> str:
    given = token.get_secret_value().strip() if token else ""
    if not re.fullmatch(r"[!-~]{0,1000}", given):
        raise Invalid({"token": "a token is one word of plain letters, digits and marks; copy it again"})
    return given
