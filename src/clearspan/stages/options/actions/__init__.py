"""Every write of this stage."""

from clearspan.stages.options.actions.assessing import (
    change_driver,
    estimate_effort,
    judge_feasibility,
    remove_effort,
    run_case_study,
    state_impact,
    write_case,
)
from clearspan.stages.options.actions.options import (
    add_dependency,
    change_option,
    create_option,
    meet_opportunity,
    meet_opportunity_no_more,
    remove_dependency,
)

__all__ = [
    "add_dependency",
    "change_driver",
    "change_option",
    "create_option",
    "estimate_effort",
    "judge_feasibility",
    "meet_opportunity",
    "meet_opportunity_no_more",
    "remove_dependency",
    "remove_effort",
    "run_case_study",
    "state_impact",
    "write_case",
]
