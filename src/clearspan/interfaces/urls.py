from django.urls import include, path

from clearspan.interfaces.api.routes import build, patterns

urlpatterns = [
    path("", include("clearspan.interfaces.imports.urls")),
    path("api/", include((patterns(build()), "api"), namespace="api")),
]
