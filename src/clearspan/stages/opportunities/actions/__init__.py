"""Every write of this stage, by noun."""

from clearspan.stages.opportunities.actions.evidence import change_mention, link_evidence, unlink_evidence
from clearspan.stages.opportunities.actions.market import (
    allow_quote,
    forget_who_meets,
    link_intelligence,
    say_who_meets,
    unlink_intelligence,
)
from clearspan.stages.opportunities.actions.needs import (
    change_opportunity,
    close_opportunity,
    create_opportunity,
    mark_opportunity_met,
    merge_opportunities,
    move_opportunity,
    reopen_opportunity,
)
from clearspan.stages.opportunities.actions.studies import (
    run_demand_study,
    run_theme_study,
    stop_demand_study,
    stop_theme_study,
)
from clearspan.stages.opportunities.actions.themes import accept_theme, dismiss_theme, rename_theme

__all__ = [
    "accept_theme",
    "allow_quote",
    "change_mention",
    "change_opportunity",
    "close_opportunity",
    "create_opportunity",
    "dismiss_theme",
    "forget_who_meets",
    "link_evidence",
    "link_intelligence",
    "mark_opportunity_met",
    "merge_opportunities",
    "move_opportunity",
    "rename_theme",
    "reopen_opportunity",
    "run_demand_study",
    "run_theme_study",
    "say_who_meets",
    "stop_demand_study",
    "stop_theme_study",
    "unlink_evidence",
    "unlink_intelligence",
]
