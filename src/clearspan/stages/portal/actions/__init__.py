"""Every write of the portal. Importing them registers them."""

from clearspan.stages.portal.actions.changelog import (
    change_entry,
    draft_entry,
    publish_entry,
    remove_entry,
    withdraw_entry,
)
from clearspan.stages.portal.actions.erasing import erase_visitor
from clearspan.stages.portal.actions.moderating import (
    answer_idea,
    block_visitor,
    decline_idea,
    mark_idea_spam,
    merge_idea,
    publish_idea,
    publish_idea_comment,
    remove_idea_comment,
    say_standing,
)
from clearspan.stages.portal.actions.portals import set_up_portal
from clearspan.stages.portal.actions.telling import tell_those_who_asked
from clearspan.stages.portal.actions.visiting import (
    change_idea_comment,
    comment_on_idea,
    confirm_visitor,
    send_idea,
    subscribe,
    take_back_idea_comment,
    take_back_vote,
    unsubscribe,
    vote_for_idea,
)

__all__ = [
    "answer_idea", "block_visitor", "change_entry", "change_idea_comment", "comment_on_idea", "confirm_visitor",
    "decline_idea", "draft_entry", "erase_visitor", "mark_idea_spam", "merge_idea", "publish_entry", "publish_idea",
    "publish_idea_comment", "remove_entry", "remove_idea_comment", "say_standing", "send_idea", "set_up_portal",
    "subscribe", "take_back_idea_comment", "take_back_vote", "tell_those_who_asked", "unsubscribe", "vote_for_idea",
    "withdraw_entry",
]  # fmt: skip
