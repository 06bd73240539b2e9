from django.urls import include, path

from clearspan.interfaces.api.routes import build, patterns
from clearspan.interfaces.mcp.http import answer

urlpatterns = [
    path("", include("clearspan.interfaces.imports.urls")),
    path("", include("clearspan.interfaces.archive.urls")),
    path("", include("clearspan.interfaces.webhooks.urls")),
    path("mcp", answer, name="mcp"),
    path("api/", include((patterns(build()), "api"), namespace="api")),
]
