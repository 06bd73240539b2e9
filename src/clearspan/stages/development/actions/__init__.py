"""Every write of this stage."""

from clearspan.stages.development.actions.forecasts import run_delivery_study
from clearspan.stages.development.actions.items import (
    add_item,
    change_item,
    drop_item,
    finish_item,
    mark_upkeep,
    reopen_item,
    set_upkeep_words,
    start_item,
    unmark_upkeep,
)
from clearspan.stages.development.actions.links import accept_suggestion, link_items, refuse_suggestion, unlink_items
from clearspan.stages.development.actions.milestones import (
    accept_milestone,
    agree_milestone,
    change_milestone,
    remove_milestone,
    report_milestone,
    send_back_milestone,
)
from clearspan.stages.development.actions.notes import read_drift_note, send_drift_note
from clearspan.stages.development.actions.quotes import accept_quote, ask_quote, decline_quote, give_quote
from clearspan.stages.development.actions.teams import change_team, create_team, remove_team
from clearspan.stages.development.actions.trackers import (
    change_tracker,
    connect_tracker,
    disconnect_tracker,
    pull_now,
)

__all__ = [
    "accept_milestone",
    "accept_quote",
    "accept_suggestion",
    "add_item",
    "agree_milestone",
    "ask_quote",
    "change_item",
    "change_milestone",
    "change_team",
    "change_tracker",
    "connect_tracker",
    "create_team",
    "decline_quote",
    "disconnect_tracker",
    "drop_item",
    "finish_item",
    "give_quote",
    "link_items",
    "mark_upkeep",
    "pull_now",
    "read_drift_note",
    "refuse_suggestion",
    "remove_milestone",
    "remove_team",
    "reopen_item",
    "report_milestone",
    "run_delivery_study",
    "send_back_milestone",
    "send_drift_note",
    "set_upkeep_words",
    "start_item",
    "unlink_items",
    "unmark_upkeep",
]
