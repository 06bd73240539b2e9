"""Writes the public portals: ideas behind which stands what was really said, votes, answers, and what is new."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from clearspan.catalogue.models import Contact, Product
from clearspan.core.actor import Actor
from clearspan.core.models import Event
from clearspan.interfaces.sample.content import load
from clearspan.interfaces.sample.defining import told_on
from clearspan.interfaces.sample.rows import Rows, at_noon
from clearspan.stages.decisions.actions import word_for_roadmap
from clearspan.stages.decisions.models import RoadmapWording
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.launch.models import Launch
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.models import Option
from clearspan.stages.portal.actions import draft_entry, publish_entry, set_up_portal, tell_those_who_asked
from clearspan.stages.portal.actions.people import count_votes
from clearspan.stages.portal.addresses import key_of
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Subscription, Telling, Told, Visitor
from clearspan.stages.portal.queries.asking import who_asked

MOST_SAID = 400  # pieces of feedback from which voters are found


def portals(
    rows: Rows, options: dict[str, Option], launched: dict[str, Launch], needs: dict[str, Opportunity], today: date
) -> None:
    """Every portal that `data/portal.toml` has."""
    for given in load("portal")["portal"]:
        Asking(rows, rows.products[given["product"]], rows.people[given["by"]], today).build(
            given, options, launched, needs
        )


class Asking:
    """One product's portal."""

    def __init__(self, rows: Rows, product: Product, keeper: Any, today: date) -> None:
        self.rows, self.product, self.keeper, self.today = rows, product, Actor(keeper), today

    def build(
        self, given: dict[str, Any], options: dict[str, Option], launched: dict[str, Launch],
        needs: dict[str, Opportunity],
    ) -> None:  # fmt: skip
        about = {name: given[name] for name in ("headline", "how", "privacy")}
        set_up_portal(self.keeper, product=self.product, is_open=True, **about)
        for one in given.get("coming", []):
            self._coming(options[one["option"]], one)
        for one in given["idea"]:
            self._idea(one, needs[one["need"]])
        for one in given.get("waiting", []):
            self._waiting(one)
        for one in given.get("said", []):
            self._said(one)
        for one in given["new"]:
            self._new(one, launched.get(one.get("launch", "")))
        for one in given.get("told", []):
            self._told(one, needs[one["need"]])

    def _coming(self, option: Option, one: dict[str, Any]) -> None:
        """What customers may read of the roadmap, where nobody has written it."""
        if not RoadmapWording.objects.filter(option=option, audience="customers").exists():
            word_for_roadmap(
                self.keeper, option=option, audience="customers", title=one["title"], text=one["text"], publish=True
            )

    def _idea(self, one: dict[str, Any], need: Opportunity) -> None:
        """The first who said it on a portal sent it; the others who said the same have voted for it."""
        taken = Idea.objects.filter(feedback__isnull=False).values("feedback")
        said = Mention.objects.filter(opportunity=need, answer=True, feedback__account__isnull=False)
        pieces = [mention.feedback for mention in said.exclude(feedback__in=taken).select_related("feedback__account")
                  .order_by("heard_at")[:MOST_SAID]]  # fmt: skip
        if not pieces:  # a small company, in which nobody with an account has said it
            return
        first = next((piece for piece in pieces if piece.channel == Feedback.Channel.PORTAL), pieces[0])
        at = self._at(one["ago"])
        idea = Idea.objects.create(
            product=self.product, title=one["title"], text=one.get("text", ""), feedback=first, state=Idea.State.PUBLIC,
            standing=one.get("standing", ""), words=one.get("words", ""), said_at=at, confirmed_at=at,
            published_at=at + timedelta(days=1),
        )  # fmt: skip
        voters = self._votes(idea, pieces, one["votes"], at, self._at(one.get("voted_until", 1)))
        if voters:
            idea.visitor, idea.author = voters[0], voters[0].name
            idea.save(update_fields=["visitor", "author"])
        for comment in one.get("comment", []):
            self._comment(idea, comment, voters)

    def _votes(
        self, idea: Idea, pieces: list[Feedback], most: int, since: datetime, until: datetime
    ) -> list[Visitor]:  # fmt: skip
        """One person of each account that said so, one after the other; nobody votes for what is here."""
        accounts = {piece.account_id: piece for piece in pieces}
        known = Contact.objects.filter(account__in=list(accounts)[: 2 * most]).exclude(email="").order_by("pk")
        people: dict[int, Contact] = {}
        for contact in known:
            people.setdefault(contact.account_id, contact)
        chosen = list(people.values())[:most]
        visitors = [self._visitor(contact, since) for contact in chosen]
        votes, spread = [], max(1, (until - since).days)
        for place, (visitor, contact) in enumerate(zip(visitors, chosen, strict=True)):
            piece = accounts[contact.account_id]
            at = since + timedelta(days=(place * spread) // len(visitors), hours=place % 9)
            used = None if piece.pk == idea.feedback_id or IdeaVote.objects.filter(feedback=piece).exists() else piece
            votes.append(IdeaVote(idea=idea, visitor=visitor, feedback=used, confirmed_at=at))
        IdeaVote.objects.bulk_create(votes)
        Subscription.objects.bulk_create(
            Subscription(product=self.product, visitor=visitor, idea=idea, confirmed_at=since) for visitor in visitors
        )
        count_votes([idea.pk])
        return visitors

    def _visitor(self, contact: Contact, since: datetime) -> Visitor:
        made, _ = Visitor.objects.get_or_create(
            key=key_of(contact.email),
            defaults={"address": contact.email, "name": contact.name.split()[0], "account": contact.account,
                      "person": contact.person, "confirmed_at": since},
        )  # fmt: skip
        if since < made.created_at:
            Visitor.objects.filter(pk=made.pk).update(created_at=since)
            made.created_at = since
        return made

    def _comment(self, idea: Idea, one: dict[str, Any], voters: list[Visitor]) -> None:
        """An answer of ours, or what one of those who voted adds."""
        at, person = self._at(one["ago"]), self.rows.people.get(one.get("by", ""))
        visitor = voters[one["who"] % len(voters)] if "who" in one and voters else None
        author = person.name if person else visitor.name if visitor else ""
        IdeaComment.objects.create(
            idea=idea, person=person, visitor=visitor, is_ours=person is not None, author=author, text=one["text"],
            state=IdeaComment.State.PUBLIC, said_at=at, confirmed_at=at,
        )  # fmt: skip
        if visitor is not None:
            Visitor.objects.filter(pk=visitor.pk).update(trusted_at=at)

    def _waiting(self, one: dict[str, Any]) -> None:
        """What nobody has read yet."""
        at, held = self._at(one["ago"]), one.get("held", "")
        Idea.objects.create(
            product=self.product, title=one["title"], text=one["text"], author=one["name"], said_at=at, why_held=held,
            confirmed_at=None if held else at, state=Idea.State.HELD if held else Idea.State.WAITING,
        )  # fmt: skip

    def _said(self, one: dict[str, Any]) -> None:
        """A comment that nobody has read yet, of somebody who voted."""
        idea = Idea.objects.get(product=self.product, title=one["on"])
        vote = idea.cast.select_related("visitor").filter(visitor__trusted_at=None).order_by("-pk").first()
        IdeaComment.objects.create(
            idea=idea, visitor=vote.visitor if vote else None, author=vote.visitor.name if vote else "",
            text=one["text"], state=IdeaComment.State.WAITING, said_at=self._at(one["ago"]),
        )  # fmt: skip

    def _new(self, one: dict[str, Any], launch: Launch | None) -> None:
        entry = draft_entry(
            self.keeper, product=self.product, launch=launch, title=one["title"], text=one["text"].strip()
        )
        if not one.get("draft"):
            publish_entry(self.keeper, entry=entry, at=self._at(one["ago"]), tells=False)
            type(entry).objects.filter(pk=entry.pk).update(changed_at=self._at(one["ago"]))

    def _told(self, one: dict[str, Any], need: Opportunity) -> None:
        """Those who had asked by that day were told then; who asked later was not, and waits to be told."""
        occasion, moment = one["occasion"], self._at(one["ago"])
        if not who_asked(need, occasion):
            return
        with told_on(moment.date()):
            sent = tell_those_who_asked(
                self.keeper, opportunity=need, occasion=occasion, subject=one["subject"], text=one["text"]
            )
        told = Told.objects.filter(telling=sent.telling)
        told.filter(idea=None, feedback__said_at__gte=moment).delete()
        told.update(sent_at=moment)
        Telling.objects.filter(pk=sent.telling.pk).update(sent_at=moment)
        summary = f"told {told.count()} who asked: {one['subject']}"
        event = Event.objects.filter(action=tell_those_who_asked.name).order_by("-pk").values("pk")[:1]
        Event.objects.filter(pk__in=event).update(summary=summary)

    def _at(self, ago: int) -> datetime:
        return at_noon(self.today - timedelta(days=ago))
