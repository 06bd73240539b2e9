"""Writes the sample company's people, products, market and evidence as rows, in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection, models

from clearspan.catalogue import defaults
from clearspan.catalogue.models import (
    Account,
    Competitor,
    Contact,
    LifecycleStage,
    Line,
    MarketSize,
    Product,
    ProductRole,
    Role,
    Segment,
)
from clearspan.core.models import Company, Function, User
from clearspan.interfaces.sample.cast import Party
from clearspan.interfaces.sample.content import PRODUCTS, load, needs, segments
from clearspan.interfaces.sample.feedback import Piece
from clearspan.interfaces.sample.occupancy import Market
from clearspan.stages.evidence.models import Feedback, Interview
from clearspan.stages.opportunities.models import Mention, Opportunity

BATCH = 1000


@dataclass
class Rows:
    """What was written, for what is written after it. Lists run in the order of the plain values they were made of."""

    people: dict[str, User]
    products: dict[str, Product]
    segments: list[Segment]
    accounts: list[Account]
    contacts: list[list[Contact]]  # by account
    opportunities: list[Opportunity]
    feedback: list[Feedback]


def company(today: date) -> tuple[dict[str, User], dict[str, Product], list[Segment]]:
    """The company, its people, its products, and the market they are in."""
    given = load("company")
    defaults.ensure()
    Company.objects.filter(pk=1).update(
        name=given["name"], currency=given["currency"], discount_rate=Decimal(given["discount_rate"])
    )
    functions = {function.name: function for function in Function.objects.all()}
    people = {row["key"]: _person(row, functions) for row in given["person"]}
    lines = {row["name"]: Line.objects.create(name=row["name"]) for row in given["line"]}
    stages = {stage.name: stage for stage in LifecycleStage.objects.all()}
    products = {
        row["key"]: Product.objects.create(
            key=row["key"], name=row["name"], line=lines[row["line"]], stage=stages[row["stage"]],
            description=row["description"],
        )
        for row in given["product"]
    }  # fmt: skip
    roles = {role.name: role for role in Role.objects.all()}
    ProductRole.objects.bulk_create(
        ProductRole(person=people[row["key"]], product=products[product], role=roles[role])
        for row in given["person"]
        for product, role in row.get("roles", {}).items()
    )
    return people, products, _market(products, today)


def _person(row: dict[str, Any], functions: dict[str, Function]) -> User:
    name = row["name"].lower().replace(" ", ".")
    return User.objects.create_user(  # type: ignore[no-any-return]
        f"{name}@marrowby.example",
        name=row["name"],
        function=functions[row["function"]],
        is_admin=row.get("admin", False),
    )


def _market(products: dict[str, Product], today: date) -> list[Segment]:
    rows = Segment.objects.bulk_create(
        Segment(name=segment.name, description=segment.description, position=i) for i, segment in enumerate(segments())
    )
    MarketSize.objects.bulk_create(
        MarketSize(
            product=products[product], segment=row, accounts=segment.market[product][0],
            value_per_account=Decimal(segment.market[product][1]), source=segment.sources[product],
            as_of=date(today.year - 1, 1, 1),
        )
        for row, segment in zip(rows, segments(), strict=True)
        for product in PRODUCTS
    )  # fmt: skip
    Competitor.objects.bulk_create(
        Competitor(**{**row, "product": products[row["product"]]}) for row in load("company")["competitor"]
    )
    return rows


def accounts(market: Market, parties: list[Party], rows: list[Segment]) -> tuple[list[Account], list[list[Contact]]]:
    """Accounts and the people there, one of whom signs in as a customer."""
    made = Account.objects.bulk_create(
        Account(
            name=party.name, segment=rows[segment], value=Decimal(str(value)), is_customer=bool(customer),
            note=_account_note(party),
        )
        for party, segment, value, customer in zip(
            parties, market.segment, market.value, market.is_customer, strict=True
        )
    )  # fmt: skip
    contacts = [
        [
            Contact(
                account=account, name=person.name, title=person.title,
                email=f"{_letters(person.name)}@{party.domain}",
            )
            for person in party.people
        ]
        for account, party in zip(made, parties, strict=True)
    ]  # fmt: skip
    given = load("company")["customer"]
    here = next(
        i for i, party in enumerate(parties)
        if party.segment.key == given["segment"] and market.is_customer[i] and market.uses[i, :2].all()
    )  # fmt: skip
    email = f"{_letters(given['name'])}@{parties[here].domain}"
    person = User.objects.create_user(email, name=given["name"])
    contacts[here].append(
        Contact(account=made[here], name=given["name"], title=given["title"], email=email, person=person)
    )
    Contact.objects.bulk_create(contact for group in contacts for contact in group)
    return made, contacts


def _account_note(party: Party) -> str:
    return f"{party.sites} {'sites' if party.sites > 1 else 'site'}."


def _letters(name: str) -> str:
    plain = name.lower().replace("å", "a").replace(" ", ".")
    return "".join(letter for letter in plain if letter.isascii())


def opportunities(people: dict[str, User], products: dict[str, Product], pieces: list[Piece]) -> list[Opportunity]:
    """The tree of needs. Each exists since somebody first spoke of it, or since its product's beginnings."""
    keepers = {row["key"]: people[row["manager"]] for row in load("company")["product"]}
    made: dict[tuple[str, str], Opportunity] = {}
    for need in needs():
        made[need.product, need.key] = Opportunity.objects.create(
            product=products[need.product], title=need.title, description=need.description, outcome=need.outcome,
            parent=made.get((need.product, need.parent)), keeper=keepers[need.product],
        )  # fmt: skip
    first: dict[int, datetime] = {}
    for piece in pieces:
        for need_, _ in piece.mentions:
            first[need_] = min(first.get(need_, piece.said_at), piece.said_at)
    rows = list(made.values())
    backdate(Opportunity, {rows[j].pk: at + timedelta(days=2) for j, at in first.items()})
    return rows


