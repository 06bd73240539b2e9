"""What people had in hand, as the columns that the radar weighs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import BigIntegerField, Case, F, Func, IntegerField, Q, QuerySet, When
from django.db.models.functions import Cast, Coalesce

from clearspan.core.bulk import Column, columns
from clearspan.stages.development.models import WorkItem

WEEKS = 26  # looked back on


@dataclass(frozen=True)
class Rows:
    """Items by column; NaN where something is not known. Days are numbers since 1970."""

    pk: Column
    option: Column
    is_upkeep: Column
    who: Column  # a number that stands for the assignee's name, or for the team of an item of nobody's
    team: Column
    started: Column
    finished: Column
    effort: Column
    added: Column
    changed: Column  # of what is not over: when its tracker last saw a change


def read(items: QuerySet[WorkItem]) -> Rows:
    name = Func(F("assignee"), template="(hashtextextended(%(expressions)s, 0) & 4503599627370495)")  # exact as a float
    who = Case(When(assignee="", then=-1 - F("team")), default=name, output_field=BigIntegerField())
    read = columns(
        items,
        pk=F("pk"),
        option=F("option"),
        is_upkeep=Cast("is_upkeep", IntegerField()),
        who=who,
        team=F("team"),
        started=_day("started_on"),
        over=Coalesce(_day("finished_on"), _before(_day("changed_at")), output_field=IntegerField()),
        added=_day("added_on"),
        effort=F("effort"),
    )
    over = read.pop("over")  # below 0: not over, and changed on that day. A column less, of very many rows
    return Rows(**read, finished=np.where(over > 0, over, np.nan), changed=np.where(over < 0, -over, np.nan))


def in_window(items: QuerySet[WorkItem], today: date) -> QuerySet[WorkItem]:
    """Items that somebody had in hand at some time in the weeks looked at."""
    first = today - timedelta(days=7 * WEEKS - 1)
    done = Q(finished_on__gte=first, finished_on__isnull=False)
    doing = Q(state=WorkItem.State.DOING)
    given_up = Q(state=WorkItem.State.DROPPED, started_on__isnull=True)  # never in anybody's hand
    return items.filter(done | doing).exclude(given_up)


def _day(name: str) -> Func:
    """A day as a number since 1970, read much faster than a date; there are many rows."""
    return Func(name, template="(%(expressions)s::date - DATE '1970-01-01')", output_field=IntegerField())


def _before(day: Func) -> Func:
    return Func(day, template="-%(expressions)s", output_field=IntegerField())
