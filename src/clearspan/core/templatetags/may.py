"""{% may "run_delivery_study" product=product as allowed %}: whether whoever looks may, by the action's own rule."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from clearspan.core.actions import registry
from clearspan.core.web import actor_of

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, action: str, **given: Any) -> bool:
    """A button shows to who may, and to nobody else: then nobody is asked in and turned away.

    `given` is what the action's rule asks about, under the action's own names; KeyError for an action there is not.
    """
    return registry[action].may(actor_of(context["request"]), **given)
