"""How ready a launch is: what each function has promised, done, declined or not answered, and what is in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.stages.launch.models import Commitment, GoVote, Launch
from clearspan.stages.launch.queries.dates import Build, builds

State = Commitment.State
BRIEFLY = ("launch", "function", "must", "state", "due_on")  # of a commitment, as far as a list of launches counts it


@dataclass(frozen=True)
class FunctionReadiness:
    """One function's part of a launch, as of a day."""

    function: Function
    commitments: tuple[Commitment, ...]
    vote: GoVote | None
    today: date

    @property
    def done(self) -> list[Commitment]:
        return self._in(State.DONE)

    @property
    def unanswered(self) -> list[Commitment]:
        return self._in(State.ASKED)

    @property
    def declined(self) -> list[Commitment]:
        return [one for one in self._in(State.DECLINED) if one.must]

    @property
    def late(self) -> list[Commitment]:
        """Promised, past its day, not done. What was not answered is said as that."""
        return [one for one in self._in(State.PROMISED) if one.due_on < self.today]

    @property
    def wanted(self) -> list[Commitment]:
        """All but what it may leave out and has declined."""
        return [one for one in self.commitments if one.must or one.state != State.DECLINED]

    @property
    def next_due(self) -> date | None:
        return min((one.due_on for one in self.wanted if one.state in (State.ASKED, State.PROMISED)), default=None)

    @cached_property
    def state(self) -> str:
        """declined, unanswered, late, promised or ready: what most needs saying. "none" when it only voted."""
        if not self.commitments:
            return "none"
        for name in ("declined", "unanswered", "late"):
            if getattr(self, name):
                return name
        return "ready" if len(self.done) == len(self.wanted) else "promised"

    def _in(self, state: State) -> list[Commitment]:
        return [one for one in self.commitments if one.state == state]


@dataclass(frozen=True)
class Readiness:
    """A launch as of a day: its functions in the company's order, and when what it brings is built."""

    launch: Launch
    today: date
    functions: tuple[FunctionReadiness, ...]
    build: Build
    others: tuple[FunctionReadiness, ...] = field(default=())  # functions that only voted

    def of_state(self, state: str) -> list[FunctionReadiness]:
        return [one for one in self.functions if one.state == state]

    @property
    def by_need(self) -> list[FunctionReadiness]:
        """The functions, those first that most need looking after."""
        order = {name: i for i, name in enumerate(("declined", "unanswered", "late", "promised", "ready", "none"))}
        return sorted(self.functions, key=lambda one: order[one.state])

    @cached_property
    def ready(self) -> list[FunctionReadiness]:
        return self.of_state("ready")

    @property
    def commitments(self) -> list[Commitment]:
        return [one for function in self.functions for one in function.commitments]

    @cached_property
    def done(self) -> int:
        return sum(len(one.done) for one in self.functions)

    @cached_property
    def wanted(self) -> int:
        return sum(len(one.wanted) for one in self.functions)

    @property
    def blocks(self) -> list[Commitment]:
        """What must be there and is declined, late or unanswered, the worst first."""
        order = {State.DECLINED: 0, State.PROMISED: 1, State.ASKED: 2}
        standing = [
            one
            for function in self.functions
            for one in (*function.declined, *function.late, *function.unanswered)
            if one.must
        ]
        return sorted(standing, key=lambda one: (order[State(one.state)], one.due_on))

    @property
    def votes(self) -> list[GoVote]:
        return [one.vote for one in (*self.functions, *self.others) if one.vote is not None]

    @property
    def silent_voters(self) -> list[Function]:
        return [one.function for one in self.functions if one.vote is None]


def readiness(actor: Actor, launch: Launch, today: date) -> Readiness:
    """The readiness of one launch: a constant number of queries, however much is asked."""
    return of_launches(actor, [launch], today)[launch.pk]


def of_launches(
    actor: Actor, launches: Iterable[Launch], today: date, *, briefly: bool = False
) -> dict[int, Readiness]:
    """The readiness of several launches, by number: as many queries as for one. `briefly`: as a list of them counts it,
    without what is asked for in words, and without votes."""
    launches = list(launches)
    asked = Commitment.objects.visible_to(actor).filter(launch__in=launches)
    asked = asked.only(*BRIEFLY) if briefly else asked.select_related("function", "owner")
    named = Function.objects.in_bulk() if briefly else {one.function_id: one.function for one in asked}
    commitments: dict[int, dict[int, list[Commitment]]] = defaultdict(lambda: defaultdict(list))
    for one in asked:
        commitments[one.launch_id][one.function_id].append(one)
    votes: dict[int, list[GoVote]] = defaultdict(list)
    said = GoVote.objects.visible_to(actor).filter(launch__in=launches).select_related("function", "person")
    for vote in said if not briefly else ():
        votes[vote.launch_id].append(vote)
    built = builds(actor, launches, today)
    found = {}
    for launch in launches:
        parts = [(named[key], some) for key, some in commitments[launch.pk].items()]
        found[launch.pk] = _of(launch, today, parts, votes[launch.pk], built[launch.pk])
    return found


def stands_in_its_way(today: date) -> Q:
    """Which commitments of a launch are `blocks`: the condition by which the database counts them."""
    late = Q(commitments__state=State.PROMISED, commitments__due_on__lt=today)
    return Q(commitments__must=True) & (Q(commitments__state__in=(State.DECLINED, State.ASKED)) | late)


def as_kept(found: Readiness) -> dict[str, Any]:
    """The readiness as a decision keeps it: words and counts, which later changes do not touch."""
    return {
        "functions": [
            {
                "function": str(one.function), "state": one.state, "done": len(one.done), "wanted": len(one.wanted),
                "vote": one.vote.get_says_display() if one.vote else "", "words": one.vote.words if one.vote else "",
            }
            for one in (*found.functions, *found.others)
        ],
        "blocks": [
            {"title": one.title, "function": str(one.function), "state": one.get_state_display()}
            for one in found.blocks
        ],
        "planned_on": found.launch.planned_on.isoformat(),
        "build": {"chance": found.build.chance, "words": found.build.words(found.launch.planned_on)},
    }  # fmt: skip


def _of(
    launch: Launch, today: date, parts: list[tuple[Function, list[Commitment]]], votes: list[GoVote], build: Build
) -> Readiness:
    by, asked = {vote.function_id: vote for vote in votes}, {function.pk for function, _ in parts}
    functions = [FunctionReadiness(function, tuple(some), by.get(function.pk), today) for function, some in parts]
    others = [FunctionReadiness(vote.function, (), vote, today) for key, vote in by.items() if key not in asked]
    return Readiness(launch, today, tuple(functions), build, tuple(others))
