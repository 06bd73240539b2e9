"""Writes launches with what each function has promised, campaigns with what they brought, and suppliers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clearspan.catalogue.models import Supplier, SupplierContact
from clearspan.core.actor import Actor
from clearspan.core.models import Function, User
from clearspan.interfaces.sample.content import load, segments
from clearspan.interfaces.sample.defining import told_on
from clearspan.interfaces.sample.rows import Rows
from clearspan.stages.development.models import Milestone, Quote
from clearspan.stages.launch import defaults
from clearspan.stages.launch.actions import decide_launch, plan_launch
from clearspan.stages.launch.drafts.text import GAP
from clearspan.stages.launch.models import (
    Campaign,
    CampaignResult,
    Collateral,
    Commitment,
    GoDecision,
    Launch,
    LaunchMeasure,
    LaunchTemplate,
)
from clearspan.stages.options.models import Option

State = Commitment.State
GAPS = re.compile(rf"^> {re.escape(GAP)} .+$", re.MULTILINE)


def launches(rows: Rows, options: dict[str, Option], today: date) -> dict[str, Launch]:
    """Every launch, by its option; promised and done as far as it has come."""
    defaults.ensure()
    return {
        given["option"]: _launch(rows, given, options[given["option"]], today) for given in load("launches")["launch"]
    }


def _launch(rows: Rows, given: dict[str, Any], option: Option, today: date) -> Launch:
    keeper, day = Actor(rows.people[given["by"]]), today + timedelta(days=given["in"])
    begun = min(day - timedelta(days=60), today - timedelta(days=20))
    with told_on(begun):
        launch: Launch = plan_launch(
            keeper, product=rows.products[given["product"]], title=given["title"], options=[option], planned_on=day,
            template=LaunchTemplate.objects.get(name=given["template"]), text=given["text"],
        )  # fmt: skip
    launch.commitments.update(asked_on=begun)
    LaunchMeasure.objects.bulk_create(
        LaunchMeasure(
            launch=launch, name=one["name"], unit=one["unit"], low=one["points"][0], likely=one["points"][1],
            high=one["points"][2], source=one["source"], due_on=day + timedelta(days=one["after"]),
            came=one.get("came"), note=one.get("note", ""),
            came_on=day + timedelta(days=one["after"]) if "came" in one else None,
        )
        for one in given["measure"]
    )  # fmt: skip
    owners = _owners(rows)
    if given.get("all_done"):
        for one in launch.commitments.select_related("function"):
            _stand(one, State.DONE, owners, one.due_on)
        with told_on(day - timedelta(days=3)):
            decision = decide_launch(keeper, launch=launch, goes=True, reasons=given["reasons"])
        GoDecision.objects.filter(pk=decision.pk).update(decided_on=day - timedelta(days=3))
    for function in Function.objects.filter(name__in={**given.get("done", {}), **given.get("promised", {})}):
        asked = list(launch.commitments.filter(function=function).select_related("function"))
        done, promised = given.get("done", {}).get(function.name, 0), given.get("promised", {}).get(function.name, 0)
        for place, one in enumerate(asked[: done + promised]):
            _stand(one, State.DONE if place < done else State.PROMISED, owners, today - timedelta(days=4 + place))
    _finish(launch, given.get("written", {}), owners)
    Launch.objects.filter(pk=launch.pk).update(
        state=given["state"], launched_on=day if given["state"] == Launch.State.LAUNCHED else None
    )
    launch.refresh_from_db()
    return launch


def _stand(one: Commitment, state: State, owners: dict[int, User], day: date) -> None:
    one.state, one.owner = state, owners.get(one.function_id, one.launch.keeper)  # where a function has nobody
    if state == State.DONE:
        one.done_on, one.evidence = day, f"{one.title}: looked at together on {day:%-d %B}."
    one.save()


def _finish(launch: Launch, written: dict[str, list[str]], owners: dict[int, User]) -> None:
    """Documents whose gaps people have closed, and which show that what they were asked for is done."""
    for one in launch.collateral.filter(kind__in=written).select_related("commitment"):
        words = iter(written[one.kind])
        one.text = GAPS.sub(lambda _, words=words: next(words), one.text)  # type: ignore[misc]  # bound by its default
        one.state, one.written_by = Collateral.State.READY, owners.get(one.function_id)
        one.save()
        if one.commitment:
            one.commitment.evidence = f"{one} ({one.ref})"
            one.commitment.save()


def _owners(rows: Rows) -> dict[int, User]:
    """The first of each function's people."""
    owners: dict[int, User] = {}
    for person in rows.people.values():
        if person.function_id:
            owners.setdefault(person.function_id, person)
    return owners


