"""What the public pages show: a constant number of queries each, all through `visible_to(VISITOR)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from clearspan.catalogue.models import Product
from clearspan.core.lists import by_words
from clearspan.stages.decisions.queries.published import Published
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment, IdeaVote, Portal, Subscription, Visitor
from clearspan.stages.portal.queries import VISITOR
from clearspan.stages.portal.queries.standing import Line, line_of, plans_for, with_standing

PAGE = 20
ORDERS = {"": ("-votes", "-pk"), "new": ("-said_at", "-pk")}
GROUPS = ("Now", "Next", "Later")
MOST_SAID = 200  # comments of one idea


@dataclass(frozen=True)
class Shown:
    """An idea as it stands in a list. `mine` when this visitor has voted for it."""

    idea: Idea
    stands: str  # in words: Being built
    words: str  # beside it: expected in spring
    mine: bool = False


def portals() -> list[Portal]:
    """Every portal that is open."""
    return list(Portal.objects.visible_to(VISITOR).select_related("product").order_by("product__name"))


def portal(key: str) -> Portal | None:
    """The open portal of a product."""
    found: Portal | None = Portal.objects.visible_to(VISITOR).filter(product__key=key).select_related("product").first()
    return found


def ideas(
    product: Product, visitor: Visitor | None, *, q: str = "", state: str = "", order: str = "", page: str | int = 1,
    size: int = PAGE, line: Line | None = None,
) -> tuple[list[Shown], Page[Idea]]:  # fmt: skip
    """One page of a product's ideas."""
    line = line or line_of(product)
    rows = with_standing(public_ideas(product), line)
    if q:
        query = by_words(q)
        rows = rows.filter(search=query) if query is not None else rows.none()
    if state:
        rows = rows.filter(stands=state)
    cut = Paginator(rows.order_by(*ORDERS.get(order, ORDERS[""])), size).get_page(page)
    return shown(list(cut), visitor, line), cut


def public_ideas(product: Product) -> QuerySet[Idea]:
    return Idea.objects.visible_to(VISITOR).filter(product=product, state=Idea.State.PUBLIC).defer("search")


def shown(found: list[Idea], visitor: Visitor | None, line: Line) -> list[Shown]:
    """Ideas with their state in words and whether the visitor wants them too: two queries, one for a stranger."""
    plans, mine = plans_for(found, line), voted(found, visitor)
    return [Shown(idea, *says(idea, plans.get(idea.pk)), idea.pk in mine) for idea in found]


def says(idea: Any, plan: Published | None) -> tuple[str, str]:
    """ "Being built", "expected in spring"."""
    beside = idea.words or (plan.when if plan is not None and idea.stands in ("planned", "building") else "")
    return Idea.Standing(idea.stands).label, beside


def voted(found: list[Idea], visitor: Visitor | None) -> set[int]:
    """Which of these ideas the visitor has voted for."""
    if visitor is None or not found:
        return set()
    cast = IdeaVote.objects.filter(visitor=visitor, idea__in=found, confirmed_at__isnull=False)
    return set(cast.values_list("idea", flat=True))


def one(product: Product, pk: int, line: Line) -> Idea | None:
    """An idea by its number, whether it is public or was merged into another."""
    rows = Idea.objects.visible_to(VISITOR).filter(product=product, pk=pk).defer("search")
    found: Idea | None = with_standing(rows, line).select_related("merged_into").first()
    return found


def comments(idea: Idea) -> list[IdeaComment]:
    """What is said to an idea in public, oldest first; of very much, the newest."""
    newest = IdeaComment.objects.visible_to(VISITOR).filter(idea=idea).order_by("-said_at", "-pk")
    return list(newest[:MOST_SAID])[::-1]


def changelog(product: Product, page: str | int = 1, size: int = PAGE) -> Page[ChangelogEntry]:
    return Paginator(entries(product), size).get_page(page)


def entries(product: Product) -> QuerySet[ChangelogEntry]:
    """What was published of what is new, newest first."""
    return ChangelogEntry.objects.visible_to(VISITOR).filter(product=product).order_by("-published_at", "-pk")


def grouped(line: Line) -> list[tuple[str, list[Published]]]:
    """What is coming: now, next, later."""
    return [(name, rows) for name in GROUPS if (rows := [one for one in line.coming if one.group == name])]


def follows(visitor: Visitor | None, product: Product, idea: Idea | None = None) -> Subscription | None:
    """The visitor's subscription to an idea, or to what is new."""
    if visitor is None:
        return None
    found: Subscription | None = Subscription.objects.filter(
        visitor=visitor, product=product, idea=idea, confirmed_at__isnull=False
    ).first()
    return found
