from __future__ import annotations

from typing import Any

from django import forms

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.forms import ActionForm
from clearspan.stages.development.models import Team, Tracker
from clearspan.stages.development.tracker_words import EVERY


class TrackerForm(ActionForm):
    """How a tracker is pulled. What is sent as its token is not shown again, not even when something else is wrong."""

    system = forms.ChoiceField(choices=Tracker.System.choices, label="System")
    project = forms.CharField(
        max_length=400, label="Project",
        help_text="owner/repository, group/project, or a Jira project’s key; or the project’s address, copied.",
    )  # fmt: skip
    address = forms.CharField(
        required=False, max_length=200, label="Where it is",
        help_text="Such as https://gitlab.example.com. Not needed for github.com and gitlab.com.",
    )  # fmt: skip
    account = forms.CharField(
        required=False, max_length=200, label="Account", help_text="Jira in the cloud: the e-mail address of the token."
    )
    token = forms.CharField(
        required=False, max_length=1000, label="Token", strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="It only has to read. It is kept sealed and never shown again.",
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.none(), required=False, label="Whose items these are", empty_label="no team’s"
    )
    every = forms.TypedChoiceField(choices=EVERY, coerce=int, initial=60, label="Pulled")
    pull_requests = forms.BooleanField(required=False, label="GitHub: pull requests are items too")

    def __init__(self, actor: Actor, product: Product, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        teams = Team.objects.visible_to(actor).filter(product=product)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a field of rows

    def given(self) -> dict[str, Any]:
        """The action's parameters: an empty token is none."""
        return {**self.cleaned_data, "token": self.cleaned_data["token"] or None}


class ChangeTrackerForm(TrackerForm):
    """As above, for a tracker that is there: another project would be another tracker."""

    system = None
    project = None

    def __init__(self, actor: Actor, tracker: Tracker, *args: Any, **options: Any) -> None:
        names = ("address", "account", "team", "every", "pull_requests")
        initial = {name: getattr(tracker, name) for name in names}
        super().__init__(actor, tracker.product, *args, initial=initial, **options)
        self.fields["token"].label = "New token" if tracker.secret else "Token"
        if tracker.secret:
            self.fields["token"].help_text = "Leave it empty to keep the one that is there."
        self.fields["address"].help_text = "A new address needs the token again."
        known = dict(EVERY)
        if tracker.every not in known:  # said by a program
            choices = [(tracker.every, f"every {tracker.every} minutes"), *EVERY]
            self.fields["every"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        if tracker.system != Tracker.System.GITHUB:
            del self.fields["pull_requests"]
        if tracker.system != Tracker.System.JIRA:
            del self.fields["account"]
