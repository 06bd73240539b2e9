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
from clearspan.stages.development.actions.teams import change_team, create_team, remove_team
from clearspan.stages.development.actions.trackers import (
    change_tracker,
    connect_tracker,
    disconnect_tracker,
    pull_now,
)

__all__ = [
    "accept_suggestion",
    "add_item",
    "change_item",
    "change_team",
    "change_tracker",
    "connect_tracker",
    "create_team",
    "disconnect_tracker",
    "drop_item",
    "finish_item",
    "link_items",
    "mark_upkeep",
    "pull_now",
    "refuse_suggestion",
    "remove_team",
    "reopen_item",
    "run_delivery_study",
    "set_upkeep_words",
    "start_item",
    "unlink_items",
    "unmark_upkeep",
]
