"""Every write of this stage, a file for each noun. Importing them registers them."""

from clearspan.stages.launch.actions.campaigns import (
    change_campaign,
    end_campaign,
    plan_campaign,
    record_campaign_result,
    remove_campaign_result,
    start_campaign,
    stop_campaign,
)
from clearspan.stages.launch.actions.collateral import (
    change_collateral,
    draft_collateral,
    draft_collateral_anew,
    mark_collateral,
    remove_collateral,
)
from clearspan.stages.launch.actions.commitments import (
    add_commitment,
    ask_again,
    change_commitment,
    complete_commitment,
    decline_commitment,
    hand_over_commitment,
    promise_commitment,
    remove_commitment,
)
from clearspan.stages.launch.actions.launches import (
    ask_by_template,
    call_off_launch,
    change_launch,
    mark_launched,
    move_launch,
    plan_launch,
)
from clearspan.stages.launch.actions.measures import record_launch_result, remove_launch_measure, set_launch_measure
from clearspan.stages.launch.actions.meeting import decide_launch, vote_on_launch
from clearspan.stages.launch.actions.templates import (
    change_launch_template,
    change_template_line,
    import_template_lines,
    remove_launch_template,
    remove_template_line,
)

__all__ = [
    "add_commitment",
    "ask_again",
    "ask_by_template",
    "call_off_launch",
    "change_campaign",
    "change_collateral",
    "change_commitment",
    "change_launch",
    "change_launch_template",
    "change_template_line",
    "complete_commitment",
    "decide_launch",
    "decline_commitment",
    "draft_collateral",
    "draft_collateral_anew",
    "end_campaign",
    "hand_over_commitment",
    "import_template_lines",
    "mark_collateral",
    "mark_launched",
    "move_launch",
    "plan_campaign",
    "plan_launch",
    "promise_commitment",
    "record_campaign_result",
    "record_launch_result",
    "remove_campaign_result",
    "remove_collateral",
    "remove_commitment",
    "remove_launch_measure",
    "remove_launch_template",
    "remove_template_line",
    "set_launch_measure",
    "start_campaign",
    "stop_campaign",
    "vote_on_launch",
]
