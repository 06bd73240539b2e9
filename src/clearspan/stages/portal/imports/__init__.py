"""Ideas from another tool: what was asked there in public, with its votes and comments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from clearspan.catalogue.imports import finding
from clearspan.catalogue.imports.of_product import OfProduct
from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import Brought, Chosen, Option, register
from clearspan.core.imports.staging import Staging
from clearspan.core.models import Change, Import
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal.actions import people
from clearspan.stages.portal.imports import writing
from clearspan.stages.portal.imports.fields import EXPORTS, FIELDS, NESTED
from clearspan.stages.portal.imports.gathering import ADDRESS, addresses_in
from clearspan.stages.portal.imports.planning import planned
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaMeaning, IdeaVote, Visitor
from clearspan.stages.portal.rules import moderates

_STATES = {
    Idea.State.PUBLIC: "on the list at once: they were public where they come from",
    Idea.State.WAITING: "to be read first, each by a person",
}
_DERIVED = ((IdeaMeaning, "idea", Q(pk__isnull=False)),)  # goes with its idea, whatever it is
_NAMES = {"hide": "left out of the public pages", "show": "shown beside what they wrote"}


class Ideas(OfProduct):
    """What was asked in public elsewhere. Votes are those of people who are named by address; of the others the
    source's total is kept as a number, and nobody is invented for it. Nobody gets a letter because of an import."""

    name = "ideas"
    label = "Ideas"
    order = 4
    words = ("idea", "ideas")
    about = "What was asked in public, with votes and comments: Fider, UserVoice, Canny, a Discourse category."
    fields = FIELDS
    derived = {"identity": "text"}
    nested = NESTED
    options = (
        finding.product_option("The ideas are for this product’s portal."),
        Option("state", "They come in", "", required=True, choices=lambda actor: list(_STATES.items())),
        Option("names", "Names of who wrote", "", default="hide", choices=lambda actor: list(_NAMES.items())),
    )
    exports = EXPORTS
    telling = frozenset({"title", "votes"})
    brings = (Brought(IdeaComment), Brought(Idea, parts=_DERIVED), Brought(Visitor), Brought(Feedback))
    rule = staticmethod(moderates)

    def choose(self, actor: Actor, options: Mapping[str, str]) -> Chosen:
        product = finding.product_of(actor, options)
        state, names = options.get("state", ""), options.get("names") or "hide"
        if state not in _STATES:
            ways = "; ".join(f"“{key}”, {words}" for key, words in _STATES.items())
            raise Invalid({"state": f"say how they come in: {ways}"})
        if names not in _NAMES:
            raise Invalid({"names": f"it is one of {', '.join(_NAMES)}"})
        return {"product": product, "state": state, "with_names": names == "show"}

    def advise(self, chosen: Chosen, mapped: set[str]) -> Sequence[str]:
        if "votes" in mapped and "voters" not in mapped:
            return ["No column names voters by address: votes come as the source’s total, and are shown as such."]
        return []

    def complete(self, values: dict[str, Any]) -> None:
        if values.get("comment_number") == 1:  # a forum's first post is what was asked
            for own, said in (("text", "comment"), ("author", "comment_author"), ("author_email", "comment_email"),
                              ("said_at", "comment_at")):  # fmt: skip
                values[own] = values.get(said) or values.get(own)
                values[said] = None
        _check_addresses(values)
        key = values.get("external_id")
        if not key and not values.get("title"):
            raise ValueError("Title", "neither a title nor an identity", "one of the two")
        values["identity"] = key or f"title:{_digest(finding.key_of(values['title']))}"

    def plan(self, staging: Staging) -> None:
        plan = staging.planned = planned(staging)
        staging.known, staging.added = len(plan.known), len(plan.new)
        staging.differing = len(plan.differing)
        staging.made = plan.made

    def write(self, staging: Staging) -> None:
        writing.write(staging, staging.planned)

    def let_go(self, file: Import) -> int:
        """Votes first: each goes with the occasion of evidence that it was, and is no longer counted."""
        votes = list(IdeaVote.objects.filter(brought_by=file))
        changed = Change.objects.filter(event=file.result.get("event"), table=Idea._meta.db_table).values("row")
        ideas = Idea.objects.filter(Q(pk__in=changed) | Q(pk__in={vote.idea_id for vote in votes}))
        counted = list(ideas.values_list("pk", flat=True))
        people.unheard(votes)
        people.count_votes(counted)
        return len(votes)


def _check_addresses(values: dict[str, Any]) -> None:
    for name, label in (("author_email", "Author’s address"), ("comment_email", "Commenter’s address")):
        if values.get(name) and not ADDRESS.fullmatch(values[name]):
            raise ValueError(label, f"“{values[name]}”", "a mail address, or an empty cell")
    try:
        addresses_in(values.get("voters") or "")
    except ValueError as error:
        raise ValueError("Voters’ addresses", f"“{error}”", "mail addresses; a mere name is a voter’s name") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


register(Ideas())
