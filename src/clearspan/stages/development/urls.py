"""The pages of development. Each noun keeps its lines together."""

from django.urls import path

from clearspan.stages.development.views import overview

urlpatterns = [
    path("development", overview.development, name="development"),
]
