from django.urls import include, path

from clearspan.interfaces.api.routes import build, patterns

urlpatterns = [
    path("api/", include((patterns(build()), "api"), namespace="api")),
]
