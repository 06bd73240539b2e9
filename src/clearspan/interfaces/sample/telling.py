"""Tells the sample company's audiences what is coming: words published to them, a brief that was written into and sent,
and who is told what changes."""

from __future__ import annotations

from datetime import date, timedelta

from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.defining import told_on
from clearspan.interfaces.sample.rows import Rows, at_noon
from clearspan.stages.briefs.actions import choose_digest, send_brief, write_brief
from clearspan.stages.briefs.models import BriefSending, Digest
from clearspan.stages.decisions.actions import word_for_roadmap
from clearspan.stages.options.models import Option


def audiences(rows: Rows, options: dict[str, Option], today: date) -> None:
    """By the actions people use, each on its day."""
    given = load("telling")
    managers = {row["key"]: Actor(rows.people[row["manager"]]) for row in load("company")["product"]}
    for row in given["wording"]:
        option = options[row["option"]]
        word_for_roadmap(
            managers[option.product.key], option=option, audience=row["audience"], title=row["title"],
            text=row["text"], precision=row.get("precision", ""), publish=True,
        )  # fmt: skip
    for row in given["brief"]:
        day, about = today - timedelta(days=row["ago"]), {"product": rows.products[row["product"]]}
        with told_on(day):
            write_brief(managers[row["product"]], **about, audience=row["audience"], part=row["part"], text=row["text"])
            sent: BriefSending = send_brief(managers[row["product"]], **about, audience=row["audience"], everyone=True)
        BriefSending.objects.filter(pk=sent.pk).update(created_at=at_noon(day))
    for row in given["digest"]:
        person = User.objects.filter(function__kind=row["person"]).order_by("pk").first()
        product = rows.products[row["product"]]
        choose_digest(Actor(person), product=product, every=Digest.Every(row["every"]))
