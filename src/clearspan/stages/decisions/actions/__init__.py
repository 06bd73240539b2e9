"""Every write of this stage."""

from clearspan.stages.decisions.actions.deciding import adopt_plan, decide, move_start, record_outcome
from clearspan.stages.decisions.actions.planning import (
    keep_variant,
    remove_bucket,
    run_portfolio_study,
    set_bucket,
    set_capacity,
    stop_portfolio_study,
)

__all__ = [
    "adopt_plan",
    "decide",
    "keep_variant",
    "move_start",
    "record_outcome",
    "remove_bucket",
    "run_portfolio_study",
    "set_bucket",
    "set_capacity",
    "stop_portfolio_study",
]
