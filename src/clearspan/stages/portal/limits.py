"""How much of what is taken, in one statement each: a level that falls with time, kept in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clearspan.stages.portal.models import Limit

HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True)
class Rule:
    """So many at once, and as many again in so many seconds."""

    name: str
    most: float
    seconds: float

    @property
    def falls(self) -> float:
        """By how much the level falls in a second."""
        return self.most / self.seconds


IDEAS = Rule("idea", 5, DAY)  # of one person
VOTES = Rule("vote", 60, HOUR)
COMMENTS = Rule("comment", 10, HOUR)
FORMS = Rule("form", 20, HOUR)
LETTERS = Rule("letter", 4, 6 * HOUR)  # to one address
ALL_LETTERS = Rule("letters", 400, HOUR)  # so that nobody sends mail to the world through us
NETWORK = Rule("net", 40, HOUR)  # an office behind one address is one network
SLOW_NETWORK = Rule("slow", 3, HOUR)  # those who wait instead of working, while there is an attack
SLOW_ALL = Rule("slow-all", 60, 120)
ALL = Rule("all", 40, 60)  # from strangers; what is beyond it makes everything slower

_TAKE = """
INSERT INTO portal_limit AS old (key, level, at) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET at = greatest(old.at, excluded.at),
    level = greatest(0, old.level - greatest(0, extract(epoch FROM excluded.at - old.at)) * %(falls)s) + 1
WHERE %(most)s::float IS NULL
   OR greatest(0, old.level - greatest(0, extract(epoch FROM excluded.at - old.at)) * %(falls)s) + 1 <= %(most)s
RETURNING level
"""


def take(rule: Rule, who: str, now: datetime | None = None) -> bool:
    """Whether one more may be done by `who`; what may not is not counted."""
    return _level(rule, who, rule.most, now) is not None


def pressure(now: datetime | None = None) -> float:
    """Counts one more attempt of a stranger, and says how many times as many there are of late as there should be."""
    level = _level(ALL, "", None, now)
    assert level is not None, "without a most, every one is counted"
    return level / ALL.most


def pressure_now(now: datetime | None = None) -> float:
    """The same, without counting: one row read."""
    row = Limit.objects.filter(pk=key_of(ALL, "")).values_list("level", "at").first()
    if row is None:
        return 0.0
    level, at = row
    return max(0.0, level - ((now or timezone.now()) - at).total_seconds() * ALL.falls) / ALL.most


def once(token: str, now: datetime | None = None) -> bool:
    """Whether this is the first time that `token` is used."""
    return take(Rule("once", 1, 4 * DAY), token, now)


def key_of(rule: Rule, who: str) -> str:
    """What a level is kept under: nobody can read an address or a network from it."""
    return f"{rule.name}:{salted_hmac('portal.limit', who, algorithm='sha256').hexdigest()[:40]}"


def _level(rule: Rule, who: str, most: float | None, now: datetime | None) -> float | None:
    given = {"key": key_of(rule, who), "now": now or timezone.now(), "falls": rule.falls, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        found = cursor.fetchone()
    return float(found[0]) if found else None
