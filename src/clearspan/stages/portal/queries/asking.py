"""Who asked for a need, and can be told what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from clearspan.catalogue.models import Account, Contact
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.portal.addresses import key_of
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Subscription, Told, Visitor


@dataclass(frozen=True)
class Asked:
    """A person who asked, how they can be reached, and where they asked."""

    key: str
    address: str
    name: str
    how: str  # voted, commented, sent the idea, said it
    idea: Idea | None = None
    feedback: Feedback | None = None
    visitor: Visitor | None = None
    contact: Contact | None = None

    @property
    def account(self) -> Account | None:
        """Where they work, as far as it is known."""
        known = self.visitor or self.contact
        return known.account if known is not None else None

    @property
    def public_idea(self) -> Idea | None:
        return self.idea if self.idea is not None and self.idea.state in Idea.SHOWN else None


def who_asked(opportunity: Opportunity, occasion: str) -> list[Asked]:
    """Each person once, those left out who were told of this occasion already: five queries."""
    told = Told.objects.filter(telling__opportunity=opportunity, telling__occasion=occasion)
    seen = set(told.values_list("key", flat=True))
    found = []
    for one in (*_of_ideas(opportunity), *_of_feedback(opportunity)):
        if one.key not in seen:
            seen.add(one.key)
            found.append(one)
    return found


def ideas_of(opportunity: Opportunity) -> list[Idea]:
    """The ideas whose feedback speaks of a need; what was merged counts where it went."""
    speaks = Mention.objects.filter(opportunity=opportunity, answer=True, feedback=OuterRef("feedback"))
    rows = Idea.objects.filter(Exists(speaks), product=opportunity.product_id)
    return list(rows.exclude(state=Idea.State.MERGED).select_related("product", "feedback").order_by("-votes", "pk"))


def _of_ideas(opportunity: Opportunity) -> Iterator[Asked]:
    """Who voted, commented or sent an idea, and follows it still."""
    ideas = {idea.pk: idea for idea in ideas_of(opportunity)}
    follows = Subscription.objects.filter(idea__in=list(ideas), confirmed_at__isnull=False, visitor__is_blocked=False)
    votes = IdeaVote.objects.filter(idea=OuterRef("idea"), visitor=OuterRef("visitor"), confirmed_at__isnull=False)
    said = IdeaComment.objects.filter(
        idea=OuterRef("idea"), visitor=OuterRef("visitor"), state=IdeaComment.State.PUBLIC
    )
    rows = follows.annotate(voted=Exists(votes), commented=Exists(said))
    for row in rows.select_related("visitor__account").order_by("pk"):
        visitor, idea = row.visitor, ideas[row.idea_id]
        sent = idea.visitor_id == visitor.pk
        if not (row.voted or row.commented or sent):
            continue
        how = "sent the idea" if sent else "voted" if row.voted else "commented"
        yield Asked(visitor.key, visitor.address, visitor.name, how, idea, idea.feedback, visitor)


def _of_feedback(opportunity: Opportunity) -> Iterator[Asked]:
    """Whose feedback speaks of it, where a contact with an address is known."""
    mentions = Mention.objects.filter(Q(feedback__contact__isnull=False) & ~Q(feedback__contact__email=""),
                                      opportunity=opportunity, answer=True)  # fmt: skip
    for row in mentions.select_related("feedback__contact__account").order_by("pk"):
        contact = row.feedback.contact
        yield Asked(key_of(contact.email), contact.email, contact.name, "said it", feedback=row.feedback,
                    contact=contact)  # fmt: skip
