"""The first lines of the portal's pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clearspan.stages.opportunities.models import Mention
from clearspan.stages.options.models import Meets
from clearspan.stages.portal.models import ChangelogEntry, Idea, IdeaVote, Telling
from clearspan.stages.portal.queries.asking import Asked
from clearspan.stages.portal.queries.moderation import Waits
from clearspan.stages.portal.queries.tellings import ToTell
from clearspan.ui.numbers import plural


def of_queue(waits: Waits) -> str:
    if not waits.all:
        return "Nothing waits to be read."
    parts = [plural(waits.ideas, "idea")] if waits.ideas else []
    parts += [plural(waits.comments, "comment")] if waits.comments else []
    return f"{' and '.join(parts)} {'waits' if waits.all == 1 else 'wait'} to be read."


def of_changelog(entries: Sequence[ChangelogEntry]) -> str:
    drafts = sum(one.published_at is None for one in entries)
    if not entries:
        return "Nothing was said to be new yet."
    if drafts:
        return f"{plural(drafts, 'draft')} {'is' if drafts == 1 else 'are'} not published yet."
    return f"The newest was published on {entries[0].published_at:%-d %B %Y}."


def of_tellings(waiting: Sequence[ToTell], done: Sequence[Telling]) -> str:
    if waiting:
        return f"Something became of {plural(len(waiting), 'need')}, and those who asked were not told."
    return "Everybody who asked was told what became of it." if done else "There is nothing to tell yet."


def of_people(people: Sequence[Asked], sent: Telling | None = None) -> str:
    """`sent`: the letter that went out before, to those who had asked by then."""
    if not people:
        return "Everybody who asked and can be reached was told." if sent else "Nobody who asked can be reached."
    return f"{plural(len(people), 'person', 'people')} asked for it{' since' if sent else ''} and can be reached."


def of_own(became: Sequence[object], sent: Sequence[Idea]) -> str:
    """The first line of a visitor's own page. What was put aside is to be read, as far as its sender is told."""
    if became:
        return "What became of what you asked."
    stand = {one.state for one in sent} - {Idea.State.WITHDRAWN}
    if not stand:
        return "You have asked for nothing yet."
    if stand == {Idea.State.DECLINED}:
        return "We have read what you sent."
    return "What you sent is read by a person first."


def of_ways(people: Sequence[Asked]) -> str:
    """How they asked: most first."""
    ways = Counter(one.how for one in people).most_common()
    return ", ".join(f"{number:,} {how}" for how, number in ways)


def asked_for(entry: ChangelogEntry) -> int:
    """How many people voted for ideas that an entry's launch answers: one query."""
    if entry.launch_id is None:
        return 0
    needs = Meets.objects.filter(option__launches=entry.launch_id).values("opportunity")
    pieces = Mention.objects.filter(opportunity__in=needs, answer=True).values("feedback")
    cast = IdeaVote.objects.filter(idea__feedback__in=pieces, confirmed_at__isnull=False)
    return cast.values("visitor").distinct().count()
