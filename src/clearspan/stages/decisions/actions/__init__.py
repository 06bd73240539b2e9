"""Every write of this stage."""

from clearspan.stages.decisions.actions.deciding import adopt_plan, decide, move_start, record_outcome, remove_outcome
from clearspan.stages.decisions.actions.planning import (
    keep_variant,
    remove_bucket,
    run_portfolio_study,
    set_bucket,
    set_capacity,
    stop_portfolio_study,
)
from clearspan.stages.decisions.actions.publishing import (
    publish_on_roadmap,
    withdraw_from_roadmap,
    word_for_roadmap,
)

__all__ = [
    "adopt_plan",
    "decide",
    "keep_variant",
    "move_start",
    "publish_on_roadmap",
    "record_outcome",
    "remove_bucket",
    "remove_outcome",
    "run_portfolio_study",
    "set_bucket",
    "set_capacity",
    "stop_portfolio_study",
    "withdraw_from_roadmap",
    "word_for_roadmap",
]
