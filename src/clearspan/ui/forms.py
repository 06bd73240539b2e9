"""How Django's forms look: label above, hint below, error below in words. Set by FORM_RENDERER."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """`{{ form }}` and `{{ form.name.as_field_group }}` in the components' own markup."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
