"""Fields for one or several of many rows: found as one types, where a list of all of them would be too long to read.

A combobox as the ARIA practices describe it (ui/static/ui/js/choose.js). Without scripts the field takes a name or a
reference; when what was written fits several rows, the page comes back with those to choose from, and nothing is lost.
"""

from __future__ import annotations

from typing import Any

from django import forms


class Choose(forms.TextInput):
    """One row. `url` answers `?q=words` with a JSON list of names; `offered` are names to begin with."""

    template_name = "ui/forms/choose.html"

    def __init__(self, url: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.url = url
        self.offered: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"url": self.url, "offered": self.offered}
        return context


class ChooseMany(Choose):
    """Several rows: those chosen, each with its box, and a field that adds one. The value: [(reference, name), ...]."""

    template_name = "ui/forms/choose_many.html"
    use_fieldset = True

    def __init__(self, url: str, add: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(url, attrs)
        self.add = add  # what the field that adds one is called

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"chosen": [one for one in value or () if one[0]], "add": self.add}
        context["widget"]["written"] = " ".join(words for reference, words in value or () if not reference)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [words for words in data.getlist(name) if words.strip()] if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # no box ticked and nothing written is an answer too

    def use_required_attribute(self, initial: Any) -> bool:
        return False
