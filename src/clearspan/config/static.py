"""Static files under names that carry their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

from collections.abc import Callable
from re import Match
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Static(CompressedManifestStaticFilesStorage):
    """Falls back to the plain name until `collectstatic` has run (tests, a checkout being worked on)."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def url_converter(self, name: str, hashed_files: Any, template: str | None = None) -> Callable[[Match[str]], str]:
        """Follows imports in our own modules only: django_htmx names types in comments that look like imports."""
        if name.endswith(".js") and not name.startswith("ui/"):
            return lambda found: found["matched"]
        return super().url_converter(name, hashed_files, template)  # type: ignore[no-any-return]

    def url(self, name: str | None, force: bool = False) -> str:
        if name and not self.hashed_files and finders.find(name):
            return f"{self.base_url}{name}"
        return str(super().url(name, force))
