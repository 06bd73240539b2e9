"""What an htmx answer says besides what it swaps in: a toast, with its undo."""

from typing import TypeVar

from django.http import HttpResponseBase
from django_htmx.http import trigger_client_event

R = TypeVar("R", bound=HttpResponseBase)


def say(response: R, text: str, undo_url: str = "") -> R:
    """The same response, which also shows `text` as a toast; `undo_url` is posted to by its Undo and by `z`."""
    return trigger_client_event(response, "say", {"text": text, "undo": undo_url})
