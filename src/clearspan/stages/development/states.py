"""What the words of trackers mean: where an item stands, and what kind of work it is.

Words are compared without case and marks; those of every system are here once, as they do not contradict one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clearspan.stages.development.models import WorkItem

State, Kind = WorkItem.State, WorkItem.Kind
_STATES = {
    State.TODO: "todo|to do|open|opened|new|backlog|icebox|reopened|reopen|ready|ready for dev|ready for development|"
    "triage|needs triage|triaged|unstarted|planned|received|accepted|selected for development|not started|unresolved|"
    "on hold|later|next|waiting|indeterminate future|created|refined|requested|unscheduled|needs details",
    State.DOING: "doing|in progress|inprogress|started|active|wip|in development|development|in dev|dev|coding|"
    "in review|review|code review|code review needed|under review|peer review|ready for review|in testing|testing|"
    "in test|test|qa|in qa|ready for qa|ready for test|blocked|indeterminate|implementing|building|ongoing|working|"
    "more work needed|assigned|ready for release|ready to merge|in verification|awaiting review",
    State.DONE: "done|closed|close|resolved|complete|completed|finished|merged|released|verified|fixed|fix released|"
    "fix committed|shipped|deployed|delivered|live|implemented|archived|in production",
    State.DROPPED: "dropped|canceled|cancelled|wont do|wont fix|wontfix|wontdo|will not fix|will not do|rejected|"
    "duplicate|declined|invalid|not planned|abandoned|obsolete|removed|incomplete|cannot reproduce|not a bug|"
    "works for me|worksforme|expired|discarded|deferred|withdrawn|opinion|as designed|by design|stale|not an issue",
}  # fmt: skip
_KINDS = {
    Kind.FEATURE: "feature|story|user story|enhancement|new feature|improvement|suggestion|feature request|idea|wish",
    Kind.FIX: "fix|bug|defect|incident|fault|error|regression|hotfix|problem",
    Kind.EPIC: "epic|initiative|theme|feature epic",
}


def _table(words: dict[str, str]) -> dict[str, str]:
    return {
        word: value for value, many in ((str(value), many) for value, many in words.items()) for word in many.split("|")
    }


_PARTS = (  # words that say it within others, the first found: "QA check", "More details needed"
    (State.DROPPED, frozenset("canceled cancelled rejected declined duplicate wont wontfix invalid obsolete".split())),  # noqa: SIM905 words
    (State.TODO, frozenset("todo backlog triage needed needs queued queue planned waiting".split())),  # noqa: SIM905 words
    (State.DOING, frozenset("progress review reviewing qa test testing doing development blocked verify".split())),  # noqa: SIM905 words
    (State.DONE, frozenset("done closed resolved released deployed completed shipped delivered fixed merged".split())),  # noqa: SIM905 words
)
_STATE_OF, _KIND_OF = _table(_STATES), _table(_KINDS)  # type: ignore[arg-type]  # the keys are words themselves


def plain(word: str) -> str:
    """A word of a tracker without case, marks and the emphasis of labels: "Won't Fix" is wont fix."""
    return " ".join(re.sub(r"[^\w\s]+", " ", word.lower().replace("'", "").replace("’", "")).replace("_", " ").split())


def state_of(status: str, *, category: str = "", resolution: str = "", labels: Iterable[str] = ()) -> str | None:
    """The state that a tracker's words stand for; None when they say nothing that is known.

    `category` is the system's own grouping, where it has one (Jira's status category). A resolution such as "Won't
    Fix" makes of what is done something dropped; a label such as "in progress" of what is open something being done.
    """
    state = _STATE_OF.get(plain(category)) or _STATE_OF.get(plain(status)) or _by_part(status)
    if state == State.DONE and _STATE_OF.get(plain(resolution)) == State.DROPPED:
        return State.DROPPED
    if state == State.DONE and _STATE_OF.get(plain(status)) == State.DROPPED:
        return State.DROPPED
    if state == State.TODO and any(_STATE_OF.get(_last(label)) == State.DOING for label in labels):
        return State.DOING
    return state


def kind_of(kind: str, labels: Iterable[str] = ()) -> str:
    """The kind of work that a tracker's type stands for, or else a label; a task when nothing is said."""
    found = (_KIND_OF.get(plain(word)) for word in (kind, *map(_last, labels)))
    return next((one for one in found if one), Kind.TASK)


def _by_part(status: str) -> str | None:
    words = set(plain(status).split())
    if not words or words & {"not", "un", "no"}:
        return None
    return next((state for state, known in _PARTS if words & known), None)


def _last(label: str) -> str:
    """What a label says without what it is about: "status: in progress", "kind/bug", "type::bug"."""
    return plain(re.split(r"[:/]", label)[-1])
