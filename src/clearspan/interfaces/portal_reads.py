"""What machines may read of the portal. Addresses of visitors are on the page of an idea, for people, and not here."""

from __future__ import annotations

from typing import Any

from clearspan.core.actor import Actor
from clearspan.interfaces.read import Read
from clearspan.interfaces.shapes import plain
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaComment, Portal, Telling
from clearspan.stages.portal.queries import moderation, public
from clearspan.stages.portal.queries.standing import line_of, plans_for, with_standing
from clearspan.stages.portal.words import asked_for


def _idea(actor: Actor, idea: Idea) -> dict[str, Any]:
    """Where the public reads that it stands, who wants it, what is said to it, and the needs it speaks of."""
    line = line_of(idea.product)
    found = with_standing(Idea.objects.filter(pk=idea.pk), line).get()
    stands, words = public.says(found, plans_for([found], line).get(idea.pk))
    return {
        "stands": stands, "beside": words, "votes_in_detail": moderation.votes_of(idea),
        "comments": [{"ref": one.ref, "author": one.author, "text": one.text, "state": one.state,
                      "is_ours": one.is_ours, "said_at": plain(actor, one.said_at)}
                     for one in moderation.said_to(actor, idea).comments],
        "needs": [f"{need.ref} {need}" for need in moderation.needs_of(actor, idea)],
    }  # fmt: skip


def _portal(actor: Actor, portal: Portal) -> dict[str, Any]:
    """How much waits to be read."""
    waits = moderation.waits(actor, portal.product)
    return {"ideas_to_read": waits.ideas, "comments_to_read": waits.comments}


def _telling(actor: Actor, telling: Telling) -> dict[str, Any]:
    """Who was told, by name."""
    return {"told": [{"name": one.name, "sent_at": plain(actor, one.sent_at)} for one in telling.told.all()[:200]]}


READS = (
    Read("portals", "portal", Portal, "Public portals of products, and what waits there", more=_portal),
    Read("ideas", "idea", Idea, "What the public wishes, with votes", searched=True, has_state=True, more=_idea),
    Read("idea_comments", "idea_comment", IdeaComment, "What is said to ideas", "idea__product", has_state=True),
    Read("changelog_entries", "changelog_entry", ChangelogEntry, "What is new, drafted and published",
         more=lambda actor, entry: {"asked_for_by": asked_for(entry)}),
    Read("tellings", "telling", Telling, "What those who asked were told", "opportunity__product", more=_telling),
)  # fmt: skip
