"""Writes the ideas of a plan: each with its feedback, people's votes as occasions of evidence, and the comments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from clearspan.core.actions import without_keeping
from clearspan.core.imports.staging import Staging
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal import links
from clearspan.stages.portal.actions import people
from clearspan.stages.portal.addresses import key_of
from clearspan.stages.portal.imports.planning import Plan, standing_of
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaMeaning, IdeaVote, Visitor

_BATCH = 2_000
_ADDRESSES = """UPDATE evidence_feedback f SET url = %(where)s || i.id FROM portal_idea i
    WHERE i.feedback_id = f.id AND i.brought_by_id = %(file)s AND f.brought_by_id = %(file)s"""


def write(staging: Staging, plan: Plan) -> None:
    """Everything of the plan, in the running transaction."""
    if staging.update:  # first, while changes are kept, so that they can be put back
        for key, number in plan.differing.items():
            staging.updated += Idea.objects.filter(pk=plan.known[key].pk).update(votes_brought=number)
        staging.differing -= staging.updated
    without_keeping()
    known = [one.pk for one in plan.known.values()]
    list(Idea.objects.select_for_update(no_key=True).filter(pk__in=known).order_by("pk").values("pk"))
    now = timezone.now()
    visitors = plan.visitors | _make_visitors(staging, plan)
    ideas = plan.known | _make_ideas(staging, plan, visitors, now)
    _merge(plan, ideas)
    _make_votes(staging, plan, ideas, visitors, now)
    _make_comments(staging, plan, ideas, visitors, now)
    people.count_votes([idea.pk for idea in ideas.values()])
    people.echo(known)
    staging.added, staging.made = len(plan.new), plan.made


def _make_visitors(staging: Staging, plan: Plan) -> dict[str, Visitor]:
    """Who is new. Their address is not shown to be theirs until they come and confirm it: nothing is sent to it."""
    accounts = people.accounts_of([one.address for one in plan.people.values()])
    made = Visitor.objects.bulk_create(
        (
            Visitor(address=one.address, key=key, name=one.name, account_id=accounts.get(one.address.lower()),
                    brought_by=staging.file)
            for key, one in plan.people.items()
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    return {one.key: one for one in made}


def _make_ideas(staging: Staging, plan: Plan, visitors: dict[str, Visitor], now: datetime) -> dict[str, Idea]:
    product, with_names = staging.chosen["product"], staging.chosen["with_names"]
    heard = _heard(staging, plan, visitors, now)
    is_public = staging.chosen["state"] == Idea.State.PUBLIC
    made = []
    for key, one in plan.new.items():
        standing, words = standing_of(one)
        made.append(Idea(
            product=product, title=one.told["title"], text=one.told.get("text") or "", external_id=key,
            visitor=visitors.get(key_of(one.told.get("author_email") or "")), feedback=heard[key],
            author=(one.told.get("author") or "") if with_names else "", state=staging.chosen["state"],
            standing=standing, words=words, votes_brought=plan.unnamed[key], said_at=one.told.get("said_at") or now,
            published_at=now if is_public else None, brought_by=staging.file,
        ))  # fmt: skip
    Idea.objects.bulk_create(made, batch_size=_BATCH)
    IdeaMeaning.keep(made)
    where = links.absolute("portal_idea", product.key, 0).removesuffix("0")
    staging.execute(_ADDRESSES, {"where": where, "file": staging.file.pk})
    return {one.external_id: one for one in made}


def _heard(staging: Staging, plan: Plan, visitors: dict[str, Visitor], now: datetime) -> dict[str, Feedback]:
    """The feedback that each new idea is. What was brought in as evidence before is not heard a second time."""
    product = staging.chosen["product"]
    there = {
        one.external_id: one
        for one in Feedback.objects.filter(product=product, external_id__in=list(plan.new)).defer("search")
    }
    free = set(
        Feedback.objects.filter(pk__in=[one.pk for one in there.values()], idea=None).values_list("pk", flat=True)
    )
    found, made = {}, {}
    for key, one in plan.new.items():
        title, text = one.told["title"], one.told.get("text") or one.told["title"]
        known = there.get(key)
        if known is not None and known.pk in free and (known.title == title or known.text == text):
            found[key] = known
            continue
        visitor = visitors.get(key_of(one.told.get("author_email") or ""))
        made[key] = Feedback(
            product=product, account_id=visitor.account_id if visitor else None, author=one.told.get("author") or "",
            channel=Feedback.Channel.PORTAL, said_at=one.told.get("said_at") or now, title=title, text=text,
            external_id=f"idea:{key}"[:200] if known is not None else key, brought_by=staging.file,
        )  # fmt: skip
    Feedback.objects.bulk_create(made.values(), batch_size=_BATCH)
    return found | made


def _merge(plan: Plan, ideas: dict[str, Idea]) -> None:
    """What its source had merged leads on, and its feedback says the same again."""
    merged = []
    for key, root in plan.roots.items():
        idea, into = ideas[key], ideas[root]
        into = into.merged_into or into
        if idea.state == Idea.State.PUBLIC:
            idea.state, idea.merged_into = Idea.State.MERGED, into
            merged.append(idea)
        if idea.feedback is not None and into.feedback_id and idea.feedback.state == Feedback.State.NEW:
            original = into.feedback.copy_of_id or into.feedback_id if into.feedback else into.feedback_id
            if original != idea.feedback_id:
                idea.feedback.state, idea.feedback.copy_of_id = Feedback.State.COPY, original
                idea.feedback.save(update_fields=["state", "copy_of"])
    Idea.objects.bulk_update(merged, ["state", "merged_into"], batch_size=_BATCH)


def _make_votes(
    staging: Staging, plan: Plan, ideas: dict[str, Idea], visitors: dict[str, Visitor], now: datetime
) -> None:
    votes, heard = [], []
    for key, voter in plan.votes:
        idea, visitor = ideas[key], visitors[key_of(voter.address)]
        vote = IdeaVote(idea=idea, visitor=visitor, confirmed_at=now, brought_by=staging.file)
        votes.append(vote)
        if idea.visitor_id == visitor.pk:  # who has an idea wants it: its feedback says so already
            continue
        vote.feedback = Feedback(brought_by=staging.file, **people.vote_as_heard(vote, voter.at or idea.said_at))
        heard.append(vote.feedback)
    Feedback.objects.bulk_create(heard, batch_size=_BATCH)
    for vote in votes:
        vote.feedback_id = vote.feedback.pk if vote.feedback is not None else None
    IdeaVote.objects.bulk_create(votes, batch_size=_BATCH)


def _make_comments(
    staging: Staging, plan: Plan, ideas: dict[str, Idea], visitors: dict[str, Visitor], now: datetime
) -> None:
    state = IdeaComment.State.PUBLIC if staging.chosen["state"] == Idea.State.PUBLIC else IdeaComment.State.WAITING
    made = []
    for key, name, said in plan.comments:
        idea, who = ideas[plan.roots.get(key, key)], key_of(said.address) if said.address else ""
        given: dict[str, Any] = {"visitor": visitors.get(who), "is_ours": said.is_ours or who in plan.ours}
        author = said.author if staging.chosen["with_names"] else ""
        made.append(IdeaComment(
            idea_id=idea.merged_into_id or idea.pk, external_id=name, author=author, text=said.text, state=state,
            said_at=said.at or idea.said_at, confirmed_at=now, brought_by=staging.file, **given,
        ))  # fmt: skip
    IdeaComment.objects.bulk_create(made, batch_size=_BATCH)
