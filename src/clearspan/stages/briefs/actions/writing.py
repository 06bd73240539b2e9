"""Writing into a brief, and sending it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from pydantic import Field, StringConstraints

from clearspan.catalogue.models import Product
from clearspan.catalogue.queries.naming import accounts_named
from clearspan.catalogue.queries.seeing import employees_seeing
from clearspan.core.actions import Invalid, NotThere, action
from clearspan.core.actor import Actor, Kind
from clearspan.core.mail import post
from clearspan.core.models import User
from clearspan.stages.briefs.models import Brief, BriefSending
from clearspan.stages.briefs.queries import Read, brief, markdown
from clearspan.stages.briefs.rules import manages
from clearspan.stages.briefs.wording import FIRST
from clearspan.stages.decisions.audiences import CUSTOMERS, Audience, kinds_told
from clearspan.stages.decisions.audiences import audience as audience_called

AudienceKey = Annotated[
    Literal["leadership", "development", "functions", "sales", "customers"], Field(description="For whom the brief is")
]
Key = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    Field(description="The paragraph's key, as the brief has it; “lead” is the first one, which is only written"),
]
KIND = {
    "leadership": Kind.LEADERSHIP, "development": Kind.DEVELOPMENT, "sales": Kind.SALES, "functions": Kind.OTHER,
}  # fmt: skip


@action(rule=manages, says="wrote into {product}’s brief for {audience}")
def write_brief(
    actor: Actor,
    *,
    product: Product,
    audience: AudienceKey,
    part: Key,
    text: Annotated[str, Field(max_length=8000, description="Markdown; empty leaves the paragraph out")] = "",
) -> Brief:
    """Writes a paragraph of a brief by hand. It stays as it was written; when its facts change, the brief says so."""
    to, text = _audience(audience), text.strip()
    now = {one.key: one for one in _read(actor, product, to).parts}
    if part not in now:
        raise Invalid({"part": "the brief has no such paragraph"})
    if part == FIRST and not text:
        raise Invalid({"text": "a brief has a first line"})
    _may_be_said(to, text)
    row, _ = Brief.objects.get_or_create(product=product, audience=audience)
    row.edits = {**row.edits, part: {"text": text, "facts": now[part].facts}}
    row.save(update_fields=["edits"])
    return row


@action(rule=manages, says="took what the facts say into {product}’s brief for {audience}")
def take_facts(actor: Actor, *, product: Product, audience: AudienceKey, part: Key) -> Brief:
    """Lets a paragraph say again what the facts say."""
    row = Brief.objects.filter(product=product, audience=audience).first()
    if row is None or part not in row.edits:
        raise Invalid({"part": "nothing was written into this paragraph"})
    row.edits = {key: said for key, said in row.edits.items() if key != part}
    row.save(update_fields=["edits"])
    return row


@action(rule=manages, says="sent {result}", irreversible=True)
def send_brief(
    actor: Actor,
    *,
    product: Product,
    audience: AudienceKey,
    people: Annotated[list[User], Field(description="To these people")] = [],  # noqa: B006 pydantic copies it
    everyone: Annotated[bool, Field(description="To everyone of the audience who may see the product")] = False,
) -> BriefSending:
    """Sends a brief by mail, as it reads now, and keeps what was sent to whom. What was sent cannot be taken back."""
    to = _audience(audience)
    found = _read(actor, product, to)
    allowed = {person.pk for person in may_read(product, to).filter(pk__in=[person.pk for person in people])}
    for person in people:
        if person.pk not in allowed:
            raise Invalid({"people": f"{person} may not see what is for {to.name.lower()}; nothing was sent"})
    readers = {person.pk: person for person in [*people, *(readers_of(product, to) if everyone else ())]}
    if not readers:
        raise Invalid({"people": "say to whom"})
    _may_be_said(to, markdown(found))
    row, _ = Brief.objects.get_or_create(product=product, audience=audience)
    last = row.sendings.first()
    sending: BriefSending = BriefSending.objects.create(
        brief=row, number=last.number + 1 if last else 1, title=found.answer[:300], text=markdown(found),
        to=[{"person": person.ref, "name": person.name} for person in readers.values()], sent_by=actor.person,
    )  # fmt: skip
    for person in readers.values():
        post([person], f"{product}: {found.answer}", letter(found, actor, person))
    return sending


def may_read(product: Product, to: Audience) -> QuerySet[User]:
    """Everyone who may be sent the brief of an audience: who may look at it, and for customers those who sign in."""
    employees = employees_seeing(product).filter(function__kind__in=kinds_told(to))
    if to != CUSTOMERS or product.is_confidential:
        return employees
    customers = User.objects.filter(is_active=True, function=None, contact__isnull=False)
    return (employees | customers).select_related("function", "contact")


def readers_of(product: Product, to: Audience) -> list[User]:
    """Everyone of the audience itself who may be sent its brief."""
    people = may_read(product, to)
    return list(people.filter(function=None) if to == CUSTOMERS else people.filter(function__kind=KIND[to.key]))


def letter(found: Read, actor: Actor, person: User) -> str:
    """The brief as a letter; who is of the company is told where it stands."""
    where = settings.BASE_URL + reverse("brief", args=[found.product.key, found.audience.key])
    foot = f"{actor}\n{where}" if Actor(person).is_employee else f"{actor}"
    return f"{markdown(found)}\n{foot}\n"


def _audience(key: str) -> Audience:
    found = audience_called(key)
    assert found is not None  # one of the literals
    return found


def _read(actor: Actor, product: Product, to: Audience, today: date | None = None) -> Read:
    try:
        return brief(actor, product, to, today or timezone.localdate())
    except NotThere:
        raise Invalid({"audience": f"nothing may be told of {product} to {to.name.lower()}"}) from None


def _may_be_said(to: Audience, text: str) -> None:
    """Customers are not named to customers."""
    if to == CUSTOMERS and (named := accounts_named(text)):
        raise Invalid({"text": f"it names {named[0]}: a customer is not named to other customers"})
