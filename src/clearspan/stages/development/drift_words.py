"""What the drift radar says in words, and the note it drafts."""

from __future__ import annotations

from collections.abc import Collection

from clearspan.stages.development.models import WorkItem
from clearspan.stages.development.queries.drift import RECENT, Decided, Radar
from clearspan.ui.numbers import day, money, percent, plural

SURE = 0.9  # chance from which a change is said to be one
LITTLE = 0.1  # of the days: less without a reason is nothing to speak of
NAMED = 3


def of_radar(found: Radar) -> str:
    """The first line: where the work went, and what has not moved."""
    if not found.total:
        return "Nothing has been worked on yet, or nobody has said so."
    change = found.no_reason
    if change is None:
        return f"Nobody worked on anything in the last {RECENT} weeks."
    share = change.now.seen
    reason = f"{percent(share)} of the last {RECENT} weeks’ work has no reason"
    if share < LITTLE:
        reason = "Nearly all the work has a reason"
    elif change.before is not None and change.risen >= SURE:
        reason += f", up from {percent(change.before.seen)}"
    still = found.still
    idle = [one for one in found.promised if one.is_due and not one.is_built and not one.got]
    if not still and idle:
        return f"{reason}; {_names(idle)} {'was' if len(idle) == 1 else 'were'} decided and got none of the work."
    if not still:
        return f"{reason}, and everything decided is moving." if found.promised else f"{reason}."
    return f"{reason}; {_names(still)} {'was' if len(still) == 1 else 'were'} decided and {_has(still)} not moved."


def under_radar(found: Radar) -> str:
    """How sure that is: what the share rests on, and what is not counted."""
    return " ".join(words for words in (_sure(found), _forgotten(found.forgotten), _silent(found.silent)) if words)


def _sure(found: Radar) -> str:
    change = found.no_reason
    if change is None:
        return ""
    now = change.now
    sure = f"Between {percent(now.p05)} and {percent(now.p95)}, judged by {plural(now.items, 'item')}"
    if change.risen >= SURE:
        return f"{sure}; the chance that it grew is {min(99, round(100 * change.risen))} in 100."
    if change.before is None:
        return f"{sure}."
    if change.risen <= 1 - SURE:
        return f"{sure}; it was {percent(change.before.seen)} in the months before."
    return f"{sure}; no clear change against the months before."


def _forgotten(items: int) -> str:
    if not items:
        return ""
    has, their = ("has", "its") if items == 1 else ("have", "their")
    return (
        f"{plural(items, 'item')} {has} been in progress for longer than nineteen in twenty of what {their} team "
        f"finishes took; the days beyond that are not counted."
    )


def _silent(items: int) -> str:
    if not items:
        return ""
    has = "has" if items == 1 else "have"
    return (
        f"{plural(items, 'item')} {has} been in progress for longer than anything that was finished lately took, and "
        f"nothing was seen to change there for four weeks; the days beyond that are not counted."
    )


def spent(days: float) -> str:
    """Person-days as somebody would say them: what is left of a day shared by many has no digits."""
    if days < 0.5:
        return "under half a day"
    if days < 10:
        halves = round(2 * days) / 2
        return plural(int(halves), "day") if halves == int(halves) else f"{halves:.1f}\u00a0days"
    return plural(round(days), "day")


def of_decided(one: Decided) -> str:
    """How one decided option stands, in a few words."""
    if one.is_built:
        return "built"
    if not one.is_due:
        return f"starts {one.decision.starts:%B %Y}" if one.decision.starts else "no start set"
    if not one.counts.all:
        return "decided, and no work names it"
    if one.is_still:
        return f"has not moved since {day(one.counts.moved)}" if one.counts.moved else "has not moved"
    if one.given and one.got < 0.6 * one.given:
        return f"gets {percent(one.got)} where {percent(one.given)} was planned"
    return "moving"


def draft(found: Radar, currency: str, known: Collection[str]) -> tuple[str, str]:
    """Title and text (Markdown) of a note that brings work back on track; for a person to change before it is sent.

    It names those among `known` only: a name that a tracker gives, and that no account here has, is not ours to spread.
    """
    still = found.still
    title = f"{still[0].option} has not moved" if still else "What we work on, and why"
    parts = [f"{of_radar(found)} {under_radar(found)}".strip()]
    if still:
        parts.append(
            "Decided, and waiting:\n\n" + "\n".join(f"- **{one.option}**: {_promise(one, currency)}" for one in still)
        )
    loose = [one.item for one in found.loose if one.item is not None][:8]
    if loose:
        parts.append(
            "Under way without a reason that anybody wrote down:\n\n" + "\n".join(_item(one, known) for one in loose)
        )
    undecided = [one for one in found.loose if one.option is not None]
    if undecided:
        named = [f"- **{one.title}**: {one.why}" for one in undecided]
        parts.append("Worked on against what was decided, or for one customer:\n\n" + "\n".join(named))
    parts.append(
        "Please say of each item what it is for: link it, mark it as upkeep, or put it down. "
        "If something matters more than what was decided, tell me and we decide again."
    )
    return title, "\n\n".join(parts)


def _promise(one: Decided, currency: str) -> str:
    npv = one.decision.npv  # type: ignore[attr-defined]  # annotated by the radar
    worth = f"expected to be worth {money(npv, currency)}; " if npv else ""
    return f"{worth}decided on {one.decision.decided_on:%-d %B %Y}, {of_decided(one)}"


def _item(item: WorkItem, known: Collection[str]) -> str:
    name = f"{item.key} {item.title}".strip()
    who = f", {item.assignee}" if item.assignee in known else ""
    return f"- {name}{who}"


def _names(still: list[Decided]) -> str:
    names = [str(one.option) for one in still[:NAMED]]
    more = len(still) - len(names)
    if more:
        names.append(f"{plural(more, 'more', 'more')}")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _has(still: list[Decided]) -> str:
    return "has" if len(still) == 1 else "have"
