"""The first line of this stage's pages: the answer, in words, with its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clearspan.core.lists import Count
from clearspan.stages.evidence.models import Feed, Feedback
from clearspan.stages.evidence.queries.heard import Filters
from clearspan.stages.evidence.queries.interviews import Asked
from clearspan.ui.numbers import shorten


def of_inbox(waiting: Count, fresh: Count) -> str:
    """How much waits to be read, and how much of it was said this week."""
    if not waiting:
        return "Everything that was heard is sorted."
    if waiting.number == 1:
        return f"One thing waits to be read{'; it was said this week' if fresh else ''}."
    if fresh == waiting:
        return f"{waiting} things wait to be read, all said this week."
    return f"{waiting} things wait to be read, {fresh or 'none'} of them said this week."


def of_list(product: str, filters: Filters, found: Count) -> str:
    """How much was heard, or how much of it is what was looked for."""
    if not (filters.narrows or filters.state):
        return f"{_pieces(found)} heard about {product}." if found else f"Nothing has been heard about {product} yet."
    one = found.number < 2
    told = []
    if filters.state:
        told.append(_stands(filters.state, one))
    if filters.q:
        told.append(f"{'mentions' if one else 'mention'} “{filters.q}”")
    if filters.channel or filters.segment or filters.account or filters.since or filters.until:
        told.append("fits these filters" if one else "fit these filters")
    return f"{found.of('piece') + ' of feedback' if found else 'Nothing that was heard'} {' and '.join(told)}."


def of_feedback(feedback: Feedback) -> str:
    """What was said, in its first words, and by whom."""
    first = re.split(r"(?<=[.?!])\s", feedback.text.strip(), maxsplit=1)[0]
    said = feedback.title or shorten(" ".join(first.split()), 140)
    return f"{feedback.said_by or 'Somebody'}: “{said}”"


def of_interviews(product: str, asked: Asked) -> str:
    """How many were asked, and who never was."""
    if not asked.times:
        return f"Nobody has been interviewed about {product} yet."
    if asked.times == 1:
        held = f"One interview was held{' in the last thirty days' if asked.lately else ''}"
    else:
        held = f"{asked.times:,} interviews were held, {asked.lately or 'none'} in the last thirty days"
    if not asked.never:
        return f"{held}; every segment was asked."
    never = _listed(asked.never) if len(asked.never) < 4 else f"{len(asked.never)} of the segments"
    return f"{held}; nobody asked {never} yet."


def of_intelligence(known: Count, lately: Count) -> str:
    """How much is known of the market, and how much of it is new."""
    if not known:
        return "Nothing is written down about this market yet."
    if known.number == 1:
        return f"One thing is known of the market{', seen in the last thirty days' if lately else ''}."
    return f"{known} things are known of the market, {lately or 'none'} of them seen in the last thirty days."


def _stands(state: str, one: bool) -> str:
    if state == Feedback.State.COPY:
        return "is a copy" if one else "are copies"
    return f"{'is' if one else 'are'} {Feedback.State(state).label}"


def _pieces(found: Count) -> str:
    return f"{found.of('piece')} of feedback {'was' if found.number == 1 else 'were'}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def of_feeds(feeds: Sequence[Feed]) -> str:
    """Whether what is followed comes."""
    if not feeds:
        return "No feed is followed yet."
    failed = [feed for feed in feeds if feed.status == Feed.Status.FAILED]
    if failed:
        which = failed[0].name if len(failed) == 1 else f"{len(failed)} of {len(feeds)} feeds"
        return f"{which} could not be read; what came before is kept, and it is tried again."
    number = sum(getattr(feed, "brought", 0) for feed in feeds)
    if len(feeds) == 1:
        return f"One feed is followed; {number} {'piece' if number == 1 else 'pieces'} of intelligence came by it."
    return f"{len(feeds)} feeds are followed; {number or 'no'} pieces of intelligence came by them."


def often(feed: Feed) -> str:
    """ "every six hours"."""
    known = {60: "every hour", 360: "every six hours", 1440: "every day", 10080: "every week", 0: "when asked"}
    return known.get(feed.every, f"every {feed.every} minutes")
