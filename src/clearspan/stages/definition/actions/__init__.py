"""Every write of this stage."""

from clearspan.stages.definition.actions.definitions import change_definition, start_definition
from clearspan.stages.definition.actions.grounds import ground_requirement, take_ground_away
from clearspan.stages.definition.actions.market import forget_who_does, say_who_does
from clearspan.stages.definition.actions.requirements import (
    add_requirement,
    change_requirement,
    drop_requirement,
    move_requirement,
    propose_requirements,
    restore_requirement,
)
from clearspan.stages.definition.actions.sign_offs import (
    ask_sign_off,
    ask_sign_off_no_more,
    object_to_definition,
    sign_off,
    withdraw_sign_off,
)
from clearspan.stages.definition.actions.versions import publish_version

__all__ = [
    "add_requirement",
    "ask_sign_off",
    "ask_sign_off_no_more",
    "change_definition",
    "change_requirement",
    "drop_requirement",
    "forget_who_does",
    "ground_requirement",
    "move_requirement",
    "object_to_definition",
    "propose_requirements",
    "publish_version",
    "restore_requirement",
    "say_who_does",
    "sign_off",
    "start_definition",
    "take_ground_away",
    "withdraw_sign_off",
]
