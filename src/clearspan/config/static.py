"""Static files under names that carry their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Static(CompressedManifestStaticFilesStorage):
    """Falls back to the plain name until `collectstatic` has run (tests, a checkout being worked on)."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:
        if name and not self.hashed_files and finders.find(name):
            return f"{self.base_url}{name}"
        return str(super().url(name, force))