def feedback(rows: Rows, pieces: list[Piece]) -> list[Feedback]:
    """Every piece, and the links of those that somebody has sorted."""
    products = list(rows.products.values())
    made = [_feedback(rows, products[piece.product], piece, i) for i, piece in enumerate(pieces)]
    Feedback.objects.bulk_create(made, batch_size=BATCH)
    copies = [(made[i], made[piece.copy_of]) for i, piece in enumerate(pieces) if piece.copy_of >= 0]
    for copy, original in copies:
        copy.copy_of = original
    Feedback.objects.bulk_update([copy for copy, _ in copies], ["copy_of"], batch_size=BATCH)
    Interview.objects.bulk_create(
        [
            Interview(feedback=row, held_by=row.recorded_by, guide=load("words")["guide"])
            for row in made
            if row.channel == Feedback.Channel.INTERVIEW
        ],
        batch_size=BATCH,
    )
    _written_when_said(Feedback)
    return made


def mentions(rows: Rows, pieces: list[Piece], seed: int) -> None:
    """Links of feedback to needs, with the words that say so."""
    rng = np.random.default_rng([seed, 4])
    sorters = [rows.people[row["manager"]] for row in load("company")["product"]]
    links = [
        Mention(
            opportunity=rows.opportunities[need], feedback=row, quote=quote,
            importance=int(rng.choice([1, 2, 3, 4], p=[0.18, 0.4, 0.32, 0.1])), prompted=piece.prompted,
            answer=piece.answer, linked_by=sorters[piece.product],
            suggested=round(float(rng.beta(9, 3)), 2) if rng.random() < 0.6 else None,
        )
        for piece, row in zip(pieces, rows.feedback, strict=True)
        if piece.state == "sorted"
        for need, quote in piece.mentions
    ]  # fmt: skip
    Mention.objects.bulk_create(links, batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Mention._meta.db_table} m SET created_at = f.said_at + interval '2 days' "  # noqa: S608 our own names
            f"FROM {Feedback._meta.db_table} f WHERE f.id = m.feedback_id"
        )


def _feedback(rows: Rows, product: Product, piece: Piece, i: int) -> Feedback:
    contact = rows.contacts[piece.account][piece.person]
    known = piece.channel not in (Feedback.Channel.FORUM, Feedback.Channel.REVIEW)
    return Feedback(
        product=product, account=rows.accounts[piece.account], contact=contact if known else None,
        author="" if known else contact.name.split()[0], channel=piece.channel, said_at=piece.said_at,
        title=piece.title, text=piece.text, state=piece.state, recorded_by=_recorder(rows.people, piece, i),
    )  # fmt: skip


def _recorder(people: dict[str, User], piece: Piece, i: int) -> User | None:
    """Who wrote it down; nobody where the customer wrote."""
    sellers = (people["fergus"], people["lotte"])
    if piece.relayed or piece.channel in ("deal", "note"):
        return sellers[piece.account % 2]
    if piece.channel == "call":
        return people["gwen"] if i % 3 else sellers[piece.account % 2]
    if piece.channel == "interview":
        return people[("marit", "callum", "henrike")[piece.product]]
    return None


def _written_when_said(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET created_at = said_at")  # noqa: S608 a name of our own


def backdate(model: type[models.Model], when: dict[int, datetime]) -> None:
    """`created_at` is set by Django at every insert; rows that tell of the past say when themselves."""
    rows = model._default_manager.in_bulk(when)
    for key, row in rows.items():
        row.created_at = when[key]  # type: ignore[attr-defined]
    model._default_manager.bulk_update(rows.values(), ["created_at"], batch_size=BATCH)


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


__all__ = ["Rows", "accounts", "at_noon", "backdate", "company", "feedback", "mentions", "opportunities"]
