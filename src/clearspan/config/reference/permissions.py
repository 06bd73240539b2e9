"""The page of who may do what, from the actions' rules."""

from __future__ import annotations

from collections import defaultdict

from clearspan.config.reference.actions import link_to, who_may
from clearspan.config.reference.markdown import page, table
from clearspan.core.actions import registry

HOW = """What one may not see does not exist for one: it is answered like something that was never there. What one sees,
one may change only by the rule of the action. A rule about products holds for every product concerned, so that nothing
slips in through a second row. A token or an agent may do what its person may do, less what its scopes leave out.

Who has which role on a product, and what each role grants, is set by the company. The whole grid of actions, kinds of
row and people is held by `tests/test_permissions.py`."""


def text() -> str:
    """Every rule with the actions that it guards."""
    guarded = defaultdict(list)
    for action in sorted(registry.values(), key=lambda action: action.name):
        guarded[who_may(action)].append(link_to(action, "actions/"))
    rows = [(rule, ", ".join(actions)) for rule, actions in sorted(guarded.items())]
    return page("Permissions", "Who may do what, by rule.", HOW, table("Open to|Actions", rows))
