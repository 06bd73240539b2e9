"""A small company that tests are told in: Harbour & Vale, which sells Tideline, a berth booking system for marinas.

Ines manages Tideline, Devi builds it, Sol sells it, Leda leads the company, Otto keeps support running. Cora is a
customer at Northmole Marina, Kit makes sensors at Buoyline, a supplier; Xan is nobody here. Umbra is a confidential
product on which only Ines has a role.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from clearspan.catalogue import defaults
from clearspan.catalogue.models import (
    Account,
    Contact,
    Deal,
    Line,
    MarketSize,
    Product,
    ProductRole,
    Role,
    Segment,
    Supplier,
    SupplierContact,
)
from clearspan.core.actor import Actor
from clearspan.core.models import Company, Function, User
from clearspan.stages.evidence.models import Feedback

PASSWORD = "a-long-enough-password"
PERSONAS = ("ines", "devi", "sol", "leda", "otto", "cora", "kit", "xan")


@dataclass
class World:
    """What every test may count on. Actors are named after their person: `world.ines`."""

    tideline: Product
    umbra: Product
    marinas: Segment
    clubs: Segment
    northmole: Account
    saltings: Account
    deal: Deal
    buoyline: Supplier
    actors: dict[str, Actor]

    def __getattr__(self, name: str) -> Actor:
        actors = self.__dict__.get("actors", {})
        if name in actors:
            return actors[name]  # type: ignore[no-any-return]
        raise AttributeError(name)

    def feedback(self, text: str = "We book berths twice.", account: Account | None = None, **fields: Any) -> Feedback:
        """Something Northmole (or `account`) said about Tideline."""
        fields.setdefault("said_at", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
        fields.setdefault("product", self.tideline)
        return Feedback.objects.create(account=account or self.northmole, text=text, **fields)

    @classmethod
    def make(cls) -> World:
        defaults.ensure()
        Company.objects.filter(pk=1).update(name="Harbour & Vale", currency="GBP")
        line = Line.objects.create(name="Harbour")
        tideline = Product.objects.create(name="Tideline", key="tideline", line=line)
        umbra = Product.objects.create(name="Umbra", key="umbra", line=line, is_confidential=True)
        marinas, clubs = (
            Segment.objects.create(name=name, position=i) for i, name in enumerate(("Marinas", "Sailing clubs"))
        )
        for segment, accounts, value in ((marinas, 320, 9_000), (clubs, 1_100, 1_500)):
            MarketSize.objects.create(
                product=tideline,
                segment=segment,
                accounts=accounts,
                value_per_account=Decimal(value),
                source="Harbour register",
                as_of=date(2026, 1, 1),
            )
        northmole = Account.objects.create(name="Northmole Marina", segment=marinas, value=Decimal(12_000))
        saltings = Account.objects.create(name="Saltings Sailing Club", segment=clubs, value=Decimal(1_400))
        deal = Deal.objects.create(
            product=tideline, account=saltings, name="Saltings, 40 berths", amount=Decimal(2_400)
        )
        people = {
            "ines": ("Ines Maddox", "Product management"),
            "devi": ("Devi Rao", "Engineering"),
            "sol": ("Sol Reyes", "Sales"),
            "leda": ("Leda Quist", "Leadership"),
            "otto": ("Otto Brandt", "Support"),
            "cora": ("Cora Finch", None),
            "kit": ("Kit Amaro", None),
            "xan": ("Xan Doe", None),
        }
        actors = {key: Actor(_person(key, name, function)) for key, (name, function) in people.items()}
        Contact.objects.create(account=northmole, name="Cora Finch", person=actors["cora"].person)
        buoyline = Supplier.objects.create(name="Buoyline Sensors", note="Makes the berth sensors.")
        SupplierContact.objects.create(supplier=buoyline, name="Kit Amaro", person=actors["kit"].person)
        for product, key, role in (
            (tideline, "ines", "Product manager"),
            (umbra, "ines", "Product manager"),
            (tideline, "devi", "Engineering lead"),
        ):
            ProductRole.objects.create(product=product, person=actors[key].person, role=Role.objects.get(name=role))
        return cls(tideline, umbra, marinas, clubs, northmole, saltings, deal, buoyline, actors)


def _person(key: str, name: str, function: str | None) -> User:
    person: User = User.objects.create(
        email=f"{key}@example.org",
        password=_hashed(),
        name=name,
        is_admin=key == "ines",
        function=Function.objects.get(name=function) if function else None,
    )
    return person


@cache
def _hashed() -> str:
    """The password's hash, made once: it is slow on purpose, and there are eight people in every test."""
    return make_password(PASSWORD)
