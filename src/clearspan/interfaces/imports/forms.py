from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from clearspan.catalogue.models import Product
from clearspan.core.actor import Actor
from clearspan.core.imports.kinds import registry
from clearspan.core.imports.running import table_of
from clearspan.core.models import Import


class NewImport(forms.Form):
    """Step 1. What the file holds can be left to its columns."""

    file = forms.FileField(
        label="File", help_text="CSV, XLSX or JSON, or a system's export as it is.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.jsonl,.ndjson"}),
        error_messages={"required": "Choose a file."},
    )  # fmt: skip
    kind = forms.ChoiceField(label="It holds", required=False)
    product = forms.ChoiceField(label="Product", required=False, help_text="What the file is about.")

    def __init__(self, *args: Any, actor: Actor, product: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.name, kind.label) for kind in registry.values()]
        self.fields["kind"].choices = [("", "see from its columns"), *kinds]  # type: ignore[attr-defined]
        products = [one for one in Product.all_for(actor) if not one.is_archived]
        self.fields["product"].choices = [(one.key, one.name) for one in products]  # type: ignore[attr-defined]
        opened = Product.opened_by(actor, product)
        self.initial.setdefault("product", opened.key if opened else None)


def as_matched(post: Mapping[str, str], file: Import) -> tuple[dict[str, str], dict[str, str]]:
    """(column to field, answers) as step 2 posts them. Columns are posted by their place: any name can stand there."""
    header = table_of(file).header if any(name.startswith("column:") for name in post) else []
    places = {f"column:{at}": name for at, name in enumerate(header)}
    mapping = {places[name]: value for name, value in post.items() if name in places}
    answers = {name: value.strip() for name, value in post.items() if name.startswith("option:")}
    options = {name.removeprefix("option:"): value for name, value in answers.items()}
    return mapping, options
