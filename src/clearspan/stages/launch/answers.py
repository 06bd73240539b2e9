"""The first lines of launches, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clearspan.core.models import Function
from clearspan.stages.launch.models import Commitment, Launch
from clearspan.stages.launch.queries import FunctionReadiness, Judged, Listing, Readiness
from clearspan.stages.launch.queries.dates import of_ten
from clearspan.ui.numbers import day, plural

MOST_NAMES = 3
EVENS = 0.5


def of_launch(found: Readiness, judged: Sequence[Judged] = ()) -> str:
    """ "Support has not answered; everyone else is ready. Go or no-go is on 12 May." """
    launch = found.launch
    if launch.state == Launch.State.LAUNCHED:
        return _launched(launch, judged)
    if launch.state == Launch.State.OFF:
        return "It was called off."
    if not found.functions:
        return f"Nobody has been asked for anything yet. {_decision(found)}"
    return f"{_standing(found)}. {_decision(found)}"


def moved(launch: Launch) -> str:
    """Of its day; "" while it is the one that it was first planned for."""
    if launch.first_planned_on is None:
        return ""
    often = {1: "once", 2: "twice"}.get(launch.moves, f"{launch.moves} times")
    return f"moved {often}, first planned for {launch.first_planned_on:%-d %b %Y}"


def of_list(found: Listing, which: str = "") -> str:
    """Of the list: how many there are; of those to come the very first, and for whom it waits; of those that were
    launched how many came by the day that was first said."""
    many = found.page.paginator.count
    if which == "":
        if not many:
            return "No launch is being prepared."
        first = found.rows[0]
        head = f"{plural(many, 'launch', 'launches')} {'is' if many == 1 else 'are'} coming"
        if found.page.number > 1:
            return f"{head}."
        return f"{head}; “{first.launch}”, on {day(first.launch.planned_on, first.today)}, {waits_for(first)}."
    words = {"launched": "was launched", "off": "was called off", "all": "is here"}[which]
    several = words.replace("was", "were").replace("is", "are")
    kept = f"; {_by_first_day(found.by_first_day, many)}" if found.by_first_day is not None and many else ""
    return f"{plural(many, 'launch', 'launches')} {words if many == 1 else several}{kept}."


def of_commitments(rows: Sequence[Commitment], function: Function | None, today: date) -> str:
    """Of what a function must have ready."""
    who = str(function) if function else "Nobody in particular"
    if not rows:
        return f"{who} is asked for nothing."
    open_ = [one for one in rows if one.state in (Commitment.State.ASKED, Commitment.State.PROMISED)]
    if not open_:
        return f"{who} has everything ready that was asked for."
    launches = len({one.launch_id for one in open_})
    head = f"{who} must have {plural(len(open_), 'thing')} ready for {plural(launches, 'launch', 'launches')}"
    asked = sum(one.state == Commitment.State.ASKED for one in open_)
    late = sum(one.due_on < today for one in open_)
    more = [
        f"{asked} {'waits' if asked == 1 else 'wait'} for an answer" if asked else "",
        f"{late} {'is' if late == 1 else 'are'} late" if late else "",
    ]
    return f"{'; '.join(filter(None, [head, ' and '.join(filter(None, more))]))}."


def of_meeting(found: Readiness) -> str:
    """Of the go/no-go: what was said, or decided."""
    launch = found.launch
    if launch.state in (Launch.State.GO, Launch.State.NO_GO, Launch.State.OFF, Launch.State.LAUNCHED):
        return of_launch(found) if launch.state != Launch.State.GO else _decision(found)
    against = [vote for vote in found.votes if vote.says == "no_go"]
    conditions = [vote for vote in found.votes if vote.says == "go_if"]
    silent = found.silent_voters
    parts = [
        f"{names(v.function for v in against)} {'says' if len(against) == 1 else 'say'} no" if against else "",
        f"{names(v.function for v in conditions)} {'sets a condition' if len(conditions) == 1 else 'set conditions'}"
        if conditions else "",
        f"{names(silent)} {_has(silent)} not voted" if silent else "",
    ]  # fmt: skip
    said = "; ".join(filter(None, parts))
    if not said and not found.votes:
        return f"Nobody has voted yet. {_decision(found)}"
    return f"{_capital(said) if said else 'Everyone says go'}. {_decision(found)}"


def of_risk(blocks: int, chance: float | None) -> str:
    """What endangers a launch: how much stands in its way, and that it is likely built too late; "" when nothing
    does."""
    parts = [
        f"{plural(blocks, 'thing')} {'stands' if blocks == 1 else 'stand'} in its way" if blocks else "",
        f"built by then in {of_ten(chance)} futures" if chance is not None and chance < EVENS else "",
    ]
    return ", ".join(filter(None, parts))


def waits_for(found: Readiness) -> str:
    """ "waits for Support", "is ready", "has nobody asked yet"."""
    waiting = [one.function for one in found.functions if one.state in ("declined", "unanswered", "late")]
    if not found.functions:
        return "has asked nobody for anything yet"
    if waiting:
        return f"waits for {names(waiting)}"
    return "is ready" if len(found.ready) == len(found.functions) else "is promised by everyone"


def of_function(one: FunctionReadiness) -> str:
    """Where a function stands, in its row: "2 not answered, 1 late"."""
    if not one.commitments:
        return "was asked for nothing"
    parts = [
        f"{len(one.declined)} declined" if one.declined else "",
        f"{len(one.unanswered)} not answered" if one.unanswered else "",
        f"{len(one.late)} late" if one.late else "",
    ]
    return ", ".join(filter(None, parts)) or ("ready" if one.state == "ready" else "promised")


def names(functions: Iterable[object]) -> str:
    """ "Support", "Support and Legal", "4 functions"."""
    listed = [str(function) for function in functions]
    if len(listed) > MOST_NAMES:
        return f"{len(listed)} functions"
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def _standing(found: Readiness) -> str:
    declined, silent, late = (found.of_state(name) for name in ("declined", "unanswered", "late"))
    rest = len(found.functions) - len(declined) - len(silent) - len(late)
    if len(silent) == len(found.functions):
        answered = any(one.state != Commitment.State.ASKED for each in found.functions for one in each.commitments)
        return "No function has answered everything" if answered else "Nobody has answered yet"
    parts = [
        f"{names(f.function for f in declined)} {_has(declined)} declined {_what(declined)}" if declined else "",
        f"{names(f.function for f in silent)} {_has(silent)} not answered" if silent else "",
        f"{names(f.function for f in late)} {'is' if len(late) == 1 else 'are'} late" if late else "",
    ]
    said = "; ".join(filter(None, parts))
    if not said:
        whole = f"{found.done} of {plural(found.wanted, 'thing')} {'is' if found.done == 1 else 'are'} done"
        return "Everyone is ready" if len(found.ready) == rest else f"Everyone has promised, and {whole}"
    if not rest:
        return _capital(said)
    if len(found.ready) == rest:
        return f"{_capital(said)}; everyone else is ready"
    verb = "is" if len(found.ready) == 1 else "are"
    whole = f"{len(found.ready)} of {plural(len(found.functions), 'function')} {verb} ready"
    return f"{_capital(said)}; {whole if found.ready else 'everyone else has promised'}"


def _what(declined: Sequence[FunctionReadiness]) -> str:
    things = [one for function in declined for one in function.declined]
    return f"“{things[0]}”" if len(things) == 1 else plural(len(things), "thing")


def _decision(found: Readiness) -> str:
    launch, today = found.launch, found.today
    if launch.state == Launch.State.GO:
        against = [vote.function for vote in found.votes if vote.says == "no_go"]
        return f"It is a go for {_on(launch, today)}{f', though {names(against)} said no' if against else ''}."
    if launch.state == Launch.State.NO_GO:
        return "It was a no-go: mend what stands in the way and decide again."
    if launch.decide_on is None:
        return f"It is planned for {_on(launch, today)}."
    if launch.decide_on == today:
        return "Go or no-go is today."
    return f"Go or no-go {'is' if launch.decide_on > today else 'was due'} on {day(launch.decide_on, today)}."


def _launched(launch: Launch, judged: Sequence[Judged]) -> str:
    head = f"It was launched on {launch.launched_on:%-d %B %Y}"
    known = [one for one in judged if one.is_inside is not None]
    if not known:
        return f"{head}. {'What came is not known yet' if judged else 'Nobody has said what was expected of it'}."
    inside = sum(bool(one.is_inside) for one in known)
    if len(known) == 1:
        return f"{head}; {known[0].measure.name.lower()}: {known[0].words}."
    return f"{head}; {inside} of {plural(len(known), 'number')} came as expected."


def _on(launch: Launch, today: date) -> str:
    return day(launch.planned_on, today)


def _has(several: Sequence[object]) -> str:
    return "has" if len(several) == 1 else "have"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _by_first_day(kept: int, many: int) -> str:
    if many == 1:
        return "by the day first planned for" if kept else "later than first planned for"
    said = {0: "none", many: "all"}.get(kept, f"{kept:,}")
    return f"{said} by the day first planned for"
