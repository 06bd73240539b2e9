"""What an audience sees of what is coming: its words, dates no more exact than is known, and nothing else.

Every way out (screens, portal, REST, MCP, briefs, mail) asks here, so that the rules hold in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from clearspan.catalogue.models import Product
from clearspan.catalogue.queries.naming import without_accounts
from clearspan.core import panels
from clearspan.core.actions import NotThere
from clearspan.core.actor import Actor
from clearspan.stages.decisions.audiences import CUSTOMERS, Audience, open_to
from clearspan.stages.decisions.models import RoadmapWording
from clearspan.stages.decisions.precision import Precision, Said, ahead, coarsest, said
from clearspan.stages.decisions.queries.roadmap import Coming, Dates, coming
from clearspan.stages.options.models import Option

GROUPS = ("Now", "Next", "Later")


@dataclass(frozen=True)
class Published:
    """One thing that is coming, as its audience may see it.

    `option` is the option's number, to join with what is known of it elsewhere; a page for guests does not print it.
    `starts` and `dates` are what a picture may draw: rounded to the period that is said, for who is told no more.
    """

    option: int
    title: str
    text: str  # Markdown
    group: str  # Now, Next or Later
    said: Said
    starts: date
    dates: Dates | None  # None: no date is said
    wording: RoadmapWording | None = None  # whose words these are, where they were written for the audience
    why: str = ""
    people: str = ""  # only where people are shown
    npv: float | None = None  # expected when it was decided; only where money is shown
    is_from_build: bool = False
    is_overdue: bool = False
    decision: int | None = None

    @property
    def when(self) -> str:
        """The date in words: "expected in the second half of 2027"."""
        return self.said.words


def published(actor: Actor, product: Product, to: Audience, today: date) -> list[Published]:
    """What is coming of a product, as the audience `to` may see it: first what is being built, then by group.

    Raises NotThere when the actor may not look at this audience's roadmap, or not at the product. A visitor may look
    at the customers': what was published of a product that is neither confidential nor archived, and nothing else.
    """
    if to not in open_to(actor) or not _may_know(actor, product, to):
        raise NotThere(f"there is no roadmap for {to.name.lower()}")
    if not to.only_published:
        return [_inside(one, to, today) for one in coming(actor, product, today)]
    wordings = _wordings(product, to)
    found = coming(Actor.system(actor.interface), product, today, of=list(wordings)) if wordings else []
    shown = [_worded(one, wordings[one.option.pk], to, today) for one in found]
    return sorted(shown, key=lambda one: (GROUPS.index(one.group), one.said.last or date.max, one.title))


@dataclass(frozen=True)
class Draft:
    """What an option is, or could be, called for an audience, and where those words are from."""

    initial: dict[str, Any]  # title, text, precision, publish
    source: str  # "as it is told now", "from its definition" ...
    wording: RoadmapWording | None = None


def unpublished(
    actor: Actor, product: Product, to: Audience, today: date
) -> list[tuple[Coming, RoadmapWording | None]]:
    """What is coming and the audience is not told of, with the words that were written for it already."""
    told = _wordings(product, to)
    rows = RoadmapWording.objects.visible_to(actor).filter(option__product=product, audience=to.key)
    written = {row.option_id: row for row in rows}
    return [(one, written.get(one.option.pk)) for one in coming(actor, product, today) if one.option.pk not in told]


def drafted(actor: Actor, option: Option, to: Audience) -> Draft:
    """The words for an audience: those written, else what its definition says of it, without the names of accounts."""
    row = RoadmapWording.objects.visible_to(actor).filter(option=option, audience=to.key).first()
    if row is not None:
        kept = {name: getattr(row, name) for name in ("title", "text", "precision")}
        return Draft({**kept, "publish": row.is_published}, "as it was written", row)
    said: dict[int, tuple[str, str]] = panels.first("roadmap.words", actor, [option]) or {}
    title, text = said.get(option.pk, (option.title, option.summary))
    if to == CUSTOMERS:
        title, text = without_accounts(title), without_accounts(text)
    source = "drafted from its definition" if option.pk in said else "drafted from the option: it is not defined yet"
    return Draft({"title": title[:120], "text": text[:4000], "precision": "", "publish": True}, source)


def is_told_outside(product: Product) -> bool:
    """Whether customers and visitors may be told of it at all: of what is confidential or archived they are not."""
    return not (product.is_confidential or product.is_archived)


def _may_know(actor: Actor, product: Product, to: Audience) -> bool:
    """Employees need to see the product; nobody is told of a confidential or archived one by what is for customers."""
    if to == CUSTOMERS and not is_told_outside(product):
        return False
    return not actor.is_employee or product in Product.all_for(actor)


def _wordings(product: Product, to: Audience) -> dict[int, RoadmapWording]:
    """Option to what it is called. What customers are told sales may read too, where nothing else is written."""
    audiences = dict.fromkeys((CUSTOMERS.key, to.key))  # the audience's own come last, and so win
    rows = RoadmapWording.objects.filter(option__product=product, is_published=True, audience__in=audiences)
    return {row.option_id: row for row in sorted(rows, key=lambda row: list(audiences).index(row.audience))}


def _inside(one: Coming, to: Audience, today: date) -> Published:
    """For who is told all that is coming: as it is called inside, without the money or the people of who is not."""
    npv = one.decision.expected.get("npv", {}).get("mean") if to.shows_money else None
    return Published(
        one.option.pk, one.option.title, one.option.summary, one.group(today), say(one, to, today), one.starts,
        (one.p10, one.p50, one.p85, one.p95), None, one.why, one.people if to.shows_people else "", npv,
        one.is_from_build, one.is_overdue, one.decision.pk,
    )  # fmt: skip


def _worded(one: Coming, wording: RoadmapWording, to: Audience, today: date) -> Published:
    """For who is told what was published: the words that were, and no day between the ends of what is said."""
    when = say(one, to, today, wording.precision)
    first, last = when.first, when.last
    dates = (first, last, last, last) if first and last else None
    return Published(one.option.pk, wording.title, wording.text, one.group(today), when, first or today, dates, wording)


def say(one: Coming, to: Audience, today: date, chosen: str = "") -> Said:
    """When it comes, as exactly as the audience is told and the forecast supports, and without what of it is past."""
    finest = coarsest(Precision(chosen), to.finest) if chosen else to.precision
    if not one.is_from_build:
        finest = coarsest(finest, to.unbuilt)
    return ahead(said(one.p10, one.p85, finest), today)
