"""What of a file's ideas is new here: looked up in a handful of queries, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from clearspan.catalogue.models import Product
from clearspan.core.imports.staging import Staging
from clearspan.core.models import User
from clearspan.stages.portal.addresses import key_of
from clearspan.stages.portal.imports.fields import DUPLICATE, GONE, HERE, NOT_NOW, OPEN, PLANNED
from clearspan.stages.portal.imports.gathering import Found, Said, Voter, gathered, refuse
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Visitor
from clearspan.ui.numbers import plural


@dataclass
class Plan:
    """What would be written. Ideas by the key of the file; people by the key of their address."""

    new: dict[str, Found] = field(default_factory=dict)
    known: dict[str, Idea] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)  # of what was merged: where it went, in the end
    people: dict[str, Voter] = field(default_factory=dict)  # who is not here yet
    visitors: dict[str, Visitor] = field(default_factory=dict)  # who is
    votes: list[tuple[str, Voter]] = field(default_factory=list)
    comments: list[tuple[str, str, Said]] = field(default_factory=list)  # idea, identity in the product, comment
    ours: set[str] = field(default_factory=set)  # keys of the company's own people
    unnamed: dict[str, int] = field(default_factory=dict)  # votes of the source that nobody here stands for
    differing: dict[str, int] = field(default_factory=dict)  # of ideas that are here: what that number is now

    @property
    def made(self) -> dict[str, int]:
        """What comes beside the ideas."""
        found = {"votes": len(self.votes), "comments": len(self.comments), "visitors": len(self.people)}
        return {name: number for name, number in found.items() if number}


def planned(staging: Staging) -> Plan:
    """What the staged rows come to. Faults are put to the staging."""
    ideas, plan, product = gathered(staging), Plan(), staging.chosen["product"]
    there = Idea.objects.filter(product=product, external_id__in=list(ideas)).defer("search", "text")
    plan.known = {one.external_id: one for one in there}
    missing = [one for key, one in ideas.items() if key not in plan.known and not one.told.get("title")]
    refuse(staging, missing)
    for one in missing:
        del ideas[one.key]
    gone = [key for key, one in ideas.items() if key not in plan.known and one.told.get("status") == GONE]
    for key in gone:
        del ideas[key]
    plan.new = {key: one for key, one in ideas.items() if key not in plan.known}
    _follow_merged(plan, ideas)
    addresses = User.objects.filter(function__isnull=False, is_active=True).values_list("email", flat=True)
    plan.ours = {key_of(address) for address in addresses if address}
    _people(plan, ideas.values())
    _votes(plan, ideas)
    _comments(plan, ideas, product)
    _say(staging, plan, len(gone))
    return plan


def _follow_merged(plan: Plan, ideas: dict[str, Found]) -> None:
    """Where what was merged went in the end, as far as the file and the portal know it."""
    into = {key: one.told["original"] for key, one in plan.new.items() if one.told.get("original")}
    for key in into:
        root, seen = key, {key}
        while (further := into.get(root)) is not None and further not in seen:
            if further not in ideas and further not in plan.known:
                break
            root = further
            seen.add(root)
        if root != key:
            plan.roots[key] = root
            if root in ideas:  # who voted for either wants the one that is left, once
                ideas[root].voters = ideas[key].voters | ideas[root].voters


def _people(plan: Plan, ideas: Iterable[Found]) -> None:
    """Everybody outside who is named by address, each once: who is here, and who is new."""
    found: dict[str, Voter] = {}
    for one in ideas:
        wrote = [(said.address, said.author) for said in one.comments.values()]
        if one.key in plan.new:
            wrote.append((one.told.get("author_email") or "", one.told.get("author") or ""))
        for address, name in wrote:  # before the voters: they are the likelier to have a name
            if address:
                found.setdefault(key_of(address), Voter(address, name, None))
        for key, voter in one.voters.items():
            found.setdefault(key, voter)
    plan.visitors = {one.key: one for one in Visitor.objects.filter(key__in=list(found))}
    plan.people = {key: one for key, one in found.items() if key not in plan.visitors and key not in plan.ours}


def _votes(plan: Plan, ideas: dict[str, Found]) -> None:
    """Votes that are not here yet, and what is left of the source's total when those who are named are taken off."""
    known = {one.pk: key for key, one in plan.known.items()}
    cast: dict[str, dict[str, bool]] = {}  # idea, whose vote, whether an import brought it
    rows = IdeaVote.objects.filter(idea__in=list(known)).values_list("idea", "visitor__key", "brought_by")
    for idea, who, file in rows:
        cast.setdefault(known[idea], {})[who] = file is not None
    blocked = {who for who, visitor in plan.visitors.items() if visitor.is_blocked}
    for key, one in ideas.items():
        was_merged = key in plan.known and plan.known[key].state == Idea.State.MERGED
        if key in plan.roots or was_merged:  # its votes count where it went
            plan.unnamed[key] = 0
            continue
        here = cast.get(key, {})
        unheard = plan.ours | blocked | set(here)
        plan.votes += [(key, voter) for who, voter in one.voters.items() if who not in unheard]
        stood_for = set(one.voters) | {who for who, was_brought in here.items() if was_brought}
        plan.unnamed[key] = max(0, one.votes - len(stood_for))
        if key in plan.known and one.votes and plan.known[key].votes_brought != plan.unnamed[key]:
            plan.differing[key] = plan.unnamed[key]


