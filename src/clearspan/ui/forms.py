"""How Django's forms look: label above, hint below, error below in words. Set by FORM_RENDERER."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Select

from clearspan.ui.selects import select


class Renderer(DjangoTemplates):
    """`{{ form }}` and `{{ form.name.as_field_group }}` in the components' own markup."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == Select.template_name:
            return select(context["widget"])
        return super().render(template_name, context, request)