def campaigns(rows: Rows, options: dict[str, Option], made: dict[str, Launch], today: date) -> None:
    """Every campaign with what it spent and brought so far."""
    by_key = {segment.key: row for segment, row in zip(segments(), rows.segments, strict=True)}
    for given in load("launches")["campaign"]:
        campaign = Campaign.objects.create(
            product=rows.products[given["product"]], option=options[given["option"]] if "option" in given else None,
            launch=made[given["launch"]] if "launch" in given else None, name=given["name"], state=given["state"],
            keeper=rows.people[given["by"]], segment=by_key[given["segment"]], audience=given["audience"],
            message=given["message"], channel=given["channel"], starts=today + timedelta(days=given["starts"]),
            ends=today + timedelta(days=given["ends"]), budget=Decimal(given["budget"]),
            low=given["points"][0], likely=given["points"][1], high=given["points"][2],
            bears=Decimal(given["bears"]), source="the business case" if "option" in given else "guess",
        )  # fmt: skip
        CampaignResult.objects.bulk_create(
            CampaignResult(
                campaign=campaign, day=today + timedelta(days=day), spend=Decimal(spend), reached=reached,
                responses=responses, won=won, revenue=Decimal(revenue), source=given["source"],
            )
            for day, spend, reached, responses, won, revenue in given["results"]
        )  # fmt: skip


def suppliers(rows: Rows, options: dict[str, Option], today: date) -> None:
    """Who makes and places things for us, what they offered, and what they are late with."""
    made = {given["key"]: _supplier(given) for given in load("launches")["supplier"]}
    for given in load("launches")["quote"]:
        option, supplier = options[given["option"]], made[given["supplier"]]
        quote = Quote.objects.create(
            product=option.product, supplier=supplier, option=option, title=given["title"], text=given["text"],
            state=given["state"], amount=Decimal(given["amount"]), words=given["words"],
            delivers_on=_on(given, "delivers", today), valid_until=_on(given, "valid", today),
            due_on=today - timedelta(days=given["ago"] - 10), asked_by=rows.people[given["by"]],
            settled_on=today - timedelta(days=given["ago"] - 14) if given["state"] == "accepted" else None,
        )  # fmt: skip
        Milestone.objects.bulk_create(_milestone(quote, one, today) for one in given.get("milestone", []))


def _supplier(given: dict[str, Any]) -> Supplier:
    supplier: Supplier = Supplier.objects.create(name=given["name"], note=given["note"])
    name, email = given["person"]
    person = User.objects.create_user(email, name=name)
    SupplierContact.objects.create(supplier=supplier, name=name, email=email, person=person)
    return supplier


def _milestone(quote: Quote, given: dict[str, Any], today: date) -> Milestone:
    is_there = given["state"] in ("delivered", "accepted")
    return Milestone(
        product=quote.product, supplier=quote.supplier, option=quote.option, quote=quote, title=given["title"],
        criteria=given["criteria"], state=given["state"], due_on=today + timedelta(days=given["due"]),
        expected_on=_on(given, "expected", today), delivered_on=_on(given, "delivered", today),
        settled_on=_on(given, "settled", today), amount=Decimal(given["amount"]), words=given.get("words", ""),
        answer=given.get("answer", ""), met=list(range(1, len(given["criteria"]) + 1)) if is_there else [],
    )  # fmt: skip


def _on(given: dict[str, Any], name: str, today: date) -> date | None:
    return today + timedelta(days=given[name]) if name in given else None
