"""Who a visitor is, and what their votes count for. Used by several actions; none by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, IntegerField, Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Length, Lower, Right, StrIndex
from django.utils import timezone

from clearspan.catalogue.models import Account, Contact
from clearspan.core.models import User
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal import links
from clearspan.stages.portal.addresses import company_domain, key_of
from clearspan.stages.portal.models import Idea, IdeaVote, Subscription, Visitor

COPIES = """
INSERT INTO opportunities_mention
    (created_at, opportunity_id, feedback_id, heard_at, quote, importance, prompted, answer)
SELECT now(), m.opportunity_id, v.feedback_id, f.said_at, '', 2, false, m.answer
FROM portal_ideavote v
JOIN portal_idea i ON i.id = v.idea_id
JOIN opportunities_mention m ON m.feedback_id = i.feedback_id
JOIN evidence_feedback f ON f.id = v.feedback_id
WHERE i.id = ANY(%s)
ON CONFLICT DO NOTHING
"""


def visitor_named(address: str, name: str) -> Visitor:
    """The visitor of this address, made when it is the first time. Of two at once, one is made."""
    found, _ = Visitor.objects.get_or_create(key=key_of(address), defaults={"address": address.strip(), "name": name})
    return found


def is_confirmed(visitor: Visitor) -> None:
    """The address is theirs: whose it is, is found out now, and not before."""
    if visitor.confirmed_at is None:
        visitor.confirmed_at = timezone.now()
    visitor.person = User.objects.filter(email__iexact=visitor.address, is_active=True).first()
    visitor.account = visitor.account or account_of(visitor.address)
    visitor.save(update_fields=["confirmed_at", "person", "account"])


def account_of(address: str) -> Account | None:
    """The account of an address: its contact's, or the only one that has contacts under the same domain."""
    contact = Contact.objects.filter(email__iexact=address).select_related("account").first()
    if contact is not None:
        return contact.account
    domain = company_domain(address)
    if not domain:
        return None
    there = Contact.objects.filter(email__iendswith=f"@{domain}").values_list("account", flat=True).distinct()[:2]
    return Account.objects.get(pk=there[0]) if len(there) == 1 else None


def accounts_of(addresses: list[str]) -> dict[str, int]:
    """`account_of` of many, by their addresses in lower case: two queries."""
    wanted = {address.lower(): company_domain(address) for address in addresses}
    lower = Contact.objects.annotate(mail=Lower("email"))
    found = dict(lower.filter(mail__in=list(wanted)).values_list("mail", "account"))
    there = lower.annotate(domain=Right("mail", Length("mail") - StrIndex("mail", Value("@"))))
    alone = there.filter(domain__in=set(wanted.values()) - {""}).order_by().values("domain")
    alone = alone.annotate(of=Min("account"), many=Count("account", distinct=True)).filter(many=1)
    domains = dict(alone.values_list("domain", "of"))
    return {address: domains[domain] for address, domain in wanted.items() if domain in domains} | found


def count_votes(ideas: list[int]) -> None:
    """Counts the confirmed votes of these ideas anew. Each idea is locked by the action that votes: none is lost."""
    cast = IdeaVote.objects.filter(idea=OuterRef("pk"), confirmed_at__isnull=False).order_by().values("idea")
    number = Coalesce(Subquery(cast.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    Idea.objects.filter(pk__in=ideas).update(votes=F("votes_brought") + number)


def becomes_feedback(idea: Idea) -> None:
    """An idea waits in the inbox like anything else that was heard."""
    if idea.feedback_id:
        return
    heard = _heard(idea.visitor, idea, timezone.now())
    idea.feedback = Feedback.objects.create(
        **heard, title=idea.title, text=idea.text or idea.title, state=Feedback.State.NEW
    )
    idea.save(update_fields=["feedback"])


def becomes_evidence(votes: list[IdeaVote]) -> None:
    """Each vote is an occasion on which somebody was heard, and speaks of what its idea speaks of."""
    new = [vote for vote in votes if vote.feedback_id is None]
    for vote in new:
        vote.feedback = Feedback.objects.create(**vote_as_heard(vote, timezone.now()))
        vote.save(update_fields=["feedback"])
    echo([vote.idea_id for vote in new])


def echo(ideas: list[int]) -> None:
    """Links the votes of these ideas to the needs that the ideas are linked to: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COPIES, [ideas])


def unheard(votes: list[IdeaVote]) -> None:
    """Votes that are taken back are no evidence any more."""
    pieces = [vote.feedback_id for vote in votes if vote.feedback_id]
    IdeaVote.objects.filter(pk__in=[vote.pk for vote in votes]).delete()
    Feedback.objects.filter(pk__in=pieces).delete()


def follow(visitor: Visitor, idea: Idea, nonce: str) -> None:
    """Who sends, votes or comments hears what becomes of it, until they say otherwise."""
    Subscription.objects.get_or_create(
        visitor=visitor, idea=idea, defaults={"product": idea.product, "nonce": nonce, "confirmed_at": None}
    )


def vote_as_heard(vote: IdeaVote, at: datetime) -> dict[str, Any]:
    """The occasion of evidence that a vote is."""
    title, words = f"Vote: {vote.idea.title}", f"Voted on the portal for “{vote.idea.title}”."
    return {**_heard(vote.visitor, vote.idea, at), "title": title, "text": words, "state": Feedback.State.SORTED}


def _heard(visitor: Visitor | None, idea: Idea, at: datetime) -> dict[str, Any]:
    return {
        "product": idea.product, "account_id": visitor.account_id if visitor else None,
        "author": visitor.name[:120] if visitor else idea.author, "channel": Feedback.Channel.PORTAL, "said_at": at,
        "url": links.absolute("portal_idea", idea.product.key, idea.pk)[:500],
    }  # fmt: skip
