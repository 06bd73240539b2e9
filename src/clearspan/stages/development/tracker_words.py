"""What the pages of trackers say in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from clearspan.core.lists import Count
from clearspan.stages.development.models import Pull, Tracker
from clearspan.stages.development.queries.trackers import TrackerRow
from clearspan.ui.numbers import count, plural, when

EVERY = [(15, "every 15 minutes"), (60, "every hour"), (360, "every six hours"), (1440, "every day"), (0, "when asked")]


def of_list(rows: Sequence[TrackerRow]) -> str:
    """Whether what is known of the work is as fresh as it should be."""
    if not rows:
        return "No tracker is pulled yet."
    stopped = [row for row in rows if row.last and row.last.status == Pull.Status.FAILED]
    if stopped:
        which = str(stopped[0].tracker) if len(stopped) == 1 else plural(len(stopped), "tracker")
        return f"{which} could not be pulled; what came before is kept."
    under_way = [row for row in rows if row.last and row.last.is_under_way]
    if under_way:
        which = str(under_way[0].tracker) if len(under_way) == 1 else plural(len(under_way), "tracker")
        return f"{which} {'is' if len(under_way) == 1 else 'are'} being pulled."
    items = Count(sum(row.items.number for row in rows), any(row.items.is_more for row in rows))
    return f"{items.of('item')} {'comes' if items.number == 1 else 'come'} from {plural(len(rows), 'tracker')}."


def of_tracker(row: TrackerRow) -> str:
    """How many items are from it, and how old that is."""
    known = f"{row.tracker}: {row.items.of('item')}"
    if row.last is None or row.last.is_under_way:
        return f"{known}; a pull is under way." if row.last else f"{known}."
    moment = when(timezone.localtime(row.last.finished_at or row.last.created_at), timezone.localtime())
    if row.last.status == Pull.Status.FAILED:
        return f"{known}. The last pull did not finish ({moment})."
    return f"{known}, as of {moment}."


def of_pull(pull: Pull) -> str:
    """What it brought, or how it stands."""
    if pull.status == Pull.Status.FAILED:
        return f"The pull of {pull.tracker} did not finish."
    if pull.is_under_way:
        return f"{pull.tracker} is being pulled."
    return f"{brought(pull)}."


def brought(pull: Pull) -> str:
    """ "12 new items, 3 changed, 2 could not be read"."""
    if not pull.seen and not pull.unread:
        return "Nothing new"
    parts = [f"{count(pull.added)} new {'item' if pull.added == 1 else 'items'}"] if pull.added else []
    parts += [f"{count(pull.changed)} changed"] if pull.changed else []
    parts += [f"{count(pull.unread)} could not be read"] if pull.unread else []
    return ", ".join(parts) or "Nothing new"


def so_far(pull: Pull) -> str:
    """How far a pull under way is: "300 items seen, up to changes of 3 Mar 2026"."""
    seen = f"{plural(pull.seen, 'item')} seen" if pull.seen else ""
    return ", ".join(part for part in (seen, pull.words) if part)


def often(tracker: Tracker) -> str:
    """ "every hour"."""
    known = dict(EVERY)
    return known.get(tracker.every) or f"every {plural(tracker.every, 'minute')}"
