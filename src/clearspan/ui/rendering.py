"""Django's templates, whose contexts end with the page they were made for.

A context of Django's holds what it was given, and that holds the context: all the rows of a page stay until Python
looks for such circles, and the more of them there are the longer it looks, in the middle of somebody else's page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends import django
from django.template.context import make_context
from django.utils.safestring import SafeString


class Templates(django.DjangoTemplates):
    """The engine that TEMPLATES names."""

    def from_string(self, template_code: str) -> Template:
        return Template(super().from_string(template_code).template, self)

    def get_template(self, template_name: str) -> Template:
        return Template(super().get_template(template_name).template, self)


class Template(django.Template):
    """One template."""

    def render(self, context: dict[Any, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        made = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(made)
        except TemplateDoesNotExist as error:
            django.reraise(error, self.backend)
            raise
        finally:
            made.dicts.clear()  # what it holds no longer holds it