def _comments(plan: Plan, ideas: dict[str, Found], product: Product) -> None:
    """Comments that are not here yet, wherever in the product a merge has taken them since."""
    found: dict[str, tuple[str, Said]] = {}
    for key, one in ideas.items():
        comments = dict(one.comments)
        if one.told.get("response"):
            comments["response"] = Said(one.told["response"], "", "", one.told.get("response_at"), is_ours=True)
        found |= {f"{key}:{name}"[:200]: (key, said) for name, said in comments.items()}
    there = IdeaComment.objects.filter(idea__product=product, external_id__in=list(found))
    here = set(there.values_list("external_id", flat=True))
    plan.comments = [(key, name, said) for name, (key, said) in found.items() if name not in here]


def _say(staging: Staging, plan: Plan, gone: int) -> None:
    """What became of the rows otherwise than one might think."""
    told = [one.told.get("status") or OPEN for one in plan.new.values()]
    unread = sum(one.told.get("status") == NOT_NOW and not one.told.get("response") for one in plan.new.values())
    strays = sum(one.told.get("status") == DUPLICATE and key not in plan.roots for key, one in plan.new.items())
    voters = {who for one in plan.new.values() for who in one.voters} & plan.ours
    unnamed = sum(plan.unnamed[key] for key in plan.new)
    for number, words in (
        (gone, "{} of the source {is} left out: it was removed there."),
        (told.count(PLANNED), "{} {is} planned or under way there: here that follows the roadmap customers may see."),
        (unread, "{} {is} declined there without a word why: say why not, and it stands as that."),
        (strays, "{} {is} merged there into one that is not here: it comes in by itself."),
    ):
        if number:
            staging.notes.append(words.replace("{is}", "is" if number == 1 else "are").format(plural(number, "idea")))
    if unnamed:
        staging.notes.append(
            f"{plural(unnamed, 'vote')} of the source {'has' if unnamed == 1 else 'have'} no address: kept as a number."
        )
    if voters:
        staging.notes.append(f"{plural(len(voters), 'voter')} of your own company: not counted, as on the portal.")


def standing_of(one: Found) -> tuple[str, str]:
    """Where an idea stands as said by hand, and the words beside it; nothing where the line of its need says it."""
    words = " ".join((one.told.get("response") or "").split())[:400]
    status = one.told.get("status")
    if status == HERE:
        return Idea.Standing.HERE.value, words
    return (Idea.Standing.NOT_NOW.value, words) if status == NOT_NOW and words else ("", "")
