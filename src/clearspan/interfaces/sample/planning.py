"""Writes the options, their cases, the people there are, and what was decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from clearspan.catalogue.models import Gate
from clearspan.core.models import Comment, Function
from clearspan.interfaces.sample import cases
from clearspan.interfaces.sample.content import load, needs, segments
from clearspan.interfaces.sample.rows import Rows, at_noon, backdate
from clearspan.stages.decisions import quarters
from clearspan.stages.decisions.actions.deciding import STATE, expectation, newest_study
from clearspan.stages.decisions.models import Bucket, Capacity, Decision, Outcome
from clearspan.stages.opportunities.models import Opportunity
from clearspan.stages.options.models import BusinessCase, Effort, Impact, Meets, Needs, Option

SPEAKS = {  # who states the impact on a function
    "Support": "gwen", "Legal": "noor", "Marketing": "ilse", "Finance": "desmond", "Logistics": "bea",
    "Operations": "mirek", "Sales": "lotte",
}  # fmt: skip
LEVELS = ("mean", "p05", "p25", "p50", "p75", "p95")


def options(rows: Rows) -> dict[str, Option]:
    """Every option with its needs, efforts, impacts, dependencies and business case."""
    given = load("options")
    managers = {row["key"]: rows.people[row["manager"]] for row in load("company")["product"]}
    functions = {function.name: function for function in Function.objects.all()}
    found = opportunities(rows)
    made: dict[str, Option] = {}
    for row in given["option"]:
        product = row["product"]
        made[row["key"]] = option = Option.objects.create(
            product=rows.products[product], title=row["title"], summary=row["summary"], keeper=managers[product],
            feasibility=row["feasibility"], feasibility_note=row.get("feasibility_note", ""), state=Option.State.READY,
            duration=row["duration"], bucket=row["bucket"], must=row.get("must", False),
        )  # fmt: skip
        Meets.objects.bulk_create(Meets(option=option, opportunity=found[key]) for key in row["meets"])
        Effort.objects.bulk_create(
            Effort(option=option, function=functions[name], low=low, likely=likely, high=high, source=row["source"])
            for name, (low, likely, high) in row["effort"].items()
        )
        Impact.objects.bulk_create(
            Impact(
                option=option, function=functions[name], weight=weight, note=note, stated_by=rows.people[SPEAKS[name]]
            )
            for name, weight, note in row["impacts"]
        )
        BusinessCase.objects.create(
            option=option, version=1, written_by=managers[product], note="first version",
            spec=_spec(row, found, product, given["rates"]),
        )  # fmt: skip
    Needs.objects.bulk_create(
        Needs(option=made[row["key"]], other=made[other], kind=kind)
        for row in given["option"]
        for kind in Needs.Kind
        for other in row.get(kind, [])
    )
    return made


def _spec(row: dict[str, Any], found: dict[str, Opportunity], product: str, rates: dict[str, int]) -> cases.Spec:
    need = found[row["case"]["need"]].ref if "need" in row["case"] else ""
    accounts = sum(segment.market[product][0] for segment in segments())
    return cases.spec(
        row["case"], need, accounts, row["duration"], {name: rates[name] for name in row["effort"] if name in rates}
    )


def people_and_buckets(rows: Rows, today: date) -> None:
    """How many people each product has of each scarce function for eight quarters, and how effort is to be shared."""
    given = load("decisions")
    functions = {function.name: function for function in Function.objects.all()}
    Capacity.objects.bulk_create(
        Capacity(
            product=rows.products[product], function=functions[name], quarter=quarters.after(today, i), people=people
        )
        for product, table in given["people"].items()
        for name, by_quarter in table.items()
        for i, people in enumerate(by_quarter)
    )
    Bucket.objects.bulk_create(
        Bucket(product=rows.products[product], name=name, floor=floor, cap=cap)
        for product, table in given["buckets"].items()
        for name, (floor, cap) in table.items()
    )


def decisions(rows: Rows, made: dict[str, Option], today: date) -> None:
    """What was decided over the past year and more. What is older carries what was expected then, and what came."""
    worth = Gate.objects.get(name="Worth building")
    found = opportunities(rows)
    managers = {rows.products[row["key"]].pk: rows.people[row["manager"]] for row in load("company")["product"]}
    when = {}
    for row in load("decisions")["decision"]:
        option = made[row["option"]] if "option" in row else None
        need = found[row["opportunity"]] if "opportunity" in row else None
        about = option or need
        assert about is not None
        kind, on = Decision.Kind(row["kind"]), today - timedelta(days=row["ago"])
        starts = quarters.after(today, row["starts"]) if "starts" in row else None
        study = newest_study(option) if option and "expected" not in row else None
        decision = Decision.objects.create(
            product=about.product, kind=kind, option=option, opportunity=need,
            gate=worth if kind == Decision.Kind.CHOOSE else None,
            title=f"{kind.label.capitalize()}: {about}", reasons=row["reasons"], decided_on=on,
            decided_by=managers[about.product_id],
            review_on=today + timedelta(days=row["review"]) if "review" in row else None,
            case_study=study, expected=_expected(row) if "expected" in row else expectation(study),
            starts=starts,
            ends=quarters.last_day(quarters.after(starts, option.duration - 1)) if starts and option else None,
        )  # fmt: skip
        if "outcome_note" in row:
            Outcome.objects.create(
                decision=decision, day=today - timedelta(days=row.get("came", 20)), note=row["outcome_note"],
                amount=row["outcome"] * 1000 if "outcome" in row else None, is_final="over" not in row,
                source="review of the business case", noted_by=managers[about.product_id],
            )  # fmt: skip
        when[decision.pk] = at_noon(on)
        if option is not None:
            Option.objects.filter(pk=option.pk).update(state=STATE[kind])
        elif kind == Decision.Kind.DECLINE:
            Opportunity.objects.filter(pk=about.pk).update(state=Opportunity.State.CLOSED)
    backdate(Decision, when)


def comments(rows: Rows, made: dict[str, Option], today: date) -> None:
    """What colleagues said about options and needs."""
    found, when = opportunities(rows), {}
    for row in load("decisions")["comment"]:
        about = made[row["option"]] if "option" in row else found[row["opportunity"]]
        comment = Comment.objects.create(about=about.ref, person=rows.people[row["by"]], text=row["text"])
        when[comment.pk] = at_noon(today - timedelta(days=row["ago"]))
    backdate(Comment, when)


def opportunities(rows: Rows) -> dict[str, Opportunity]:
    """The rows of the needs, by their key in data/."""
    return {need.key: row for need, row in zip(needs(), rows.opportunities, strict=True)}


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    npv = {name: value * 1000 for name, value in zip(LEVELS, row["expected"], strict=True)}
    found = {"measure": "npv", "currency": load("company")["currency"], "npv": npv, "probability_of_loss": row["loss"]}
    if "over" not in row:
        return found
    five = [npv[name] for name in ("p05", "p25", "mean", "p75", "p95")]
    values = [[round(value * quarter / row["over"]) for value in five] for quarter in range(row["over"] + 1)]
    return {**found, "to_date": {"period": "quarter", "discount_rate": 0.1, "values": values}}
