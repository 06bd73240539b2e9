from django.urls import path

from clearspan.ui import views

urlpatterns = [
    path("", views.patterns, name="patterns"),
    path("found", views.found, name="patterns_found"),
]
