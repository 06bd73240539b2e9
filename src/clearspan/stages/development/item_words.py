"""What the pages of development say in their first line, and why an item is built, in one sentence."""

from __future__ import annotations

from clearspan.core.lists import Count
from clearspan.stages.decisions.models import Decision
from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.listing import ALL, OPEN, REASONS, Filters
from clearspan.stages.development.queries.overview import WEEKS, Overview
from clearspan.stages.development.queries.progress import Progress
from clearspan.stages.development.queries.why import Need, Why
from clearspan.stages.development.studies.suggestions import Suggestion
from clearspan.ui.numbers import count, day, money, number, plural

_KINDS = {
    "market": "a need of the market",
    "segment": "a need of one segment",
    "single_customer": "one customer’s need so far",
    "too_little_evidence": "a need of which too little was heard",
}
_DECIDED = {
    Decision.Kind.CHOOSE: "chosen",
    Decision.Kind.PARK: "parked",
    Decision.Kind.DECLINE: "declined",
    Decision.Kind.STOP: "stopped",
}


def of_overview(found: Overview) -> str:
    """Whether work goes to the right things: of what was finished lately, what it was for."""
    finished, total = found.finished, sum(found.finished.values())
    if not found.anything:
        return "Nothing is being built here yet."
    if not total:
        return f"Nothing was finished in the last {WEEKS} weeks; {_in_hand(found)}."
    decided, none = finished.get("decided", 0) + finished.get("undecided", 0), finished.get("none", 0)
    served = finished.get("decided", 0)
    words = f"Of {plural(total, 'item')} finished in {WEEKS} weeks, {count(served)} served what was decided"
    rest = [
        f"{count(finished['upkeep'])} kept things going" if finished.get("upkeep") else "",
        f"{count(decided - served)} served what nobody decided" if decided > served else "",
        f"{count(none)} had no reason" if none else "",
    ]
    said = [part for part in rest if part]
    return f"{words}; {_listed(said)}." if said else f"{words}."


def under_overview(found: Overview) -> str:
    """What is in hand, and what was decided and has not begun."""
    if not found.anything:
        return ""
    words = f"{_in_hand(found)[:1].upper()}{_in_hand(found)[1:]}."
    if found.untouched:
        names = ", ".join(f"“{option}”" for option in found.untouched[:3])
        more = f" and {len(found.untouched) - 3} more" if len(found.untouched) > 3 else ""
        words += f" Decided, and without a single item: {names}{more}."
    return words


def findings(found: Overview) -> dict[str, str]:
    """The findings over the lists of the page."""
    doing, none = found.doing_count, found.open.get("none", 0)
    return {
        "doing_finding": f"{plural(doing, 'item')} {'is' if doing == 1 else 'are'} being done",
        "waiting_finding": f"{plural(found.waiting_count, 'item')} {'waits' if found.waiting_count == 1 else 'wait'}",
        "none_finding": f"{plural(none, 'open item')} {'has' if none == 1 else 'have'} no reason",
    }


def of_suggestion(item: WorkItem, maybe: Suggestion | None) -> str:
    """What it may be for, or that nothing is like it."""
    if maybe is None:
        return "It keeps going what is there" if item.is_upkeep else "What is it for?"
    what = f"“{maybe.requirement}” of {maybe.option}" if maybe.requirement else f"{maybe.option}"
    return f"Its words are like those of {what}"


def of_list(filters: Filters, found: Count) -> str:
    """How many items there are, or how many are what was looked for."""
    what = {ALL: "item", OPEN: "open item"}.get(filters.state, "item")
    told = [] if filters.state in (ALL, OPEN) else [WorkItem.State(filters.state).label]
    if filters.reason:
        told.append("without a reason" if filters.reason == "none" else f"for {REASONS[filters.reason]}")
    if filters.q:
        told.append(f"with “{filters.q}”")
    if filters.team or filters.option or filters.kind:
        told.append("left by these filters")
    words = found.of(what) if found else f"No {what}"
    return f"{' '.join([words, ', '.join(told)]).strip()}."


def of_progress(progress: Progress | None) -> str:
    """How far the work is: “12 of 30 items are done, 3 are being done”."""
    if progress is None or not progress.all:
        return "Nothing of it is being built yet"
    if progress.is_done:
        return f"All {plural(progress.all, 'item')} are done" if progress.all > 1 else "Its one item is done"
    words = f"{count(progress.done)} of {plural(progress.all, 'item')} {'is' if progress.done == 1 else 'are'} done"
    if not progress.doing:
        return f"{words}, none is being done"
    return f"{words}, {count(progress.doing)} {'is' if progress.doing == 1 else 'are'} being done"


def points_of(progress: Progress) -> str:
    """The same by what the items are estimated at, and what was spent; "" where nobody estimates or counts."""
    parts = []
    if progress.points:
        parts.append(f"{number(progress.points_done)} of {number(progress.points)} points")
        if progress.unestimated:
            parts[-1] += f" ({count(progress.unestimated)} not estimated)"
    if progress.effort:
        parts.append(f"{number(progress.effort)} person-days spent")
    return ", ".join(parts)


def why(found: Why, currency: str) -> str:
    """One sentence from an item back to the customers and the money."""
    item = found.item
    if item.option is None:
        if item.is_upkeep:
            return "It keeps going what is there; it serves no option."
        return "Nothing says why: it is linked to no option and no requirement."
    what = f"“{item.requirement}” of “{item.option}”" if item.requirement else f"“{item.option}”"
    parts = [f"It is for {what}, {_decided(found, currency)}"]
    if found.needs:
        parts.append(_needed(found.needs[0], len(found.needs) - 1, currency))
    else:
        parts.append("no need of the market is named for it")
    return f"{'; '.join(parts)}."


def _decided(found: Why, currency: str) -> str:
    worth = f"{money(found.npv, currency)}" if found.npv is not None else ""
    if found.decision is None:
        return f"which nobody has decided yet{f' and which would earn {worth}' if worth else ''}"
    said = f"{_DECIDED[Decision.Kind(found.decision.kind)]} on {day(found.decision.decided_on)}"
    if not worth:
        return said
    return f"{said} {'to earn' if found.decision.kind == Decision.Kind.CHOOSE else 'though it would earn'} {worth}"


def _needed(need: Need, others: int, currency: str) -> str:
    who = f"{plural(need.accounts, 'account')} asked for" if need.accounts else "nobody yet was heard to ask for"
    words = f"{who} “{need.row.title}”"
    if need.verdict is not None:
        words += f", {_KINDS[need.verdict.kind]} worth {money(need.verdict.value, currency)} a year"
    return words + (f", and {plural(others, 'other need')}" if others else "")


def _listed(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _in_hand(found: Overview) -> str:
    doing = f"{plural(found.doing_count, 'item')} {'is' if found.doing_count == 1 else 'are'} being done"
    return f"{doing}, {count(found.waiting_count)} {'waits' if found.waiting_count == 1 else 'wait'}"
