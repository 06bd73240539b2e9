"""Every write of this stage, by noun."""

from clearspan.stages.evidence.actions.asks import (
    answer_ask,
    change_ask,
    pass_on_answer,
    record_ask,
    reopen_ask,
    withdraw_ask,
)
from clearspan.stages.evidence.actions.feedback import change_feedback, record_feedback
from clearspan.stages.evidence.actions.feeds import change_feed, follow_feed, read_feed_now, unfollow_feed
from clearspan.stages.evidence.actions.filters import forget_filter, save_filter
from clearspan.stages.evidence.actions.intelligence import (
    change_intelligence,
    record_intelligence,
    remove_intelligence,
)
from clearspan.stages.evidence.actions.interviews import change_interview, record_interview
from clearspan.stages.evidence.actions.sorting import bring_back, mark_sorted, merge_feedback, put_away

__all__ = [
    "answer_ask",
    "bring_back",
    "change_ask",
    "change_feed",
    "change_feedback",
    "change_intelligence",
    "change_interview",
    "follow_feed",
    "forget_filter",
    "mark_sorted",
    "merge_feedback",
    "pass_on_answer",
    "put_away",
    "read_feed_now",
    "record_ask",
    "record_feedback",
    "record_intelligence",
    "record_interview",
    "remove_intelligence",
    "reopen_ask",
    "save_filter",
    "unfollow_feed",
    "withdraw_ask",
]
